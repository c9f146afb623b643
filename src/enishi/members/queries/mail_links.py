"""The signed link at a mail's foot: whose mails, and of which kind. Made when the mail is sent, kept nowhere.

It stops this one kind for this one person and does nothing else: it shows nothing of the person and signs nobody in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from enishi.core import outbox
from enishi.core.mail_topics import Topic
from enishi.core.models import OutgoingMail
from enishi.core.statements import Kept
from enishi.members.models import Member
from enishi.members.queries.member_links import Broken, Expired, MemberLink

__all__ = ["Broken", "Expired", "Opened", "opened", "page", "token"]

_link = MemberLink("mails", days=400)  # a year and a month: people clear their mailboxes late


@dataclass(frozen=True)
class Opened:
    member: Member
    topic: Topic


def token(member: Member, topic: Topic) -> str:
    return _link.token(member, topic.name)


def page(mail: OutgoingMail, topic: Topic) -> str:
    """The whole address for a mail's receiver; empty where the receiver is no member any more."""
    member = _receiver.first(mail.user_id or 0)
    if member is None:
        return ""
    return settings.ORIGIN + reverse("members:mail-link", args=[token(member, topic)])


def opened(text: str) -> Opened:
    """Raises `Expired` after 400 days, when the account's links were ended, or when there is no such kind any more."""
    member, name = _link.opened(text)
    topic = next((each for each in outbox.topics() if each.name == name), None)
    if topic is None:
        raise Expired
    return Opened(member, topic)


@Kept
def _receiver(user: int) -> QuerySet[Member]:
    return Member.objects.present().filter(user_id=user).select_related("user")
