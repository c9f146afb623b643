"""Sign-in by mail: a link that any browser may open, and a code for the browser that asked.

Both are derived from the ticket when the mail is sent and stored nowhere. A ticket opens the door once, within 15 minutes,
and only while its user's `epoch` is the one it was made in.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from enishi.accounts.models import SignInTicket, User
from enishi.accounts.queries.proofs import State, code, look
from enishi.core import audit, clock, limits, outbox, tokens

LIFETIME = timedelta(minutes=15)
CODE_TRIES = 3


def ask(email: str, *, browser: str, ip: str, next_path: str = "") -> int:
    """Mail a link and a code to this address; returns the ticket's key, 0 when nobody has the address.

    To an unknown address nothing is sent, yet a row is written, so that both answers take as long. `browser` is the key in
    the asking browser's session. Raises `limits.TooMany`.
    """
    address = User.objects.clean_email(email)
    limits.hit(limits.SIGN_IN_PER_IP, ip)
    limits.hit(limits.SIGN_IN_PER_ADDRESS, address)
    user = User.objects.by_email(address)
    with transaction.atomic():
        if user is None or not user.is_active:
            outbox.write("accounts.sign_in_unknown")
            return 0
        ticket = SignInTicket.objects.create(
            user=user,
            nonce=secrets.token_hex(16),
            browser=tokens.hashed(browser),
            epoch=user.epoch,
            next_path=next_path,
            expires_at=clock.now() + LIFETIME,
        )
        outbox.write("accounts.sign_in", user=user, ticket=ticket.pk)
    return ticket.pk


def use_link(number: int, given: str) -> tuple[State, SignInTicket | None]:
    """Open the door by the link, once: of two presses at the same moment one gets OPEN, the other USED."""
    state, ticket = look(SignInTicket, number, given)
    if state is State.OPEN and ticket is not None and not _take(ticket):
        return State.USED, ticket
    return state, ticket


@transaction.atomic
def use_code(number: int, given: str, *, browser: str) -> SignInTicket | None:
    """Open the door by the code; each call counts as one of three tries. None when it does not fit.

    The try is counted before the code is compared, by a conditional update, so no number of processes gives a fourth.
    """
    mine = SignInTicket.objects.filter(
        pk=number, browser=tokens.hashed(browser), used_at=None, expires_at__gt=clock.now(), tries__lt=CODE_TRIES
    )
    if not mine.update(tries=F("tries") + 1):
        audit.record("sign_in.refused")  # nobody's address costs one line as well
        return None
    ticket = SignInTicket.objects.select_related("user").get(pk=number)
    if not tokens.same(given, code(ticket)) or not _take(ticket):
        audit.record("sign_in.refused", about=ticket)
        return None
    return ticket


def forget_old() -> int:
    """Delete tickets that ran out a day ago or longer; returns how many."""
    return SignInTicket.objects.filter(expires_at__lt=clock.now() - timedelta(days=1)).delete()[0]


def _take(ticket: SignInTicket) -> bool:
    return bool(_usable().filter(pk=ticket.pk).update(used_at=clock.now()))


def _usable() -> QuerySet[SignInTicket]:
    return SignInTicket.objects.filter(
        used_at=None, expires_at__gt=clock.now(), epoch=F("user__epoch"), user__is_active=True
    )
