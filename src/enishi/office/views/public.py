"""Pages for everyone: what this network is, who runs it, what becomes of personal data."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from enishi.core import dates, network
from enishi.core.middleware import public_page
from enishi.office.queries import public

PUBLIC = ("office:front", "office:about", "office:privacy")


@public_page
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page for visitors, home for members; before the set-up, a page that says so."""
    here = network.find()
    if here is None:
        return _not_set_up(request)
    if request.user.is_authenticated and getattr(request.user, "member", None) is not None:
        return _home(request)
    return render(
        request,
        "office/front.html",
        {"figures": public.figures(here), "origin": settings.ORIGIN, "join": _join()},
    )


@public_page
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    here = network.current()
    began = dates.day(here.founded_on, year=True, weekday=False) if here.founded_on else ""
    return render(request, "office/about.html", {"origin": settings.ORIGIN, "join": _join(), "began": began})


@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice: partly written, partly read from what each app says it keeps."""
    return render(
        request,
        "office/privacy.html",
        {
            "kept": public.kept_after_leaving(),
            "gone": public.gone_after_leaving(),
            "dated": dates.day(network.current().purpose_dated, year=True, weekday=False),
            "origin": settings.ORIGIN,
        },
    )


@public_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read the public pages; all others carry noindex as well."""
    lines = ["User-agent: *", *(f"Allow: {reverse(name)}$" for name in PUBLIC), "Disallow: /", ""]
    lines += [f"Sitemap: {settings.ORIGIN}{reverse('office:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    addresses = [settings.ORIGIN + reverse(name) for name in PUBLIC]
    return render(request, "office/sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def _not_set_up(request: HttpRequest) -> HttpResponse:
    answer = render(request, "office/not_set_up.html")
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _home(request: HttpRequest) -> HttpResponse:
    if find_spec("enishi.office.views.home"):
        answer: HttpResponse = import_module("enishi.office.views.home").home(request)
        return answer
    return redirect("members:profile")


def _join() -> str:
    """Where a visitor asks to join."""
    try:
        return reverse("accounts:join")
    except NoReverseMatch:
        return ""
