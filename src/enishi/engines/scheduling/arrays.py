"""Places as arrays: people in the order of the draw, and one row for each seat somebody could take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd
from typing import TYPE_CHECKING

from .draw import draw_order
from .places import Person, Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Arrays:
    """n people, S sessions, m pairs (a person, a session open to them), sorted by person, then session.

    person, session, gain: (m,), gain in points for that seat as one more of the person's; base, want, host: (n,);
    capacity, minimum, slot: (S,); start: (n + 1,) where each person's pairs begin; apart: (k, 2) pairs that
    exclude each other. Sessions that can never open have no pairs. `resolution`: scores differ by a multiple of
    it (0 where the weights are no whole numbers).
    """

    people: tuple[Person, ...]
    person: Ints
    session: Ints
    gain: Floats
    start: Ints
    base: Floats
    want: Ints
    host: Bools
    capacity: Ints
    minimum: Ints
    slot: Ints
    apart: Ints
    extra: float
    resolution: float


def arrays_of(places: Places, seed: int) -> Arrays:
    """Lay the claims out; the solver sees only the drawn order, so no id is better than another."""
    import numpy as np

    by_id = {p.id: p for p in places.people}
    people = tuple(by_id[one] for one in draw_order(by_id, seed))
    sessions = places.sessions
    needed = np.array([max(1, s.minimum) for s in sessions], dtype=np.int64)
    capacity = np.array([s.capacity for s in sessions], dtype=np.int64)
    person, session, gain = _pairs(places, people)
    host = np.array([p.host for p in people], dtype=bool)
    alive = _can_open(person, session, host, needed, capacity)
    keep = alive[session]
    person, session, gain = person[keep], session[keep], gain[keep]
    weights = places.weights
    slots = {slot: number for number, slot in enumerate(dict.fromkeys(s.slot for s in sessions))}
    start = np.searchsorted(person, np.arange(len(people) + 1))
    return Arrays(
        people=people,
        person=person,
        session=session,
        gain=gain,
        start=start,
        base=np.array([weights.base(p) for p in people], dtype=float),
        want=np.array([max(0, p.wanted) for p in people], dtype=np.int64),
        host=host,
        capacity=capacity,
        minimum=needed,
        slot=np.array([slots[s.slot] for s in sessions], dtype=np.int64),
        apart=_apart(places, people, start, session),
        extra=weights.extra_seat,
        resolution=_resolution([weights.first_timer, weights.returning, weights.extra_seat, *gain.tolist()]),
    )


def _pairs(places: Places, people: Sequence[Person]) -> tuple[Ints, Ints, Floats]:
    import numpy as np

    number = {s.id: k for k, s in enumerate(places.sessions)}
    language = [s.language for s in places.sessions]
    extra, points = places.weights.extra_seat, places.weights.preference
    who: list[int] = []
    where: list[int] = []
    worth: list[float] = []
    for row, one in enumerate(people):
        if one.wanted < 1:
            continue
        spoken = one.languages
        able = sorted(k for k in (number.get(s, -1) for s in one.available) if k >= 0 and language[k] in spoken)
        who += [row] * len(able)
        where += able
        wish = one.preference
        worth += [extra + points * wish.get(places.sessions[k].id, 0) for k in able]
    return np.array(who, np.int64), np.array(where, np.int64), np.array(worth, float)


def _can_open(person: Ints, session: Ints, host: Bools, needed: Ints, capacity: Ints) -> Bools:
    import numpy as np

    able = np.bincount(session, minlength=len(needed))
    hosts = np.bincount(session[host[person]], minlength=len(needed))
    opens: Bools = (able >= needed) & (hosts > 0) & (capacity >= needed)
    return opens


def _apart(places: Places, people: Sequence[Person], start: Ints, session: Ints) -> Ints:
    import numpy as np

    row = {p.id: k for k, p in enumerate(people)}
    found = set()
    for a, b in places.keep_apart:
        at = {int(session[j]): j for j in range(start[row[a]], start[row[a] + 1])}
        for j in range(start[row[b]], start[row[b] + 1]):
            if int(session[j]) in at:
                found.add((at[int(session[j])], j))
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def _resolution(values: list[float]) -> float:
    whole = {int(v) for v in values if float(v).is_integer()}
    if any(not float(v).is_integer() for v in values):
        return 0.0
    return float(reduce(gcd, whole, 0))
