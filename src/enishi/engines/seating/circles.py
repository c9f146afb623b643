"""Tables of those who can talk with few: how many there should be, and who sits at them, before all others are seated.

Whoever does not speak what most speak can meet only the few who share a language with him, a host among them. How many
tables of theirs are set decides whether they meet somebody twice, and a search that begins with everybody anywhere
settles that while it is hot, by chance. So these tables are planned alone first and stand while the rest is sought.

Drawn by heat bath (see `anneal`): one step takes a table of a round and looks at every exchange of one of its seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from .anneal import NOISE, noise
from .model import Instance, Table
from .prices import Prices, pair_prices, usual
from .shapes import Shape, capacities_of, commonest, minority, shape_of, strained
from .tablerules import Flags, Floats, Ints

TRIES = 9
"""Shapes looked at for one number of tables."""
NEVER, MISPLACED = 1e5, 1000
STEPS = 400
HOT, COLD = 6.0, 0.4
"""In units of a usual tie, as all prices are."""


@dataclass(frozen=True)
class Circle:
    """Who sits at the tables of a shape, round by round; `faults` counts repeats and pairs who met before."""

    shape: Shape
    rounds: tuple[tuple[tuple[int, ...], ...], ...]
    faults: int


def circle(
    instance: Instance, tables: Iterable[int], seconds: float, seed: int, enough: Callable[[], bool]
) -> Circle | None:
    """The best found for any of these numbers of tables, the fewest first; None where none is needed or none fits.

    `seconds` are those of the whole search, of which this is to take a small part; `enough` ends it early.
    """
    if not minority(instance):
        return None
    best: Circle | None = None
    prices = usual(instance).times(rule=8.0, again=4.0, before=4.0, same=1.0)
    for count in tables:
        found = _shaped(instance, count, prices, int(STEPS * seconds), seed & ((1 << 60) - 1), enough)
        if found is not None and (best is None or found.faults < best.faults):
            best = found
        if best is not None and not best.faults:
            break
    return best if best is not None and best.faults < MISPLACED else None


def _shaped(
    instance: Instance, tables: int, prices: Prices, steps: int, seed: int, enough: Callable[[], bool]
) -> Circle | None:
    """For one number of tables: begin with the shape that should strain the few least, and go on to better ones."""
    tried: dict[Shape, Circle] = {}
    steps = int(steps * max(1.0, instance.rounds * instance.n / 2000))

    def look(counts: dict[str, int]) -> Circle | None:
        shape = shape_of(instance, tables, counts)
        if shape is not None and shape not in tried:
            if len(tried) == TRIES or enough():
                return None
            tried[shape] = _Sought(instance, shape, prices, seed).run(steps // 4)
        return None if shape is None else tried[shape]

    counts = strained(instance, capacities_of(instance, tables))
    best, going = look(counts), True
    while best is not None and best.faults and going:
        going = False
        for name, change in product(sorted(counts), (-1, 1)):
            other = {**counts, name: counts[name] + change}
            found = look(other)
            if found is not None and found.faults < best.faults:
                best, counts, going = found, other, True
    if best is None or not best.faults or enough():
        return best
    return min(best, _Sought(instance, best.shape, prices, seed + 1).run(steps), key=lambda one: one.faults)


def hold(seats: Ints, few: Circle | None, n: int) -> Flags:
    """Seat the circle's people at its tables, others where they were; True for all seats of these tables."""
    held = np.zeros(seats.shape[1:], dtype=np.bool_)
    if few is None:
        return held
    for r, tables in enumerate(few.rounds):
        for number, table in zip(few.shape.numbers, tables, strict=True):
            held[r, number] = True
            for copy in seats:
                _seat(copy[r], number, table, held[r], n)
    return held


def _seat(tables: Ints, number: int, people: Table, held: Flags, n: int) -> None:
    """Let exactly these sit at the table: each changes places with who is there, an empty seat with one elsewhere."""
    for seat, p in enumerate((*people, *[n] * (tables.shape[1] - len(people)))):
        if p < n:
            t, other = np.argwhere(tables == p)[0]
        elif tables[number, seat] == n:
            continue
        else:
            t, other = np.argwhere((tables == n) & ~held)[0]
        tables[t, other], tables[number, seat] = tables[number, seat], p


