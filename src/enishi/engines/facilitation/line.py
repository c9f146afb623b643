"""Who speaks after whom."""

from __future__ import annotations

from collections.abc import Iterable

from .agenda import Order
from .people import Guest


def line_of(order: Order, circle: Iterable[Guest], speaker: int | None) -> list[Guest]:
    """The people in line, the next first; whoever is cut off for a moment keeps the place but is passed over.

    In every order nobody has a second turn in a segment while somebody who wishes has had none.
    """
    waiting = [guest for guest in circle if guest.takes_part and guest.id != speaker]
    if order == "none":
        return []
    if order == "circle":
        first = [g for g in waiting if not g.turns and not g.passed]
        again = [g for g in waiting if g.turns and g.hand is not None]
        # The sort is stable: those who put nothing off stay in the order of the circle.
        first.sort(key=lambda g: g.put_off or 0)
        again.sort(key=_least_spoken)
        return first + again
    hands = [g for g in waiting if g.hand is not None]
    hands.sort(key=_least_spoken if order == "least_spoken" else _first_come)
    return hands


def _least_spoken(guest: Guest) -> tuple[int, int, int]:
    return guest.turns, guest.spoken, guest.hand or 0


def _first_come(guest: Guest) -> tuple[bool, int]:
    return guest.turns > 0, guest.hand or 0
