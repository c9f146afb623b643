"""Why somebody has no seat, and why a session is closed."""

from __future__ import annotations

from typing import Literal

from .board import Board
from .places import Closed, LeftOut, Person, Places


def left_out(places: Places, people: tuple[Person, ...], board: Board) -> tuple[LeftOut, ...]:
    """Everyone without a seat, luckiest first, with the nearest reason."""
    return tuple(
        LeftOut(person.id, _why_out(places, person, p, board), p + 1)
        for p, person in enumerate(people)
        if not board.visits[p]
    )


def closed_sessions(places: Places, board: Board) -> tuple[Closed, ...]:
    """Every session nobody sits in, with how many could have come."""
    able: dict[int, list[Person]] = {s.id: [] for s in places.sessions}
    for person in places.people:
        if person.wanted > 0:
            for one in places.eligible(person):
                able[one].append(person)
    closed = []
    for row, session in enumerate(places.sessions):
        if not board.sitting[row]:
            people = len(able[session.id])
            hosts = sum(p.host for p in able[session.id])
            reason: Literal["no_capacity", "too_few", "no_host", "better_elsewhere"] = "better_elsewhere"
            if session.capacity < max(1, session.minimum):
                reason = "no_capacity"
            elif people < max(1, session.minimum):
                reason = "too_few"
            elif not hosts:
                reason = "no_host"
            missing = max(0, session.minimum - people)
            closed.append(Closed(session.id, reason, people, hosts, missing))
    return tuple(closed)


def _why_out(
    places: Places, person: Person, p: int, board: Board
) -> Literal["wants_none", "no_session_fits", "language", "sessions_closed", "full", "kept_apart"]:
    if person.wanted < 1:
        return "wants_none"
    if not any(s.id in person.available for s in places.sessions):
        return "no_session_fits"
    if not places.eligible(person):
        return "language"
    open_ = [s for s in board.options[p] if board.sitting[s]]
    if not open_:
        return "sessions_closed"
    if any(len(board.sitting[s]) < board.capacity[s] and not board.likes(p, s) for s in open_):
        return "kept_apart"
    return "full"
