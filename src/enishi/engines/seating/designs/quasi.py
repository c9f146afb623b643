"""Transversal designs from quasi-difference matrices, where neither fields nor difference matrices reach.

A transversal design TD(k, g): g² blocks with one point of each of k columns of g points, two points of different
columns in exactly one block. Points of a column are Z_n and u places that stay. A few columns of numbers, turned
through their k rows and shifted through Z_n, give every block but those within the places that stay, and these are a
smaller design (Bose, Shrikhande & Parker 1960, Canadian J. Math. 12; Colbourn & Dinitz 2007, VI.17). Found by computer search, proved
by the tests.
"""

from __future__ import annotations

from functools import cache

from .rings import field, prime_power

Block = tuple[int, ...]

EMPTY = -1
PRODUCTS = {30: (3, 10), 50: (5, 10)}

# order g: (n of Z_n, columns); "." stands for the places that stay, one for each column that has it
QUASI: dict[int, tuple[int, tuple[str, ...]]] = {
    10: (7, (". 0 1 4", ". 0 2 1", ". 0 4 2")),
    14: (
        11,
        (
            ". 0 1 7",
            ". 0 9 3",
            ". 0 4 1",
            "4 0 2 5",
        ),
    ),
    18: (
        15,
        (
            ". 0 7 13",
            ". 0 5 9",
            ". 0 14 8",
            "3 0 13 1",
            "14 0 11 4",
        ),
    ),
    22: (
        18,
        (
            ". 0 5 8 4",
            ". 0 6 15 7",
            ". 0 11 6 5",
            ". 0 1 3 11",
            "2 0 7 4 16",
        ),
    ),
    26: (
        21,
        (
            ". 0 20 12 5",
            ". 0 4 14 8",
            ". 0 11 9 18",
            ". 0 5 2 10",
            ". 0 7 10 1",
            "4 0 1 17 2",
        ),
    ),
    33: (
        25,
        (
            ". 0 7 9 21",
            ". 0 13 12 20",
            ". 0 14 24 2",
            ". 0 15 21 7",
            ". 0 1 19 17",
            ". 0 20 11 15",
            ". 0 9 3 24",
            ". 0 22 2 19",
        ),
    ),
    34: (
        27,
        (
            ". 0 2 23 13",
            ". 0 3 18 23",
            ". 0 6 17 15",
            ". 0 1 15 11",
            ". 0 16 7 19",
            ". 0 26 6 25",
            ". 0 10 5 2",
            "18 0 13 21 14",
        ),
    ),
    38: (
        30,
        (
            ". 0 8 25 18",
            ". 0 3 1 16",
            ". 0 25 11 10",
            ". 0 20 17 8",
            ". 0 19 29 25",
            ". 0 1 23 4",
            ". 0 2 8 26",
            ". 0 7 16 28",
            "6 0 13 27 2",
        ),
    ),
    39: (
        32,
        (
            ". 0 5 19 28",
            ". 0 29 28 2",
            ". 0 11 2 29",
            ". 0 12 10 20",
            ". 0 19 22 11",
            ". 0 8 15 3",
            ". 0 2 6 19",
            "16 0 15 9 31",
            "14 0 28 20 21",
        ),
    ),
    42: (
        33,
        (
            ". 0 32 24 27",
            ". 0 23 21 8",
            ". 0 14 27 28",
            ". 0 2 9 21",
            ". 0 28 17 25",
            ". 0 18 29 22",
            ". 0 4 23 20",
            ". 0 24 7 1",
            ". 0 15 3 13",
            "27 0 29 1 18",
        ),
    ),
    46: (
        39,
        (
            ". 0 16 38",
            ". 0 24 19",
            ". 0 36 30",
            ". 0 11 7",
            ". 0 14 26",
            ". 0 23 14",
            ". 0 17 22",
            "35 0 1 29",
            "20 0 31 33",
            "32 0 9 24",
            "1 0 37 27",
            "12 0 10 31",
            "14 0 32 35",
        ),
    ),
}


@cache
def transversal_design(g: int) -> tuple[Block, ...]:
    """The g² blocks of a design of order g, one point (0 … g-1) of each column; none where none is known here."""
    if g in QUASI:
        return _turned(g)
    if g in PRODUCTS:
        return _product(*PRODUCTS[g])
    return ()


def columns_of(g: int) -> int:
    """How many columns that design has; 0 where none is known here."""
    if g in PRODUCTS:
        small, large = PRODUCTS[g]
        return min(small + 1, columns_of(large))
    return len(QUASI[g][1][0].split()) if g in QUASI else 0


def _turned(g: int) -> tuple[Block, ...]:
    n, rows = QUASI[g]
    columns = [[EMPTY if x == "." else int(x) for x in row.split()] for row in rows]
    k = len(columns[0])
    blocks = [(x,) * k for x in range(n)]
    stay = iter(range(n, g))
    for column in columns:
        place = next(stay) if EMPTY in column else EMPTY
        for turn in range(k):
            turned = column[turn:] + column[:turn]
            blocks += [tuple(place if x == EMPTY else (x + s) % n for x in turned) for s in range(n)]
    return (*blocks, *(tuple(n + x for x in block) for block in _small(g - n, k)))


def _product(small: int, large: int) -> tuple[Block, ...]:
    """The direct product of two designs (MacNeish 1922); `small` is a prime power."""
    first, second = _small(small, min(small + 1, columns_of(large))), transversal_design(large)
    return tuple(tuple(x * large + y for x, y in zip(a, b, strict=False)) for a in first for b in second)


def _small(u: int, k: int) -> list[Block]:
    """A transversal design over the field of order u, for the places that stay; k is at most u + 1."""
    if u == 1:
        return [(0,) * k]
    if not prime_power(u) or k > u + 1:
        raise ValueError(f"There is no field with {u} elements for {k} columns: store another design.")
    f = field(u)
    lines = [[f.add(y, f.mul(m, x)) for m in range(min(u, k))] for x in range(u) for y in range(u)]
    return [tuple(line + [x] * (k - u)) for line, x in zip(lines, [x for x in range(u) for _ in range(u)], strict=True)]
