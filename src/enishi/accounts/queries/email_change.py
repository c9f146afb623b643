"""What the mail of a change of address is worth, and its derived parts."""

from __future__ import annotations

from enishi.accounts.models import EmailChange
from enishi.accounts.queries.sign_in import State
from enishi.core import clock, tokens


def token(change: EmailChange) -> str:
    """The secret part of the link."""
    return tokens.derive("email-change", change.pk, change.nonce)


def code(change: EmailChange) -> str:
    """Six digits, for the browser that asked."""
    return tokens.derive_code("email-change", change.pk, change.nonce)


def look(number: int, given: str) -> tuple[State, EmailChange | None]:
    """What the link is worth; changes nothing. A row is returned only to who holds its token."""
    change = EmailChange.objects.select_related("user").filter(pk=number).first()
    expected = token(change) if change else tokens.derive("email-change", number, "")
    if not tokens.same(given, expected) or change is None or not change.user.is_active:
        return State.UNKNOWN, None
    if change.used_at is not None:
        return State.USED, change
    if change.expires_at <= clock.now() or change.epoch != change.user.epoch:
        return State.EXPIRED, change
    return State.OPEN, change
