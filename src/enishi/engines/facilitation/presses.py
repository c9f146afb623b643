"""The host's presses. Each function reads one entry and says whether it meant anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .events import Event

if TYPE_CHECKING:
    from .room import Room


def started(room: Room, event: Event) -> bool:
    if room.segment is not None:
        return False  # the circle is drawn once
    room.draw()
    room.started_at = room.time
    room.begin_segment(0)
    return True


def next(room: Room, event: Event) -> bool:
    if room.speaker is None and room.following() is None:
        return False
    room.end_turn(room.time, counts=True)
    room.begin_next(room.time)
    return True


def gave(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if room.running is None or guest is None or guest is room.speaker or not guest.can_speak:
        return False
    room.end_turn(room.time, counts=True)
    room.begin_turn(guest, room.time)
    return True


def segment_next(room: Room, event: Event) -> bool:
    if room.segment is None or room.segment + 1 >= len(room.agenda.segments):
        return False
    room.end_turn(room.time, counts=True)
    room.begin_segment(room.segment + 1)
    return True


def paused(room: Room, event: Event) -> bool:
    if room.running is None or room.paused_at is not None:
        return False
    room.stop_clock(room.time)
    room.paused_at = room.time
    return True


def resumed(room: Room, event: Event) -> bool:
    if room.paused_at is None:
        return False
    room.pauses += room.time - room.paused_at
    room.paused_at = None
    if room.speaker is not None and room.speaker.dropped_at is None:
        room.clock_at = room.time
    return True


def minute_added(room: Room, event: Event) -> bool:
    if room.speaker is None:
        return False
    room.turn_added += 60_000
    return True


def extended(room: Room, event: Event) -> bool:
    if room.running is None or event.minutes <= 0:
        return False
    room.extended += round(event.minutes * 60_000)
    return True


def prompt_next(room: Room, event: Event) -> bool:
    if room.segment is None or room.prompt + 1 >= len(room.prompts[room.segment]):
        return False
    room.prompt += 1
    return True


def prompt_edited(room: Room, event: Event) -> bool:
    if room.segment is None or not 0 <= event.index < len(room.prompts[room.segment]):
        return False
    room.prompts[room.segment][event.index] = event.text
    return True


def removed(room: Room, event: Event) -> bool:
    guest = room.guests.get(event.person) if event.person is not None else None
    if guest is None or guest.removed or guest.id == room.host:
        return False
    room.forget_drop(guest)
    guest.removed, guest.present, guest.gone = True, False, False
    room.without(guest)
    return True


def readmitted(room: Room, event: Event) -> bool:
    guest = room.guests.get(event.person) if event.person is not None else None
    if guest is None or not guest.removed:
        return False
    guest.removed = False  # they come in again by joining
    return True


def handed_over(room: Room, event: Event) -> bool:
    guest = room.present(event)
    if guest is None or guest.id == room.host:
        return False
    room.host = guest.id
    return True


def ended(room: Room, event: Event) -> bool:
    room.end_turn(room.time, counts=True)
    if room.paused_at is not None:
        room.pauses += room.time - room.paused_at
        room.paused_at = None
    room.ended_at = room.time
    return True
