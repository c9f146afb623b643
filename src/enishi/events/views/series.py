"""The list of events, one series, and the sign-up for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from enishi.core.see_other import see
from enishi.events import policies
from enishi.events.actions import signups
from enishi.events.choices import SeriesState, SessionState
from enishi.events.forms.signup import SignupForm, is_key
from enishi.events.models import EventSession
from enishi.events.queries import calendar, calendar_entry, cards, people, programme
from enishi.events.views.doors import members_only
from enishi.members.models import Member

PER_PAGE = 12


@require_safe
@members_only
def series_list(request: HttpRequest, member: Member) -> HttpResponse:
    """What is to come, with the own places, and what has been."""
    found = list(calendar.visible_series().prefetch_related("sessions")[: PER_PAGE * 4])
    ahead = [each for each in found if any(s.state == SessionState.OPEN and not s.is_over for s in each.sessions.all())]
    return render(
        request,
        "events/series_list.html",
        {
            "active_menu": "events:list",
            "own": [each for each in calendar.own_coming(member) if not each.session.is_over],
            "ahead": sorted(ahead, key=lambda each: each.first_start),
            "past": [each for each in found if each not in ahead],
        },
    )


@require_safe
@members_only
def series_detail(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    sessions = _sessions(member, pk)
    return _page(request, sessions, SignupForm())


@require_POST
@members_only
def signup_create(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """One submit for any number of sessions; then a page that says what happened to each."""
    form = SignupForm(request.POST)
    outcomes = _sign_up(request, member, pk, form) if form.is_valid() else None
    if outcomes is None:
        return _page(request, _sessions(member, pk), form, status=422)
    asked = ",".join(str(each.session.pk) for each in outcomes)
    return see("events:signup-result", pk, query=f"asked={asked}")


@require_safe
@members_only
def signup_result(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """What became of each session that was asked for, read from its row: true however often it is opened."""
    asked = {int(part) for part in request.GET.get("asked", "").split(",") if is_key(part)}
    sessions = calendar.asked_for(pk, asked, viewer=member) if asked else []
    if not sessions and _sessions(member, pk):
        return see("events:series-detail", pk)
    chosen = [cards.card(each) for each in sessions]
    booked = [each for each in chosen if each.kind == "booked"]
    return render(
        request,
        "events/signup_result.html",
        {
            "active_menu": "events:list",
            "series": sessions[0].series,
            "cards": chosen,
            "booked": booked,
            "links": {each.session.pk: _calendar_links(each.session) for each in booked},
        },
    )


def _sign_up(request: HttpRequest, member: Member, pk: int, form: SignupForm) -> list[signups.Outcome] | None:
    """What happened to each, or None where the form has one more fault."""
    chosen = form.cleaned_data["session"]
    words = {"note": form.cleaned_data["note"], "hide_name": form.cleaned_data["hide_name"]}
    try:
        return signups.sign_up_in_series(pk, chosen, member=member, by=request.user, **words)
    except ValidationError as fault:
        form.add_error("session", fault)
        return None


def _sessions(member: Member, pk: int) -> list[EventSession]:
    sessions = calendar.sessions_of(pk, viewer=member)
    if not sessions:
        raise Http404
    return sessions


def _page(request: HttpRequest, sessions: list[EventSession], form: SignupForm, status: int = 200) -> HttpResponse:
    series = sessions[0].series
    hosts = people.hosts_of(sessions)
    me = policies.member_of(request.user)
    hosting = {key for key, those in hosts.items() if me in those}
    shown = [cards.card(each) for each in sessions]
    gone = request.GET.get("withdrawn", "")
    context: dict[str, Any] = {
        "active_menu": "events:list",
        "series": series,
        "form": form,
        "chosen": set(form.data.getlist("session")) if form.is_bound else set(),  # type: ignore[attr-defined]
        "cards": shown,
        "open": any(each.can_choose for each in shown),
        "any_full": any(each.kind == "full" for each in shown),
        "withdrawn": next(
            (each for each in shown if each.mine and str(each.mine.pk) == gone and each.can_return), None
        ),
        "is_over": series.state == SeriesState.CLOSED,
        "bounds": _bounds(sessions),
        "parts": programme.timeline(programme.segments_of(series.pk), people=max(each.maximum for each in sessions)),
        "guests": people.guests(request.user, sessions, hosting=hosting),
        "people": people.people_in(series.pk),
        "hosts": list({host.pk: host for those in hosts.values() for host in those}.values()),
    }
    return render(request, "events/series_detail.html", context, status=status)


def _bounds(sessions: list[EventSession]) -> dict[str, Any]:
    lengths = {each.minutes for each in sessions}
    return {
        "minimum": min(each.minimum for each in sessions),
        "maximum": max(each.maximum for each in sessions),
        "minutes": lengths.pop() if len(lengths) == 1 else None,
    }


def _calendar_links(session: EventSession) -> dict[str, str]:
    return {"google": calendar_entry.google_url(session), "outlook": calendar_entry.outlook_url(session)}
