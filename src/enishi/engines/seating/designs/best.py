"""Ask every builder and keep the longest plan without repeats."""

from __future__ import annotations

from collections.abc import Callable

from .kirkman import kirkman
from .pairs import round_robin
from .quads import quads
from .spreads import spread
from .squares import squares
from .starters import starter
from .transversal import transversal

Rounds = list[list[list[int]]]
Builder = Callable[[int, int, int], Rounds]


def design(tables: int, seats: int, wanted: int) -> Rounds:
    """At most `wanted` rounds for tables·seats people in which no two meet twice (always at least one)."""
    found: Rounds = [[list(range(t * seats, (t + 1) * seats)) for t in range(tables)]]
    if seats == 1:
        return found * wanted
    builders: tuple[Builder, ...] = (_transversal, spread, round_robin, kirkman, quads, starter, squares)
    for builder in builders:
        if len(found) >= wanted:
            break
        rounds = builder(tables, seats, wanted)
        found = max(found, rounds, key=len)
    return found[:wanted]


def _transversal(tables: int, seats: int, wanted: int) -> Rounds:
    return transversal(tables, seats, wanted, design)
