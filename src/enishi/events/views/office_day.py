"""One session for the office: who comes, who waits, what to do when too few do, who was there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.policies_http import office_only
from enishi.core import clock, dates
from enishi.core.see_other import see
from enishi.events.actions import sessions
from enishi.events.choices import SessionState, SignupState
from enishi.events.forms.day import ExtendForm, MoveForm, WordForm
from enishi.events.models import EventSession
from enishi.events.queries import hours, office
from enishi.events.views.sessions import take_attendance


@require_safe
@office_only
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _session(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def session_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cannot be undone and reaches people, so it is confirmed."""
    session = _session(pk)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = sessions.cancel(session, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            messages.warning(request, refusal.message, extra_tags="warn")
            return see("events:office-session", pk)
        words = ngettext(
            "The session is cancelled. A mail to %(number)s person is on its way.",
            "The session is cancelled. Mails to %(number)s people are on their way.",
            told,
        )
        messages.success(request, words % {"number": told}, extra_tags="ok")
        return see("events:office-session", pk)
    people = office.people_of(session)
    number = len(people["seated"]) + len(people["waiting"])
    context = {"active_menu": "events:office-list", "session": session, "form": form, "number": number}
    return render(request, "events/office/session_cancel.html", context, status=422 if form.errors else 200)


@require_POST
@office_only
def session_extend(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session(pk)
    form = ExtendForm(request.POST, prefix="extend")
    return _done(
        request, session, form, extend=form, deed=lambda: sessions.extend(session, by=request.user, **form.cleaned_data)
    )


@require_POST
@office_only
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Time, bounds, video link. A new time rises the calendar's sequence and is told to everyone with a place."""
    session = _session(pk)
    form = MoveForm(request.POST, prefix="move")
    return _done(request, session, form, move=form, deed=lambda: _move(session, form.cleaned_data, request.user))


@require_POST
@office_only
def session_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    take_attendance(request, _session(pk))
    return see("events:office-session", pk)


@require_safe
@office_only
def session_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on paper."""
    session = _session(pk)
    people = office.people_of(session)
    context = {"session": session, "booked": [s for s in people["seated"] if s.state == SignupState.BOOKED], **people}
    return render(request, "events/office/session_print.html", context)


def _session(pk: int) -> EventSession:
    return get_object_or_404(EventSession.objects.select_related("series"), pk=pk)


@transaction.atomic
def _move(session: EventSession, values: dict[str, Any], by: Any) -> None:
    sessions.change_time(
        session,
        starts_at=values["starts_at"],
        minutes=values["minutes"],
        closes_at=values["closes"],
        by=by,
        word_ja=values["word_ja"],
        word_en=values["word_en"],
    )
    if (session.minimum, session.maximum) != (values["minimum"], values["maximum"]):
        sessions.resize(session, minimum=values["minimum"], maximum=values["maximum"], by=by)
    sessions.set_video(session, values["video_url"], by=by)


def _done(request: HttpRequest, session: EventSession, form: Form, *, deed: Any, **forms: Form) -> HttpResponse:
    """Act and go back, or show the page again with everything typed."""
    if form.is_valid():
        try:
            deed()
            messages.success(request, _("Saved."), extra_tags="ok")
            return see("events:office-session", session.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    session = _session(session.pk)
    return _page(request, session, status=422, form=form, **forms)


def _page(
    request: HttpRequest, session: EventSession, status: int = 200, form: Form | None = None, **forms: Form
) -> HttpResponse:
    people = office.people_of(session)
    booked = [each for each in people["seated"] if each.state == SignupState.BOOKED]
    ahead = session.state == SessionState.OPEN and not session.has_begun
    context: dict[str, Any] = {
        "active_menu": "events:office-list",
        "session": session,
        "series": session.series,
        "hosts": list(session.hosts.all()),
        "booked": booked,
        "short": ahead and len(booked) < session.minimum and session.below_minimum_at is not None,
        "ahead": ahead,
        "begun": session.has_begun and session.state != SessionState.CANCELLED,
        "taken": any(each.attended is not None for each in booked),
        "hour_sessions": [session],
        "hour_rows": hours.table([session.starts_at]),
        "extend": forms.get("extend") or ExtendForm(initial={"until": session.starts_at}, prefix="extend"),
        "move": forms.get("move") or MoveForm(initial=_now(session), prefix="move"),
        "form": form,
        **people,
    }
    return render(request, "events/office/session_detail.html", context, status=status)


def _now(session: EventSession) -> dict[str, Any]:
    local = clock.local(session.starts_at, dates.network_zone())
    return {
        "day": local.date(),
        "hour": local.time(),
        "minutes": session.minutes,
        "closes": session.closes_at,
        "minimum": session.minimum,
        "maximum": session.maximum,
        "video_url": session.video_url,
    }
