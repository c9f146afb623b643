"""Who may, in this app. Each condition stands on its own line, so that coverage proves it."""

from __future__ import annotations

from typing import Any

from enishi.accounts import policies as door
from enishi.events.choices import SignupState
from enishi.events.models import EventSession, Signup
from enishi.members.policies import member_of as member_of


def can_run_events(viewer: Any) -> bool:
    """Make, announce, cancel; see who comes to any session."""
    return door.is_office(viewer)


def is_host(viewer: Any, session: EventSession) -> bool:
    """One of the session's own hosts. Each view asks once, so one question is right here."""
    member = member_of(viewer)
    if member is None:
        return False
    return session.hosts.filter(pk=member.pk).exists()


def can_see_who_comes(viewer: Any, session: EventSession, mine: Signup | None, *, hosting: bool) -> bool:
    """The office, the hosts and those who come see names; others the number."""
    if door.is_office(viewer):
        return True
    if hosting:
        return True
    return mine is not None and mine.state == SignupState.BOOKED


def can_open_video(viewer: Any, session: EventSession, mine: Signup | None, *, hosting: bool) -> bool:
    """Only those who come, the hosts and the office, from ten minutes before until the end."""
    if not session.video_url:
        return False
    if not session.room_is_open:
        return False
    return can_see_who_comes(viewer, session, mine, hosting=hosting)


def can_take_attendance(viewer: Any, session: EventSession) -> bool:
    """The office, and the session's own hosts, who were there."""
    if door.is_office(viewer):
        return True
    return is_host(viewer, session)


def can_change_signup(viewer: Any, signup: Signup) -> bool:
    """One's own alone."""
    member = member_of(viewer)
    return member is not None and signup.member_id == member.pk
