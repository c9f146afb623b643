"""Another address for one's account: the new one proves itself by a mail, the old one is told.

The answer is the same whether the new address is someone else's or not; only a mail to that address tells, to its owner.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from enishi.accounts.actions.sign_in import CODE_TRIES, LIFETIME
from enishi.accounts.models import EmailChange, User
from enishi.accounts.queries.proofs import State, code, look
from enishi.core import audit, clock, limits, outbox, tokens

OLD_ADDRESS_STAYS = timedelta(days=30)


def ask(user: User, email: str, *, browser: str, ip: str) -> EmailChange:
    """Mail a link and a code to the new address; an earlier wish ends. Raises `limits.TooMany`."""
    address = User.objects.clean_email(email)
    limits.hit(limits.SIGN_IN_PER_IP, ip)
    limits.hit(limits.SIGN_IN_PER_ADDRESS, address)
    now = clock.now()
    with transaction.atomic():
        EmailChange.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
        change = EmailChange.objects.create(
            user=user,
            email=address,
            old_email=user.email,
            nonce=secrets.token_hex(16),
            browser=tokens.hashed(browser),
            epoch=user.epoch,
            expires_at=now + LIFETIME,
        )
        audit.record("email.change-asked", by=user, about=user)
        outbox.write("accounts.email_change", user=user, change=change.pk)
    return change


def use_link(number: int, given: str) -> tuple[State, EmailChange | None]:
    """Change the address by the link, once."""
    state, change = look(EmailChange, number, given)
    if state is State.OPEN and change is not None and not _done(change):
        return State.USED, change
    return state, change


def use_code(number: int, given: str, *, browser: str) -> EmailChange | None:
    """Change the address by the code; each call counts as one of three tries. None when it does not fit."""
    mine = EmailChange.objects.filter(
        pk=number, browser=tokens.hashed(browser), used_at=None, expires_at__gt=clock.now(), tries__lt=CODE_TRIES
    )
    if not mine.update(tries=F("tries") + 1):
        return None
    change = EmailChange.objects.select_related("user").get(pk=number)
    fits = tokens.same(given, code(change)) and change.epoch == change.user.epoch and change.user.is_active
    return change if fits and _done(change) else None


def forget_old() -> int:
    """Delete wishes that ran out a day ago, and the old address of those that were carried out, after a month."""
    now = clock.now()
    unused = EmailChange.objects.filter(used_at=None, expires_at__lt=now - timedelta(days=1))
    return unused.delete()[0] + EmailChange.objects.filter(used_at__lt=now - OLD_ADDRESS_STAYS).delete()[0]


def _done(change: EmailChange) -> bool:
    """The new address, and the end of every session and link made with the old one. False for the second of two presses,
    and when the address has become someone else's."""
    try:
        with transaction.atomic():
            if not EmailChange.objects.filter(pk=change.pk, used_at=None).update(used_at=clock.now()):
                return False
            User.objects.filter(pk=change.user_id).update(email=change.email)
            change.user.refresh_from_db(fields=["email"])
            change.user.end_access()
            audit.record("email.changed", by=change.user, about=change.user)
            outbox.write("accounts.email_changed", user=change.user, change=change.pk)
    except IntegrityError:
        return False
    return True
