"""What everybody in the room may know at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "lobby", "in", "listening", "waiting", "next", "speaking", "paused", "spoken", "away", "left", "removed"
]


@dataclass(frozen=True)
class PersonState:
    """One person: in_front is how many speak before them (None: not in line); times in seconds.

    turns: how many in the running segment. place: where in the circle, from 0 (None: no place).
    """

    id: int
    status: Status
    in_front: int | None
    spoken: float
    spoken_here: float
    turns: int
    hand: bool
    place: int | None
    first_timer: bool
    observer: bool


@dataclass(frozen=True)
class RoomState:
    """The room at one moment; it holds no wall clock, so that equal ledgers and moments give equal states.

    segment: index into the agenda (None in the lobby, the last one after the end). line: who speaks after the
    speaker, in order; next: the one a press of the host would call now, since whoever is cut off for a moment
    stays in line but is not called. turn_seconds: how long the speaker has spoken in this turn, of turn_allowance (0: no mark);
    segment_seconds of segment_allowance likewise. Clocks are for showing: none of them ends anything.
    delay: seconds behind the plan (below 0: ahead). fairness: Gini of the times spoken by those who take part.
    host_may: the kinds of event that the host may press now. last: number of the last event that counted.
    ignored: numbers of events that meant nothing when they came.
    """

    phase: Literal["lobby", "running", "paused", "ended"]
    segment: int | None
    host: int | None
    speaker: int | None
    line: tuple[int, ...]
    next: int | None
    people: tuple[PersonState, ...]
    turn_seconds: float
    turn_allowance: float
    segment_seconds: float
    segment_allowance: float
    delay: float
    prompts: tuple[str, ...]
    prompt: int
    fairness: float
    host_may: tuple[str, ...]
    last: int
    ignored: tuple[int, ...]

    def person(self, one: int) -> PersonState:
        """The state of one person; KeyError if they never came."""
        for state in self.people:
            if state.id == one:
                return state
        raise KeyError(one)

    def may(self, one: int) -> tuple[str, ...]:
        """The kinds of event that this person may bring about now for themselves, and as host."""
        own = _own(self, self.person(one)) if any(p.id == one for p in self.people) else ()
        return own + (self.host_may if one == self.host else ())


def _own(room: RoomState, person: PersonState) -> tuple[str, ...]:
    if person.status in ("left", "removed", "away") or room.phase == "ended":
        return ()
    if person.observer:
        return ("left",)
    if person.status in ("speaking", "paused") and room.speaker == person.id:
        return ("done", "put_off", "passed", "left")
    if person.status == "listening":
        return ("joining_in", "left")
    hand = "hand_lowered" if person.hand else "hand_raised"
    waits = ("put_off", "passed") if person.status in ("waiting", "next") else ()
    return (hand, *waits, "listening", "left")
