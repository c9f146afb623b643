"""Pages for what did not work: what happened, why, what to do, and a number to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
    return page(request, "400", 400)


def gone(request: HttpRequest, reason: str) -> HttpResponse:
    """A link that was good once: `reason` is a full sentence with what to do next."""
    return page(request, "410", 410, reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, "csrf", 403)


def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    return page(request, "429", 429, until=error.until)


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: whatever failed (the database perhaps) must not be needed to say so."""
    from django.template.loader import render_to_string

    number = getattr(request, "number", "")
    return HttpResponse(render_to_string("errors/500.html", {"number": number}), status=500)
