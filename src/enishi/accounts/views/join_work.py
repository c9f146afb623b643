"""Asking to join, steps 2 and 3: name and work, then who sees what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from enishi.accounts.actions import registrations
from enishi.accounts.choices import DEFAULT_VISIBILITY
from enishi.accounts.forms.registration import AgreementForm, VisibilityForm, WorkStepForm
from enishi.accounts.models import Registration
from enishi.accounts.queries import registrations as queries
from enishi.accounts.queries.preview import preview, stint_line
from enishi.accounts.views.joining import current, next_page, status_of, told
from enishi.core import network
from enishi.core.person_forms import StintForm
from enishi.core.rows import Rows, Together
from enishi.core.see_other import see


@require_http_methods(["GET", "POST"])
@told
def join_work(request: HttpRequest) -> HttpResponse:
    """Step 2: name, time at the company, work now. Adding and removing a row needs no script."""
    registration = _editable(request)
    if registration is None:
        return see(next_page(current(request)))
    if request.method == "GET":
        form = WorkStepForm(initial=_work_step_of(registration))
        rows = Rows(StintForm, prefix="stints", initial=_stint_rows(registration.stints))
    elif edited := Rows.edited(StintForm, prefix="stints", data=request.POST):
        form, rows = WorkStepForm(initial=request.POST.dict()), edited
    else:
        form, rows = WorkStepForm(request.POST), Rows(StintForm, prefix="stints", data=request.POST)
        if form.is_valid() & rows.is_valid():
            registrations.save_step(registration, **form.cleaned_data, stints=rows.cleaned())
            return see(reverse("accounts:join-visibility"))
    together = Together(form, *rows.forms)
    return render(
        request,
        "accounts/join_work.html",
        {"form": together, "work": form, "rows": rows, "registration": registration, "step": 2},
        status=status_of(together),
    )


@require_http_methods(["GET", "POST"])
@told
def join_visibility(request: HttpRequest) -> HttpResponse:
    """Step 3: who sees what, with a preview, and the agreement; then it is sent."""
    registration = _editable(request)
    if registration is None:
        return see(next_page(current(request)))
    if not registration.family_name:
        return see(reverse("accounts:join-work"))
    initial = {**DEFAULT_VISIBILITY, **registration.visibility}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)
    if "preview" in request.POST:
        shown = VisibilityForm(request.POST)
        if shown.is_valid():
            registrations.save_step(registration, visibility=shown.cleaned_data)
            return see(reverse("accounts:join-visibility") + "#preview")
    elif request.method == "POST" and form.is_valid():
        levels = {key: value for key, value in form.cleaned_data.items() if key != "agreed"}
        registrations.save_step(registration, visibility=levels)
        registrations.submit(
            registration, purpose_version=network.current().purpose_version, answer=registration.answer
        )
        return see(reverse("accounts:join-waiting"))
    return render(
        request,
        "accounts/join_visibility.html",
        {"form": form, "registration": registration, "preview": _preview(registration, initial), "step": 3},
        status=status_of(form),
    )


def _editable(request: HttpRequest) -> Registration | None:
    registration = current(request)
    if registration is None or registration.state not in queries.UNSENT or registration.email_proved_at is None:
        return None
    return registration


def _work_step_of(registration: Registration) -> dict[str, Any]:
    return {name: getattr(registration, name) for name in WorkStepForm.base_fields}


def _stint_rows(stints: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**stint, "until_now": bool(stint.get("until_now"))} for stint in stints]


def _preview(registration: Registration, levels: dict[str, str]) -> Any:
    return preview(
        {
            "stints": [stint_line(stint) for stint in registration.stints],
            "employer": [registration.employer],
            "title": [registration.title],
            "country": [registration.country],
        },
        levels,
    )
