"""The score of a plan, and the rules it breaks: the one place that says what a good answer is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from .places import Places, Seats

Rule = Literal[
    "unknown_session",
    "unknown_person",
    "twice_in_session",
    "over_capacity",
    "below_minimum",
    "no_host",
    "not_available",
    "language",
    "more_than_wanted",
    "two_at_once",
    "keep_apart",
]


@dataclass(frozen=True)
class Broken:
    """One broken rule: by name, in which session (None: over all), and whom it touches."""

    rule: Rule
    session: int | None
    people: tuple[int, ...]


def score(places: Places, seats: Seats) -> float:
    """Points of the plan: each person seated, each further seat, each point of preference, by the weights."""
    weights = places.weights
    people = {p.id: p for p in places.people}
    of_person = _sessions_of(seats)
    total = 0.0
    for one, sessions in of_person.items():
        person = people[one]
        total += weights.base(person) + weights.extra_seat * (len(sessions) - 1)
        total += weights.preference * sum(person.preference.get(s, 0) for s in sessions)
    return total


def broken_rules(places: Places, seats: Seats) -> list[Broken]:
    """Every rule the plan breaks; an empty list means that it may stand."""
    return [*_broken_in_sessions(places, seats), *_broken_by_people(places, seats)]


def _broken_in_sessions(places: Places, seats: Seats) -> Iterator[Broken]:
    sessions = {s.id: s for s in places.sessions}
    people = {p.id: p for p in places.people}
    apart = {frozenset(pair) for pair in places.keep_apart}
    for key, sitting in seats.items():
        if not sitting:
            continue
        session = sessions.get(key)
        strangers = tuple(one for one in sitting if one not in people)
        if session is None or strangers:
            yield Broken("unknown_person" if strangers else "unknown_session", key, strangers)
            continue
        if len(set(sitting)) < len(sitting):
            yield Broken("twice_in_session", key, sitting)
        if len(sitting) > session.capacity:
            yield Broken("over_capacity", key, sitting)
        if len(sitting) < session.minimum:
            yield Broken("below_minimum", key, sitting)
        if not any(people[one].host for one in sitting):
            yield Broken("no_host", key, sitting)
        for one in sitting:
            if key not in people[one].available:
                yield Broken("not_available", key, (one,))
            if session.language not in people[one].languages:
                yield Broken("language", key, (one,))
        for a, b in combinations(sitting, 2):
            if frozenset((a, b)) in apart:
                yield Broken("keep_apart", key, (a, b))


def _broken_by_people(places: Places, seats: Seats) -> Iterator[Broken]:
    slots = {s.id: s.slot for s in places.sessions}
    people = {p.id: p for p in places.people}
    for one, visited in _sessions_of(seats).items():
        if one in people and len(visited) > people[one].wanted:
            yield Broken("more_than_wanted", None, (one,))
        times = [slots[s] for s in visited if s in slots]
        if len(set(times)) < len(times):
            yield Broken("two_at_once", None, (one,))


def _sessions_of(seats: Seats) -> dict[int, list[int]]:
    of_person: dict[int, list[int]] = defaultdict(list)
    for session, sitting in seats.items():
        for one in sitting:
            of_person[one].append(session)
    return of_person
