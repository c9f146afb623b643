"""Count what a plan is worth and which rules it breaks, from the plan alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from .model import Broken, Instance, Lock, Pair, Plan, Round, Score, Table

HOST_RULE = "a host at every table"
LANGUAGE_RULE = "a common language at every table"
PLACE_RULE = "room and online not mixed at a table"
SIZE_RULE = "table sizes"


def score(instance: Instance, plan: Plan) -> Score:
    """The figures of a plan. Whom each person has met is one long number with a bit a person: quick in any hall."""
    met = [0] * instance.n
    seated = 0
    for tables in plan:
        for table in tables:
            mask = 0
            for p in table:
                mask |= 1 << p
            for p in table:
                met[p] |= mask
            seated += len(table) * (len(table) - 1) // 2
    distinct = sum(bits.bit_count() - (bits > 0) for bits in met) // 2
    before = sum(met[a] >> b & 1 for a, b in instance.history)
    return Score(seated, distinct, before, same_trait(instance, plan), _affinity(instance, plan))


def _affinity(instance: Instance, plan: Plan) -> float:
    total = 0.0
    for tables in plan if instance.affinity else ():
        at = {p: t for t, table in enumerate(tables) for p in table}
        total += sum(v for (a, b), v in instance.affinity.items() if a in at and at[a] == at.get(b))
    return total


def same_trait(instance: Instance, plan: Plan) -> dict[str, int]:
    """Pairs at one table with the same value, for each trait to be mixed (a trait nobody has counts nobody)."""
    if not instance.people:
        return {}
    same: dict[str, int] = {}
    for name in instance.mix:
        values = [person.traits.get(name) for person in instance.people]
        if all(value is None for value in values):
            continue
        same[name] = sum(
            k * (k - 1) // 2 for tables in plan for t in tables for k in Counter(values[p] for p in t).values()
        )
    return same


def broken(instance: Instance, plan: Plan) -> tuple[Broken, ...]:
    """Every broken rule with its place. Raises ValueError when the plan is no seating of these people at all."""
    _check_seating(instance, plan)
    return tuple(found for r, tables in enumerate(plan) for found in _broken_in_round(instance, r, tables))


def broken_tables(instance: Instance, r: int, tables: Mapping[int, Table]) -> int:
    """How many rules these tables of round r break among themselves (sizes apart)."""
    count = 0
    for t, table in tables.items():
        if instance.people and table:
            count += sum(1 for _ in _table_rules(instance, r, t, table))
        members = set(table)
        count += sum((a, b) in instance.apart for a, b in combinations(sorted(table), 2))
        count += sum((a in members) != (b in members) for a, b in _ties_of(instance, r, members))
    count += sum(lock.round == r and lock.table in tables and _away(lock, tables) for lock in instance.locks)
    return count


def _ties_of(instance: Instance, r: int, members: set[int]) -> list[Pair]:
    if not instance.together:
        return []
    there = set(instance.attending[r])
    return [(a, b) for a, b in instance.together if (a in members or b in members) and {a, b} <= there]


def _away(lock: Lock, tables: Mapping[int, Table]) -> bool:
    """True when another of the tables has the locked person."""
    return any(lock.person in table for t, table in tables.items() if t != lock.table)


def _check_seating(instance: Instance, plan: Plan) -> None:
    if len(plan) != instance.rounds:
        raise ValueError(f"The plan has {len(plan)} rounds, the task {instance.rounds}: plan every round once.")
    for r, tables in enumerate(plan):
        if sorted(p for table in tables for p in table) != list(instance.attending[r]):
            raise ValueError(f"Round {r} does not seat everyone who attends exactly once: seat each person once.")


def _broken_in_round(instance: Instance, r: int, tables: Round) -> Iterator[Broken]:
    yield from _sizes(instance, r, tables)
    for t, table in enumerate(tables):
        if instance.people and table:
            yield from _table_rules(instance, r, t, table)
    yield from _pair_rules(instance, r, tables)
    for lock in instance.locks:
        if lock.round == r and not (lock.table < len(tables) and lock.person in tables[lock.table]):
            words = f"person {lock.person} is not at table {lock.table}"
            yield Broken(lock_rule(r, lock.person, lock.table), r, lock.table, words)


def _sizes(instance: Instance, r: int, tables: Round) -> Iterator[Broken]:
    sizes = sorted((len(t) for t in tables if t), reverse=True)
    if instance.sizes and sizes != sorted(instance.sizes, reverse=True):
        yield Broken(SIZE_RULE, r, -1, f"tables of {sizes} instead of {sorted(instance.sizes, reverse=True)}")
    if not instance.sizes:
        for t, table in enumerate(tables):
            if table and not instance.least <= len(table) <= instance.most:
                yield Broken(SIZE_RULE, r, t, f"{len(table)} people, wanted {instance.least}–{instance.most}")


def _table_rules(instance: Instance, r: int, t: int, table: Table) -> Iterator[Broken]:
    people = [instance.people[p] for p in table]
    if instance.host_per_table and not any(person.host for person in people):
        yield Broken(HOST_RULE, r, t, "nobody at the table can be host")
    if instance.common_language and not frozenset.intersection(*(person.languages for person in people)):
        yield Broken(LANGUAGE_RULE, r, t, "no language is spoken by all at the table")
    if instance.one_place and not frozenset.intersection(*(person.places for person in people)):
        yield Broken(PLACE_RULE, r, t, "some can only be in the room and some only online")


def _pair_rules(instance: Instance, r: int, tables: Round) -> Iterator[Broken]:
    if not (instance.apart or instance.together):
        return
    at = {p: t for t, table in enumerate(tables) for p in table}
    seated = [pair for table in tables for pair in combinations(sorted(table), 2)] if instance.apart else []
    for a, b in sorted(pair for pair in seated if pair in instance.apart):
        yield Broken(apart_rule(a, b), r, at[a], f"{a} and {b} share a table")
    for a, b in sorted(instance.together):
        if a in at and b in at and at[a] != at[b]:
            yield Broken(together_rule(a, b), r, at[a], f"{a} and {b} sit at different tables")


def apart_rule(a: int, b: int) -> str:
    """The name of a keep-apart rule."""
    return f"keep {a} and {b} apart"


def together_rule(a: int, b: int) -> str:
    """The name of a keep-together rule."""
    return f"keep {a} and {b} together"


def lock_rule(r: int, person: int, table: int) -> str:
    """The name of a lock."""
    return f"lock person {person} at table {table} in round {r}"


def least_same(instance: Instance, plan: Plan, name: str) -> int:
    """Fewest pairs of the same value that any plan with these tables can seat: each value spread as evenly as they hold.

    The true least may be higher where small tables are wanted by several values; it is never lower.
    """
    total = 0
    for tables in plan:
        groups = Counter(instance.people[p].traits.get(name) for table in tables for p in table)
        sizes = sorted(len(table) for table in tables if table)
        total += sum(_least_pairs(count, sizes) for count in groups.values())
    return total


def _least_pairs(people: int, sizes: list[int]) -> int:
    """Fewest pairs among so many people at tables of these sizes, the smallest first."""
    total = 0
    for number, size in enumerate(sizes):
        tables = len(sizes) - number
        q, rest = divmod(people, tables)
        if size > q:
            return total + rest * (q + 1) * q // 2 + (tables - rest) * q * (q - 1) // 2
        total += size * (size - 1) // 2
        people -= size
    return total


def meetings(plan: Plan) -> Counter[tuple[int, int]]:
    """How often each pair (a < b) shares a table."""
    return Counter(pair for tables in plan for table in tables for pair in combinations(sorted(table), 2))
