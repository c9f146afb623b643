"""Asking to join, after it was sent: waiting without worry, an answer to a question, taking it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import registrations
from enishi.accounts.choices import RegistrationState
from enishi.accounts.forms.registration import AnswerForm
from enishi.accounts.notices.registration import sentence_of
from enishi.accounts.queries import registrations as queries
from enishi.accounts.queries.preview import stint_line
from enishi.accounts.views.joining import KEY, current, next_page, status_of, told
from enishi.core import network
from enishi.core.see_other import see


@require_http_methods(["GET", "POST"])
@told
def join_waiting(request: HttpRequest) -> HttpResponse:
    """What the office does now; a question is answered here."""
    registration = current(request)
    if registration is None or registration.state in {RegistrationState.DRAFT, RegistrationState.WITHDRAWN}:
        return see(next_page(registration))
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": registration.answer})
    asked = registration.state == RegistrationState.ASKED_BACK
    if request.method == "POST" and asked and form.is_valid():
        version = registration.purpose_version or network.current().purpose_version
        registrations.submit(registration, purpose_version=version, answer=form.cleaned_data["answer"])
        return see(reverse("accounts:join-waiting"))
    context: dict[str, Any] = {
        "registration": registration,
        "form": form,
        "stints": [stint_line(stint) for stint in registration.stints],
    }
    if registration.state == RegistrationState.DECLINED and registration.reason:
        context["refusal"] = sentence_of(registration.reason)
    return render(request, "accounts/join_waiting.html", context, status=status_of(form) if asked else 200)


@require_POST
@told
def join_take_back(request: HttpRequest) -> HttpResponse:
    """To correct what was sent."""
    registration = current(request)
    if registration is not None and registration.state == RegistrationState.SUBMITTED:
        registrations.take_back(registration)
        return see(reverse("accounts:join-work"))
    return see(next_page(registration))


@require_http_methods(["GET", "POST"])
@told
def join_withdraw(request: HttpRequest) -> HttpResponse:
    """A page that says what goes, then it goes."""
    registration = current(request)
    if registration is None or registration.state not in queries.OPEN:
        return see(reverse("accounts:join"))
    if request.method == "POST":
        registrations.withdraw(registration)
        request.session.pop(KEY, None)
        return render(request, "accounts/join_withdrawn.html", {"done": True})
    return render(request, "accounts/join_withdrawn.html", {"registration": registration})
