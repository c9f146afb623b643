"""Asking to join: three short steps, then waiting without worry."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import registrations, routes
from enishi.accounts.actions.registrations import CodeAnswer
from enishi.accounts.choices import DEFAULT_VISIBILITY, RegistrationState
from enishi.accounts.forms.registration import (
    AgreementForm,
    AnswerForm,
    CodeForm,
    MailStepForm,
    VisibilityForm,
    WorkStepForm,
)
from enishi.accounts.models import Registration, RegistrationRoute
from enishi.accounts.notices.registration import sentence_of
from enishi.accounts.queries import registrations as queries
from enishi.accounts.queries.preview import preview, stint_line
from enishi.core import errors, network, tokens
from enishi.core.limits import client_address
from enishi.core.middleware import public_page
from enishi.core.person_forms import StintForm
from enishi.core.rows import Rows, Together

KEY = "registration_key"
View = Callable[..., HttpResponse]


def told(view: View) -> View:
    """What changed meanwhile (answered, sent in another window) is said on the page where the registration now stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ValidationError as fault:
            messages.info(request, fault.messages[0])
            return see(next_page(current(request)))

    return guarded


@public_page
@require_http_methods(["GET", "POST"])
@told
def join(request: HttpRequest) -> HttpResponse:
    """Step 1: the address and the route. `?r=CODE` counts a visit, `?i=TOKEN` is an invitation."""
    if network.find() is None or request.user.is_authenticated:
        return see("/")
    if request.GET.get("i"):
        return see(reverse("accounts:join-invited", args=[request.GET["i"][:100]]))
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
    return render(request, "accounts/join.html", {"form": form, "step": 1}, status=_status(form))


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
        status=_status(form),
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


def incomplete() -> str:
    """What to do with a link that is none of ours as it stands."""
    return _(
        "This link is not complete. Open it from the mail once more, or copy the whole line into the browser."
        " If the mail is old, you can begin anew on the registration page."
    )


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
        status=_status(together),
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
        status=_status(form),
    )


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
    return render(request, "accounts/join_waiting.html", context, status=_status(form) if asked else 200)


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


def current(request: HttpRequest) -> Registration | None:
    """The registration that belongs to this browser."""
    return queries.of_browser(str(request.session.get(KEY, "")))


def new_key(request: HttpRequest) -> str:
    """A fresh random key for this browser; only its hash goes into the registration."""
    key = secrets.token_urlsafe(24)
    request.session[KEY] = key
    return key


def see(address: str) -> HttpResponseRedirect:
    """303: the page after a POST."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def next_page(registration: Registration | None) -> str:
    """Where this registration goes on."""
    if registration is None or registration.state == RegistrationState.WITHDRAWN:
        return reverse("accounts:join")
    if registration.state != RegistrationState.DRAFT:
        return reverse("accounts:join-waiting")
    if registration.email_proved_at is None:
        return reverse("accounts:join-prove")
    return reverse(
        "accounts:join-visibility" if registration.family_name and registration.stints else "accounts:join-work"
    )


def _editable(request: HttpRequest) -> Registration | None:
    registration = current(request)
    if registration is None or registration.state not in queries.UNSENT or registration.email_proved_at is None:
        return None
    return registration


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


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


_WRONG = {
    CodeAnswer.WRONG: lambda: _("This is not the code of the newest mail. Please check the six digits."),
    CodeAnswer.SPENT: lambda: _(
        "This code can no longer be used: 15 minutes or three tries are over. Please have a new mail sent below."
    ),
}
