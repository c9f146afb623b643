"""The room: reads the ledger entry by entry, and knows no clock but the times in it and the moment asked for."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from datetime import datetime

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
        self._dropped: list[Guest] = []  # oldest first

    def apply(self, event: Event) -> None:
        """Read the next entry; numbers must grow."""
        if event.number <= self.last:
            raise ValueError(f"Event {event.number} comes after {self.last}; apply them in order, or replay().")
        self.read(event, max(self.time, _milliseconds(event.at)))

    def read(self, event: Event, at: int) -> None:
        """`apply` for one who has seen to the order already; `at` in milliseconds, not before the last entry."""
        self.last, self.time = event.number, at
        if self._dropped:
            self._give_up_places(at)
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
        if self._dropped and (self._dropped[0].dropped_at or 0) + GRACE_MS <= at:
            room = copy.deepcopy(self, {id(self.agenda): self.agenda})
            room._give_up_places(at)
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

    # comings and goings

    def _joined(self, event: Event) -> bool:
        if event.person is None:
            return False
        guest = self.guests.get(event.person)
        if guest is None:
            guest = Guest(event.person, event.first_timer, event.observer)
            self.guests[guest.id] = guest
            self.circle.append(guest)
            if self.segment is not None:
                guest.put_off = event.number  # late comers last
            return True
        if guest.removed:
            return False
        if guest.present:  # a page opened again while the connection counted as lost
            return self._returned(event)
        guest.present = True
        self._to_the_end(guest)
        return True

    def _left(self, event: Event) -> bool:
        guest = self._present(event)
        if guest is None:
            return False
        self._forget_drop(guest)
        guest.present, guest.gone = False, False
        self._without(guest)
        return True

    def _drop(self, event: Event) -> bool:
        guest = self._present(event)
        if guest is None or guest.dropped_at is not None or guest.gone:
            return False
        guest.dropped_at = self.time
        self._dropped.append(guest)
        if guest is self.speaker:
            self._stop_clock(self.time)
        return True

    def _returned(self, event: Event) -> bool:
        guest = self._present(event)
        if guest is None:
            return False
        if guest.gone:
            guest.gone = False
            self._to_the_end(guest)
            return True
        if guest.dropped_at is None:
            return False
        self._forget_drop(guest)
        if guest is self.speaker and self.paused_at is None:
            self.clock_at = self.time
        return True

    def _give_up_places(self, at: int) -> None:
        """Whoever has been cut off for the whole grace by `at` loses turn and place, in the order of the drops."""
        while self._dropped:
            guest = self._dropped[0]
            due = (guest.dropped_at or 0) + GRACE_MS
            if due > at:
                return
            del self._dropped[0]
            guest.dropped_at, guest.gone = None, True
            if guest is self.speaker:
                self._end_turn(due, counts=False)
                self._begin_next(due)

    # a person's own wishes

    def _hand_raised(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if guest is None or guest.hand is not None:
            return False
        guest.hand = event.number
        guest.passed = False  # whoever passed and thinks again has their place still
        return True

    def _hand_lowered(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if guest is None or guest.hand is None:
            return False
        guest.hand = None
        return True

    def _passed(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if guest is None or self.running is None or guest.passed:
            return False
        guest.passed, guest.hand = True, None
        if guest is self.speaker:
            self._end_turn(self.time, counts=False)
            self._begin_next(self.time)
        return True

    def _put_off(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if guest is None or self.running is None:
            return False
        guest.put_off = event.number
        if guest.hand is not None:
            guest.hand = event.number
        if guest is self.speaker:
            self._end_turn(self.time, counts=False)
            if self.running.order != "circle":
                guest.hand = event.number
            self._begin_next(self.time)
        return True

    def _listening(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if guest is None:
            return False
        guest.listening = True
        self._without(guest)
        return True

    def _joining_in(self, event: Event) -> bool:
        guest = self._present(event)
        if guest is None or not guest.listening:
            return False
        guest.listening = False
        return True

    def _done(self, event: Event) -> bool:
        if self.speaker is None or event.person != self.speaker.id:
            return False
        self._end_turn(self.time, counts=True)
        self._begin_next(self.time)
        return True

    # the host's presses

    def _started(self, event: Event) -> bool:
        if self.segment is not None:
            return False  # the circle is drawn once
        self._draw()
        self.started_at = self.time
        self._begin_segment(0)
        return True

    def _next(self, event: Event) -> bool:
        if self.speaker is None and self.following() is None:
            return False
        self._end_turn(self.time, counts=True)
        self._begin_next(self.time)
        return True

    def _gave(self, event: Event) -> bool:
        guest = self._taking_part(event)
        if self.running is None or guest is None or guest is self.speaker or not guest.can_speak:
            return False
        self._end_turn(self.time, counts=True)
        self._begin_turn(guest, self.time)
        return True

    def _segment_next(self, event: Event) -> bool:
        if self.segment is None or self.segment + 1 >= len(self.agenda.segments):
            return False
        self._end_turn(self.time, counts=True)
        self._begin_segment(self.segment + 1)
        return True

    def _paused(self, event: Event) -> bool:
        if self.running is None or self.paused_at is not None:
            return False
        self._stop_clock(self.time)
        self.paused_at = self.time
        return True

    def _resumed(self, event: Event) -> bool:
        if self.paused_at is None:
            return False
        self.pauses += self.time - self.paused_at
        self.paused_at = None
        if self.speaker is not None and self.speaker.dropped_at is None:
            self.clock_at = self.time
        return True

    def _minute_added(self, event: Event) -> bool:
        if self.speaker is None:
            return False
        self.turn_added += 60_000
        return True

    def _extended(self, event: Event) -> bool:
        if self.running is None or event.minutes <= 0:
            return False
        self.extended += round(event.minutes * 60_000)
        return True

    def _prompt_next(self, event: Event) -> bool:
        if self.segment is None or self.prompt + 1 >= len(self.prompts[self.segment]):
            return False
        self.prompt += 1
        return True

    def _prompt_edited(self, event: Event) -> bool:
        if self.segment is None or not 0 <= event.index < len(self.prompts[self.segment]):
            return False
        self.prompts[self.segment][event.index] = event.text
        return True

    def _removed(self, event: Event) -> bool:
        guest = self.guests.get(event.person) if event.person is not None else None
        if guest is None or guest.removed or guest.id == self.host:
            return False
        self._forget_drop(guest)
        guest.removed, guest.present, guest.gone = True, False, False
        self._without(guest)
        return True

    def _readmitted(self, event: Event) -> bool:
        guest = self.guests.get(event.person) if event.person is not None else None
        if guest is None or not guest.removed:
            return False
        guest.removed = False  # they come in again by joining
        return True

    def _handed_over(self, event: Event) -> bool:
        guest = self._present(event)
        if guest is None or guest.id == self.host:
            return False
        self.host = guest.id
        return True

    def _ended(self, event: Event) -> bool:
        self._end_turn(self.time, counts=True)
        if self.paused_at is not None:
            self.pauses += self.time - self.paused_at
            self.paused_at = None
        self.ended_at = self.time
        return True

    # what the entries have in common

    def _present(self, event: Event) -> Guest | None:
        guest = self.guests.get(event.person) if event.person is not None else None
        return guest if guest is not None and guest.present else None

    def _taking_part(self, event: Event) -> Guest | None:
        guest = self._present(event)
        return guest if guest is not None and guest.takes_part else None

    def _draw(self) -> None:
        """The circle of all who are here now; whoever comes later sits at the end."""

        def may_begin(one: int) -> bool:
            return self.guests[one].can_speak and not self.guests[one].first_timer

        here = [guest.id for guest in self.circle if guest.present]
        drawn = draw_circle(here, self.agenda.seed, may_begin)
        self.circle = [self.guests[one] for one in drawn] + [g for g in self.circle if not g.present]

    def _to_the_end(self, guest: Guest) -> None:
        self.circle.remove(guest)
        self.circle.append(guest)
        guest.put_off = self.last

    def _forget_drop(self, guest: Guest) -> None:
        if guest.dropped_at is not None:
            self._dropped.remove(guest)
            guest.dropped_at = None

    def _without(self, guest: Guest) -> None:
        """The person no longer takes part: hand down, and the floor to the next if it was theirs."""
        guest.hand = None
        if guest is self.speaker:
            self._end_turn(self.time, counts=True)
            self._begin_next(self.time)

    def _begin_segment(self, segment: int) -> None:
        self.segment, self.segment_at = segment, self.time
        self.pauses, self.extended, self.prompt = 0, 0, 0
        if self.paused_at is not None:
            self.paused_at = self.time
        for guest in self.guests.values():
            guest.begin_segment()

    def _begin_next(self, at: int) -> None:
        following = self.following()
        if following is not None:
            self._begin_turn(following, at)

    def _begin_turn(self, guest: Guest, at: int) -> None:
        self.speaker = guest
        guest.hand, guest.put_off, guest.passed = None, None, False
        self.turn_spoken, self.turn_added = 0, 0
        self.clock_at = at if self.paused_at is None else None

    def _stop_clock(self, at: int) -> None:
        if self.speaker is not None and self.clock_at is not None:
            time = at - self.clock_at
            self.turn_spoken += time
            self.speaker.spoken += time
            here = self.speaker.spoken_by_segment
            here[self.segment or 0] = here.get(self.segment or 0, 0) + time
        self.clock_at = None

    def _end_turn(self, at: int, *, counts: bool) -> None:
        """A turn that was passed, put off or lost with the connection is none: it can still be had."""
        if self.speaker is None:
            return
        self._stop_clock(at)
        if counts:
            self.speaker.turns += 1
        self.speaker = None
        self.turn_spoken = self.turn_added = 0


_HANDLERS: dict[str, Callable[[Room, Event], bool]] = {
    "joined": Room._joined,
    "left": Room._left,
    "dropped": Room._drop,
    "returned": Room._returned,
    "hand_raised": Room._hand_raised,
    "hand_lowered": Room._hand_lowered,
    "passed": Room._passed,
    "put_off": Room._put_off,
    "listening": Room._listening,
    "joining_in": Room._joining_in,
    "done": Room._done,
    "started": Room._started,
    "next": Room._next,
    "gave": Room._gave,
    "segment_next": Room._segment_next,
    "paused": Room._paused,
    "resumed": Room._resumed,
    "minute_added": Room._minute_added,
    "extended": Room._extended,
    "prompt_next": Room._prompt_next,
    "prompt_edited": Room._prompt_edited,
    "removed": Room._removed,
    "readmitted": Room._readmitted,
    "handed_over": Room._handed_over,
    "ended": Room._ended,
}


def _milliseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError(f"The time {at} has no time zone; give an aware datetime.")
    return round(at.timestamp() * 1000)
