"""Exchanges around a ring of tables: the last polish of a plan.

Take one seat from every table of a round. What each of these people would cost in each of these seats does not
depend on where the others go, so the best exchange around any ring of tables is a negative cycle of a small graph
(cyclic transfer neighbourhood: Thompson & Orlin 1989; Ahuja, Orlin & Sharma 2001). Found by Floyd and Warshall.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .anneal import Annealer, Pace
from .tablerules import Floats, Ints

EPSILON, ROUNDING = 1e-3, 1e-6
TABLES = 64
"""At most so many tables make one graph: the work grows with their cube."""


def polish(annealer: Annealer, times: int, pace: Pace) -> None:
    """Look for rings about `times` times in random rounds and seats, and carry out each that lowers the cost."""
    free = annealer.problem.movable
    rng = annealer.rng
    done, stride, tried = 0.0, 1.0 / max(1, times), 0
    while done < 1.0:
        r = int(annealer.open[rng.integers(len(annealer.open))])
        tables = rng.permutation(np.flatnonzero(free[r].any(axis=1)))[:TABLES]
        seats = (rng.random((len(tables), annealer.size)) * free[r, tables]).argmax(axis=1)
        for _ in range(4 * len(tables)):
            if len(tables) < 2 or not _turn(annealer, r, tables, seats):
                break
        done += stride
        tried += 1
        if tried % 32 == 0:
            speed = pace(done)
            if speed <= 0:
                break
            stride = speed / max(1, times)
    annealer.refresh()


def seconds_each(tables: int) -> float:
    """About how long one look takes, to plan how many there is time for."""
    k = min(tables, TABLES)
    return 150e-6 + k * (6e-6 + 2.5e-9 * k * k)


def _turn(annealer: Annealer, r: int, tables: Ints, seats: Ints) -> bool:
    """Carry out one ring of exchanges among these seats; False when none lowers the cost."""
    costs = _costs(annealer, r, tables, seats)
    gain = costs - costs.diagonal()[:, None]
    least = EPSILON + ROUNDING * float(np.abs(costs).max())  # or rounding alone would turn a ring for ever
    ring = _negative_cycle(gain, least)
    if len(ring) < 2:
        return False
    to = np.roll(ring, -1)
    if float(gain[ring, to].sum()) > -least:
        return False
    annealer.move(r, tables[ring], seats[ring], tables[to], seats[to])
    return True


def _costs(annealer: Annealer, r: int, tables: Ints, seats: Ints) -> Floats:
    """(k, k): cost of the person of chosen seat i in chosen seat j, the others of that table staying."""
    W, k = annealer.width, len(tables)
    rows = np.arange(k)
    rest = annealer.seats[0, r, tables]
    people = rest[rows, seats]
    rest[rows, seats] = W - 1
    where = (people * W)[:, None, None] + rest[None, :, :]
    costs: Floats = annealer.joining.take(where, mode="clip").sum(axis=2)
    own = annealer.sitting.take((people * W)[:, None] + rest, mode="clip").sum(axis=1)
    costs[rows, rows] = own
    annealer.rules.add_alone(costs, people, rest, seats)
    return costs


def _negative_cycle(gain: Floats, least: float) -> Ints:
    """The nodes of a simple cycle shorter than -least, in order; empty where there is none."""
    k = len(gain)
    length = gain.copy()
    np.fill_diagonal(length, 0)
    step = np.tile(np.arange(k), (k, 1))
    for via in range(k):
        other = length[:, via, None] + length[None, via, :]
        shorter = other < length - least
        if shorter.any():
            length = np.where(shorter, other, length)
            step = np.where(shorter, step[:, via, None], step)
            worst = int(length.diagonal().argmin())
            if length[worst, worst] < -least:
                return _follow(step, worst)
    return np.array([], dtype=np.int64)


def _follow(step: NDArray[np.int64], start: int) -> Ints:
    """The path from `start` back to itself; cut to its first ring should it cross itself."""
    path = [start]
    while True:
        node = int(step[path[-1], start])
        if node in path:
            return np.array(path[path.index(node) :], dtype=np.int64)
        path.append(node)
