"""All mail of the house: written as a row in the caller's transaction, sent by the worker until done.

- `write` stores kind and ids. What the mail says is composed when it is sent, so a link in it lives nowhere else.
- A worker leases a row by a conditional update, hands it to the SMTP server, then records that. Killed before: the lease
  runs out and another goes on. Killed between the server's yes and the record: the same mail goes again, with the same
  Message-ID, which was fixed when the row was written.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from enishi.core import clock, mail_topics, network
from enishi.core.mail_topics import Topic
from enishi.core.models import MailState, OutgoingMail

log = logging.getLogger("enishi.outbox")

LEASE = timedelta(minutes=2)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]


@dataclass(frozen=True)
class Attachment:
    """A file of a mail; `content_type` may carry parameters (`text/calendar; method=REQUEST`)."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Letter:
    """What a mail says, once for both its text and its HTML part. Built in the reader's language.

    `facts` are (label, value) pairs, `choices` and `button` are (words, address), `reason` says why this mail came.
    `topic` and `unsubscribe_url` are put in by `compose`, where the kind has a topic.
    """

    to: str
    subject: str
    greeting: str
    paragraphs: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    code: str = ""
    choices: Sequence[tuple[str, str]] = ()
    button: tuple[str, str] | None = None
    after: Sequence[str] = ()
    reason: str = ""
    topic: Topic | None = None
    unsubscribe_url: str = ""
    attachments: Sequence[Attachment] = field(default_factory=tuple)


@dataclass(frozen=True)
class Kind:
    """One kind of mail. `compose(mail)` gives the letter, or None when the mail no longer applies.

    `language(mail)` is the receiver's language; compose runs inside it. Without a `topic` it is mail about the account.
    """

    name: str
    title: str | Promise
    compose: Callable[[OutgoingMail], Letter | None]
    language: Callable[[OutgoingMail], str]
    topic: Topic | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called from an app's `ready`."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def topics() -> list[Topic]:
    """Those of the registered kinds, once each, in their order."""
    found = {kind.topic.name: kind.topic for kind in kinds() if kind.topic is not None}
    return sorted(found.values(), key=lambda topic: topic.place)


def write(
    kind: str, *, user: Any = None, once: str | None = None, not_before: Any = None, **about: int | str | None
) -> OutgoingMail | None:
    """Write a mail in the caller's transaction.

    `about` holds the ids that the kind's composer reads. With `once`, a second call with the same key writes nothing and
    returns None: each (person, purpose, event) goes once.
    """
    if kind not in _kinds:
        raise ValueError(f"No kind of mail is named “{kind}”. Register it in the app's notices.")
    if once is not None and OutgoingMail.objects.filter(once_key=once).exists():
        return None
    try:
        with transaction.atomic():
            return OutgoingMail.objects.create(
                kind=kind,
                about=about,
                user_id=getattr(user, "pk", None),
                once_key=once,
                not_before=not_before or clock.now(),
            )
    except IntegrityError:
        if once is None:
            raise
        return None


@dataclass(frozen=True)
class Word:
    """One mail of `write_many`: to whom (a user's key), the ids its composer reads, and the key that lets it go once."""

    user_id: int | None
    about: dict[str, int | str | None]
    once: str | None = None


def write_many(kind: str, words: Iterable[Word], *, not_before: Any = None) -> None:
    """Write mails of one kind in the caller's transaction, a statement a thousand; one whose `once` is known is left out."""
    if kind not in _kinds:
        raise ValueError(f"No kind of mail is named “{kind}”. Register it in the app's notices.")
    when = not_before or clock.now()
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(kind=kind, about=word.about, user_id=word.user_id, once_key=word.once, not_before=when)
            for word in words
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def language(mail: OutgoingMail) -> str:
    """The language in which its receiver reads it."""
    return _kinds[mail.kind].language(mail)


def compose(mail: OutgoingMail) -> Letter | None:
    """The letter as it would be sent at this moment, in the receiver's language, with the way to stop such mails."""
    kind = _kinds[mail.kind]
    with translation.override(kind.language(mail)):
        letter = kind.compose(mail)
    if letter is None or kind.topic is None:
        return letter
    return replace(letter, topic=kind.topic, unsubscribe_url=mail_topics.wishes().page(mail, kind.topic))


def can_deliver() -> bool:
    """Is there a way out: an SMTP server, the demo's mail page, or a test's box?"""
    here = network.find()
    return bool(settings.SMTP_URL) or bool(here and here.is_demo) or "locmem" in settings.EMAIL_BACKEND


