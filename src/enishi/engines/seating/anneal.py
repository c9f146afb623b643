"""Local search: simulated annealing by heat bath over pairs of tables, in numpy.

One step takes one round, matches its tables at random into pairs, looks at every exchange of two seats in each
pair of tables, and draws one of them (or none) with the Boltzmann probability of its cost. The tables of one
round do not touch each other, so all pairs of tables are drawn at once and exactly.
(Kirkpatrick, Gelatt, Vecchi 1983, Science 220; heat bath by the Gumbel-max trick.)

Several independent copies ("replicas") run side by side where there are few tables, so that numpy has enough to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .tablerules import Floats, Ints, Problem, TableRules

NOISE = 1 << 19
AHEAD = 64
"""So many steps are matched at one go: numpy sorts many short rows as quickly as one."""
NEVER = -20_000
"""What the count of a meeting with an empty seat begins at, so that it never costs anything."""
ABREAST = 5000
"""Rounds are drawn side by side up to so many exchanges a step. Their draws do not see each other, which hardly ever
matters (two people would have to change tables in both at once) and is put right when costs are counted afresh."""


@dataclass(frozen=True)
class Schedule:
    """Temperatures fall geometrically from `hot` to `cold` over `steps` steps."""

    steps: int
    hot: float
    cold: float


@cache
def noise() -> Floats:
    """Drawn once for all searches; where each step begins to read is its own draw."""
    return np.random.Generator(np.random.PCG64(1)).gumbel(size=NOISE).astype(np.float32)


Pace = Callable[[float], float]
"""Told the share of the steps done; answers how fast to go on: 1 as planned, 2 twice as fast, 0 stop."""


class Annealer:
    """State of the replicas: seats (K, rounds, tables, seats) and how often each pair (a < b) meets, (K, n+1, n+1)."""

    def __init__(self, problem: Problem, seats: Ints, seed: int, floor: float = float("-inf")) -> None:
        self.problem = problem
        self.floor = floor
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.noise = noise()
        self.seats = np.ascontiguousarray(seats, dtype=np.int64)
        self.replicas, self.rounds, self.tables, self.size = self.seats.shape
        self.flat = self.seats.reshape(-1, self.size)
        self.cells = self.rounds * self.tables
        self.width = problem.pair.shape[0]
        self.open = np.array(problem.open_rounds or range(self.rounds))
        self.rules = TableRules(problem)
        exchanges = max(1, self.tables // 2) * self.size**2
        self.abreast = min(len(self.open), max(1, ABREAST // exchanges)) if self.replicas == 1 else 0
        self.matches: list[Ints] = []
        self.locked = not problem.movable.all()
        self.blocked = np.where(problem.movable, 0.0, 1e9).astype(np.float32).reshape(-1, self.size)
        self.counts = self._count()
        # What a meeting costs someone who joins the table, and someone who sits there already.
        again = np.float32(problem.again)
        self.pair = np.ascontiguousarray(problem.pair).ravel()
        met = self.counts.reshape(self.replicas, self.width, self.width)
        met = np.maximum(met, met.transpose(0, 2, 1))
        self.joining = (problem.pair + (met > 0) * again).ravel()
        self.sitting = (problem.pair + (met > 1) * again).ravel()
        self.costs = np.array([self.cost(k) for k in range(self.replicas)])
        self.best = self.costs.copy()
        self.best_seats = self.seats.copy()

    def run(self, schedule: Schedule, pace: Pace, every: int = 64) -> None:
        """Anneal; keeps the cheapest state seen at every `every`th step of each replica. Stops at `floor`."""
        fall = np.log(schedule.cold / schedule.hot)
        done, stride = 0.0, 1.0 / schedule.steps
        step = 0
        while done < 1.0:
            self.step(float(schedule.hot * np.exp(fall * done)))
            done += stride
            step += 1
            if step % every == 0:
                self._keep()
                speed = pace(done)
                if speed <= 0 or float(self.best.min()) <= self.floor:
                    break
                stride = speed / schedule.steps
        self._keep()

    def champion(self) -> tuple[Ints, float]:
        """The cheapest seats seen, (rounds, tables, seats), and their cost."""
        k = int(self.best.argmin())
        return self.best_seats[k], float(self.best[k])

    def step(self, heat: float) -> None:
        """Match the tables of some rounds in pairs and draw one exchange (or none) in each pair."""
        rows = self._match()
        both = np.ascontiguousarray(self.flat.take(rows, axis=0).T)
        delta = self._deltas(rows, both)
        if self.rules.any:
            self.rules.add(delta, both)
        h = delta.shape[2]
        if self.locked:
            blocked = self.blocked.take(rows % self.cells, axis=0).T
            delta += blocked[:, None, :h]
            delta += blocked[None, :, h:]
        flat = delta.reshape(self.size**2, h)
        pick, taken = self._draw(flat, heat)
        if len(taken):
            if self.abreast <= 1:
                np.add.at(self.costs, rows[taken] // self.cells, flat[pick, taken])
            self._swap(rows, both, taken, pick)

    def _draw(self, costs: Floats, heat: float) -> tuple[Ints, Ints]:
        """Of the exchanges (S², h) one each, or none, by the heat bath: (which exchange, which pair of tables)."""
        h = costs.shape[1]
        size = costs.size + h
        start = int(self.rng.integers(max(1, NOISE - size)))
        noise = self.noise[start : start + size] if size < NOISE else np.resize(self.noise, size)
        score = costs * np.float32(-1.0 / heat)
        score += noise[h:].reshape(costs.shape)
        top = score.max(axis=0)
        taken = np.flatnonzero(top > noise[:h])
        return score.take(taken, axis=1).argmax(axis=0), taken

    def _match(self) -> Ints:
        """(2h,) tables, numbered over replicas and rounds; row i is matched with row h + i."""
        if not self.matches:
            self.matches = self._matches()
        return self.matches.pop()

    def _matches(self) -> list[Ints]:
        half = self.tables // 2
        turns = self.abreast or self.replicas
        order = self.rng.random((AHEAD, turns, self.tables)).argsort(axis=2)
        if self.abreast:
            chosen = self.rng.random((AHEAD, len(self.open))).argsort(axis=1)[:, :turns]
            order += self.open[chosen][:, :, None] * self.tables
        else:
            chosen = self.rng.integers(len(self.open), size=AHEAD)
            order += (self.open[chosen] * self.tables)[:, None, None]
            order += (np.arange(turns) * self.cells)[None, :, None]
        pairs = order[:, :, : 2 * half].reshape(AHEAD, turns, 2, half).transpose(0, 2, 1, 3)
        return list(pairs.reshape(AHEAD, -1))

    def _base(self, rows: Ints) -> Ints | int:
        """Where the prices of each table's replica begin."""
        return rows // self.cells * self.width**2 if self.replicas > 1 else 0

    def _deltas(self, rows: Ints, both: Ints) -> Floats:
        """(S, S, h): change of pair costs when seat i of the first and seat j of the second table exchange.

        Everywhere the pairs of tables are the last axis: numpy is quick along a long last axis only.
        """
        h = both.shape[1] // 2
        lines = both * self.width + self._base(rows)
        cross: Floats = self.joining.take(lines[:, None, :h] + both[None, :, h:], mode="clip")
        within = self.sitting.take(lines[:, None, :] + both[None, :, :], mode="clip").sum(axis=0)
        leave_a = cross.sum(axis=1) - within[:, :h]
        leave_b = cross.sum(axis=0) - within[:, h:]
        cross *= np.float32(-2.0)
        cross += leave_a[:, None, :]
        cross += leave_b[None, :, :]
        return cross

    def _swap(self, rows: Ints, both: Ints, taken: Ints, pick: Ints) -> None:
        """Carry out the chosen exchanges (`taken`: which pairs of tables, `pick`: flat seats)."""
        i, j = np.divmod(pick, self.size)
        other = taken + both.shape[1] // 2
        k = np.arange(len(taken))
        a, b = both.take(taken, axis=1), both.take(other, axis=1)
        p, q = a[i, k], b[j, k]
        self.flat[rows[taken], i] = q
        self.flat[rows[other], j] = p
        a[i, k] = b[j, k] = self.width - 1
        self._part_and_meet(np.concatenate([p, q]), np.concatenate([a, b], 1), np.concatenate([b, a], 1), rows[taken])

    def _part_and_meet(self, people: Ints, old: Ints, new: Ints, rows: Ints) -> None:
        """Each of the people (k,) leaves his old mates (S, k) and joins the new ones; prices are brought up to date.

        `rows` tells the replicas, in turn and round again.
        """
        W = self.width
        mates = np.concatenate([old, new])
        low, high = np.minimum(mates, people), np.maximum(mates, people)
        where, mirror = (low * W + high).ravel(), (high * W + low).ravel()
        cost = self.pair.take(where, mode="clip")
        if self.replicas > 1:
            base = np.tile(self._base(rows), mates.size // len(rows))
            where += base
            mirror += base
        change = np.ones(mates.size, dtype=np.int16)
        change[: old.size] = -1
        # The same two people may part in one round and meet in another at once, hence `at` and not plain indexing.
        np.add.at(self.counts, where, change)
        count = self.counts.take(where, mode="clip")
        again = np.float32(self.problem.again)
        joining, sitting = cost + (count > 0) * again, cost + (count > 1) * again
        self.joining[where] = self.joining[mirror] = joining
        self.sitting[where] = self.sitting[mirror] = sitting

    def move(self, r: int, tables: Ints, seats: Ints, to_tables: Ints, to_seats: Ints) -> None:
        """In the first replica, each person of these seats takes the seat given for him; all at once."""
        rows = np.arange(len(tables))
        people = self.seats[0, r, tables, seats]
        old = self.seats[0, r, tables]
        new = self.seats[0, r, to_tables]
        old[rows, seats] = self.width - 1
        new[rows, to_seats] = self.width - 1
        self._part_and_meet(people, old.T, new.T, np.zeros(1, dtype=np.int64))
        self.seats[0, r, to_tables, to_seats] = people

    def refresh(self) -> None:
        """Count the costs afresh and keep what is best."""
        self.costs[:] = [self.cost(k) for k in range(self.replicas)]
        self._keep()

    def _count(self) -> NDArray[np.int16]:
        W = self.width
        counts = np.zeros((self.replicas, W, W), dtype=np.int16)
        for k in range(self.replicas):
            for r in range(self.rounds):
                for x in range(self.size):
                    for y in range(x):
                        one, two = self.seats[k, r, :, x], self.seats[k, r, :, y]
                        counts[k, np.minimum(one, two), np.maximum(one, two)] += 1
        counts[:, :, W - 1] = NEVER
        return counts.ravel()

    def cost(self, k: int) -> float:
        """The cost of replica k, computed afresh."""
        W, problem = self.width, self.problem
        counts = np.maximum(self.counts.reshape(self.replicas, W, W)[k], 0)
        total = float((counts * problem.pair).sum(dtype=np.float64))
        total += problem.again * float(np.maximum(counts - 1, 0).sum(dtype=np.int64))
        return total + self.rules.cost(self.seats[k])

    def _keep(self) -> None:
        if self.abreast > 1:
            self.costs[0] = self.cost(0)
        better = np.flatnonzero(self.costs < self.best - 1e-3)
        self.best[better] = self.costs[better]
        self.best_seats[better] = self.seats[better]
