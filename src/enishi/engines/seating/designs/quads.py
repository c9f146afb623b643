"""Resolvable systems of fours: 3q + 1 people at tables of four, everybody meets everybody once (q = 4t + 1).

Points: the field with q elements in three layers, and one that stays. One round, moved by the field's elements;
its tables {±a in a layer, ±b in the next} pair off the classes of the field modulo ±1 so that every difference
from layer to layer arises once (Bose 1939; Ray-Chaudhuri & Wilson 1971). The pairing is found by a short search.
"""

from __future__ import annotations

from .rings import Field, field, prime_power

PATIENCE = 20_000


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
    classes = [f.logs[x] % half if x else -1 for x in range(f.order)]
    pairs: list[tuple[int, int]] = []
    patience = [PATIENCE]

    def extend(free: set[int], wanted: set[int]) -> bool:
        if not free:
            return True
        patience[0] -= 1
        i = min(free)
        a = f.powers[i]
        for j in sorted(free - {i}):
            b = f.powers[j]
            both = {classes[f.add(a, b)], classes[f.sub(a, b)]}
            if len(both) == 2 and both <= wanted and patience[0] > 0:
                pairs.append((a, b))
                if extend(free - {i, j}, wanted - both):
                    return True
                pairs.pop()
        return False

    return pairs if extend(set(range(half)), set(range(half))) else None
