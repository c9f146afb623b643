"""Which mails a member gets: what they stopped, and how many a mail reaches."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from enishi.core import outbox
from enishi.core.mail_topics import Topic
from enishi.core.models import OutgoingMail
from enishi.core.statements import Kept
from enishi.members.models import MailStop, Member


def stoppable() -> list[Topic]:
    return [topic for topic in outbox.topics() if topic.can_stop]


def stopped(member: Member) -> frozenset[str]:
    """Names of the topics that this member stopped."""
    return frozenset(MailStop.objects.filter(member=member).values_list("topic", flat=True))


@dataclass(frozen=True)
class Audience:
    """How many a mail reaches, and how many have stopped mails of its kind."""

    wanting: int
    stopped: int


def audience(people: QuerySet[Member], topic: Topic) -> Audience:
    """Of `people`, in one question."""
    gone = Exists(MailStop.objects.filter(member=OuterRef("pk"), topic=topic.name))
    found = people.annotate(is_gone=gone).aggregate(n=Count("pk"), stopped=Count("pk", filter=Q(is_gone=True)))
    return Audience(wanting=found["n"] - found["stopped"], stopped=found["stopped"])


def everyone() -> QuerySet[Member]:
    """To whom a mail to all members is written."""
    return Member.objects.present().filter(user__is_active=True)


def unwanted(mail: OutgoingMail, topic: Topic) -> bool:
    """Has its receiver stopped these?"""
    return bool(_stops(mail.user_id or 0, topic.name))


@Kept
def _stops(user: int, topic: str) -> QuerySet[MailStop]:
    return MailStop.objects.filter(member__user_id=user, topic=topic)
