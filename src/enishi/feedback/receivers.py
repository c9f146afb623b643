"""What feedback hears from the apps below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enishi.events.models import EventSession
from enishi.events.signals import session_closed
from enishi.feedback.actions import answers, invitations
from enishi.members.models import Member
from enishi.members.signals import member_left


@receiver(session_closed, dispatch_uid="feedback-invite")
def ask_those_who_came(event_session: EventSession, **_: Any) -> None:
    invitations.invite(event_session)


@receiver(member_left, dispatch_uid="feedback-erase")
def erase_answers(member: Member, by: Any = None, **_: Any) -> None:
    answers.erase_of(member, by=by)
