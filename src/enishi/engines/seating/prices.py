"""Turn a task into what the search can read: seats as an array, and one price for every pair of people.

The goals stand in order because each price is many times the next: a broken rule, a repeat, a pair who met before,
two of the same trait, and last a tie (which pays).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .model import Instance, Pair, Plan
from .tablerules import Floats, Problem

RULE, AGAIN, BEFORE, SAME = 12.0, 12.0, 12.0, 10.0
SHARING = 0.4
"""Two at a table who share nothing cost this share of a rule, so that a table changes its language bit by bit."""
KINDS = 10


@dataclass(frozen=True)
class Prices:
    """Prices in units of a usual tie; `ties` is the weight of affinity, below 0 where new faces are wanted."""

    unit: float
    rule: float
    again: float
    before: float
    same: float
    ties: float

    def times(self, rule: float, again: float, before: float, same: float) -> Prices:
        """The same with these prices multiplied."""
        return Prices(
            self.unit, self.rule * rule, self.again * again, self.before * before, self.same * same, self.ties
        )


def usual(instance: Instance) -> Prices:
    """Prices for the slider's place: ties count against below 0.25, count last at 0.5 and before the mix at 1."""
    values = [abs(v) for v in instance.affinity.values() if v]
    unit = sum(values) / len(values) if values else 1.0
    slider = instance.companions
    warm = max(0.0, slider - 0.5) * 2
    ties = 4 * slider - 1 if slider <= 0.5 else 1 + 11 * warm
    lift = 1 + 11 * warm
    return Prices(
        unit=unit,
        rule=RULE * unit * lift,
        again=AGAIN * unit * lift,
        before=BEFORE * unit * (1 - warm),
        same=SAME * unit * (1 - 0.9 * warm),
        ties=ties,
    )


def problem(instance: Instance, prices: Prices, seats: NDArray[np.int64], frozen: int, reward: float) -> Problem:
    """The search's problem. `frozen`: so many first rounds stay; `reward`: paid for each first meeting."""
    people = instance.people
    hosts = np.array([*(person.host for person in people), False]) if instance.host_per_table else None
    return Problem(
        pair=pair_prices(instance, prices, reward),
        again=prices.again,
        movable=movable(instance, seats),
        hosts=hosts,
        masks=tuple(_bits(sets) for sets in _shared(instance) if not helly(sets)),
        least=0 if instance.sizes else instance.least,
        rule=prices.rule,
        open_rounds=tuple(range(frozen, instance.rounds)),
    )


def pair_prices(instance: Instance, prices: Prices, reward: float) -> Floats:
    """(n+1, n+1): what a first meeting of two people costs; nothing with an empty seat, number n."""
    n = instance.n
    pair = np.zeros((n + 1, n + 1), dtype=np.float32)
    for name, weight in instance.mix.items():
        if instance.people and any(person.traits.get(name) is not None for person in instance.people):
            codes = _codes([person.traits.get(name) for person in instance.people])
            pair[:n, :n] += (codes[:, None] == codes[None, :]) * np.float32(prices.same * weight)
    for (a, b), value in instance.affinity.items():
        pair[a, b] -= prices.ties * value
        pair[b, a] -= prices.ties * value
    for pairs, price in (
        (instance.history, prices.before),
        (instance.apart, prices.rule * 2),
        (instance.together, -prices.rule * 2),
    ):
        if pairs:
            rows, columns = _ends(pairs)
            pair[rows, columns] += price
            pair[columns, rows] += price
    if reward:
        pair[:n, :n] -= reward
    np.fill_diagonal(pair, 0)
    for sets in _shared(instance):
        bits = _bits(sets)
        pair[:n, :n] += (bits[:n, None] & bits[None, :n] == 0) * np.float32(prices.rule * SHARING)
    return pair


def _shared(instance: Instance) -> list[list[frozenset[str]]]:
    """What all at a table must share something of, person by person."""
    rules = (
        (instance.common_language, [person.languages for person in instance.people]),
        (instance.one_place, [person.places for person in instance.people]),
    )
    return [sets for wanted, sets in rules if wanted]