def due(limit: int = 50) -> list[int]:
    """Keys of mails to send now, oldest first: waiting ones, and leased ones whose lease ran out."""
    now = clock.now()
    return list(
        OutgoingMail.objects.filter(
            Q(state=MailState.QUEUED, not_before__lte=now) | Q(state=MailState.LEASED, lease_until__lt=now)
        )
        .order_by("not_before", "pk")
        .values_list("pk", flat=True)[:limit]
    )


def lease(pk: int) -> OutgoingMail | None:
    """Take one mail for this worker; None when another was quicker."""
    now = clock.now()
    token = uuid.uuid4()
    taken = OutgoingMail.objects.filter(
        Q(state=MailState.QUEUED, not_before__lte=now) | Q(state=MailState.LEASED, lease_until__lt=now), pk=pk
    ).update(state=MailState.LEASED, lease_until=now + LEASE, lease=token)
    return OutgoingMail.objects.get(pk=pk) if taken else None


def send_one(pk: int, connection: BaseEmailBackend | None = None) -> MailState | None:
    """Send one mail; returns its new state, None when another worker has it."""
    mail = lease(pk)
    if mail is None:
        return None
    try:
        if _is_unwanted(mail):
            return _finish(mail, MailState.UNWANTED)
        letter = compose(mail)
        if letter is None:
            return _finish(mail, MailState.DROPPED)
        here = network.find()
        if not (here and here.is_demo and not settings.SMTP_URL):  # the demo shows its mail on a page instead
            _message(mail, letter, connection).send()
    except Exception as error:
        return _retry(mail, error)
    return _finish(mail, MailState.SENT)


def send_due(limit: int = 50) -> int:
    """Send what is due over one connection; returns how many were handled."""
    if not can_deliver():
        return 0
    keys = due(limit)
    if not keys:
        return 0
    connection = get_connection()
    try:
        return sum(send_one(pk, connection) is not None for pk in keys)
    finally:
        connection.close()


def _is_unwanted(mail: OutgoingMail) -> bool:
    topic = _kinds[mail.kind].topic
    return topic is not None and topic.can_stop and mail_topics.wishes().unwanted(mail, topic)


def _finish(mail: OutgoingMail, state: MailState) -> MailState:
    OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease).update(
        state=state,
        done_at=clock.now(),
        lease=None,
        lease_until=None,
        attempts=mail.attempts + 1,
        last_error="",
    )
    return state


def _retry(mail: OutgoingMail, error: Exception) -> MailState:
    """Put it back with a longer wait; after the last wait it is given up, and the office's first page says so."""
    gone = mail.attempts >= len(WAITS)
    state = MailState.DEAD if gone else MailState.QUEUED
    # The class of the error, not its words: an SMTP server's answer may repeat the address.
    log.warning("mail %s (%s), try %s: %s", mail.pk, mail.kind, mail.attempts + 1, type(error).__name__)
    OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease).update(
        state=state,
        attempts=mail.attempts + 1,
        not_before=clock.now() + (WAITS[mail.attempts] if not gone else timedelta()),
        lease=None,
        lease_until=None,
        last_error=type(error).__name__[:200],
    )
    return state


def rendered(mail: OutgoingMail, letter: Letter) -> tuple[str, str]:
    """(text, HTML) of a letter."""
    with translation.override(_kinds[mail.kind].language(mail)):
        context = {"letter": letter, "network": network.current(), "origin": settings.ORIGIN}
        return render_to_string("layouts/email.txt", context).strip() + "\n", render_to_string(
            "layouts/email.html", context
        )


def _message(mail: OutgoingMail, letter: Letter, connection: BaseEmailBackend | None) -> EmailMultiAlternatives:
    text, html = rendered(mail, letter)
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    headers.update(mail_topics.headers(letter.topic, letter.unsubscribe_url))
    here = network.current()
    with translation.override(_kinds[mail.kind].language(mail)):
        sender = f'"{one_line(here.office).replace(chr(34), "")}" <{settings.DEFAULT_FROM_EMAIL}>'
    message = EmailMultiAlternatives(
        subject=one_line(letter.subject),
        body=text,
        from_email=sender,
        to=[letter.to],
        reply_to=[here.contact_email],
        headers=headers,
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    for attachment in letter.attachments:
        message.attach(attachment.name, attachment.content, attachment.content_type)
    return message


def one_line(text: str) -> str:
    """A value for a header: line breaks and control characters become a space."""
    return " ".join("".join(c if c.isprintable() or c == " " else " " for c in text).split())
