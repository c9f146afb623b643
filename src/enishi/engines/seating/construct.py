"""Fit known designs to a plain task: nobody leaves, nothing to mix, only who meets whom."""

from __future__ import annotations

from .designs.best import design
from .model import Instance, Plan

Rounds = list[list[list[int]]]


def construct(instance: Instance) -> Plan:
    """Rounds from a known design, at most as many as wanted; perhaps none. Only for plain tasks."""
    if instance.sizes:
        return _named(instance, _fitted(instance.n, list(instance.sizes), instance.rounds))
    n, least, most = instance.n, instance.least, instance.most
    if n <= most:
        return _freeze([[list(range(n))]] * instance.rounds)
    complete = _complete(instance)
    if complete:
        return _freeze(complete)
    tables = -(-n // most)
    low, extra = divmod(n, tables)
    if low < least:
        return ()
    return _freeze(_fitted(n, [low + 1] * extra + [low] * (tables - extra), instance.rounds))


def _freeze(rounds: Rounds) -> Plan:
    return tuple(tuple(tuple(sorted(table)) for table in tables) for tables in rounds)


def _named(instance: Instance, rounds: Rounds) -> Plan:
    """Give every table the place in the round that its size asks for."""
    plan = []
    for tables in _freeze(rounds):
        by_size: dict[int, list[tuple[int, ...]]] = {}
        for table in tables:
            by_size.setdefault(len(table), []).append(table)
        plan.append(tuple(by_size[size].pop() for size in instance.sizes))
    return tuple(plan)


def _fitted(n: int, sizes: list[int], wanted: int) -> Rounds:
    """A design for tables of the largest size, less people no two of whom ever meet: tables one seat smaller."""
    seats, tables = max(sizes), len(sizes)
    if min(sizes) < seats - 1:
        return []
    spare = tables * seats - n
    rounds = design(tables, seats, wanted)
    while rounds:
        gone = _strangers(rounds, tables * seats, spare)
        if gone is not None:
            return _without(rounds, gone, tables * seats) if gone else rounds
        rounds = rounds[:-1]
    return []


def _strangers(rounds: Rounds, points: int, wanted: int) -> set[int] | None:
    """So many points of which no two ever share a table, found greedily from the last point down; or None."""
    if not wanted:
        return set()
    at = [[0] * points for _ in rounds]
    for where, tables in zip(at, rounds, strict=True):
        for t, table in enumerate(tables):
            for p in table:
                where[p] = t
    taken: list[set[int]] = [set() for _ in rounds]
    chosen: set[int] = set()
    for p in range(points - 1, -1, -1):
        if all(where[p] not in used for where, used in zip(at, taken, strict=True)):
            chosen.add(p)
            for where, used in zip(at, taken, strict=True):
                used.add(where[p])
            if len(chosen) == wanted:
                return chosen
    return None


def _without(rounds: Rounds, gone: set[int], points: int) -> Rounds:
    number = {p: k for k, p in enumerate(p for p in range(points) if p not in gone)}
    return [[[number[p] for p in table if p in number] for table in tables] for tables in rounds]


def _complete(instance: Instance) -> Rounds:
    """A plan in which everybody meets everybody, by swelling each point of a complete design to a few people.

    The tables of the plan are the tables of the design with every point replaced by its people; two people of one
    point meet in every round. Of all designs that fit, the one that repeats least.
    """
    n, least, most = instance.n, instance.least, instance.most
    best: Rounds = []
    fewest = 0
    for tables in range(-(-n // most), n // max(1, least) + 1):
        for k in range(2, n // tables + 1):
            turns, rest = divmod(tables * k - 1, k - 1)
            if rest or turns > instance.rounds:
                continue
            lines = design(tables, k, turns)
            swollen = _swell(lines, tables * k, n, least, most) if len(lines) == turns else []
            seated = sum(len(t) * (len(t) - 1) for one in swollen for t in one)
            if swollen and (not best or seated < fewest):
                best, fewest = swollen, seated
    return best


def _swell(lines: Rounds, points: int, n: int, least: int, most: int) -> Rounds:
    """Replace point x by its share of the n people, or nothing where a table would be too large or too small."""
    low, extra = divmod(n, points)
    order = [p for table in lines[0] for p in table]
    for bigger in (set(order[:extra]), set(order[:: max(1, points // max(1, extra))][:extra])):
        start, people = 0, {}
        for p in range(points):
            size = low + (p in bigger)
            people[p] = range(start, start + size)
            start += size
        rounds = [[[x for p in table for x in people[p]] for table in tables] for tables in lines]
        if start == n and all(least <= len(table) <= most for tables in rounds for table in tables):
            return rounds
    return []
