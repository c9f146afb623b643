"""The rules of one round as things with names, so that a clash can say which of them cannot all hold."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from .model import Instance
from .score import HOST_RULE, LANGUAGE_RULE, PLACE_RULE, apart_rule, lock_rule, together_rule

MOST_LANGUAGES = 8


@dataclass(frozen=True)
class Rule:
    """kind: host, language, place (of every table), apart, together (two people) or lock (person, table)."""

    kind: str
    a: int = -1
    b: int = -1

    def name(self, r: int) -> str:
        """The name shown to people; r is the round."""
        if self.kind == "apart":
            return apart_rule(self.a, self.b)
        if self.kind == "together":
            return together_rule(self.a, self.b)
        if self.kind == "lock":
            return lock_rule(r, self.a, self.b)
        return {"host": HOST_RULE, "language": LANGUAGE_RULE, "place": PLACE_RULE}[self.kind]

    @property
    def dearness(self) -> int:
        """What one would rather keep: locks go first, then wishes about two people, then the rules of all."""
        return {"lock": 0, "together": 1, "apart": 2, "language": 3, "place": 4, "host": 5}[self.kind]


@dataclass(frozen=True)
class Hall:
    """One round: who is there and how many tables of which sizes there may be."""

    instance: Instance
    r: int
    people: tuple[int, ...]
    fewest: int
    tables: int
    least: int
    most: int
    roomy: bool = False

    def capacity(self, table: int) -> int:
        """Seats of a table."""
        if self.roomy:
            return self.most
        sizes = self.instance.sizes
        return sizes[table] if sizes and table < len(sizes) else 0 if sizes else self.most


def without_sizes(one: Hall) -> Hall:
    """The same people in a hall where tables may have any size: what still clashes there is no matter of sizes."""
    count = len(one.people)
    return Hall(one.instance, one.r, one.people, 1, max(count, one.tables), 1, count, roomy=True)


def hall(instance: Instance, r: int) -> Hall:
    """The hall of round r; sizes are not judged here."""
    people = instance.attending[r]
    if instance.sizes:
        count = len(instance.sizes)
        return Hall(instance, r, people, count, count, min(instance.sizes), max(instance.sizes))
    fewest = -(-len(people) // instance.most)
    tables = max(fewest, len(people) // max(1, instance.least))
    return Hall(instance, r, people, fewest, tables, instance.least, instance.most)


def rules_of(instance: Instance, r: int) -> frozenset[Rule]:
    """Every rule that binds somebody in round r."""
    there = set(instance.attending[r])
    found = [Rule("apart", a, b) for a, b in instance.apart if a in there and b in there]
    found += [Rule("together", a, b) for a, b in instance.together if a in there and b in there]
    found += [Rule("lock", lock.person, lock.table) for lock in instance.locks if lock.round == r]
    if instance.host_per_table:
        found.append(Rule("host"))
    if instance.common_language:
        found.append(Rule("language"))
    if instance.one_place:
        found.append(Rule("place"))
    return frozenset(found)


def circles(spoken: set[frozenset[str]]) -> list[frozenset[str]]:
    """Sets of languages that somebody's languages make up, the smallest first; where they are many, only single ones."""
    names = sorted(frozenset[str]().union(*spoken))
    if len(names) > MOST_LANGUAGES:
        return sorted(spoken, key=lambda one: (len(one), sorted(one)))
    return [frozenset(some) for k in range(1, len(names) + 1) for some in combinations(names, k)]
