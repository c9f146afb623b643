"""Who may, in feedback."""

from __future__ import annotations

from typing import Any

from enishi.accounts import policies as accounts
from enishi.events.models import EventSeries, Signup
from enishi.feedback.choices import ATTENDED
from enishi.feedback.models import Answer
from enishi.members.models import Member


def can_answer(member: Member | None, series: EventSeries) -> bool:
    """Whoever was at a session of the series and has not left."""
    if member is None:
        return False
    if member.left_at is not None:
        return False
    return Signup.objects.filter(ATTENDED, member=member, session__series=series).exists()


def can_change_consent(member: Member | None, answer: Answer) -> bool:
    """Only the person whose words they are; the office neither gives nor widens a consent."""
    return member is not None and answer.member_id == member.pk


def can_change_themes(user: Any) -> bool:
    return accounts.is_office(user)
