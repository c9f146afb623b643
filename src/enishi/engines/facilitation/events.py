"""The ledger: what happened in a room, numbered, each entry a fact that is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Kind = Literal[
    # a person's comings and goings
    "joined",
    "left",
    "dropped",
    "returned",
    # a person's own wishes
    "hand_raised",
    "hand_lowered",
    "passed",
    "put_off",
    "listening",
    "joining_in",
    "done",
    # the host's presses
    "started",
    "next",
    "gave",
    "segment_next",
    "paused",
    "resumed",
    "minute_added",
    "extended",
    "prompt_next",
    "prompt_edited",
    "removed",
    "readmitted",
    "handed_over",
    "ended",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
HOST_KINDS: frozenset[str] = frozenset(KINDS[KINDS.index("started") :])


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the ledger.

    number: its place, unique in the room; at: when (aware). by: who pressed (None: the office or the system, who
    may do all). person: whom it is about. minutes: how many for "extended" (one for "minute_added"). index and
    text: which prompt of the running segment becomes what. first_timer, observer: told once, on joining.
    """

    number: int
    at: datetime
    kind: Kind
    person: int | None = None
    by: int | None = None
    minutes: float = 1
    index: int = 0
    text: str = ""
    first_timer: bool = False
    observer: bool = False


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events by number, each once, however they arrived. Two different ones of a number raise ValueError."""
    ledger = sorted(events, key=_number)
    kept: list[Event] = []
    last = None
    for event in ledger:
        if event.number == last:
            if event != kept[-1]:
                raise ValueError(f"Two different events have the number {last}; number each entry once.")
            continue
        last = event.number
        kept.append(event)
    return kept


def _number(event: Event) -> int:
    return event.number
