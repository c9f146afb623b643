"""The signed link to one person's form: made when the mail is sent, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from enishi.events.models import EventSeries
from enishi.feedback import policies
from enishi.feedback.models import Answer
from enishi.members.models import Member
from enishi.members.queries.member_links import Broken, Expired, MemberLink

__all__ = ["Broken", "Expired", "Opened", "opened", "own_form", "token", "url"]

DAYS = 90
_link = MemberLink("feedback", days=DAYS)


@dataclass(frozen=True)
class Opened:
    """Whose form of which series a link opens."""

    member: Member
    series: EventSeries


def token(member: Member, series: EventSeries) -> str:
    return _link.token(member, series.pk)


def own_form(member: Member, series: EventSeries) -> str:
    """The form for who is signed in, empty for who was not there or has answered."""
    if not policies.can_answer(member, series) or Answer.objects.filter(member=member, series=series).exists():
        return ""
    return reverse("feedback:mine", args=[series.pk])


def url(member: Member, series: EventSeries) -> str:
    """The whole address, from the configured origin."""
    return settings.ORIGIN + reverse("feedback:form", args=[token(member, series)])


def opened(text: str) -> Opened:
    """Raises `Expired` after 90 days or when the account's links were ended, `Broken` for whatever else is not right."""
    member, series_id = _link.opened(text)
    series = EventSeries.objects.filter(pk=series_id).first()
    if series is None:
        raise Broken
    return Opened(member, series)
