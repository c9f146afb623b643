"""Why a table is as it is: the facts that speak for it (and against it), as data and in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from .model import Instance, Pair, Plan


@dataclass(frozen=True)
class Reason:
    """One fact. `code` is for a program, `words` for people; `people` are those it is about."""

    code: str
    people: tuple[int, ...]
    words: str


def why(instance: Instance, plan: Plan, r: int, t: int) -> tuple[Reason, ...]:
    """The reasons of table t in round r. Raises ValueError when there is no such table."""
    if not (0 <= r < len(plan) and 0 <= t < len(plan[r])):
        raise ValueError(f"The plan has no table {t} in round {r}: count both from 0.")
    table = plan[r][t]
    pairs = list(combinations(sorted(table), 2))
    return (*_faces(instance, plan, r, pairs), *_rules(instance, r, t), *_company(instance, table, pairs))


def _faces(instance: Instance, plan: Plan, r: int, pairs: list[Pair]) -> list[Reason]:
    elsewhere = [{p: t for t, table in enumerate(tables) for p in table} for k, tables in enumerate(plan) if k != r]
    again = [(a, b) for a, b in pairs if any(a in at and at[a] == at.get(b) for at in elsewhere)]
    before = [pair for pair in pairs if pair in instance.history]
    fresh = len(set(pairs) - set(again) - set(before))
    found = [Reason("new", (), f"{fresh} of {len(pairs)} pairs meet here for the only time and had not met before")]
    if again:
        found.append(Reason("again", _people(again), f"meet in another round too: {_named(again)}"))
    if before:
        found.append(Reason("before", _people(before), f"had met before: {_named(before)}"))
    return found


def _rules(instance: Instance, r: int, t: int) -> list[Reason]:
    locked = [lock.person for lock in instance.locks if (lock.round, lock.table) == (r, t)]
    return [Reason("locked", (p,), f"person {p} is locked to this table") for p in locked]


def _company(instance: Instance, table: tuple[int, ...], pairs: list[Pair]) -> list[Reason]:
    found = []
    together = [pair for pair in pairs if pair in instance.together]
    if together:
        found.append(Reason("together", _people(together), f"kept together: {_named(together)}"))
    people = [instance.people[p] for p in table] if instance.people else []
    if instance.host_per_table and people:
        hosts = tuple(person.id for person in people if person.host)
        found.append(Reason("host", hosts, f"can be host: {', '.join(map(str, hosts)) or 'nobody'}"))
    if instance.common_language and people:
        shared = sorted(frozenset.intersection(*(person.languages for person in people)))
        found.append(Reason("language", (), f"all speak {', '.join(shared) or 'no common language'}"))
    for name in instance.mix:
        values = Counter(v for person in people if (v := person.traits.get(name)) is not None)
        if values:
            words = f"{len(values)} different values of {name} among {values.total()} people"
            found.append(Reason("mix", (), words))
    ties = [(instance.affinity[pair], pair) for pair in pairs if instance.affinity.get(pair)]
    if ties:
        closest = [pair for _, pair in sorted(ties, reverse=True)[:3]]
        total = sum(value for value, _ in ties)
        found.append(Reason("ties", _people(closest), f"ties worth {total:.2f}, closest: {_named(closest)}"))
    return found


def _people(pairs: list[Pair]) -> tuple[int, ...]:
    return tuple(sorted({p for pair in pairs for p in pair}))


def _named(pairs: list[Pair]) -> str:
    return ", ".join(f"{a} and {b}" for a, b in pairs)
