"""Resolvable systems of fours: 3q + 1 people at tables of four, everybody meets everybody once (q = 4t + 1).

Points: the field with q elements in three layers, and one that stays. One round, moved by the field's elements;
its tables {±a in a layer, ±b in the next} pair off the classes of the field modulo ±1 so that every difference
from layer to layer arises once (Bose 1939; Ray-Chaudhuri & Wilson 1971). The pairing is found by a short search.
"""

from __future__ import annotations

from .rings import Field, field, prime_power


def quads(tables: int, seats: int, wanted: int) -> list[list[list[int]]]:
    """Rounds for 4·tables = 3q + 1 people, q a prime power of the form 4t + 1."""
    q, rest = divmod(4 * tables - 1, 3)
    if seats != 4 or rest or q % 4 != 1 or not prime_power(q):
        return []
    f = field(q)
    pairs = _pairing(f)
    if pairs is None:
        return []
    base = [[(0, 0), (0, 1), (0, 2), (0, -1)]]
    for layer in range(3):
        for a, b in pairs:
            base.append([(a, layer), (f.neg(a), layer), (b, (layer + 1) % 3), (f.neg(b), (layer + 1) % 3)])
    return [
        [[3 * q if layer < 0 else f.add(x, s) + q * layer for x, layer in table] for table in base]
        for s in range(min(q, wanted))
    ]


def _pairing(f: Field) -> list[tuple[int, int]] | None:
    """Pairs (a, b) that use every class of ±x once and whose a-b, a+b also give every class once."""
    half = (f.order - 1) // 2
    for m in range(1, half, 2):
        pairs = _regular(f, half, m)
        if pairs is not None:
            return pairs
    return None


def _regular(f: Field, half: int, m: int) -> list[tuple[int, int]] | None:
    """Try pairs (w^i, w^(i+m)): as i runs over every second class the sums and differences do so too."""
    chosen = []
    left = set(range(half))
    for i in range(half):
        if i in left and (i + m) % half in left:
            left -= {i, (i + m) % half}
            chosen.append((f.powers[i], f.powers[i + m]))
    sums = {f.logs[x] % half for a, b in chosen for x in (f.add(a, b), f.sub(a, b)) if x}
    return chosen if not left and len(sums) == half else None