@lru_cache(maxsize=6)
def _ends(pairs: frozenset[Pair]) -> NDArray[np.int64]:
    """(2, k): the one and the other of each pair."""
    return np.array(list(pairs)).T


def _codes(values: list[object]) -> NDArray[np.int64]:
    """Equal values get equal numbers; no value is one too, as `score.same_trait` counts it."""
    seen: dict[object, int] = {}
    return np.array([seen.setdefault(v, len(seen)) for v in values])


def helly(sets: list[frozenset[str]]) -> bool:
    """Whether people who share something two by two always share something all together."""
    kinds = sorted(set(sets), key=sorted)
    if len(kinds) > KINDS:
        return False
    for chosen in range(1, 1 << len(kinds)):
        few = [kind for k, kind in enumerate(kinds) if chosen >> k & 1]
        if (
            len(few) > 2
            and not frozenset.intersection(*few)
            and all(one & other for one, other in combinations(few, 2))
        ):
            return False
    return True


def _bits(sets: list[frozenset[str]]) -> NDArray[np.int64]:
    names = sorted(frozenset[str]().union(*sets))[:62]
    number = {name: 1 << k for k, name in enumerate(names)}
    everything = (1 << len(names)) - 1
    bits = [sum(number.get(name, 0) for name in one) for one in sets]
    return np.array([*bits, everything], dtype=np.int64)


def capacities(instance: Instance, tables: int) -> list[list[int]]:
    """Seats of each table in each round; tables a round does not need have none."""
    if instance.sizes:
        return [list(instance.sizes)] * instance.rounds
    result = []
    for there in instance.attending:
        needed = min(tables, max(1, len(there) // max(1, instance.least))) if there else 0
        result.append([instance.most] * needed + [0] * (tables - needed))
    return result


def scatter(instance: Instance, tables: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """(rounds, tables, seats) people drawn at random, locked ones in their places; n is an empty seat.

    Raises ValueError when the seats of a round do not suffice.
    """
    n = instance.n
    caps = capacities(instance, tables)
    seats = np.full((instance.rounds, tables, max(max(c) for c in caps)), n, dtype=np.int64)
    for r, there in enumerate(instance.attending):
        free = list(caps[r])
        rest = set(there)
        for lock in instance.locks:
            if lock.round == r and lock.table < tables and free[lock.table] and lock.person in rest:
                free[lock.table] -= 1
                seats[r, lock.table, free[lock.table]] = lock.person
                rest.discard(lock.person)
        order = rng.permutation(sorted(rest))
        if sum(free) < len(order):
            raise ValueError(f"Round {r} has {sum(caps[r])} seats for {len(there)} people: add tables or seats.")
        _deal(seats[r], free, order)
    return seats


def _deal(seats: NDArray[np.int64], free: list[int], order: NDArray[np.int64]) -> None:
    """Seat people one by one at the table that has most seats left, so that no table starts too small."""
    left = np.array(free)
    for p in order:
        t = int(left.argmax())
        left[t] -= 1
        seats[t, left[t]] = p


def movable(instance: Instance, seats: NDArray[np.int64]) -> NDArray[np.bool_]:
    """False for seats a table does not have and for people who are locked."""
    caps = np.array(capacities(instance, seats.shape[1]))
    free: NDArray[np.bool_] = np.arange(seats.shape[2]) < caps[:, :, None]
    for lock in instance.locks:
        if lock.table < seats.shape[1]:
            free[lock.round, lock.table] &= seats[lock.round, lock.table] != lock.person
    return free


def to_plan(instance: Instance, seats: NDArray[np.int64]) -> Plan:
    """Seats as tables of people; empty seats vanish, empty tables stay (their number may be locked to)."""
    n = instance.n
    return tuple(tuple(tuple(sorted(int(p) for p in table if p < n)) for table in tables) for tables in seats)
