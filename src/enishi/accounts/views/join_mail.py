"""Asking to join, step 1: the address and the route, and the proof that the address is one's own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import registrations, routes
from enishi.accounts.actions.registrations import CodeAnswer
from enishi.accounts.choices import RegistrationState
from enishi.accounts.forms.registration import CodeForm, MailStepForm
from enishi.accounts.models import Registration, RegistrationRoute
from enishi.accounts.queries import registrations as queries
from enishi.accounts.views.joining import current, incomplete, new_key, next_page, status_of, told
from enishi.core import errors, network, tokens
from enishi.core.limits import client_address
from enishi.core.middleware import public_page
from enishi.core.see_other import see


@public_page
@require_http_methods(["GET", "POST"])
@told
def join(request: HttpRequest) -> HttpResponse:
    """Step 1: the address and the route. `?r=CODE` counts a visit, `?i=TOKEN` is an invitation."""
    if network.find() is None or request.user.is_authenticated:
        return see("/")
    if invited := request.GET.get("i"):
        if not slug_re.match(invited):
            return errors.no_such_link(request, incomplete())
        return see(reverse("accounts:join-invited", args=[invited[:100]]))
    code = _count_route(request)
    mine = current(request)
    if mine is not None and mine.state in queries.OPEN and mine.email_proved_at:
        return see(next_page(mine))
    form = MailStepForm(request.POST if request.method == "POST" else None, initial=_mail_step_of(mine, code))
    if request.method == "POST" and form.is_valid():
        registration = registrations.begin(
            **form.cleaned_data,
            route_code=code,
            browser=tokens.hashed(new_key(request)),
            place=client_address(request),
            language=(get_language() or "ja")[:2],
            registration=mine if mine is not None and mine.state == RegistrationState.DRAFT else None,
        )
        return see(next_page(registration))
    return render(request, "accounts/join.html", {"form": form, "step": 1}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@told
def join_prove(request: HttpRequest) -> HttpResponse:
    """The mailed code, in the browser that asked."""
    registration = current(request)
    if registration is None or registration.state not in queries.OPEN:
        return see(reverse("accounts:join"))
    if registration.email_proved_at:
        return see(next_page(registration))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer, going_on = registrations.prove_by_code(registration, form.cleaned_data["code"])
        if answer is CodeAnswer.RIGHT:
            return see(next_page(going_on))
        form.add_error("code", _WRONG[answer]())
    return render(
        request,
        "accounts/join_prove.html",
        {"form": form, "registration": registration, "step": 1},
        status=status_of(form),
    )


@require_POST
@told
def join_prove_again(request: HttpRequest) -> HttpResponse:
    """Another mail to the same address."""
    registration = current(request)
    if registration is None or registration.email_proved_at or registration.state not in queries.OPEN:
        return see(reverse("accounts:join"))
    registrations.mail_again(registration, place=client_address(request))
    return see(reverse("accounts:join-prove"))


@require_http_methods(["GET", "POST"])
def join_link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The mailed link, in any browser: opening it changes nothing, the button does."""
    registration = Registration.objects.filter(pk=pk).first()
    if registration is None or not tokens.same(token, queries.link_token(registration)):
        return errors.no_such_link(request, incomplete())
    if registration.state in {RegistrationState.ADMITTED, RegistrationState.DECLINED, RegistrationState.WITHDRAWN}:
        return errors.gone(
            request,
            _("This registration has been answered or withdrawn. If you are a member now, please sign in."),
            then=(_("Sign in"), reverse("accounts:sign-in")),
        )
    if not queries.link_is_live(registration):
        return errors.gone(
            request,
            _("The 24 hours of this link are over. Please begin on the registration page; a new mail comes at once."),
            then=(_("Ask to join"), reverse("accounts:join")),
        )
    if request.method == "POST":
        try:
            going_on = registrations.mark_proved(registration, browser=tokens.hashed(new_key(request)))
        except ValidationError as fault:
            return errors.gone(request, fault.messages[0])
        return see(next_page(going_on))
    return render(request, "accounts/join_link.html", {"registration": registration})


def _count_route(request: HttpRequest) -> RegistrationRoute | None:
    """Count the code's visit once a session; remember it for the form."""
    code = request.GET.get("r", "").lower()[:32]
    seen: list[str] = request.session.get("route_codes", [])
    if code and "\0" not in code and code not in seen:
        found = routes.count_visit(code)
        if found is not None:
            request.session["route_codes"] = [*seen, code][-20:]
    kept = request.session.get("route_codes", [])
    return RegistrationRoute.objects.filter(code=kept[-1]).first() if kept else None


def _mail_step_of(registration: Registration | None, code: RegistrationRoute | None) -> dict[str, Any]:
    values: dict[str, Any] = {"route": code.route} if code else {}
    if registration is not None and registration.state == RegistrationState.DRAFT:
        values |= {
            "email": registration.email,
            "route": registration.route or values.get("route", ""),
            "route_words": registration.route_words,
        }
    return values


_WRONG = {
    CodeAnswer.WRONG: lambda: _("This is not the code of the newest mail. Please check the six digits."),
    CodeAnswer.SPENT: lambda: _(
        "This code can no longer be used: 15 minutes or three tries are over. Please have a new mail sent below."
    ),
}
