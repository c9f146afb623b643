"""The room: reads the ledger entry by entry, and knows no clock but the times in it and the moment asked for."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from datetime import datetime

from . import comings, presses, wishes
from .agenda import Agenda, Segment
from .circle import draw_circle
from .events import HOST_KINDS, Event, in_order
from .line import line_of
from .people import Guest
from .state import RoomState
from .view import view_of

GRACE_MS = 90_000  # so long a lost connection keeps the place and the turn


def replay(agenda: Agenda, events: Iterable[Event], now: datetime) -> RoomState:
    """The room at `now` (aware): every event up to then, in the order of the numbers.

    An event cannot have happened before one of a lower number: where the times say so, it counts as happening
    together with that one. Events that mean nothing when they come (a pass of somebody who has left, a press of
    somebody who is not the host) change nothing and are told in `ignored`.
    """
    room = Room(agenda)
    until = _milliseconds(now)
    time = 0
    for event in in_order(events):
        at = _milliseconds(event.at)
        if at > time:
            time = at
        if time > until:
            break
        room.read(event, time)
    return room.state(now)


class Room:
    """A room that goes on: `apply` the next entry, ask for the `state` at a moment not before it."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.time = 0  # of the last entry, milliseconds
        self.last = 0
        self.guests: dict[int, Guest] = {}
        self.circle: list[Guest] = []  # in speaking order; before the start in order of arrival
        self.ignored: list[int] = []
        self.host: int | None = None
        self.speaker: Guest | None = None
        self.segment: int | None = None
        self.started_at = 0
        self.segment_at = 0
        self.paused_at: int | None = None
        self.pauses = 0  # of the segment, before the running one
        self.ended_at: int | None = None
        self.turn_spoken = 0  # of the running turn, up to `clock_at`
        self.clock_at: int | None = None  # since when the speaker's clock runs; None while it stands
        self.turn_added = 0
        self.extended = 0
        self.prompt = 0
        self.prompts = [list(segment.prompts) for segment in agenda.segments]
        self.dropped: list[Guest] = []  # oldest first

    def apply(self, event: Event) -> None:
        """Read the next entry; numbers must grow."""
        if event.number <= self.last:
            raise ValueError(f"Event {event.number} comes after {self.last}; apply them in order, or replay().")
        self.read(event, max(self.time, _milliseconds(event.at)))

    def read(self, event: Event, at: int) -> None:
        """`apply` for one who has seen to the order already; `at` in milliseconds, not before the last entry."""
        self.last, self.time = event.number, at
        if self.dropped:
            self.give_up_places(at)
        kind, by = event.kind, event.by
        handler = _HANDLERS.get(kind)
        if handler is None:
            raise ValueError(f"{kind!r} is no kind of event; see the list of kinds.")
        allowed = by is None or by == self.host or kind not in HOST_KINDS
        if self.ended_at is not None or not allowed or not handler(self, event):
            self.ignored.append(event.number)

    def state(self, now: datetime) -> RoomState:
        """The room at `now`, which is not changed by asking."""
        at = max(self.time, _milliseconds(now))
        room = self
        if self.dropped and (self.dropped[0].dropped_at or 0) + GRACE_MS <= at:
            room = copy.deepcopy(self, {id(self.agenda): self.agenda})
            room.give_up_places(at)
        return view_of(room, at)

    def line(self) -> list[Guest]:
        segment = self.running
        if segment is None:
            return []
        return line_of(segment.order, self.circle, self.speaker.id if self.speaker else None)

    def following(self) -> Guest | None:
        """Who speaks next: the first in line with a connection; but no second turn while a first one is owed."""
        owed = False
        for guest in self.line():
            if guest.dropped_at is None:
                return None if owed and guest.turns else guest
            owed = owed or not guest.turns
        return None

    @property
    def running(self) -> Segment | None:
        if self.segment is None or self.ended_at is not None:
            return None
        return self.agenda.segments[self.segment]

    def give_up_places(self, at: int) -> None:
        """Whoever has been cut off for the whole grace by `at` loses turn and place, in the order of the drops."""
        while self.dropped:
            guest = self.dropped[0]
            due = (guest.dropped_at or 0) + GRACE_MS
            if due > at:
                return
            del self.dropped[0]
            guest.dropped_at, guest.gone = None, True
            if guest is self.speaker:
                self.end_turn(due, counts=False)
                self.begin_next(due)

    def present(self, event: Event) -> Guest | None:
        guest = self.guests.get(event.person) if event.person is not None else None
        return guest if guest is not None and guest.present else None

    def taking_part(self, event: Event) -> Guest | None:
        guest = self.present(event)
        return guest if guest is not None and guest.takes_part else None

    def draw(self) -> None:
        """The circle of all who are here now; whoever comes later sits at the end."""

        def may_begin(one: int) -> bool:
            return self.guests[one].can_speak and not self.guests[one].first_timer

        here = [guest.id for guest in self.circle if guest.present]
        drawn = draw_circle(here, self.agenda.seed, may_begin)
        self.circle = [self.guests[one] for one in drawn] + [g for g in self.circle if not g.present]

    def to_the_end(self, guest: Guest) -> None:
        self.circle.remove(guest)
        self.circle.append(guest)
        guest.put_off = self.last

    def forget_drop(self, guest: Guest) -> None:
        if guest.dropped_at is not None:
            self.dropped.remove(guest)
            guest.dropped_at = None

    def without(self, guest: Guest) -> None:
        """The person no longer takes part: hand down, and the floor to the next if it was theirs."""
        guest.hand = None
        if guest is self.speaker:
            self.end_turn(self.time, counts=True)
            self.begin_next(self.time)

    def begin_segment(self, segment: int) -> None:
        self.segment, self.segment_at = segment, self.time
        self.pauses, self.extended, self.prompt = 0, 0, 0
        if self.paused_at is not None:
            self.paused_at = self.time
        for guest in self.guests.values():
            guest.begin_segment()

    def begin_next(self, at: int) -> None:
        following = self.following()
        if following is not None:
            self.begin_turn(following, at)

    def begin_turn(self, guest: Guest, at: int) -> None:
        self.speaker = guest
        guest.hand, guest.put_off, guest.passed = None, None, False
        self.turn_spoken, self.turn_added = 0, 0
        self.clock_at = at if self.paused_at is None else None

    def stop_clock(self, at: int) -> None:
        if self.speaker is not None and self.clock_at is not None:
            time = at - self.clock_at
            self.turn_spoken += time
            self.speaker.spoken += time
            here = self.speaker.spoken_by_segment
            here[self.segment or 0] = here.get(self.segment or 0, 0) + time
        self.clock_at = None

    def end_turn(self, at: int, *, counts: bool) -> None:
        """A turn that was passed, put off or lost with the connection is none: it can still be had."""
        if self.speaker is None:
            return
        self.stop_clock(at)
        if counts:
            self.speaker.turns += 1
        self.speaker = None
        self.turn_spoken = self.turn_added = 0


_HANDLERS: dict[str, Callable[[Room, Event], bool]] = {
    "joined": comings.joined,
    "left": comings.left,
    "dropped": comings.drop,
    "returned": comings.returned,
    "hand_raised": wishes.hand_raised,
    "hand_lowered": wishes.hand_lowered,
    "passed": wishes.passed,
    "put_off": wishes.put_off,
    "listening": wishes.listening,
    "joining_in": wishes.joining_in,
    "done": wishes.done,
    "started": presses.started,
    "next": presses.next,
    "gave": presses.gave,
    "segment_next": presses.segment_next,
    "paused": presses.paused,
    "resumed": presses.resumed,
    "minute_added": presses.minute_added,
    "extended": presses.extended,
    "prompt_next": presses.prompt_next,
    "prompt_edited": presses.prompt_edited,
    "removed": presses.removed,
    "readmitted": presses.readmitted,
    "handed_over": presses.handed_over,
    "ended": presses.ended,
}


def _milliseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"The time {at} has no time zone; give an aware datetime.")
    return round(at.timestamp() * 1000)
