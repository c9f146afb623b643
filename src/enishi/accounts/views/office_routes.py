"""Where people come from: codes with address and QR, and the figures of each."""

from __future__ import annotations

import io

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enishi.accounts.actions import routes
from enishi.accounts.forms.invitation import RouteForm
from enishi.accounts.models import RegistrationRoute
from enishi.accounts.policies_http import office_only, reader
from enishi.accounts.queries import arrivals
from enishi.accounts.queries import routes as queries
from enishi.core.see_other import see


@office_only
@require_http_methods(["GET", "POST"])
def office_routes(request: HttpRequest) -> HttpResponse:
    """Figures by code and by kind; a new code."""
    form = RouteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = routes.create(by=reader(request), **form.cleaned_data)
        except ValidationError as fault:
            form.add_error("code", fault)
        else:
            messages.success(request, _("The code “%(code)s” is ready.") % {"code": made.code}, extra_tags="ok")
            return see(reverse("accounts:office-route", args=[made.pk]))
    figures = queries.figures()
    context = {
        "form": form,
        "codes": figures.codes,
        "kinds": figures.kinds,
        "steps": arrivals.steps(),
        "active_menu": "accounts:office-routes",
    }
    return render(request, "accounts/office/routes.html", context, status=422 if form.is_bound and form.errors else 200)


@office_only
@require_GET
def office_route(request: HttpRequest, pk: int) -> HttpResponse:
    """One code: its address and QR, to copy or print."""
    route = get_object_or_404(RegistrationRoute, pk=pk)
    context = {"route": route, "address": address_of(route), "active_menu": "accounts:office-routes"}
    return render(request, "accounts/office/route.html", context)


@office_only
@require_GET
def office_route_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code as SVG, with the four-module quiet zone that the standard asks for."""
    import segno  # only where a code is drawn

    route = get_object_or_404(RegistrationRoute, pk=pk)
    out = io.BytesIO()
    segno.make(address_of(route), error="m", micro=False).save(
        out, kind="svg", scale=8, border=4, light="#ffffff", title=route.label
    )
    answer = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    if "download" in request.GET:
        answer.headers["Content-Disposition"] = f'attachment; filename="enishi-{route.code}.svg"'
    return answer


@office_only
@require_POST
def office_route_close(request: HttpRequest, pk: int) -> HttpResponse:
    route = get_object_or_404(RegistrationRoute, pk=pk)
    routes.close(route, by=reader(request))
    messages.success(request, _("The code is closed. Its address still opens the registration."), extra_tags="ok")
    return see(reverse("accounts:office-routes"))


def address_of(route: RegistrationRoute) -> str:
    return f"{settings.ORIGIN}{reverse('accounts:join')}?r={route.code}"
