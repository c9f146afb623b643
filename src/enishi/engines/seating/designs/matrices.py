"""Difference matrices and mutually orthogonal Latin squares beyond the fields.

A (g, k) difference matrix over a group of order g has k rows of g entries, and any two rows differ by every
element of the group exactly once (Jungnickel 1979; tables in Colbourn & Dinitz, Handbook of Combinatorial Designs,
2007, VI.17). The stored ones were found by computer search and are proved by the tests.
"""

from __future__ import annotations

from collections.abc import Callable

from .quasi import columns_of, transversal_design
from .rings import Ring

Add = Callable[[int, int], int]
Square = list[list[int]]

# order: (orders of the cyclic factors of the group, rows)
STORED: dict[int, tuple[tuple[int, ...], tuple[str, ...]]] = {
    12: (
        (2, 6),
        ("0" * 12, "0123456789ab", "03a4581b2679", "057a3b489261", "084721b63a95", "0b596a731428"),
    ),
    15: (
        (15,),
        ("0" * 15, "0123456789abcde", "0684b7e135da92c", "04e75b16d2c3a98", "07b1369c5d24e8a"),
    ),
    20: (
        (2, 10),
        (
            "0" * 20,
            "0123456789abcdefghij",
            "9c1g0a3b8if5de276j4h",
            "ifj8ae57hc0d4926bg13",
            "c859fa2h604d71bjge3i",
        ),
    ),
    21: (
        (21,),
        (
            "0" * 21,
            "0123456789abcdefghijk",
            "0eh5a2bi7d1jf8c4936kg",
            "096kfb853j4ih1dg7eac2",
            "02i9cfh4a36ebk5j81g7d",
        ),
    ),
}


def difference_matrix(g: int, k: int) -> tuple[Add, list[list[int]]] | None:
    """(addition, k rows) of a stored difference matrix of order g; None when none of so many rows is stored."""
    if g not in STORED or len(STORED[g][1]) < k:
        return None
    cyclic, rows = STORED[g]
    return lambda x, y: _add(cyclic, x, y), [[int(x, 36) for x in row] for row in rows[:k]]


def _add(cyclic: tuple[int, ...], x: int, y: int) -> int:
    total, place = 0, 1
    for order in cyclic:
        total += (x + y) % order * place
        x, y, place = x // order, y // order, place * order
    return total


def latin_squares(g: int) -> list[Square]:
    """As many mutually orthogonal Latin squares of order g as are known here (none for 1, 2 and 6)."""
    ring = Ring(g)
    stored = STORED.get(g)
    if stored is not None and len(stored[1]) - 1 >= ring.least - 1:
        cyclic, rows = stored[0], [[int(x, 36) for x in row] for row in stored[1]]
        return [[[_add(cyclic, t, row[r]) for t in range(g)] for r in range(g)] for row in rows[1:]]
    if columns_of(g) - 2 >= ring.least:
        return _squares_of(g)
    factors = ring.spaced(ring.least)[1:]
    return [[[ring.add(x, ring.mul(u, i)) for x in range(g)] for i in range(g)] for u in factors]


def _squares_of(g: int) -> list[Square]:
    """The squares of a stored transversal design: its first columns number the rows and columns."""
    squares: list[Square] = [[[0] * g for _ in range(g)] for _ in range(columns_of(g) - 2)]
    for row, column, *symbols in transversal_design(g):
        for square, symbol in zip(squares, symbols, strict=True):
            square[row][column] = symbol
    return squares
