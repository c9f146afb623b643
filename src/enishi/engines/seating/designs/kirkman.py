"""Kirkman triple systems over a finite field: tables of three at which everybody meets everybody once.

Ray-Chaudhuri & Wilson 1971 (Proc. Symp. Pure Math. 19): 3q people for any prime power q = 6t + 1, and 2q + 1 people.
Other orders come by tripling (`transversal` with a Kirkman system in each column) or from stored starters: 33, 69
and 105 people in three layers, which a cyclic group turns; and nearly Kirkman systems in the same way, where everybody
meets all others but one (Kotzig & Rosa 1974).
"""

from __future__ import annotations

from .layered_data import LAYERED
from .rings import Field, field, prime_power

Rounds = list[list[list[int]]]

STILL = -1


def kirkman(tables: int, seats: int, wanted: int) -> Rounds:
    """A Kirkman triple system of 3·tables people where a field gives one or one is stored, or a nearly Kirkman one."""
    people = 3 * tables
    if seats == 3 and tables in LAYERED:
        return _layered(tables, wanted)
    if seats != 3 or people % 6 != 3:
        return []
    if tables % 6 == 1 and prime_power(tables):
        return _three_layers(field(tables), wanted)
    half = (people - 1) // 2
    if half % 6 == 1 and prime_power(half):
        return _two_layers(field(half), wanted)
    return []


def _layered(q: int, wanted: int) -> Rounds:
    """One stored round, shifted through Z_q in each layer; then rounds of one orbit each, from layer to layer."""
    base, steps = LAYERED[q]
    points = [int(x) for x in base.split()]
    tables = [points[i : i + 3] for i in range(0, 3 * q, 3)]
    rounds = [[[x // q * q + (x + s) % q for x in table] for table in tables] for s in range(q)]
    for step in steps.split():
        a, b = map(int, step.split("-"))
        rounds.append([[x, q + (x + a) % q, 2 * q + (x + a + b) % q] for x in range(q)])
    return rounds[:wanted]


def _three_layers(f: Field, wanted: int) -> Rounds:
    """Points x + q·layer. One class moves with the field, the 3t others are each one orbit of a triple."""
    q, t = f.order, (f.order - 1) // 6
    power = [f.powers[k % (q - 1)] for k in range(10 * t)]
    pure = [[(power[i + k], layer) for k in (0, 2 * t, 4 * t)] for i in range(t) for layer in range(3)]
    across = [[(power[i], 0), (power[i + 2 * t], 1), (power[i + 4 * t], 2)] for i in range(6 * t)]
    base = [[(0, layer) for layer in range(3)], *pure, *(across[i] for i in range(6 * t) if i // t % 2)]
    rounds = [_shift(f, base, s) for s in range(min(q, wanted))]
    for i in range(6 * t):
        if i // t % 2 == 0 and len(rounds) < wanted:
            rounds.append([table for s in range(q) for table in _shift(f, [across[i]], s)])
    return rounds


def _two_layers(f: Field, wanted: int) -> Rounds:
    """Points x + q·layer and one that stays (2q); one class, moved by every element of the field."""
    q, t = f.order, (f.order - 1) // 6
    m = next(k for k in range(q - 1) if f.add(f.powers[k], f.powers[k]) == f.add(f.powers[t], 1))
    power = [f.powers[k % (q - 1)] for k in range(6 * t + m + 6 * t)]
    base = [[(0, 0), (0, 1), (0, STILL)]]
    for i in range(6 * t):
        if i // t % 2 == 0:
            base.append([(power[i], 0), (power[i + t], 0), (power[i + m], 1)])
    base += [[(power[i + m + k], 1) for k in (t, 3 * t, 5 * t)] for i in range(t)]
    return [_shift(f, base, s) for s in range(min(q, wanted))]


def _shift(f: Field, tables: list[list[tuple[int, int]]], s: int) -> list[list[int]]:
    """The tables moved by s; layer STILL holds the one point that does not move."""
    q = f.order
    return [[2 * q if layer == STILL else f.add(x, s) + q * layer for x, layer in table] for table in tables]
