"""The state of a session's card, said once for page, result and list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enishi.core import clock
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSession, Signup

Kind = Literal["booked", "waiting", "offered", "leaving", "cancelled", "over", "closed", "full", "few", "free"]
FEW = 3


@dataclass(frozen=True)
class Card:
    """A session as one member sees it. `place` is the own place in the queue, or the one that would be next."""

    session: EventSession
    mine: Signup | None
    kind: Kind
    place: int
    can_return: bool

    @property
    def can_choose(self) -> bool:
        return self.kind in ("free", "few", "full")

    @property
    def key(self) -> str:
        """What the form calls this session."""
        return str(self.session.pk)

    @property
    def mine_booked(self) -> bool:
        return self.kind == "booked"

    @property
    def undo_form(self) -> str:
        return f"undo-{self.mine.pk}" if self.mine else ""

    @property
    def is_mine(self) -> bool:
        return self.kind in ("booked", "waiting", "offered")


def card(session: EventSession) -> Card:
    """From a session of `calendar.sessions_of`, without further questions."""
    mine: Signup | None = session.own_signup  # type: ignore[attr-defined]
    if mine is not None:
        mine.session = session
    kind = _kind(session, mine)
    waits: int = session.waiting  # type: ignore[attr-defined]
    place: int = session.own_rank if kind == "waiting" else waits + 1  # type: ignore[attr-defined]
    return Card(session, mine, kind, place, mine is not None and mine.can_return)


def _kind(session: EventSession, mine: Signup | None) -> Kind:
    now = clock.now()
    if session.state == SessionState.CANCELLED:
        return "cancelled"
    if session.is_over or session.state != SessionState.OPEN:
        return "over"
    if mine is not None and mine.state == SignupState.BOOKED:
        return "booked"
    if mine is not None and mine.state == SignupState.WAITING:
        return "waiting"
    if mine is not None and mine.state == SignupState.OFFERED:
        return "offered"
    if mine is not None and mine.state == SignupState.LEAVING and mine.hold_until and mine.hold_until > now:
        return "leaving"
    if session.closes_at <= now or session.starts_at <= now:
        return "closed"
    if session.free == 0 or session.waiting:  # type: ignore[attr-defined]
        return "full"
    return "few" if session.free <= FEW else "free"
