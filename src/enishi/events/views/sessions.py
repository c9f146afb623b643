"""The page of one session, for the day itself, and its calendar file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.core import clock
from enishi.events import policies
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSession, Signup
from enishi.events.queries import calendar, calendar_entry, cards, offers, people, programme
from enishi.events.views.doors import members_only
from enishi.members.models import Member


@require_safe
@members_only
def session_detail(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Agenda by the clock, prompts, who comes; the video link for those who come, from ten minutes before."""
    session = calendar.session_with_own(pk, viewer=member)
    if session is None:
        raise Http404
    hosts = people.hosts_of([session]).get(session.pk, [])
    hosting = member in hosts
    card = cards.card(session)
    guests = people.guests(request.user, [session], hosting={session.pk} if hosting else set())
    comes = policies.can_see_who_comes(request.user, session, card.mine, hosting=hosting)
    return render(
        request,
        "events/session_detail.html",
        {
            "active_menu": "events:list",
            "session": session,
            "series": session.series,
            "card": card,
            "hosts": hosts,
            "hosting": hosting,
            "comes": comes,
            "guests": guests,
            "people": _number(session),
            "hidden": _number(session) - len(guests) if comes else 0,
            "video_url": session.video_url
            if policies.can_open_video(request.user, session, card.mine, hosting=hosting)
            else "",
            "running": session.state == SessionState.OPEN and session.link_opens_at <= clock.now() < session.ends_at,
            "parts": programme.timeline(session.series.segments.all(), people=session.maximum, session=session),
            "google": calendar_entry.google_url(session),
            "outlook": calendar_entry.outlook_url(session),
            "offer_token": offers.token(card.mine) if card.kind == "offered" and card.mine else "",
        },
    )


@require_safe
@members_only
def session_calendar(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """The entry for one's own calendar, for those who have a seat."""
    signup = (
        Signup.objects.filter(session=pk, member=member, state=SignupState.BOOKED, session__state=SessionState.OPEN)
        .select_related("session__series", "member__user")
        .first()
    )
    if signup is None:
        raise Http404
    response = HttpResponse(calendar_entry.text(signup), content_type="text/calendar; charset=utf-8; method=REQUEST")
    response["Content-Disposition"] = f'attachment; filename="session-{pk}.ics"'
    return response


def _number(session: EventSession) -> int:
    number: int = session.booked  # type: ignore[attr-defined]
    return number
