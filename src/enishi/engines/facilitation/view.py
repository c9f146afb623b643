"""From the room as it is read to what everybody may know of it at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .fairness import gini
from .people import Guest
from .state import PersonState, RoomState, Status

if TYPE_CHECKING:
    from .room import Room


def view_of(room: Room, at: int) -> RoomState:
    """The state at `at` (milliseconds), which is not before the last entry."""
    line = room.line()
    following = room.following()
    seated = [guest for guest in room.circle if guest.present and not guest.gone and not guest.observer]
    places = {guest.id: place for place, guest in enumerate(seated)}
    people = tuple(_person(room, guest, line, places, at) for guest in room.guests.values())
    segment = room.agenda.segments[room.segment] if room.segment is not None else None
    until = room.ended_at if room.ended_at is not None else at
    pause = room.pauses + (until - room.paused_at if room.paused_at is not None else 0)
    return RoomState(
        phase=_phase(room),
        segment=room.segment,
        host=room.host,
        speaker=room.speaker.id if room.speaker else None,
        line=tuple(guest.id for guest in line),
        next=following.id if following else None,
        people=people,
        turn_seconds=(room.turn_spoken + _running(room, at)) / 1000,
        turn_allowance=segment.each_seconds + room.turn_added / 1000 if segment and room.speaker else 0.0,
        segment_seconds=(until - room.segment_at - pause) / 1000 if segment else 0.0,
        segment_allowance=segment.minutes * 60 + room.extended / 1000 if segment else 0.0,
        delay=_delay(room, until),
        prompts=tuple(room.prompts[room.segment]) if room.segment is not None else (),
        prompt=room.prompt,
        fairness=gini(p.spoken for p in people if _shares(room.guests[p.id])),
        host_may=_host_may(room),
        last=room.last,
        ignored=tuple(room.ignored),
    )


def _phase(room: Room) -> Literal["lobby", "running", "paused", "ended"]:
    if room.ended_at is not None:
        return "ended"
    if room.segment is None:
        return "lobby"
    return "paused" if room.paused_at is not None else "running"


def _person(room: Room, guest: Guest, line: list[Guest], places: dict[int, int], at: int) -> PersonState:
    running = _running(room, at) if guest is room.speaker else 0
    here = guest.spoken_by_segment.get(room.segment, 0) if room.segment is not None else 0
    return PersonState(
        id=guest.id,
        status=_status(room, guest, line),
        in_front=line.index(guest) if guest in line else None,
        spoken=(guest.spoken + running) / 1000,
        spoken_here=(here + running) / 1000,
        turns=guest.turns,
        hand=guest.hand is not None,
        place=places.get(guest.id),
        first_timer=guest.first_timer,
        observer=guest.observer,
    )


def _status(room: Room, guest: Guest, line: list[Guest]) -> Status:
    if guest.removed:
        return "removed"
    if not guest.present:
        return "left"
    if guest.gone or guest.dropped_at is not None:
        return "away"
    if guest is room.speaker:
        return "speaking" if room.clock_at is not None else "paused"
    if guest.listening or guest.observer:
        return "listening"
    if room.segment is None:
        return "lobby"
    if guest in line:
        return "next" if guest is room.following() else "waiting"
    return "spoken" if guest.turns else "in"


def _running(room: Room, at: int) -> int:
    return at - room.clock_at if room.clock_at is not None else 0


def _delay(room: Room, until: int) -> float:
    """Behind the plan as it was written: pauses and added minutes count, since people's time goes by."""
    if room.segment is None:
        return 0.0
    planned = sum(segment.minutes for segment in room.agenda.segments[: room.segment]) * 60
    late = (room.segment_at - room.started_at) / 1000 - planned
    over = (until - room.segment_at) / 1000 - room.agenda.segments[room.segment].minutes * 60
    return late + (over if room.ended_at is not None else max(0.0, over))


def _shares(guest: Guest) -> bool:
    """Does this person's time count in how evenly it was shared?"""
    if guest.observer or guest.removed:
        return False
    return guest.spoken > 0 or (guest.present and not guest.listening)


def _host_may(room: Room) -> tuple[str, ...]:
    if room.ended_at is not None:
        return ()
    always = ("removed", "readmitted", "handed_over", "ended")
    if room.segment is None:
        return ("started", *always)
    possible = {
        "next": room.speaker is not None or room.following() is not None,
        "gave": any(guest.can_speak and guest is not room.speaker for guest in room.circle),
        "segment_next": room.segment + 1 < len(room.agenda.segments),
        "paused": room.paused_at is None,
        "resumed": room.paused_at is not None,
        "minute_added": room.speaker is not None,
        "extended": True,
        "prompt_next": room.prompt + 1 < len(room.prompts[room.segment]),
        "prompt_edited": bool(room.prompts[room.segment]),
    }
    return (*(kind for kind, now in possible.items() if now), *always)
