"""Resolvable transversal designs: people in `seats` columns of `tables`, one of each column at every table.

In round r, table t seats in column i the person t + D[i][r] of a group. Two columns never repeat a pair when the
differences D[i][r] - D[j][r] are all different. Sources of D: multiplication in a ring (MacNeish 1922), stored
difference matrices, and arithmetic progressions where few rounds are wanted of many tables. Where none of these
reaches, the blocks of a stored transversal design, put together by their points in a further column.
After these rounds nobody has met anyone of his own column, so the columns are seated by a design of their own.
"""

from __future__ import annotations

from collections.abc import Callable

from .matrices import difference_matrix
from .quasi import columns_of, transversal_design
from .rings import Ring

Rounds = list[list[list[int]]]
Nested = Callable[[int, int, int], Rounds]


def transversal(tables: int, seats: int, wanted: int, nested: Nested) -> Rounds:
    """Up to `tables` rounds across the columns, then what `nested` finds within them."""
    rounds = _across(tables, seats, wanted)
    if rounds and len(rounds) == tables < wanted and tables % seats == 0:
        inner = nested(tables // seats, seats, wanted - tables)
        for one in inner:
            rounds.append([[i * tables + x for x in table] for i in range(seats) for table in one])
    return rounds


def _across(tables: int, seats: int, wanted: int) -> Rounds:
    if (seats - 1) * (min(wanted, tables) - 1) < tables and wanted <= tables:
        return _progressions(tables, seats, wanted)
    ring = Ring(tables)
    if seats <= ring.least:
        return _multiples(ring, seats, min(wanted, tables))
    matrix = difference_matrix(tables, seats)
    if matrix is not None:
        add, rows = matrix
        return [
            [[i * tables + add(t, rows[i][r]) for i in range(seats)] for t in range(tables)]
            for r in range(min(wanted, tables))
        ]
    if columns_of(tables) > seats:
        return _classes(tables, seats, min(wanted, tables))
    return _progressions(tables, seats, min(wanted, (tables - 1) // max(1, seats - 1) + 1))


def _progressions(tables: int, seats: int, rounds: int) -> Rounds:
    """D[i][r] = i·r: differences (i-j)(r-r') stay below `tables`, so they are never 0 in the cyclic group."""
    return [[[i * tables + (t + i * r) % tables for i in range(seats)] for t in range(tables)] for r in range(rounds)]


def _classes(tables: int, seats: int, rounds: int) -> Rounds:
    """A round for each point of a stored design's last column: its blocks are the tables."""
    result: Rounds = [[] for _ in range(tables)]
    for block in transversal_design(tables):
        result[block[-1]].append([i * tables + x for i, x in enumerate(block[:seats])])
    return result[:rounds]


def _multiples(ring: Ring, seats: int, rounds: int) -> Rounds:
    columns = ring.spaced(seats)
    g = ring.order
    result = []
    for r in range(rounds):
        shifts = [ring.mul(column, r) for column in columns]
        result.append([[i * g + ring.add(t, shifts[i]) for i in range(seats)] for t in range(g)])
    return result