class _Sought:
    """The search for one shape. Seats are numbered: those of each table, its host's first, then the others' seats."""

    def __init__(self, instance: Instance, shape: Shape, prices: Prices, seed: int) -> None:
        self.instance, self.shape, self.seed = instance, shape, seed
        known = frozenset(shape.spoken)
        self.people = [p for p in range(instance.n) if instance.people[p].languages & known or self._must(p)]
        self.unit, self.same, self.again = prices.unit, prices.same, np.float32(prices.again)
        size = len(self.people)
        self.pair = np.zeros((size + 1, size + 1), dtype=np.float32)
        self.pair[:size, :size] = pair_prices(instance, prices, 0.0)[np.ix_(self.people, self.people)]
        self._seats(size)
        self.met = np.zeros((size + 1, size + 1), dtype=np.int16)
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.at = np.array([[*self._dealt(), size] for _ in range(instance.rounds)])
        for r in range(instance.rounds):
            for seats in self.seats_of:
                who = self.at[r, seats]
                self.met[np.ix_(who, who)] += 1
        np.fill_diagonal(self.met, 0)

    def _must(self, p: int) -> bool:
        return commonest(self.instance) not in self.instance.people[p].languages

    def _seats(self, size: int) -> None:
        shape, people = self.shape, self.instance.people
        self.table = np.full(size, len(shape.seats))
        self.seats_of: list[Ints] = []
        self.mates = np.full((size, max(shape.seats) - 1), size)
        self.place = np.zeros((size + 1, size), dtype=np.float32)
        must = np.array([self._must(p) for p in self.people])
        host = np.array([people[p].host for p in self.people])
        spare = sum(person.host for person in people) - shape.tables
        start = 0
        for t, (count, name) in enumerate(zip(shape.seats, shape.spoken, strict=True)):
            seats = np.arange(start, start + count)
            self.seats_of.append(seats)
            self.table[seats] = t
            for seat in seats:
                self.mates[seat, : count - 1] = seats[seats != seat]
            silent = np.array([name not in people[p].languages for p in self.people])
            self.place[:size, seats] += (silent * NEVER)[:, None]
            self.place[:size, start] += ~host * NEVER
            dear = 0.5 if spare > len(shape.seats) else 10.0
            self.place[:size, seats[1:]] += (host * dear * self.unit)[:, None].astype(np.float32)
            start += count
        self.place[:size, start:] += (must * NEVER + self._elsewhere())[:, None]
        self.inside = (self.table < len(shape.seats)).astype(np.float32)
        self.starts, self.seated = np.array([rows[0] for rows in self.seats_of]), start

    def _dealt(self) -> list[int]:
        """One round, at random: hosts first, then those who must sit here, those with fewest languages first."""
        order = [int(p) for p in self.rng.permutation(len(self.people))]
        people = [self.instance.people[p] for p in self.people]
        seats = [-1] * len(order)
        left = set(order)

        def sit(free: list[int], able: list[int]) -> None:
            for p in able:
                good = [seat for seat in free if self.place[p, seat] < NEVER]
                if good:
                    seats[good[0]] = p
                    free.remove(good[0])
                    left.discard(p)

        sit([int(rows[0]) for rows in self.seats_of], [p for p in order if people[p].host])
        must = [p for p in order if p in left and self._must(self.people[p])]
        free = [int(rows[k]) for k in range(1, max(self.shape.seats)) for rows in self.seats_of if k < len(rows)]
        sit(free, sorted(must, key=lambda p: len(people[p].languages)))
        sit(free, [p for p in order if p in left])
        rest = [p for p in order if p in left]
        return [p if p >= 0 else rest.pop() for p in seats]

    def _elsewhere(self) -> Floats:
        """(P,) what one more of the same trait costs at the other tables, which hold their share of each."""
        costs = np.zeros(len(self.people), dtype=np.float32)
        for name, weight in self.instance.mix.items():
            values = [person.traits.get(name) for person in self.instance.people]
            if any(value is not None for value in values):
                counts = Counter(values)
                shares = [(counts[values[p]] - 1) / self.shape.tables for p in self.people]
                costs += np.array(shares, dtype=np.float32) * np.float32(self.same * weight)
        return costs

    def run(self, steps: int) -> Circle:
        """Cool over so many steps; the best state at every 50th is kept."""
        fall = np.log(COLD / HOT)
        best, worth = self.at.copy(), self._cost()
        for step in range(steps):
            self._step(float(HOT * self.unit * np.exp(fall * step / steps)))
            if step % 50 == 49 or step == steps - 1:
                cost = self._cost()
                if cost < worth:
                    best, worth = self.at.copy(), cost
        return self._answer(best)

    def _step(self, heat: float) -> None:
        """Exchange one of the seats of a table with any other of the round, or none."""
        r, t = int(self.rng.integers(len(self.at))), int(self.rng.integers(len(self.seats_of)))
        rows, at = self.seats_of[t], self.at[r]
        delta = self._deltas(rows, at)
        start = int(self.rng.integers(NOISE - delta.size - 1))
        drawn = noise()[start : start + delta.size]
        chances = delta.ravel() * np.float32(-1.0 / heat) + drawn
        pick = int(chances.argmax())
        if chances[pick] > noise()[start + delta.size]:
            i, j = divmod(pick, delta.shape[1])
            self._exchange(at, int(rows[i]), j)

    def _deltas(self, rows: Ints, at: Ints) -> Floats:
        """(k, P): what it costs to exchange the people of seat rows[i] and seat j."""
        who, everyone = at[rows], at[:-1]
        seats = np.arange(len(everyone))
        here = np.zeros(len(everyone), dtype=np.int16)
        here[rows] = 1
        both = self.pair[who[:, None], everyone] + self.again * (self.met[who[:, None], everyone] > here)
        both[np.arange(len(rows)), rows] = 0
        mates = at[self.mates]
        with_mates = self.pair[everyone[:, None], mates] + self.again * (self.met[everyone[:, None], mates] > 1)
        placed = self.place[everyone, seats]
        own = with_mates.sum(axis=1) + placed
        joining = np.zeros((len(rows), len(self.seats_of) + 1), dtype=np.float32)  # elsewhere nobody meets anybody
        joining[:, :-1] = np.add.reduceat(both[:, : self.seated], self.starts, axis=1)
        delta: Floats = joining[:, self.table] + self.place[who] - own[rows][:, None]
        delta += both.sum(axis=0) + self.place[everyone][:, rows].T - own
        delta -= both * (1 + self.inside)
        within = self.place[who][:, rows]
        delta[:, rows] = within + within.T - placed[rows] - placed[rows][:, None]
        delta[np.arange(len(rows)), rows] = np.float32(NEVER)
        return delta

    def _exchange(self, at: Ints, i: int, j: int) -> None:
        a, b = at[i], at[j]
        for seat, change in ((i, -1), (j, -1), (i, 1), (j, 1)):
            if (seat, change) == (i, 1):
                at[i], at[j] = b, a
            mates = at[self.mates[seat]]
            self.met[at[seat], mates] += change
            self.met[mates, at[seat]] += change
        self.met[-1] = self.met[:, -1] = 0

    def _cost(self) -> float:
        size = len(self.people)
        upper = np.triu(self.met[:size, :size], 1)
        total = float((upper * self.pair[:size, :size]).sum()) + float(self.again) * float(
            np.maximum(upper - 1, 0).sum()
        )
        return total + float(self.place[self.at[:, :-1], np.arange(size)].sum())

    def _answer(self, at: Ints) -> Circle:
        people = np.array([*self.people, -1])
        rounds = tuple(tuple(tuple(people[row[seats]].tolist()) for seats in self.seats_of) for row in at)
        met = Counter(pair for tables in rounds for table in tables for pair in combinations(sorted(table), 2))
        faults = sum(count - 1 + (pair in self.instance.history) for pair, count in met.items())
        misplaced = int((self.place[at[:, :-1], np.arange(len(self.people))] >= NEVER).sum())
        return Circle(self.shape, rounds, faults + MISPLACED * misplaced)
