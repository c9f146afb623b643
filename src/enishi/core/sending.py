"""The way out of the outbox: mails are leased, handed to the SMTP server, and its answer is recorded, one by one.

A worker leases some rows by a conditional update, and records each as soon as the server took it. Killed before that: the
lease runs out and another worker goes on. Killed between the server's yes and the record: that one mail goes again, with the
same Message-ID, which was fixed when its row was written.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation

from enishi.core import clock, mail_topics, network, outbox
from enishi.core.models import MailState, OutgoingMail

log = logging.getLogger("enishi.outbox")

AT_ONCE = 50
LEASE = timedelta(minutes=5)
# With less than this left a mail goes back. A slow server may take EMAIL_TIMEOUT, 20 s, for each of some ten answers: the
# lease has to outlive them all, or another worker would send the same mail.
ENOUGH = timedelta(minutes=4)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440, 1440)]


def can_deliver() -> bool:
    """Is there a way out: an SMTP server, the demo's mail page, or a test's box?"""
    here = network.find()
    return bool(settings.SMTP_URL) or bool(here and here.is_demo) or "locmem" in settings.EMAIL_BACKEND


def send_due(limit: int = AT_ONCE) -> int:
    """Send what is due over one connection; returns how many were handled.

    A server that cannot be reached costs the first mail one try; the others go back as they were, and 0 says: wait.
    """
    if not can_deliver():
        return 0
    mails = lease(due(limit))
    connection = get_connection()
    handled = 0
    try:
        for mail in mails:
            if mail.lease_until is None or mail.lease_until - clock.now() < ENOUGH:
                break
            if not _reach(connection, mail):
                return 0
            handled += 1
            _send(mail, connection)
    finally:
        _close(connection)
        _give_back(mails[handled:])
    return handled


def due(limit: int = AT_ONCE) -> list[int]:
    """Keys of mails to send now, oldest first: waiting ones, and leased ones whose lease ran out."""
    found = OutgoingMail.objects.filter(_is_due()).order_by("not_before", "pk")
    return list(found.values_list("pk", flat=True)[:limit])


def lease(keys: Sequence[int]) -> list[OutgoingMail]:
    """Take these mails for this worker, the oldest first; without those that another was quicker to take."""
    token = uuid.uuid4()
    waiting = OutgoingMail.objects.filter(_is_due(), pk__in=keys)
    if not keys or not waiting.update(state=MailState.LEASED, lease_until=clock.now() + LEASE, lease=token):
        return []
    return list(OutgoingMail.objects.filter(pk__in=keys, lease=token).order_by("not_before", "pk"))


def _is_due() -> Q:
    now = clock.now()
    return Q(state=MailState.QUEUED, not_before__lte=now) | Q(state=MailState.LEASED, lease_until__lt=now)


def _give_back(mails: Sequence[OutgoingMail]) -> None:
    """What was taken and not tried waits as before, not for the end of the lease."""
    if mails:
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails], lease=mails[0].lease).update(
            state=MailState.QUEUED, lease=None, lease_until=None
        )


def _reach(connection: BaseEmailBackend, mail: OutgoingMail) -> bool:
    """Is the server there? One connection carries all mails of a round; it is opened anew after a fault."""
    try:
        if _leaves():
            connection.open()
    except Exception as error:
        _retry(mail, error)
        return False
    return True


def _leaves() -> bool:
    """Does mail leave this machine? The demo shows it on a page instead."""
    here = network.find()
    return bool(settings.SMTP_URL) or not (here and here.is_demo)


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> MailState:
    try:
        if outbox.is_unwanted(mail):
            return _finish(mail, MailState.UNWANTED)
        letter = outbox.compose(mail)
        if letter is None:
            return _finish(mail, MailState.DROPPED)
        if _leaves():
            _pace.wait(settings.MAIL_PER_SECOND)
            _message(mail, letter, connection).send()
    except Exception as error:
        _close(connection)
        return _retry(mail, error)
    return _finish(mail, MailState.SENT)


def _close(connection: BaseEmailBackend) -> None:
    with suppress(Exception):  # a server that is gone cannot be told goodbye
        connection.close()


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


def rendered(mail: OutgoingMail, letter: outbox.Letter) -> tuple[str, str]:
    """(text, HTML) of a letter."""
    with translation.override(outbox.language(mail)):
        context = {"letter": letter, "network": network.current(), "origin": settings.ORIGIN}
        return render_to_string("layouts/email.txt", context).strip() + "\n", render_to_string(
            "layouts/email.html", context
        )


def _message(mail: OutgoingMail, letter: outbox.Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    text, html = rendered(mail, letter)
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    headers.update(mail_topics.headers(letter.topic, letter.unsubscribe_url))
    here = network.current()
    with translation.override(outbox.language(mail)):
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


class _Pace:
    """Not more than so many in each second, as a mail provider asks; 0: as many as there are."""

    def __init__(self) -> None:
        self.began, self.number = 0.0, 0

    def wait(self, most: int) -> None:
        if time.monotonic() - self.began >= 1:
            self.began, self.number = time.monotonic(), 0
        if most and self.number >= most:
            time.sleep(max(0.0, self.began + 1 - time.monotonic()))
            self.began, self.number = time.monotonic(), 0
        self.number += 1


_pace = _Pace()
