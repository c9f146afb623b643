"""Flats of affine geometries: points of a vector space over GF(q), one round for each subspace, its cosets the tables.

Subspaces that share only zero give rounds that share no pair. Where the dimension of a table divides the dimension
of the space these are all the lines of an affine space over a larger field (affine planes among them); otherwise a
partial spread (Beutelspacher 1975, Mathematische Zeitschrift 145): 32 people at 8 tables of 4 for 9 rounds.
"""

from __future__ import annotations

from .rings import field, prime_power


def spread(tables: int, seats: int, wanted: int) -> list[list[list[int]]]:
    """Rounds from a (partial) spread when the numbers of people and seats are powers of one prime."""
    whole, part = prime_power(tables * seats), prime_power(seats)
    if whole is None or part is None or whole[0] != part[0]:
        return []
    p, d, m = whole[0], whole[1], part[1]
    return [_cosets(p, d, basis) for basis in _subspaces(p, d, m, wanted)]


def _subspaces(p: int, d: int, m: int, wanted: int) -> list[list[int]]:
    """Bases of m-dimensional subspaces of GF(p)^d with nothing in common; vectors are numbers to base p.

    Split the space as GF(p^(d-m)) × GF(p)^m: the graphs x ↦ α·x for α in the field, then, within the first factor,
    the same again.
    """
    if d < m:
        return []
    if d == m:
        return [[p**i for i in range(m)]]
    high = d - m
    if high < m:
        return [[p**i for i in range(m)]]
    numbers = field(p**high)
    found = []
    for alpha in range(min(numbers.order, wanted)):
        found.append([numbers.mul(alpha, p**i) + p ** (high + i) for i in range(m)])
    if len(found) < wanted:
        found += _subspaces(p, high, m, wanted - len(found))
    return found


def _cosets(p: int, d: int, basis: list[int]) -> list[list[int]]:
    """The space cut into translates of the subspace."""
    flat = [0]
    for vector in basis:
        multiple, grown = 0, []
        for _ in range(p):
            grown += [_add(p, x, multiple) for x in flat]
            multiple = _add(p, multiple, vector)
        flat = grown
    seen = bytearray(p**d)
    tables = []
    for x in range(p**d):
        if not seen[x]:
            table = [_add(p, x, y) for y in flat]
            for y in table:
                seen[y] = 1
            tables.append(table)
    return tables


def _add(p: int, x: int, y: int) -> int:
    """Sum of two vectors, digit by digit to base p."""
    if p == 2:
        return x ^ y
    total, place = 0, 1
    while x or y:
        total += (x + y) % p * place
        x, y, place = x // p, y // p, place * p
    return total
