"""Choosing which mails come, on one's own page or by the link at a mail's foot."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from enishi.accounts.models import User
from enishi.core import audit
from enishi.core.mail_topics import Topic
from enishi.members.models import MailStop, Member
from enishi.members.queries import mails


@transaction.atomic
def choose(member: Member, *, wanted: Collection[str], by: User) -> None:
    """Save the whole page: topics not in `wanted` are stopped."""
    names = {topic.name for topic in mails.stoppable()}
    before, now = mails.stopped(member) & names, names - set(wanted)
    for name in now - before:
        MailStop.objects.get_or_create(member=member, topic=name)
    MailStop.objects.filter(member=member, topic__in=before - now).delete()
    if before != now:
        audit.record("mails.chosen", by=by, about=member, stopped=",".join(sorted(now)))


@transaction.atomic
def stop(member: Member, topic: Topic, *, by: User) -> bool:
    """From now on none of these, also of those that wait. False when they were stopped before."""
    if not topic.can_stop:
        return False
    made = MailStop.objects.get_or_create(member=member, topic=topic.name)[1]
    if made:
        audit.record("mails.stopped", by=by, about=member, topic=topic.name)
    return made


@transaction.atomic
def resume(member: Member, topic: Topic, *, by: User) -> bool:
    """They come again. False when they were not stopped."""
    gone = bool(MailStop.objects.filter(member=member, topic=topic.name).delete()[0])
    if gone:
        audit.record("mails.resumed", by=by, about=member, topic=topic.name)
    return gone
