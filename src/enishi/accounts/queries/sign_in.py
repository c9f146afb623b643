"""What a mailed sign-in is worth, and its derived parts."""

from __future__ import annotations

from enum import Enum

from enishi.accounts.models import SignInTicket
from enishi.core import clock, tokens


class State(Enum):
    """What a link of a mail is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def token(ticket: SignInTicket) -> str:
    """The secret part of the link."""
    return tokens.derive("sign-in", ticket.pk, ticket.nonce)


def code(ticket: SignInTicket) -> str:
    """Six digits, for the browser that asked."""
    return tokens.derive_code("sign-in", ticket.pk, ticket.nonce)


def look(number: int, given: str) -> tuple[State, SignInTicket | None]:
    """What the link is worth; changes nothing. A ticket is returned only to who holds its token."""
    ticket = SignInTicket.objects.select_related("user").filter(pk=number).first()
    expected = token(ticket) if ticket else tokens.derive("sign-in", number, "")
    if not tokens.same(given, expected) or ticket is None or not ticket.user.is_active:
        return State.UNKNOWN, None
    if ticket.used_at is not None:
        return State.USED, ticket
    if ticket.expires_at <= clock.now() or ticket.epoch != ticket.user.epoch:
        return State.EXPIRED, ticket
    return State.OPEN, ticket
