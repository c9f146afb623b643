"""Who is told of a report: members who may read it and were not told before."""

from __future__ import annotations

from django.db.models import QuerySet

from enishi.core.models import MailState, OutgoingMail
from enishi.members.models import Member
from enishi.members.queries import mails
from enishi.publishing.mail_topics import PUBLISHED, REPORTS
from enishi.publishing.models import Report

UNSENT = (MailState.QUEUED, MailState.DROPPED)


def once_key(report: Report, user_id: int) -> str:
    return f"{_stem(report)}{user_id}"


def unsent(report: Report) -> QuerySet[OutgoingMail]:
    """Mails that nobody has got: they wait, or were dropped since the report was taken back while they went out."""
    return _written(report).filter(state__in=UNSENT)


def untold(report: Report) -> QuerySet[Member]:
    """Each is told of a report once, however often it is published."""
    told = _written(report).exclude(state__in=UNSENT).filter(user_id__isnull=False)
    return mails.everyone().exclude(user_id__in=told.values("user_id"))


def reached(report: Report) -> mails.Audience:
    """How many the mail of this report would reach now."""
    return mails.audience(untold(report), REPORTS)


def _written(report: Report) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(kind=PUBLISHED, once_key__startswith=_stem(report))


def _stem(report: Report) -> str:
    return f"{PUBLISHED}:{report.pk}:"
