"""Doors of views: who is asked to sign in, who gets the page, who learns nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from enishi.accounts import policies
from enishi.accounts.models import User

View = Callable[..., HttpResponse]


def own_path(text: str) -> str:
    """`text` if it is a path of this house that a browser cannot take for another site, else empty."""
    if not text.startswith("/") or text.startswith("//") or len(text) > 200:
        return ""
    if "\\" in text or not text.isprintable() or any(c.isspace() for c in text):
        return ""
    return text if url_has_allowed_host_and_scheme(text, allowed_hosts=None) else ""


def reader(request: HttpRequest) -> User:
    """Who reads this page, inside a view that only people with an account reach."""
    return cast(User, request.user)


def sure(view: View) -> View:
    """The person proved within the last 15 minutes that it is they; else they are asked, and the act goes on after that."""
    guarded: View = reauthentication_required(view)
    return guarded


def signed_in(view: View) -> View:
    """Anyone with an account; others are led to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def office_only(view: View) -> View:
    """Owner or officer; a member who is neither gets the 403 page, a visitor the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not policies.is_office(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def owner_only(view: View) -> View:
    """The owner; an officer or member gets the 403 page, a visitor the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not policies.is_owner(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
