"""A person's own wishes. Each function reads one entry and says whether it meant anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .events import Event

if TYPE_CHECKING:
    from .room import Room


def hand_raised(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if guest is None or guest.hand is not None:
        return False
    guest.hand = event.number
    guest.passed = False  # whoever passed and thinks again has their place still
    return True


def hand_lowered(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if guest is None or guest.hand is None:
        return False
    guest.hand = None
    return True


def passed(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if guest is None or room.running is None or guest.passed:
        return False
    guest.passed, guest.hand = True, None
    if guest is room.speaker:
        room.end_turn(room.time, counts=False)
        room.begin_next(room.time)
    return True


def put_off(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if guest is None or room.running is None:
        return False
    guest.put_off = event.number
    if guest.hand is not None:
        guest.hand = event.number
    if guest is room.speaker:
        room.end_turn(room.time, counts=False)
        if room.running.order != "circle":
            guest.hand = event.number
        room.begin_next(room.time)
    return True


def listening(room: Room, event: Event) -> bool:
    guest = room.taking_part(event)
    if guest is None:
        return False
    guest.listening = True
    room.without(guest)
    return True


def joining_in(room: Room, event: Event) -> bool:
    guest = room.present(event)
    if guest is None or not guest.listening:
        return False
    guest.listening = False
    return True


def done(room: Room, event: Event) -> bool:
    if room.speaker is None or event.person != room.speaker.id:
        return False
    room.end_turn(room.time, counts=True)
    room.begin_next(room.time)
    return True
