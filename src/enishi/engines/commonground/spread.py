"""Suggestions for everybody in which nobody is shown too often.

Without a cap, people with long careers at large sites stand in hundreds of lists, and get all the mail. Here every pair
(asker, shown) is taken in the order of its score if the asker's list and the shown one's cap still have room. Because both sides
value a pair alike, this greedy order is the one stable outcome, and deferred acceptance finds it without sorting all pairs
(Gale and Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69, 1962).
"""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .entries import Flat
from .every import NOBODY
from .ground import Ground

_AHEAD = 3  # lists are first fetched this many times longer than asked for
_FURTHER = 4  # and for those who run out of it, this many times longer again


@dataclass(frozen=True, eq=False)
class Spread:
    """Lists under a cap, and what the cap costs and brings.

    `people` (n ids), `others` (n, k) ids, best first, -1 where nobody is left, `units` (n, k) as in `Suggestions`.
    `loss`: share of all score given up against the lists without a cap, 0 to 1. The best lists under the cap lose no more.
    `coverage`: share of people shown to somebody; `coverage_without` the same without the cap.
    `most`, `most_without`: in how many lists the most shown person stands. `short`: how many have a shorter list than without.
    """

    people: Flat
    others: Flat
    units: Flat
    loss: float
    coverage: float
    coverage_without: float
    most: int
    most_without: int
    short: int


def spread(ground: Ground, k: int, cap: int, fast: bool | None = None) -> Spread:
    """`Ground.top` for everybody, but nobody in more than `cap` lists. Ties by the asker's id, then the other's."""
    if cap < 1:
        raise ValueError(f"The cap is {cap}: let everybody be shown to one person at least")
    batches = list(ground.every(_AHEAD * k, fast))
    people = np.concatenate([_NONE, *(batch.people for batch in batches)])
    others = np.concatenate([_NONE.reshape(0, _AHEAD * k), *(batch.others for batch in batches)])
    units = np.concatenate([_NONE.reshape(0, _AHEAD * k), *(batch.units for batch in batches)])
    lists = _Lists(ground, people, others, units)
    given, worth = _table(people, _accept(lists, k, cap), k)
    return _report(people, given, worth, others[:, :k], units[:, :k])


class _Lists:
    """Each person's wishes in order, fetched further when they run out."""

    def __init__(self, ground: Ground, people: Flat, others: Flat, units: Flat) -> None:
        self._ground = ground
        self.people = people.tolist()
        self._row = {person: row for row, person in enumerate(self.people)}
        self._others, self._units = others, units

    def of(self, person: int) -> Iterator[tuple[int, int]]:
        """Ids and units, best first, to the last who has anything in common."""
        row = self._row[person]
        length = count = self._others.shape[1]
        for other, units in zip(self._others[row].tolist(), self._units[row].tolist(), strict=True):
            if other == NOBODY:
                return
            yield other, units
        while count == length:
            length *= _FURTHER
            wishes = self._ground.top(person, length)
            for wish in wishes[count:]:
                yield wish.person, wish.units
            count = len(wishes)


def _accept(lists: _Lists, k: int, cap: int) -> dict[int, list[tuple[int, int]]]:
    """Deferred acceptance: for each person shown, the claims (units, -asker) that got a place, at most `cap`."""
    wishes = {person: lists.of(person) for person in lists.people}
    missing = deque((person, k) for person in wishes)
    kept: dict[int, list[tuple[int, int]]] = {}
    while missing:
        asker, wanted = missing.popleft()
        for _ in range(wanted):
            turned_away = _ask(asker, wishes[asker], kept, cap)
            if turned_away is not None:
                missing.append((turned_away, 1))
    return kept


def _ask(asker: int, wishes: Iterator[tuple[int, int]], kept: dict[int, list[tuple[int, int]]], cap: int) -> int | None:
    """Let the asker go down the wishes until one has room; who lost a place by it, if anybody."""
    for other, units in wishes:
        askers = kept.setdefault(other, [])
        claim = (units, -asker)  # the heap's first is the weakest claim: fewest units, then the largest id
        if len(askers) < cap:
            heapq.heappush(askers, claim)
            return None
        if claim > askers[0]:
            return -heapq.heapreplace(askers, claim)[1]
    return None


def _table(people: Flat, kept: dict[int, list[tuple[int, int]]], k: int) -> tuple[Flat, Flat]:
    pairs = [(-asker, -units, other) for other, askers in kept.items() for units, asker in askers]
    found = np.array(sorted(pairs), np.int64).reshape(-1, 3)
    row = np.searchsorted(people, found[:, 0])
    place = np.arange(len(row)) - np.searchsorted(row, row)
    others, units = np.full((len(people), k), NOBODY, np.int64), np.zeros((len(people), k), np.int64)
    others[row, place], units[row, place] = found[:, 2], -found[:, 1]
    return others, units


def _report(people: Flat, others: Flat, units: Flat, free_others: Flat, free_units: Flat) -> Spread:
    shown, free = _times_shown(people, others), _times_shown(people, free_others)
    total, best = int(units.sum()), int(free_units.sum())
    return Spread(
        people=people,
        others=others,
        units=units,
        loss=1 - total / best if best else 0.0,
        coverage=float((shown > 0).mean()) if len(people) else 1.0,
        coverage_without=float((free > 0).mean()) if len(people) else 1.0,
        most=int(shown.max(initial=0)),
        most_without=int(free.max(initial=0)),
        short=int(((others != NOBODY).sum(axis=1) < (free_others != NOBODY).sum(axis=1)).sum()),
    )


def _times_shown(people: Flat, others: Flat) -> Flat:
    return np.bincount(np.searchsorted(people, others[others != NOBODY]), minlength=len(people))


_NONE = np.zeros(0, np.int64)
