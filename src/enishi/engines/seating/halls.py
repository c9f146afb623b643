"""More people than one search can hold are dealt out to halls, each planned alone; whoever must meet shares one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from .model import Instance, Pair, Person, Plan

LARGEST_HALL = 1000


@dataclass(frozen=True)
class Hall:
    """A task of its own; `members` are its people's numbers in the whole one."""

    instance: Instance
    members: tuple[int, ...]


def halls(instance: Instance) -> tuple[Hall, ...]:
    """Halls of about equal size with their share of hosts, languages and departments each; pairs across are let go.

    Raises ValueError where people are locked to tables: a table's number would mean another one in a hall.
    """
    if instance.locks:
        raise ValueError(
            f"{instance.n} people with locks are too many to search at once: "
            "leave the locks out, or give halls of at most 3000 as tasks of their own."
        )
    count = min(-(-instance.n // LARGEST_HALL), len(instance.sizes) or -(-instance.n // instance.most))
    tables = _dealt(instance, count)
    members = _members(instance, [sum(sizes) for sizes in tables])
    return tuple(_hall(instance, tuple(sorted(who)), sizes) for who, sizes in zip(members, tables, strict=True))


def joined(parts: list[tuple[Hall, Plan]]) -> Plan:
    """One plan of the halls' plans: their tables after one another in every round."""
    rounds = len(parts[0][1])
    return tuple(
        tuple(tuple(hall.members[p] for p in table) for hall, plan in parts for table in plan[r]) for r in range(rounds)
    )


def by_lot(instance: Instance, seed: int) -> Plan:
    """Everybody drawn anew in every round, for tables far too large to be searched: all meet soon in any case."""
    chance = Random(seed)  # noqa: S311 (a lot among tables, no secret)
    rounds = []
    for there in instance.attending:
        order = iter(chance.sample(there, len(there)))
        rounds.append(tuple(tuple(islice(order, size)) for size in _sizes(instance, len(there))))
    return tuple(rounds)


def _dealt(instance: Instance, count: int) -> list[list[int]]:
    """The tables' sizes dealt out; free ones as even as the fewest tables allow."""
    sizes = sorted(_sizes(instance, instance.n), reverse=True)
    return [sizes[number::count] for number in range(count)]


def _sizes(instance: Instance, people: int) -> list[int]:
    if instance.sizes:
        return list(instance.sizes)
    tables = -(-people // instance.most)
    low, extra = divmod(people, tables) if tables else (0, 0)
    return [low + 1] * extra + [low] * (tables - extra)


def _members(instance: Instance, seats: list[int]) -> list[list[int]]:
    """Who goes where: people alike are spread, those who must share a table stay together, seats are filled evenly."""
    members: list[list[int]] = [[] for _ in seats]
    for unit in sorted(_units(instance), key=lambda unit: (-len(unit), _likeness(instance, unit[0]), unit)):
        roomiest = max(range(len(seats)), key=lambda h: ((seats[h] - len(members[h])) / max(1, seats[h]), -h))
        members[roomiest] += unit
    return members


def _units(instance: Instance) -> list[list[int]]:
    """People joined by keep-together, one by one otherwise."""
    leader = list(range(instance.n))

    def find(p: int) -> int:
        while leader[p] != p:
            leader[p] = leader[leader[p]]
            p = leader[p]
        return p

    for a, b in sorted(instance.together):
        leader[find(a)] = find(b)
    units: defaultdict[int, list[int]] = defaultdict(list)
    for p in range(instance.n):
        units[find(p)].append(p)
    return list(units.values())


def _likeness(instance: Instance, p: int) -> tuple[object, ...]:
    """People alike come after one another: first hosts by language and place, then the others by trait too."""
    if not instance.people:
        return ()
    person = instance.people[p]
    rounds = sorted(person.rounds) if person.rounds is not None else []
    traits = [str(person.traits.get(name)) for name in instance.mix]
    return (not person.host, sorted(person.languages), sorted(person.places), rounds, traits)


def _hall(instance: Instance, members: tuple[int, ...], sizes: list[int]) -> Hall:
    number = {p: k for k, p in enumerate(members)}

    def inside(pairs: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset((number[a], number[b]) for a, b in pairs if a in number and b in number)

    people: tuple[Person, ...] = ()
    if instance.people:
        people = tuple(replace(instance.people[p], id=k) for k, p in enumerate(members))
    ties: Mapping[Pair, float] = {
        (number[a], number[b]): value for (a, b), value in instance.affinity.items() if a in number and b in number
    }
    part = replace(
        instance,
        n=len(members),
        sizes=tuple(sizes) if instance.sizes else (),
        most=min(instance.most, len(members)),
        people=people,
        history=inside(instance.history),
        apart=inside(instance.apart),
        together=inside(instance.together),
        affinity=ties,
    )
    return Hall(part, members)
