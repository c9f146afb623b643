"""The least to give up when rules clash: what the best plan of that round still breaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from time import monotonic

from .model import Broken, Instance
from .rules import Rule, hall
from .score import HOST_RULE, LANGUAGE_RULE, PLACE_RULE, broken


def least_broken(instance: Instance, r: int, given: frozenset[Rule]) -> tuple[str, ...]:
    """Names of the fewest rules found to be broken in round r when the locks in `given` are let go first.

    Found by a short search, so for large rounds it may name a few more than are needed; never too few.
    """
    from .search import Budget, Start, search

    if not instance.attending[r]:
        return tuple(sorted(rule.name(r) for rule in given))
    alone = _alone(instance, r, given)
    tables = hall(alone, 0).fewest
    seconds = min(0.5, 0.03 + 0.001 * instance.n)
    budget = Budget(seconds, monotonic() + 8 * seconds)
    found = search(alone, tables, Start(), budget, 0, -1, lambda share: True)
    return (*sorted(rule.name(r) for rule in given), *_names(r, broken(alone, found.plan)))


def _alone(instance: Instance, r: int, given: frozenset[Rule]) -> Instance:
    """The round as a task of its own, in which only the rules count."""
    there = set(instance.attending[r])
    gone = {(rule.a, rule.b) for rule in given}
    people = tuple(
        replace(person, rounds=None if person.id in there else frozenset[int]()) for person in instance.people
    )
    return replace(
        instance,
        rounds=1,
        people=people,
        locks=tuple(
            replace(lock, round=0)
            for lock in instance.locks
            if lock.round == r and (lock.person, lock.table) not in gone
        ),
        history=frozenset(),
        affinity={},
        mix={},
        companions=0.5,
    )


def _names(r: int, found: tuple[Broken, ...]) -> list[str]:
    """One name for each broken rule; rules of every table are told once, with how many tables need leave."""
    counts = Counter(one.rule for one in found)
    names = []
    for rule, count in sorted(counts.items()):
        tables = f"{count} table{'s' if count > 1 else ''}"
        if rule == HOST_RULE:
            names.append(f"{rule} (let {tables} do without, or name {count} more as host)")
        elif rule in (LANGUAGE_RULE, PLACE_RULE):
            names.append(f"{rule} (let {tables} do without)")
        else:
            names.append(rule.replace("in round 0", f"in round {r}"))
    return names
