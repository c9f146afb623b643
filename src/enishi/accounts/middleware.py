"""The reader's language, the days before the set-up, and the second factor for whoever has a role."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from enishi.accounts import policies
from enishi.core import network

Next = Callable[[HttpRequest], HttpResponse]
# Open to who still has to set up the second factor; every one of these acts on the reader's own account alone.
_FREE = ("/mfa/", "/account/", "/sign-out/", "/sign-in/", "/language/", "/static/")
# Open before the network has a name.
_BEFORE = ("/setup/", "/language/", "/static/", "/robots.txt")


class ReaderPreferences:
    """Language: the account's, else the cookie's, else what the browser asks for, else the network's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            if not request.user.is_authenticated:
                patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response

    @staticmethod
    def _language(request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if request.user.is_authenticated and request.user.language in known:
            return str(request.user.language)
        if chosen in known:
            return chosen
        asked = request.headers.get("Accept-Language", "")
        if asked:
            return translation.get_language_from_request(request)[:2]
        here = network.find()
        return here.language if here else settings.LANGUAGE_CODE


class BeforeSetUp:
    """Until the first owner has named the network, every page leads to one that says so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if path != "/" and not path.startswith(_BEFORE) and network.find() is None:
            return redirect("/")
        return self.get_response(request)


class SecondFactorForRoles:
    """Who has a role sets up an authenticator app before any other page; the demo leaves its door open."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    @staticmethod
    def _must_set_up(request: HttpRequest) -> bool:
        if not request.user.is_authenticated or not policies.has_role(request.user):
            return False
        if request.path_info.startswith(_FREE):
            return False
        here = network.find()
        if here is None or here.is_demo:
            return False
        # Kept with the epoch: a change of the second factor raises it, and the question is asked anew.
        seen = [request.user.pk, request.user.epoch]
        if request.session.get("second_factor_seen") == seen:
            return False
        from allauth.mfa.utils import is_mfa_enabled

        if not is_mfa_enabled(request.user):
            return True
        request.session["second_factor_seen"] = seen
        return False
