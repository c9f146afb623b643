"""Ceilings on the number of distinct pairs: no plan can pass them, whatever the method."""

from __future__ import annotations

from itertools import pairwise

from .model import Instance, Plan


def pairs_bound(instance: Instance, plan: Plan | None = None) -> int:
    """The least of: all pairs that may meet; all pairs seated, less the overlaps that table sizes force.

    With free sizes and no plan given: the most pairs that any sizes could seat. With a plan: for its sizes.
    """
    n = instance.n
    possible = n * (n - 1) // 2 - len(instance.apart)
    full = all(len(there) == n for there in instance.attending)
    if instance.sizes and full:
        sizes = [list(instance.sizes)] * instance.rounds
        return min(possible, chain_bound(sizes))
    if plan is not None:
        sizes = [[len(table) for table in tables if table] for tables in plan]
        return min(possible, chain_bound(sizes) if full else sum(map(pairs_seated, sizes)))
    return min(possible, sum(_most_pairs(len(there), instance) for there in instance.attending))


def pairs_seated(sizes: list[int]) -> int:
    """Pairs at tables of these sizes."""
    return sum(s * (s - 1) // 2 for s in sizes)


def chain_bound(sizes: list[list[int]]) -> int:
    """Pairs seated, less those that each round must repeat from the round before it."""
    forced = sum(max(forced_overlap(a, b), forced_overlap(b, a)) for a, b in pairwise(sizes))
    return sum(map(pairs_seated, sizes)) - forced


def forced_overlap(first: list[int], second: list[int]) -> int:
    """Fewest pairs a round with tables `second` shares with one with tables `first`: each table spread evenly."""
    total = 0
    for size in first:
        q, rest = divmod(size, len(second))
        total += rest * (q + 1) * q // 2 + (len(second) - rest) * q * (q - 1) // 2
    return total


def _most_pairs(people: int, instance: Instance) -> int:
    """Most pairs one round can seat: as many full tables as leave the others at least the least."""
    if instance.sizes:
        return pairs_seated(list(instance.sizes))
    best = 0
    least, most = max(1, instance.least), instance.most
    for tables in range(-(-people // most), people // least + 1):
        spare = people - tables * least
        if most == least:
            full, rest = tables, 0
        else:
            full, rest = divmod(spare, most - least)
        sizes = [most] * full + [least + rest] * (full < tables) + [least] * (tables - full - 1)
        if sum(sizes) == people:
            best = max(best, pairs_seated(sizes))
            break  # fewer tables always seat more pairs
    return best
