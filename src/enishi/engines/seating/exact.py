"""Whether one round can be seated at all, by trying everything: for small rounds, or until the patience is out."""

from __future__ import annotations

from collections import defaultdict

from .model import Round
from .rules import Hall, Rule

LARGEST = 80


def seatable(hall: Hall, rules: frozenset[Rule], patience: int = 20_000) -> bool | None:
    """True or False for sure; None when `patience` placements did not suffice."""
    if len(hall.people) > LARGEST:
        return None
    return _Trial(hall, rules, patience).run()


def seated(hall: Hall, rules: frozenset[Rule], patience: int = 20_000) -> Round | None:
    """Tables that keep every rule, in their places; None where none were found with so much patience."""
    trial = _Trial(hall, rules, patience)
    if len(hall.people) > LARGEST or not trial.run():
        return None
    return tuple(tuple(sorted(table)) for table in trial.tables)


class _Trial:
    """Seats people one by one, the most bound first, and goes back where a rule forbids."""

    def __init__(self, hall: Hall, rules: frozenset[Rule], patience: int) -> None:
        self.hall, self.patience = hall, patience
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        self.together: defaultdict[int, set[int]] = defaultdict(set)
        self.lock: defaultdict[int, set[int]] = defaultdict(set)
        for rule in rules:
            if rule.kind == "lock":
                self.lock[rule.a].add(rule.b)
            if rule.kind in ("apart", "together"):
                pairs = self.apart if rule.kind == "apart" else self.together
                pairs[rule.a].add(rule.b)
                pairs[rule.b].add(rule.a)
        self.locked = frozenset[int]().union(*self.lock.values())
        self.kinds = [kind for kind in ("language", "place") if Rule(kind) in rules]
        self.sized = bool(hall.instance.sizes) and not hall.roomy
        self.need_host = Rule("host") in rules
        self.at: dict[int, int] = {}
        self.tables: list[list[int]] = [[] for _ in range(hall.tables)]
        self.order = sorted(hall.people, key=lambda p: (p not in self.lock, -self._bonds(p), p))

    def run(self) -> bool | None:
        """Search from the first person."""
        try:
            return self._seat(0)
        except TimeoutError:
            return None

    def _bonds(self, p: int) -> int:
        return len(self.apart[p]) + 2 * len(self.together[p])

    def _seat(self, k: int) -> bool:
        if k == len(self.order):
            return self._closed()
        p = self.order[k]
        fresh: set[int] = set()
        for t, table in enumerate(self.tables):
            if not table and t not in self.locked:
                if self.hall.capacity(t) in fresh:
                    continue  # an empty table like one already tried
                fresh.add(self.hall.capacity(t))
            if self._fits(p, t, table):
                self.patience -= 1
                if self.patience < 0:
                    raise TimeoutError
                table.append(p)
                self.at[p] = t
                if self._enough(k + 1) and self._seat(k + 1):
                    return True
                table.pop()
                del self.at[p]
        return False

    def _fits(self, p: int, t: int, table: list[int]) -> bool:
        if len(table) >= self.hall.capacity(t) or not self.lock.get(p, {t}) <= {t}:
            return False
        if any(q in self.apart[p] for q in table) or any(self.at.get(q, t) != t for q in self.together[p]):
            return False
        people = self.hall.instance.people
        for kind in self.kinds:
            sets = [people[q].languages if kind == "language" else people[q].places for q in (*table, p)]
            if not frozenset.intersection(*sets):
                return False
        return True

    def _enough(self, k: int) -> bool:
        """Are there people left for the least that every begun table needs, and hosts for those without?"""
        least = self.hall.least
        if self.sized:
            return True
        short = sum(max(0, least - len(table)) for table in self.tables if table)
        return short <= len(self.order) - k

    def _closed(self) -> bool:
        people = self.hall.instance.people
        for t, table in enumerate(self.tables):
            size = len(table)
            if self.sized:
                if size != self.hall.capacity(t):
                    return False
            elif table and size < self.hall.least:
                return False
            if table and self.need_host and not any(people[p].host for p in table):
                return False
        return True
