"""What every answer carries: a number for reports of faults, and the headers that keep a closed network closed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from enishi.core import errors
from enishi.core.limits import TooMany

Next = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("enishi.request")
# Raised on purpose and answered with a page of their own: no fault of ours to look into.
_ANSWERS = (Http404, PermissionDenied, BadRequest, SuspiciousOperation)


class RequestNumber:
    """A short number a reader can quote; the log has it beside the traceback."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(3).upper()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooMany):
            return errors.too_many(request, error)
        if isinstance(error, _ANSWERS):
            return None
        log.error("number %s %s %s", request.number, request.method, request.path, exc_info=error)  # type: ignore[attr-defined]
        return None


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose page search engines may keep; every other page says noindex."""
    view.public_page = True  # type: ignore[attr-defined]
    return view


class Headers:
    """noindex for all but public pages, no caching of members' pages, no powers of the device."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not self._is_public(request):
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    @staticmethod
    def _is_public(request: HttpRequest) -> bool:
        match = request.resolver_match
        if match is None:
            try:
                match = resolve(request.path_info)
            except Resolver404:
                return False
        return getattr(match.func, "public_page", False)
