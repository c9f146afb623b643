"""What a mailed proof is worth, and its derived parts."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from enishi.accounts.models import EmailChange, SignInTicket
from enishi.core import clock, tokens

Proof = TypeVar("Proof", SignInTicket, EmailChange)


class State(Enum):
    """What a link of a mail is worth now."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


def token(proof: SignInTicket | EmailChange) -> str:
    """The secret part of the link."""
    return tokens.derive(proof.PURPOSE, proof.pk, proof.nonce)


def code(proof: SignInTicket | EmailChange) -> str:
    """Six digits, for the browser that asked."""
    return tokens.derive_code(proof.PURPOSE, proof.pk, proof.nonce)


def look(kind: type[Proof], number: int, given: str) -> tuple[State, Proof | None]:
    """What the link is worth; changes nothing. A row is returned only to who holds its token."""
    proof: Proof | None = kind._default_manager.select_related("user").filter(pk=number).first()
    expected = token(proof) if proof else tokens.derive(kind.PURPOSE, number, "")
    if not tokens.same(given, expected) or proof is None or not proof.user.is_active:
        return State.UNKNOWN, None
    if proof.used_at is not None:
        return State.USED, proof
    if proof.expires_at <= clock.now() or proof.epoch != proof.user.epoch:
        return State.EXPIRED, proof
    return State.OPEN, proof
