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

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOISE = 1 << 19
ABREAST = 5000
"""Rounds are drawn side by side up to so many exchanges a step. Their draws do not see each other, which hardly ever
matters (two people would have to change tables in both at once) and is put right when costs are counted afresh."""


@dataclass(frozen=True)
class Problem:
    """What the search may move and what each meeting costs. Person `n` stands for an empty seat.

    pair        (n+1, n+1) cost of two people at one table, symmetric, zero diagonal, zero for the empty seat
    again       cost of a further meeting of two people who meet in another round of this plan
    movable     (rounds, tables, seats) seats whose person may change
    hosts       (n+1,) true for people who can be host; None when no table needs one
    masks       one (n+1,) array of bits per rule "all at a table share a bit"; the empty seat has every bit
    least       fewest people at a table (only where seats may stand empty)
    rule        cost of one broken rule of a table (no host, nothing shared, one person too few)
    open_rounds the rounds that may change
    """

    pair: Floats
    again: float
    movable: Flags
    hosts: Flags | None = None
    masks: tuple[Ints, ...] = ()
    least: int = 0
    rule: float = 1000.0
    open_rounds: tuple[int, ...] = ()


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
        self.traits = tuple(_traits(mask) for mask in problem.masks)
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
        both = self.seats[copy, turn, tables]
        flat, score, still = self._draw(copy, turn, tables, both, heat)
        pick = score.argmax(axis=1)
        rows = np.arange(len(pick))
        taken = np.flatnonzero(score[rows, pick] > still)
        if len(taken):
            self._swap(copy, turn, tables, both, taken, pick[taken])
            np.add.at(self.costs, copy[taken], flat[taken, pick[taken]])

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

    def _draw(self, copy: Ints, turn: Ints, tables: Ints, both: Ints, heat: float) -> tuple[Floats, Floats, Floats]:
        """Costs (h, S²) of the exchanges of row i with row h + i, and their scores: the highest is the one drawn.

        The third part (h,) is the score of leaving the pair as it is.
        """
        delta = self._deltas(copy, both)
        h, S, _ = delta.shape
        if self.problem.hosts is not None or self.traits or self.problem.least:
            extra = self._rules(both)
            delta += extra[:h]
            delta += extra[h:].transpose(0, 2, 1)
        if self.locked:
            delta += self.blocked[turn[:h], tables[:h]][:, :, None]
            delta += self.blocked[turn[h:], tables[h:]][:, None, :]
        flat = delta.reshape(h, S * S)
        start = int(self.rng.integers(NOISE - h * (S * S + 1)))
        noise = self.noise[start : start + h * (S * S + 1)]
        score = flat * np.float32(-1.0 / heat)
        score += noise[h:].reshape(h, S * S)
        return flat, score, noise[:h]

    def _deltas(self, copy: Ints, both: Ints) -> Floats:
        """(h, S, S): change of pair costs when seat i of the first and seat j of the second table exchange."""
        W, h = self.width, len(both) // 2
        rows = (both * W)[:, :, None]
        if self.replicas > 1:
            rows = rows + (copy * (W * W))[:, None, None]
        cross: Floats = self.joining.take(rows[:h] + both[h:, None, :], mode="clip")
        within = self.sitting.take(rows + both[:, None, :], mode="clip").sum(axis=2)
        leave_a = cross.sum(axis=2) - within[:h]
        leave_b = cross.sum(axis=1) - within[h:]
        cross *= np.float32(-2.0)
        cross += leave_a[:, :, None]
        cross += leave_b[:, None, :]
        return cross

    def _rules(self, both: Ints) -> Floats:
        """(2h, S, S): change in the broken rules of each table when its seat i takes seat j of the other one."""
        problem = self.problem
        h, S = len(both) // 2, self.size
        rule = np.float32(problem.rule)
        other = np.concatenate([both[h:], both[:h]])
        extra = np.zeros((2 * h, S, S), dtype=np.float32)
        if problem.hosts is not None:
            mine, theirs = problem.hosts[both], problem.hosts[other]
            count = mine.sum(axis=1)
            alone = (mine == count[:, None]) * rule
            extra += alone[:, :, None] * ~theirs[:, None, :]
            extra -= ((count == 0) * rule)[:, None, None]
        for trait in self.traits:
            having = trait[both]
            sums = having.sum(axis=1)
            rest = sums[:, None, :] - having
            coming = trait[other]
            best = rest[:, :, None, 0] + coming[:, None, :, 0]
            for t in range(1, trait.shape[1]):
                np.maximum(best, rest[:, :, None, t] + coming[:, None, :, t], out=best)
            best -= sums.max(axis=1)[:, None, None]
            best *= -rule
            extra += best
        if problem.least:
            filled, coming = both != self.width - 1, other != self.width - 1
            size = filled.sum(axis=1)[:, None, None]
            after = size - filled[:, :, None] + coming[:, None, :]
            extra += rule * (np.maximum(problem.least - after, 0) - np.maximum(problem.least - size, 0))
        return extra

    def _swap(self, copy: Ints, turn: Ints, tables: Ints, both: Ints, taken: Ints, pick: Ints) -> None:
        """Carry out the chosen exchanges (`taken`: rows of the pairs of tables, `pick`: flat seats)."""
        W, h = self.width, len(both) // 2
        i, j = np.divmod(pick, self.size)
        a, b = both[taken], both[taken + h]
        rows = np.arange(len(taken))
        p, q = a[rows, i], b[rows, j]
        copy, turn = copy[taken], turn[taken]
        self.seats[copy, turn, tables[taken], i] = q
        self.seats[copy, turn, tables[taken + h], j] = p
        a[rows, i] = W - 1
        b[rows, j] = W - 1
        base = (copy * (W * W))[:, None]
        mine, theirs = p[:, None], q[:, None]
        near = np.concatenate([mine * W + a, a * W + mine, theirs * W + b, b * W + theirs], axis=1) + base
        far = np.concatenate([mine * W + b, b * W + mine, theirs * W + a, a * W + theirs], axis=1) + base
        # The same two people may part in one round and meet in another at once, hence `at` and not plain indexing.
        np.subtract.at(self.counts, near.ravel(), 1)
        np.add.at(self.counts, far.ravel(), 1)
        self._price(np.concatenate([near, far], axis=1))

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

    def _count(self) -> NDArray[np.int8]:
        W = self.width
        counts = np.zeros((self.replicas, W, W), dtype=np.int8)
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
        seats = self.seats[k]
        if problem.hosts is not None:
            total += problem.rule * int((~problem.hosts[seats].any(axis=2)).sum())
        for mask in problem.masks:
            having = _traits(mask)[seats].sum(axis=2).max(axis=2)
            total += problem.rule * float((self.size - having).sum())
        if problem.least:
            total += problem.rule * int(np.maximum(problem.least - (seats != W - 1).sum(axis=2), 0).sum())
        return total

    def _keep(self) -> None:
        if self.abreast > 1:
            self.costs[0] = self.cost(0)
        better = np.flatnonzero(self.costs < self.best - 1e-3)
        self.best[better] = self.costs[better]
        self.best_seats[better] = self.seats[better]


def _traits(bits: Ints) -> Floats:
    """(n+1,) bit sets → (n+1, traits) zeros and ones."""
    top = max(1, max(int(x).bit_length() for x in bits[:-1])) if len(bits) > 1 else 1
    return ((bits[:, None] >> np.arange(top)) & 1).astype(np.float32)
