"""The page of one session, for the day itself, and its calendar file."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from enishi.core import clock
from enishi.core.see_other import see
from enishi.events import policies
from enishi.events.actions import sessions
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSession, Signup
from enishi.events.queries import afterwards, calendar, calendar_entry, cards, offers, people, programme
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
    over = card.kind == "over"
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
            "over": over,
            "afterwards": afterwards.open_to(member, session.series) if over else [],
            "begun": hosting and session.has_begun and card.kind != "cancelled",
            "taken": any(guest.signup and guest.signup.attended is not None for guest in guests),
            "now": clock.now(),
            "parts": programme.timeline(
                programme.segments_of(session.series_id), people=session.maximum, session=session
            ),
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


@require_POST
@members_only
def session_attendance(request: HttpRequest, member: Member, pk: int) -> HttpResponse:
    """Who was there, from the page of those who lead the session."""
    session = calendar.session_with_own(pk, viewer=member)
    if session is None or not policies.can_take_attendance(request.user, session):
        raise Http404
    take_attendance(request, session)
    return see("events:session-detail", pk)


def take_attendance(request: HttpRequest, session: EventSession) -> None:
    """Save the ticks of a page and say what was saved; ticks for rows of other sessions count for nothing."""
    ticked = set(request.POST.getlist("present"))
    present = [pk for pk in session.signups.values_list("pk", flat=True) if str(pk) in ticked]
    try:
        there = sessions.take_attendance(session, present=present, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.message, extra_tags="warn")
        return
    words = ngettext("Saved: %(number)s person was there.", "Saved: %(number)s people were there.", there)
    messages.success(request, words % {"number": there}, extra_tags="ok")


def _number(session: EventSession) -> int:
    number: int = session.booked  # type: ignore[attr-defined]
    return number
