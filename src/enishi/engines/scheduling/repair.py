"""A session that would fall below its minimum: the cheapest set of moves that saves it, a merger, or its end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from .arrays import Arrays, arrays_of
from .places import Person, Places, Seats, Session
from .program import Program
from .scores import broken_rules, score

if TYPE_CHECKING:
    from .arrays import Bools

# What a change costs a person: losing every seat, giving a seat up, being asked to take one. Each outweighs any
# number of the lesser ones that a repair could need; preferences settle the rest.
_LOST, _GIVEN_UP, _ASKED = 1_000_000.0, 3_000.0, 1_000.0
_CHAINS_UP_TO = 20_000  # pairs; in larger sign-ups nobody is moved to make room for someone who moves


@dataclass(frozen=True)
class Move:
    """One person's change: from a session (None: one seat more) to a session (None: the seat is gone)."""

    person: int
    from_session: int | None
    to_session: int | None


@dataclass(frozen=True)
class Repair:
    """One way out. fill: the session stands; merge: all its people go to one other; close: each goes where they can.

    `stranded` have no seat left; `points` is the change of the score; `proven`: no cheaper way of this kind.
    """

    kind: Literal["fill", "merge", "close"]
    moves: tuple[Move, ...]
    stranded: tuple[int, ...]
    points: float
    proven: bool
    seats: dict[int, tuple[int, ...]]


def repairs(places: Places, seats: Seats, session: int, *, seconds: float = 5.0) -> tuple[Repair, ...]:
    """The ways out for `session` as it sits in `seats`, cheapest first.

    Cheap means: nobody loses their only seat, few give one up, few are asked for one more, in this order; then
    preference. Only people who said they could are moved or asked, and no session that stands falls by it. There
    is always at least the way of closing.
    """
    if all(s.id != session for s in places.sessions):
        raise ValueError(f"There is no session {session}; name one of the sessions.")
    ours = _as_it_stands(places, seats, session)
    before = {s.id: tuple(seats.get(s.id, ())) for s in ours.sessions}
    ways = [
        _reseat(places, ours, before, seats, session, "fill", seconds),
        *(_merge(places, ours, before, seats, session, other) for other in ours.sessions if other.id != session),
        _reseat(places, ours, before, seats, session, "close", seconds),
    ]
    return tuple(sorted(_best_merger([way for way in ways if way is not None]), key=_cost))


def _as_it_stands(places: Places, seats: Seats, session: int) -> Places:
    """The sessions that stand, and this one; seats in others stay as they are and bind their people."""
    broken = {b.session for b in broken_rules(places, seats) if b.rule in ("below_minimum", "no_host")}
    kept = tuple(s for s in places.sessions if s.id == session or (seats.get(s.id) and s.id not in broken))
    slots = {s.id: s.slot for s in places.sessions}
    kept_ids = {s.id for s in kept}
    held: dict[int, set[int]] = defaultdict(set)
    for one, sitting in seats.items():
        for person in sitting:
            held[person].add(one)
    return replace(
        places,
        sessions=kept,
        people=tuple(_bound(p, held[p.id], kept_ids, slots, kept) for p in places.people),
    )


def _bound(
    person: Person, held: set[int], kept: set[int], slots: dict[int, object], sessions: tuple[Session, ...]
) -> Person:
    """The person with what they hold elsewhere taken off, and what they hold here certainly theirs."""
    elsewhere = held - kept
    taken = {slots.get(s) for s in elsewhere}
    here = held & kept
    free = {s for s in person.available & kept if slots[s] not in taken}
    languages = person.languages | {s.language for s in sessions if s.id in here}
    can = {s.id for s in sessions if s.id in free and s.language in person.languages} | here
    wanted = max(person.wanted - len(elsewhere), len(here))
    return replace(person, available=frozenset(can), languages=languages, wanted=wanted)


