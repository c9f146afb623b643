"""The queue at the door: the claim beside the row of the roster, one decision after another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enishi.accounts.actions import registrations
from enishi.accounts.choices import RegistrationState
from enishi.accounts.models import Registration, RosterEntry
from enishi.accounts.policies_http import office_only, reader
from enishi.accounts.queries.preview import stint_line
from enishi.core.see_other import see
from enishi.members.actions import admission
from enishi.members.forms.requests import AskBackForm, DeclineForm
from enishi.members.queries import admissions, comparison

MENU = "members:office-registrations"


@office_only
@require_GET
def office_registrations(request: HttpRequest) -> HttpResponse:
    """What waits, exact matches on top, ready for one press; then what was decided lately."""
    waiting = admissions.queue()
    context = {
        "exact": [each for each in waiting if each.exact],
        "others": [each for each in waiting if not each.exact],
        "decided": admissions.decided(),
        "active_menu": MENU,
    }
    return render(request, "members/office/registrations.html", context)


@office_only
@require_GET
def office_registration(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(_sent(), pk=pk))


@office_only
@require_POST
def office_registration_admit(request: HttpRequest, pk: int) -> HttpResponse:
    """With the row of the roster that was looked at, or with none."""
    registration = get_object_or_404(_sent(), pk=pk)
    number = request.POST.get("entry", "")
    entry = None
    if number:
        entry = (
            RosterEntry.objects.filter(pk=int(number)).first()
            if number.isascii() and number.isdigit() and len(number) < 19
            else None
        )
        if entry is None:
            messages.error(request, _("This row is no longer in the roster. Nothing was changed."))
            return see(reverse("members:office-registration", args=[pk]))
    return _decide(
        request,
        registration,
        lambda: admission.admit(registration, by=reader(request), entry=entry),
        _("%(name)s was admitted."),
    )


@office_only
@require_POST
def office_registration_ask(request: HttpRequest, pk: int) -> HttpResponse:
    registration = get_object_or_404(_sent(), pk=pk)
    form = AskBackForm(request.POST, prefix="ask")
    if not form.is_valid():
        return _page(request, registration, ask=form)
    return _decide(
        request,
        registration,
        lambda: registrations.ask_back(registration, question=form.cleaned_data["question"], by=reader(request)),
        _("The question went to %(name)s."),
    )


@office_only
@require_POST
def office_registration_decline(request: HttpRequest, pk: int) -> HttpResponse:
    registration = get_object_or_404(_sent(), pk=pk)
    form = DeclineForm(request.POST, prefix="decline")
    if not form.is_valid():
        return _page(request, registration, decline=form)
    return _decide(
        request,
        registration,
        lambda: registrations.decline(registration, reason=form.cleaned_data["reason"], by=reader(request)),
        _("The registration of %(name)s was declined."),
    )


def _decide(request: HttpRequest, registration: Registration, act: Any, words: str) -> HttpResponse:
    """Do it, then go on with the next one without the list between."""
    try:
        act()
    except ValidationError as fault:
        messages.error(request, fault.messages[0])
        return see(reverse("members:office-registration", args=[registration.pk]))
    messages.success(request, words % {"name": registration.shown_name}, extra_tags="ok")
    following = admissions.next_after(registration)
    if following is None or "back" in request.POST:
        return see(reverse("members:office-registrations"))
    return see(reverse("members:office-registration", args=[following.pk]))


def _page(
    request: HttpRequest,
    registration: Registration,
    *,
    ask: AskBackForm | None = None,
    decline: DeclineForm | None = None,
) -> HttpResponse:
    found = admissions.candidates(registration)
    wanted = request.GET.get("entry", "")
    chosen = next((one for one in found if str(one.entry.pk) == wanted), found[0] if found else None)
    context = {
        "registration": registration,
        "stints": [stint_line(stint) for stint in registration.stints],
        "candidates": found,
        "chosen": chosen,
        "lines": comparison.lines(registration, chosen),
        "open": registration.state in {RegistrationState.SUBMITTED},
        "ask": ask or AskBackForm(prefix="ask"),
        "decline": decline or DeclineForm(prefix="decline"),
        "form": ask or decline,
        "active_menu": MENU,
    }
    status = 422 if ask or decline else 200
    return render(request, "members/office/registration.html", context, status=status)


def _sent() -> Any:
    """Drafts are nobody's business; withdrawn ones are empty."""
    return Registration.objects.select_related("invitation__roster_entry", "route_code", "claimed_entry").exclude(
        state__in=(RegistrationState.DRAFT, RegistrationState.WITHDRAWN)
    )
