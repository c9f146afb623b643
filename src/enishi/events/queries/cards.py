"""The state of a session's card, said once for page, result and list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enishi.core import clock
from enishi.core.templatetags.enishi import jtime as moment
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
    def chip(self) -> tuple[str, str] | None:
        """(words, colour) of the label beside the hours."""
        return _CHIPS.get(self.kind)

    @property
    def says(self) -> str:
        """The sentence beside the seats."""
        session = self.session
        if self.kind == "booked":
            words = _("You are booked. %(taken)s of %(maximum)s seats taken")
            return words % {"taken": session.seats_taken, "maximum": session.maximum}
        if self.kind == "waiting":
            return _("You are number %(place)s on the waitlist") % {"place": self.place}
        if self.kind == "offered" and self.mine and self.mine.offer_until:
            return _("Please answer by %(until)s") % {"until": moment(self.mine.offer_until)}
        if self.kind == "full":
            return _("Full. You would be number %(place)s on the waitlist") % {"place": self.place}
        if self.kind == "closed":
            return _("Sign-up closed on %(at)s") % {"at": moment(session.closes_at)}
        return ngettext("%(free)s seat left", "%(free)s seats left", session.free) % {"free": session.free}

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
    def leave_words(self) -> str:
        """What the button to give up the own place says."""
        if self.kind == "booked":
            return _("Withdraw")
        return _("Let the seat go") if self.kind == "offered" else _("Leave the waitlist")

    @property
    def is_mine(self) -> bool:
        return self.kind in ("booked", "waiting", "offered")


_CHIPS: dict[str, tuple[Any, str]] = {
    "full": (gettext_lazy("Waitlist"), "warn"),
    "few": (gettext_lazy("Few left"), "warn"),
    "booked": (gettext_lazy("Booked"), "ok"),
    "waiting": (gettext_lazy("Waitlist"), "warn"),
    "offered": (gettext_lazy("A seat is offered"), "en"),
    "cancelled": (gettext_lazy("Cancelled"), "danger"),
    "over": (gettext_lazy("Over"), ""),
    "closed": (gettext_lazy("Sign-up closed"), ""),
}


def card(session: EventSession) -> Card:
    """From a session of `calendar.sessions_of`, without further questions."""
    mine: Signup | None = session.own_signup  # type: ignore[attr-defined]
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