def _reseat(
    places: Places,
    ours: Places,
    before: Seats,
    seats: Seats,
    session: int,
    kind: Literal["fill", "close"],
    seconds: float,
) -> Repair | None:
    import numpy as np

    arrays = arrays_of(ours, 0)
    number = {s.id: k for k, s in enumerate(ours.sessions)}
    holds = _held(arrays, ours, before)
    if kind == "fill" and not (arrays.session == number[session]).any():
        return None  # too few could come at all, or no host
    costs = _as_costs(arrays, holds, {p for sitting in before.values() for p in sitting})
    active = np.arange(len(costs.person))
    if len(active) > _CHAINS_UP_TO:
        guests = [k for k, p in enumerate(arrays.people) if p.id in before[session]]
        into = costs.session == number[session] if kind == "fill" else np.isin(costs.person, guests)
        active = np.flatnonzero(holds | into)
    held = {number[s]: True for s in before if s != session}
    if not len(active):
        return None if kind == "fill" else _repair("close", places, seats, {**seats, session: ()}, proven=True)
    found = Program(costs, active).search(seconds, None, {**held, number[session]: kind == "fill"})
    if found.taken is None:
        return None if kind == "fill" else _repair("close", places, seats, {**seats, session: ()}, proven=False)
    after: dict[int, list[int]] = {s.id: [] for s in ours.sessions}
    for j in np.flatnonzero(found.taken).tolist():
        after[ours.sessions[int(costs.session[j])].id].append(arrays.people[int(costs.person[j])].id)
    value = _value(costs, found.taken)
    return _repair(
        kind,
        places,
        seats,
        {**seats, **{s: tuple(sorted(sitting)) for s, sitting in after.items()}},
        proven=found.bound <= value + 1e-3,
    )


def _held(arrays: Arrays, ours: Places, before: Seats) -> Bools:
    """Which pairs (m,) are seats held now."""
    import numpy as np

    sitting = [set(before[s.id]) for s in ours.sessions]
    ids = [p.id for p in arrays.people]
    flat = zip(arrays.person.tolist(), arrays.session.tolist(), strict=True)
    return np.fromiter((ids[p] in sitting[s] for p, s in flat), bool, len(arrays.person))


def _as_costs(arrays: Arrays, holds: Bools, seated: set[int]) -> Arrays:
    """The same claims with points that say: keep every seat, ask for as little as possible."""
    import numpy as np

    wish = np.clip(arrays.gain, -100.0, 100.0)
    has_seat = np.array([p.id in seated for p in arrays.people], dtype=bool)
    return replace(
        arrays,
        gain=np.where(holds, _GIVEN_UP + wish, wish - _ASKED),
        base=np.where(has_seat, _LOST, 0.0),
        extra=0.0,
    )


def _value(costs: Arrays, taken: Bools) -> float:
    import numpy as np

    people = np.unique(costs.person[taken])
    return float(costs.gain[taken].sum() + costs.base[people].sum())


def _merge(places: Places, ours: Places, before: Seats, seats: Seats, session: int, other: Session) -> Repair | None:
    """Everybody of `session` into `other`, if all of them could come and there is room."""
    guests = [p for p in before[session] if p not in before[other.id]]
    can = {p.id: other.id in p.available for p in ours.people}
    if not guests or not all(can[p] for p in guests):
        return None
    merged = {**seats, session: (), other.id: tuple(sorted((*before[other.id], *guests)))}
    known = {(b.rule, b.session, b.people) for b in broken_rules(places, seats)}
    if any((b.rule, b.session, b.people) not in known for b in broken_rules(places, merged)):
        return None
    return _repair("merge", places, seats, merged, proven=True)


def _repair(
    kind: Literal["fill", "merge", "close"],
    places: Places,
    before: Seats,
    after: dict[int, tuple[int, ...]],
    *,
    proven: bool,
) -> Repair:
    was, now = _by_person(before), _by_person(after)
    moves = [move for person in sorted(was | now) for move in _moves(person, was[person], now[person])]
    stranded = tuple(person for person in sorted(was) if was[person] and not now[person])
    points = score(places, after) - score(places, before)
    return Repair(kind, tuple(moves), stranded, points, proven, after)


def _by_person(seats: Seats) -> defaultdict[int, set[int]]:
    sessions: defaultdict[int, set[int]] = defaultdict(set)
    for session, sitting in seats.items():
        for person in sitting:
            sessions[person].add(session)
    return sessions


def _moves(person: int, was: set[int], now: set[int]) -> list[Move]:
    left: list[int | None] = [*sorted(was - now)]
    come: list[int | None] = [*sorted(now - was)]
    size = max(len(left), len(come))
    left += [None] * (size - len(left))
    come += [None] * (size - len(come))
    return [Move(person, a, b) for a, b in zip(left, come, strict=True)]


def _best_merger(ways: list[Repair]) -> list[Repair]:
    mergers = sorted((way for way in ways if way.kind == "merge"), key=_cost)
    return [*(way for way in ways if way.kind != "merge"), *mergers[:1]]


def _cost(way: Repair) -> tuple[int, int, int, float, int]:
    given_up = sum(move.from_session is not None for move in way.moves)
    asked = sum(move.to_session is not None for move in way.moves)
    return len(way.stranded), given_up, asked, -way.points, ("fill", "merge", "close").index(way.kind)
