"""The signed link to one person's form: made when the mail is sent, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from enishi.core import tokens
from enishi.events.models import EventSeries
from enishi.feedback import policies
from enishi.feedback.models import Answer
from enishi.members.models import Member

PURPOSE = "feedback"
DAYS = 90


class Broken(Exception):
    """No link that was ever sent."""


class Expired(Exception):
    """A link that was good once."""


@dataclass(frozen=True)
class Opened:
    """Whose form of which series a link opens."""

    member: Member
    series: EventSeries


def token(member: Member, series: EventSeries) -> str:
    """Bound to the account's epoch: ending all access of an account ends its links too."""
    return tokens.sign(PURPOSE, [series.pk, member.pk, member.user.epoch])


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
    try:
        series_id, member_id, epoch = tokens.unsign(PURPOSE, text, max_age=DAYS * 24 * 60 * 60)
    except signing.SignatureExpired as error:
        raise Expired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Broken from error
    member = Member.objects.present().filter(pk=member_id, user__is_active=True).select_related("user").first()
    series = EventSeries.objects.filter(pk=series_id).first()
    if member is None or series is None:
        raise Broken
    if member.user.epoch != epoch:
        raise Expired
    return Opened(member, series)
