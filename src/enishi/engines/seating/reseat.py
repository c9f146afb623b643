"""Small repairs on the day: someone does not come, or comes unannounced. At most two tables of a round change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from .model import Instance, Plan, Round, Table
from .score import broken_tables

Change = dict[int, Table]
"""Number of a table → who sits there now."""

PATIENCE = 300


@dataclass(frozen=True)
class Reseated:
    """The repaired plan and which tables changed, as (round, table)."""

    plan: Plan
    changed: tuple[tuple[int, int], ...]


def leave(instance: Instance, plan: Plan, person: int, from_round: int = 0) -> Reseated:
    """Take a person out of every round from `from_round` on.

    Mostly his table just gets smaller. Where it would be too small, or lose its host or common language, one person
    comes over, two change places, or the table joins another one: whichever costs least.
    Raises ValueError when the person sits nowhere in those rounds.
    """
    if not any(person in table for tables in plan[from_round:] for table in tables):
        raise ValueError(f"Person {person} sits at no table from round {from_round} on: nothing to change.")
    return _each_round(_Repair(instance, plan, person), plan, from_round, leaving=True)


def join(instance: Instance, plan: Plan, person: int, from_round: int = 0) -> Reseated:
    """Seat a person (one of `instance`, not yet in the plan) in every round from `from_round` on.

    He goes where there is room and it costs least; one may make room for him by moving to another table.
    Raises ValueError when every table is full.
    """
    if any(person in table for tables in plan[from_round:] for table in tables):
        raise ValueError(f"Person {person} sits at a table already: let him leave first.")
    return _each_round(_Repair(instance, plan, person), plan, from_round, leaving=False)


def _each_round(repair: _Repair, plan: Plan, from_round: int, leaving: bool) -> Reseated:
    rounds = list(plan)
    changed: list[tuple[int, int]] = []
    for r in range(from_round, len(plan)):
        best = repair.best(r, repair.without(r) if leaving else repair.with_one_more(r))
        if best is None:
            continue
        rounds[r] = tuple(best.get(t, table) for t, table in enumerate(plan[r]))
        repair.settle(r, rounds[r])
        changed += [(r, t) for t in sorted(best)]
    return Reseated(tuple(rounds), tuple(changed))


class _Repair:
    """Knows who sits where in each round, so that an option is priced by its two tables alone."""

    def __init__(self, instance: Instance, plan: Plan, person: int) -> None:
        self.instance, self.person = instance, person
        self.plan = list(plan)
        self.at = [self._index(tables) for tables in plan]
        self.room = instance.most or max(instance.sizes)
        self.least = instance.least or max(1, min(instance.sizes) - 1)

    @staticmethod
    def _index(tables: Round) -> dict[int, int]:
        return {p: t for t, table in enumerate(tables) for p in table}

    def settle(self, r: int, tables: Round) -> None:
        """Take over a changed round."""
        self.plan[r], self.at[r] = tables, self._index(tables)

    def without(self, r: int) -> Iterator[Change]:
        """Ways to go on without the person; the plain one alone when it breaks nothing."""
        tables = self.plan[r]
        home = self.at[r].get(self.person)
        if home is None:
            return
        rest = tuple(p for p in tables[home] if p != self.person)
        yield {home: rest}
        others = [(u, other) for u, other in enumerate(tables) if u != home and other]
        movers = [(u, q) for u, other in others for q in self._movers(rest, other)]
        for u, q in movers:
            if len(tables[u]) > self.least:
                yield {home: (*rest, q), u: tuple(p for p in tables[u] if p != q)}
        for u, q in movers:
            for x in rest if len(rest) >= self.least else ():
                thinner = tuple(p for p in tables[u] if p != q)
                yield {home: (*(p for p in rest if p != x), q), u: (*thinner, x)}
        for u, other in others:
            if len(other) + len(rest) <= self.room:
                yield {home: (), u: (*other, *rest)}

    def _movers(self, rest: Table, other: Table) -> list[int]:
        """Who of the other table may come over: only a host to spare mends a table without one."""
        people = self.instance.people
        if not self.instance.host_per_table or any(people[p].host for p in rest):
            return list(other)
        hosts = [q for q in other if people[q].host]
        return hosts if len(hosts) > 1 else []

    def with_one_more(self, r: int) -> Iterator[Change]:
        """Ways to seat the person. Raises ValueError when there is no seat."""
        there = self.instance.people[self.person].rounds if self.instance.people else None
        if there is not None and r not in there:
            return
        room = self.room
        if self.instance.sizes and not any(len(table) < room for table in self.plan[r]):
            room += 1  # sizes as given cannot hold one more person: one table takes an extra chair
        open_tables = [t for t, table in enumerate(self.plan[r]) if 0 < len(table) < room]
        if not open_tables:
            raise ValueError(f"Every table of round {r} is full: allow {room + 1} at a table or open another one.")
        for t in open_tables:
            yield {t: (*self.plan[r][t], self.person)}
        for t, table in enumerate(self.plan[r]):
            for q in table:
                for u in open_tables:
                    if u != t:
                        yield {
                            t: (*(p for p in table if p != q), self.person),
                            u: (*self.plan[r][u], q),
                        }

    def best(self, r: int, options: Iterator[Change]) -> Change | None:
        """The cheapest option; simple ones come first, and one that breaks and repeats nothing ends the search.

        After many options one that breaks no rule will do, so that a hall of a thousand takes milliseconds.
        """
        best: Change | None = None
        price: tuple[float, ...] = ()
        sizes = set()
        for tried, change in enumerate(options):
            sizes.add(len(change))
            if best is not None and not price[0] and (not any(price[2:4]) or tried > PATIENCE) and len(sizes) > 1:
                break
            if tried > 4 * PATIENCE:
                break
            faults = self.faults(r, change)
            if best is None or faults <= price[0]:
                cost = self.cost(r, change, faults)
                if best is None or cost < price:
                    best, price = change, cost
        return best

    def faults(self, r: int, change: Change) -> int:
        """Rules broken at the changed tables."""
        short = sum(0 < len(table) < self.least for table in change.values())
        return short + broken_tables(self.instance, r, change)

    def cost(self, r: int, change: Change, faults: int) -> tuple[float, ...]:
        """Price of an option: rules, tables touched, repeats, met before, mix, less ties."""
        again = before = 0
        same = ties = 0.0
        people, mix = self.instance.people, self.instance.mix
        for table in change.values():
            for a, b in combinations(sorted(table), 2):
                again += any(where.get(a, -1) == where.get(b, -2) for k, where in enumerate(self.at) if k != r)
                before += (a, b) in self.instance.history
                ties += self.instance.affinity.get((a, b), 0.0)
                if people:
                    for name, weight in mix.items():
                        value = people[a].traits.get(name)
                        same += weight * (value is not None and value == people[b].traits.get(name))
        spread = max(map(len, change.values()), default=0)
        return (faults, len(change), again, before, same, -ties, spread)
