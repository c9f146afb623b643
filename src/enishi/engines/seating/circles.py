"""Tables of those who can talk with few: how many there should be, and who sits at them, before all others are seated.

Whoever does not speak what most speak can meet only the few who share a language with him, a host among them. How many
tables of theirs are set decides whether they meet somebody twice, and a search that begins with everybody anywhere
settles that while it is hot, by chance. So these tables are planned alone first and stand while the rest is sought.

Drawn by heat bath (see `anneal`): one step takes a table of a round and looks at every exchange of one of its seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from .anneal import NOISE, noise
from .model import Instance, Table
from .prices import Prices, pair_prices, usual
from .seatmap import NEVER, SeatMap
from .shapes import Shape, bound, capacities_of, commonest, minority, shape_of, strained
from .tablerules import Flags, Floats, Ints

Enough = Callable[[], bool]
TRIES, HOPEFUL = 12, 3
"""Shapes looked at for one number of tables; with so many faults a longer look may still find none."""
MISPLACED, TOLERATED = 1000, 1 / 15
"""With more faults a person than this, to hold on to them would do harm."""
STEPS = 300
HOT, COLD = 6.0, 0.4
"""In units of a usual tie, as all prices are."""


@dataclass(frozen=True)
class Effort:
    """How long to look: steps of the longest look, shapes to try, and the word to end it."""

    steps: int
    tries: int
    enough: Enough


@dataclass(frozen=True)
class Circle:
    """Who sits at the tables of each round's shape; `faults` counts repeats and pairs who met before.

    `cost` is that of all prices; only circles of the same shapes can be compared by it.
    """

    shapes: tuple[Shape, ...]
    rounds: tuple[tuple[tuple[int, ...], ...], ...]
    faults: int
    cost: float

    @property
    def tables(self) -> int:
        """How many tables a round has in all."""
        return self.shapes[0].tables


def circle(instance: Instance, tables: Sequence[int], seconds: float, seed: int, enough: Enough) -> Circle | None:
    """The best found for any of these numbers of tables, the fewest first; None where none is needed or none fits.

    `seconds` are those of the whole search, of which this is to take a small part; `enough` ends it early.
    """
    if not minority(instance):
        return None
    best: Circle | None = None
    prices = usual(instance).times(rule=8.0, again=4.0, before=4.0, same=1.0)
    for count in tables:
        effort = Effort(int(STEPS * seconds), TRIES if count == tables[-1] else TRIES // 2, enough)
        found = _shaped(instance, count, prices, effort, seed & ((1 << 60) - 1))
        if found is not None and (best is None or found.faults < best.faults):
            best = found
        if best is not None and not best.faults:
            break
    return best if best is not None and best.faults <= TOLERATED * instance.n else None


def _shaped(instance: Instance, tables: int, prices: Prices, effort: Effort, seed: int) -> Circle | None:
    """For one number of tables: begin with the shape that should strain the few least, and go on to better ones.

    First all rounds change their shape, then every other one, then a single one. Where a table more is still to be
    tried, the last and longest look is spared a number of tables that does badly.
    """
    tried: dict[tuple[Shape, ...], Circle] = {}
    steps = int(effort.steps * max(1.0, instance.rounds * instance.n / 2000))

    def look(wanted: list[dict[str, int]]) -> Circle | None:
        shapes = [shape_of(instance, tables, counts) for counts in wanted]
        known = tuple(shape for shape in shapes if shape is not None)
        if len(known) < instance.rounds or known in tried or len(tried) == effort.tries or effort.enough():
            return tried.get(known)
        tried[known] = _Sought(instance, known, prices, seed).run(steps // 4, effort.enough)
        return tried[known]

    wanted = [strained(instance, capacities_of(instance, tables))] * instance.rounds
    best, going = look(wanted), True
    while best is not None and best.faults and going:
        going = False
        for step, name, change in product((1, 2, instance.rounds), sorted(wanted[0]), (-1, 1)):
            other = [
                {**counts, name: counts[name] + change} if r % step == 0 else counts for r, counts in enumerate(wanted)
            ]
            found = look(other)
            if found is not None and found.faults < best.faults:
                best, wanted, going = found, other, True
                break
    hopeless = best is not None and best.faults > HOPEFUL and effort.tries < TRIES
    if best is None or hopeless or effort.enough():
        return best
    again = _Sought(instance, best.shapes, prices, seed + 1).run(steps, effort.enough)
    return min(best, again, key=lambda one: (one.faults, one.cost))


def hold(seats: Ints, few: Circle | None, n: int) -> Flags:
    """Seat the circle's people at its tables, others where they were; True for all seats of these tables."""
    held = np.zeros(seats.shape[1:], dtype=np.bool_)
    if few is None:
        return held
    for r, tables in enumerate(few.rounds):
        for number, table in zip(few.shapes[r].numbers, tables, strict=True):
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
    """The search for one shape a round; seats are numbered as `SeatMap` does."""

    def __init__(self, instance: Instance, shapes: tuple[Shape, ...], prices: Prices, seed: int) -> None:
        self.instance, self.shapes = instance, shapes
        known = frozenset(name for shape in shapes for name in shape.spoken)
        apart = bound(instance)
        able = [p for p in range(instance.n) if instance.people[p].languages & known and p not in apart]
        self.people = sorted({*able, *minority(instance)})
        self.unit, self.again = prices.unit, np.float32(prices.again)
        size = len(self.people)
        self.pair = np.zeros((size + 1, size + 1), dtype=np.float32)
        self.pair[:size, :size] = pair_prices(instance, prices, 0.0)[np.ix_(self.people, self.people)]
        self.maps = [SeatMap(instance, r, self.people, shape, prices) for r, shape in enumerate(shapes)]
        self.met = np.zeros((size + 1, size + 1), dtype=np.int16)
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.at = np.array([[*self._dealt(seats), size] for seats in self.maps])
        for seats, at in zip(self.maps, self.at, strict=True):
            for rows in seats.rows:
                self.met[np.ix_(at[rows], at[rows])] += 1
        np.fill_diagonal(self.met, 0)

    def _must(self, p: int) -> bool:
        return commonest(self.instance) not in self.instance.people[p].languages

    def _dealt(self, seats: SeatMap) -> list[int]:
        """One round, at random: hosts first, then those who must sit here, those with fewest languages first."""
        order = [int(p) for p in self.rng.permutation(len(self.people))]
        people = [self.instance.people[p] for p in self.people]
        taken = [-1] * len(order)
        left = set(order)

        def sit(free: list[int], able: list[int]) -> None:
            for p in able:
                good = [seat for seat in free if seats.place[p, seat] < NEVER]
                if good:
                    taken[good[0]] = p
                    free.remove(good[0])
                    left.discard(p)

        sit([int(rows[0]) for rows in seats.rows], [p for p in order if people[p].host])
        must = [p for p in order if p in left and self._must(self.people[p])]
        free = [int(rows[k]) for k in range(1, max(map(len, seats.rows))) for rows in seats.rows if k < len(rows)]
        sit(free, sorted(must, key=lambda p: len(people[p].languages)))
        sit(free, [p for p in order if p in left])
        rest = [p for p in order if p in left]
        return [p if p >= 0 else rest.pop() for p in taken]

    def run(self, steps: int, enough: Enough) -> Circle:
        """Cool over so many steps; the best state at every 50th is kept."""
        fall = np.log(COLD / HOT)
        best, worth = self.at.copy(), self._cost()
        for step in range(steps):
            self._step(float(HOT * self.unit * np.exp(fall * step / steps)))
            if step % 50 == 49 or step == steps - 1:
                cost = self._cost()
                if cost < worth:
                    best, worth = self.at.copy(), cost
            if step % 500 == 499 and enough():
                break
        return self._answer(best, worth)

    def _step(self, heat: float) -> None:
        """Exchange one of the seats of a table with any other of the round, or none."""
        r = int(self.rng.integers(len(self.at)))
        seats, at = self.maps[r], self.at[r]
        rows = seats.rows[int(self.rng.integers(len(seats.rows)))]
        delta = self._deltas(seats, rows, at)
        start = int(self.rng.integers(NOISE - delta.size - 1))
        drawn = noise()[start : start + delta.size]
        chances = delta.ravel() * np.float32(-1.0 / heat) + drawn
        pick = int(chances.argmax())
        if chances[pick] > noise()[start + delta.size]:
            i, j = divmod(pick, delta.shape[1])
            self._exchange(seats, at, int(rows[i]), j)

    def _deltas(self, seats: SeatMap, rows: Ints, at: Ints) -> Floats:
        """(k, P): what it costs to exchange the people of seat rows[i] and seat j."""
        who, everyone = at[rows], at[:-1]
        here = np.zeros(len(everyone), dtype=np.int16)
        here[rows] = 1
        both = self.pair[who[:, None], everyone] + self.again * (self.met[who[:, None], everyone] > here)
        both[np.arange(len(rows)), rows] = 0
        mates = at[seats.mates]
        with_mates = self.pair[everyone[:, None], mates] + self.again * (self.met[everyone[:, None], mates] > 1)
        placed = seats.place[everyone, np.arange(len(everyone))]
        own = with_mates.sum(axis=1) + placed
        joining = np.zeros((len(rows), len(seats.rows) + 1), dtype=np.float32)  # elsewhere nobody meets anybody
        joining[:, :-1] = np.add.reduceat(both[:, : seats.seated], seats.starts, axis=1)
        delta: Floats = joining[:, seats.table] + seats.place[who] - own[rows][:, None]
        delta += both.sum(axis=0) + seats.place[everyone][:, rows].T - own
        delta -= both * (1 + seats.inside)
        within = seats.place[who][:, rows]
        delta[:, rows] = within + within.T - placed[rows] - placed[rows][:, None]
        delta[np.arange(len(rows)), rows] = np.float32(NEVER)
        return delta

    def _exchange(self, seats: SeatMap, at: Ints, i: int, j: int) -> None:
        a, b = at[i], at[j]
        for seat, change in ((i, -1), (j, -1), (i, 1), (j, 1)):
            if (seat, change) == (i, 1):
                at[i], at[j] = b, a
            mates = at[seats.mates[seat]]
            self.met[at[seat], mates] += change
            self.met[mates, at[seat]] += change
        self.met[-1] = self.met[:, -1] = 0

    def _cost(self) -> float:
        size = len(self.people)
        upper = np.triu(self.met[:size, :size], 1)
        total = float((upper * self.pair[:size, :size]).sum())
        total += float(self.again) * float(np.maximum(upper - 1, 0).sum())
        return total + sum(float(placed.sum()) for placed in self._placed(self.at))

    def _placed(self, at: Ints) -> list[Floats]:
        """What everybody's seat costs, round by round."""
        return [seats.place[row[:-1], np.arange(len(row) - 1)] for seats, row in zip(self.maps, at, strict=True)]

    def _answer(self, at: Ints, cost: float) -> Circle:
        people = np.array([*self.people, -1])
        rounds = tuple(
            tuple(tuple(people[row[rows]].tolist()) for rows in seats.rows)
            for seats, row in zip(self.maps, at, strict=True)
        )
        met = Counter(pair for tables in rounds for table in tables for pair in combinations(sorted(table), 2))
        faults = sum(count - 1 + (pair in self.instance.history) for pair, count in met.items())
        misplaced = sum(int((placed >= NEVER).sum()) for placed in self._placed(at))
        return Circle(self.shapes, rounds, faults + MISPLACED * misplaced, cost)
