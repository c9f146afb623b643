"""Pages for what did not work: what happened, why, what to do, and a number to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from enishi.core import clock, dates

if TYPE_CHECKING:
    from enishi.core.limits import TooMany


def page(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse:
    """One of the pages in `templates/errors/`."""
    context["number"] = getattr(request, "number", "")
    return render(request, f"errors/{name}.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "404", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "403", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page(request, "413", 413, megabytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20)
    return page(request, "400", 400)


def gone(request: HttpRequest, reason: str, *, then: tuple[str, str] | None = None) -> HttpResponse:
    """A link that was good once: `reason` is a full sentence with what to do next, `then` the words and address of it."""
    return page(request, "410", 410, reason=reason, then=then)


def no_such_link(request: HttpRequest, reason: str) -> HttpResponse:
    """A link that never was, mostly one that lost its end on the way: `reason` says how to open the whole of it."""
    return page(request, "410", 404, reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, "csrf", 403)


def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    response = page(request, "429", 429, until=error.until, zone_words=dates.zone_words(dates.network_zone()))
    response.headers["Retry-After"] = str(max(int((error.until - clock.now()).total_seconds()) + 1, 1))
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: whatever failed (the database perhaps) must not be needed to say so."""
    from django.template.loader import render_to_string

    context = {"number": getattr(request, "number", ""), "sheets": [_sheet("tokens"), _sheet("enishi")]}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def _sheet(name: str) -> str:
    """The address of a stylesheet; empty when the list of static files is what broke."""
    try:
        return static(f"enishi/css/{name}.css")
    except ValueError:
        return ""
