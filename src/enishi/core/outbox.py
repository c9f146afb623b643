"""All mail of the house: written as a row in the caller's transaction, and sent by the worker (`core.sending`) until done.

A row stores kind and ids. What the mail says is composed when it is sent, so a link in it lives nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.functional import Promise

from enishi.core import clock, mail_topics
from enishi.core.mail_topics import Topic
from enishi.core.models import OutgoingMail


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
    """The language in which its receiver reads it, asked once for this object."""
    known: str | None = mail.__dict__.get("_language")
    if known is None:
        known = mail.__dict__["_language"] = _kinds[mail.kind].language(mail)
    return known


def compose(mail: OutgoingMail) -> Letter | None:
    """The letter as it would be sent at this moment, in the receiver's language, with the way to stop such mails."""
    kind = _kinds[mail.kind]
    with translation.override(language(mail)):
        letter = kind.compose(mail)
    if letter is None or kind.topic is None:
        return letter
    return replace(letter, topic=kind.topic, unsubscribe_url=mail_topics.wishes().page(mail, kind.topic))


def is_unwanted(mail: OutgoingMail) -> bool:
    """Has its receiver stopped mails of this kind?"""
    topic = _kinds[mail.kind].topic
    return topic is not None and topic.can_stop and mail_topics.wishes().unwanted(mail, topic)
