"""Starters: one or two rounds that make a whole plan when a cyclic group turns them.

A starter under Z_m has points x + m·copy in several copies of Z_m, then points that stay. Every shift of a base round
is a round; nobody meets twice because each difference arises at most once (nearly Kirkman systems, resolvable
group divisible designs of tables of four and five: Colbourn & Dinitz 2007, IV.5). Found by computer search, proved
by the tests.
"""

from __future__ import annotations

from .starter_data import STARTERS


def starter(tables: int, seats: int, wanted: int) -> list[list[list[int]]]:
    """The rounds of a stored starter for so many tables of so many seats."""
    stored = STARTERS.get((tables, seats))
    if stored is None:
        return []
    m, copies, bases = stored
    rounds = []
    for base in bases:
        points = [int(x) for x in base.split()]
        for s in range(m):
            moved = [x // m * m + (x + s) % m if x < m * copies else x for x in points]
            rounds.append([moved[i : i + seats] for i in range(0, len(moved), seats)])
    return rounds[:wanted]
