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

import numpy as np
from numpy.typing import NDArray

from .tablerules import Floats, Ints, Problem, TableRules

NOISE = 1 << 19
ABREAST = 5000
"""Rounds are drawn side by side up to so many exchanges a step. Their draws do not see each other, which hardly ever
matters (two people would have to change tables in both at once) and is put right when costs are counted afresh."""


@dataclass(frozen=True)
class Schedule:
    """Temperatures fall geometrically from `hot` to `cold` over `steps` steps."""

    steps: int
    hot: float
    cold: float


Pace = Callable[[float], float]
"""Told the share of the steps done; answers how fast to go on: 1 as planned, 2 twice as fast, 0 stop."""


class Annealer:
    """State of the replicas: seats (K, rounds, tables, seats) and how often each pair meets, (K, n+1, n+1)."""

    def __init__(self, problem: Problem, seats: Ints, seed: int, floor: float = float("-inf")) -> None:
        self.problem = problem
        self.floor = floor
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.noise = self.rng.gumbel(size=NOISE).astype(np.float32)
        self.seats = np.ascontiguousarray(seats, dtype=np.int64)
        self.replicas, self.rounds, self.tables, self.size = self.seats.shape
        self.width = problem.pair.shape[0]
        self.open = np.array(problem.open_rounds or range(self.rounds))
        self.rules = TableRules(problem)
        exchanges = max(1, self.tables // 2) * self.size**2
        self.abreast = min(len(self.open), max(1, ABREAST // exchanges)) if self.replicas == 1 else 0
        self.locked = not problem.movable.all()
        self.blocked = np.where(problem.movable, 0.0, 1e9).astype(np.float32)
        self.counts = self._count()
        # What a meeting costs someone who joins the table, and someone who sits there already.
        self.joining = np.empty(self.counts.shape, dtype=np.float32)
        self.sitting = np.empty(self.counts.shape, dtype=np.float32)
        self.pair = np.ascontiguousarray(problem.pair).ravel()
        self._price(np.arange(len(self.counts)))
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
        copy, turn, tables = self._match()
        both = np.ascontiguousarray(self.seats[copy, turn, tables].T)
        delta = self._deltas(copy, both)
        if self.rules.any:
            self.rules.add(delta, both)
        h = delta.shape[2]
        if self.locked:
            delta += self.blocked[turn[:h], tables[:h]].T[:, None, :]
            delta += self.blocked[turn[h:], tables[h:]].T[None, :, :]
        flat = delta.reshape(self.size**2, h)
        pick, taken = self._draw(flat, heat)
        if len(taken):
            gain = flat[pick, taken]
            self._swap(copy, turn, tables, both, taken, pick)
            np.add.at(self.costs, copy[taken], gain)

    def _draw(self, costs: Floats, heat: float) -> tuple[Ints, Ints]:
        """Of the exchanges (S², h) one each, or none, by the heat bath: (which exchange, which pair of tables)."""
        h = costs.shape[1]
        size = costs.size + h
        start = int(self.rng.integers(NOISE - size))
        noise = self.noise[start : start + size]
        score = costs * np.float32(-1.0 / heat)
        score += noise[h:].reshape(costs.shape)
        top = score.max(axis=0)
        taken = np.flatnonzero(top > noise[:h])
        return score[:, taken].argmax(axis=0), taken

    def _match(self) -> tuple[Ints, Ints, Ints]:
        """(2h,) replica, round and table: row i is matched with row h + i."""
        half = self.tables // 2
        if self.abreast:
            turns = self.rng.permutation(self.open)[: self.abreast]
            order = self.rng.random((len(turns), self.tables)).argsort(axis=1)
            turn = np.tile(np.repeat(turns, half), 2)
            copy = np.zeros(len(turn), dtype=np.int64)
        else:
            order = self.rng.random((self.replicas, self.tables)).argsort(axis=1)
            copy = np.tile(np.repeat(np.arange(self.replicas), half), 2)
            turn = np.full(len(copy), self.open[self.rng.integers(len(self.open))])
        return copy, turn, np.concatenate([order[:, :half].ravel(), order[:, half : 2 * half].ravel()])

    def _deltas(self, copy: Ints, both: Ints) -> Floats:
        """(S, S, h): change of pair costs when seat i of the first and seat j of the second table exchange.

        Everywhere the pairs of tables are the last axis: numpy is quick along a long last axis only.
        """
        W, h = self.width, both.shape[1] // 2
        rows = both * W
        if self.replicas > 1:
            rows += copy * (W * W)
        cross: Floats = self.joining.take(rows[:, None, :h] + both[None, :, h:], mode="clip")
        within = self.sitting.take(rows[:, None, :] + both[None, :, :], mode="clip").sum(axis=0)
        leave_a = cross.sum(axis=1) - within[:, :h]
        leave_b = cross.sum(axis=0) - within[:, h:]
        cross *= np.float32(-2.0)
        cross += leave_a[:, None, :]
        cross += leave_b[None, :, :]
        return cross

    def _swap(self, copy: Ints, turn: Ints, tables: Ints, both: Ints, taken: Ints, pick: Ints) -> None:
        """Carry out the chosen exchanges (`taken`: which pairs of tables, `pick`: flat seats)."""
        W, h = self.width, both.shape[1] // 2
        i, j = np.divmod(pick, self.size)
        a, b = both[:, taken], both[:, taken + h]
        rows = np.arange(len(taken))
        p, q = a[i, rows], b[j, rows]
        copy, turn = copy[taken], turn[taken]
        self.seats[copy, turn, tables[taken], i] = q
        self.seats[copy, turn, tables[taken + h], j] = p
        a[i, rows] = W - 1
        b[j, rows] = W - 1
        base = copy * (W * W)
        near = np.concatenate([p * W + a, a * W + p, q * W + b, b * W + q]) + base
        far = np.concatenate([p * W + b, b * W + p, q * W + a, a * W + q]) + base
        # The same two people may part in one round and meet in another at once, hence `at` and not plain indexing.
        where = np.concatenate([near, far])
        change = np.ones(where.shape, dtype=np.int16)
        change[: len(near)] = -1
        np.add.at(self.counts, where.ravel(), change.ravel())
        self._price(where)

    def move(self, r: int, tables: Ints, seats: Ints, to_tables: Ints, to_seats: Ints) -> None:
        """In the first replica, each person of these seats takes the seat given for him; all at once."""
        W = self.width
        people = self.seats[0, r, tables, seats]
        rows = np.arange(len(people))
        old = self.seats[0, r, tables]
        new = self.seats[0, r, to_tables]
        old[rows, seats] = W - 1
        new[rows, to_seats] = W - 1
        mine = people[:, None]
        near = np.concatenate([mine * W + old, old * W + mine])
        far = np.concatenate([mine * W + new, new * W + mine])
        np.add.at(self.counts, near.ravel(), np.int16(-1))
        np.add.at(self.counts, far.ravel(), np.int16(1))
        self._price(np.concatenate([near, far]))
        self.seats[0, r, to_tables, to_seats] = people

    def refresh(self) -> None:
        """Count the costs afresh and keep what is best."""
        self.costs[:] = [self.cost(k) for k in range(self.replicas)]
        self._keep()

    def _price(self, where: Ints) -> None:
        """Bring the two price lists up to date for these pairs."""
        W = self.width
        again = np.float32(self.problem.again)
        cell = where if self.replicas == 1 else where % (W * W)
        cost = self.pair.take(cell, mode="clip")
        count = self.counts.take(where, mode="clip")
        real = (cell % W != W - 1) & (cell < W * (W - 1))
        self.joining[where] = cost + ((count > 0) & real) * again
        self.sitting[where] = cost + ((count > 1) & real) * again

    def _count(self) -> NDArray[np.int16]:
        W = self.width
        counts = np.zeros((self.replicas, W, W), dtype=np.int16)
        for k in range(self.replicas):
            for r in range(self.rounds):
                for x in range(self.size):
                    for y in range(self.size):
                        if x != y:
                            counts[k, self.seats[k, r, :, x], self.seats[k, r, :, y]] += 1
        return counts.ravel()

    def cost(self, k: int) -> float:
        """The cost of replica k, computed afresh."""
        W, problem = self.width, self.problem
        counts = self.counts.reshape(self.replicas, W, W)[k].astype(np.int64)
        counts[W - 1, :] = 0
        counts[:, W - 1] = 0
        total = float((counts * problem.pair).sum()) / 2
        total += problem.again * float(np.maximum(counts - 1, 0).sum()) / 2
        return total + self.rules.cost(self.seats[k])

    def _keep(self) -> None:
        if self.abreast > 1:
            self.costs[0] = self.cost(0)
        better = np.flatnonzero(self.costs < self.best - 1e-3)
        self.best[better] = self.costs[better]
        self.best_seats[better] = self.seats[better]
