"""The signed link at a mail's foot: whose mails, and of which kind. Made when the mail is sent, kept nowhere.

It stops this one kind for this one person and does nothing else: it shows nothing of the person and signs nobody in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from enishi.core import outbox, tokens
from enishi.core.mail_topics import Topic
from enishi.core.models import OutgoingMail
from enishi.core.statements import Kept
from enishi.members.models import Member

PURPOSE = "mails"
DAYS = 400  # a year and a month: people clear their mailboxes late


class Broken(Exception):
    """No link that was ever sent."""


class Expired(Exception):
    """A link that was good once."""


@dataclass(frozen=True)
class Opened:
    member: Member
    topic: Topic


def token(member: Member, topic: Topic) -> str:
    """Bound to the account's epoch: with another mail address the links in the old mailbox end."""
    return tokens.sign(PURPOSE, [member.pk, topic.name, member.user.epoch])


def page(mail: OutgoingMail, topic: Topic) -> str:
    """The whole address for a mail's receiver; empty where the receiver is no member any more."""
    member = _receiver.first(mail.user_id or 0)
    if member is None:
        return ""
    return settings.ORIGIN + reverse("members:mail-link", args=[token(member, topic)])


@Kept
def _receiver(user: int) -> QuerySet[Member]:
    return Member.objects.present().filter(user_id=user).select_related("user")


def opened(text: str) -> Opened:
    """Raises `Expired` after 400 days or when the account's links were ended, `Broken` for whatever else is not right."""
    try:
        member_id, name, epoch = tokens.unsign(PURPOSE, text, max_age=DAYS * 24 * 60 * 60)
    except signing.SignatureExpired as error:
        raise Expired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Broken from error
    topic = next((each for each in outbox.topics() if each.name == name), None)
    member = Member.objects.present().filter(pk=member_id, user__is_active=True).select_related("user").first()
    if member is None or topic is None or member.user.epoch != epoch:
        raise Expired
    return Opened(member, topic)
