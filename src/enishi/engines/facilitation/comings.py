"""Comings and goings. Each function reads one entry and says whether it meant anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .events import Event
from .people import Guest

if TYPE_CHECKING:
    from .room import Room


def joined(room: Room, event: Event) -> bool:
    if event.person is None:
        return False
    guest = room.guests.get(event.person)
    if guest is None:
        guest = Guest(event.person, event.first_timer, event.observer)
        room.guests[guest.id] = guest
        room.circle.append(guest)
        if room.segment is not None:
            guest.put_off = event.number  # late comers last
        return True
    if guest.removed:
        return False
    if guest.present:  # a page opened again while the connection counted as lost
        return returned(room, event)
    guest.present = True
    room.to_the_end(guest)
    return True


def left(room: Room, event: Event) -> bool:
    guest = room.present(event)
    if guest is None:
        return False
    room.forget_drop(guest)
    guest.present, guest.gone = False, False
    room.without(guest)
    return True


def drop(room: Room, event: Event) -> bool:
    guest = room.present(event)
    if guest is None or guest.dropped_at is not None or guest.gone:
        return False
    guest.dropped_at = room.time
    room.dropped.append(guest)
    if guest is room.speaker:
        room.stop_clock(room.time)
    return True


def returned(room: Room, event: Event) -> bool:
    guest = room.present(event)
    if guest is None:
        return False
    if guest.gone:
        guest.gone = False
        room.to_the_end(guest)
        return True
    if guest.dropped_at is None:
        return False
    room.forget_drop(guest)
    if guest is room.speaker and room.paused_at is None:
        room.clock_at = room.time
    return True
