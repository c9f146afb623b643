"""Short proofs that some rules of one round cannot all hold. Each gives the rules it used, or None.

A proof need not use as few rules as possible: `conflict` takes away what is not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .rules import Hall, Rule

Used = frozenset[Rule]


def contradictions(hall: Hall, rules: frozenset[Rule]) -> Iterator[Used]:
    """The rules of each proof that works; none where no proof is found (which is no proof of the opposite)."""
    for proof in (locks, hosts, blocks, crowd, company):
        used = proof(hall, rules)
        if used is not None:
            yield used


def locks(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """A person at two tables, a table that is not there or is overfull, a person who does not come."""
    at: defaultdict[int, list[Rule]] = defaultdict(list)
    of: defaultdict[int, list[Rule]] = defaultdict(list)
    there = set(hall.people)
    for rule in _kind(rules, "lock"):
        if rule.a not in there or rule.b >= hall.tables:
            return frozenset([rule])
        of[rule.a].append(rule)
        at[rule.b].append(rule)
        if len(of[rule.a]) > 1:
            return frozenset(of[rule.a])
        if len(at[rule.b]) > hall.capacity(rule.b):
            return frozenset(at[rule.b])
    return None


def hosts(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """Fewer hosts than tables."""
    if Rule("host") not in rules:
        return None
    able = sum(hall.instance.people[p].host for p in hall.people)
    return frozenset([Rule("host")]) if able < hall.fewest else None


def blocks(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """People who must share a table, by wish or by lock, and cannot: too many, kept apart, nothing in common."""
    for members, ties in _blocks(rules):
        inside = [rule for rule in _kind(rules, "apart") if rule.a in members and rule.b in members]
        tables = {rule.b for rule in ties if rule.kind == "lock"}
        if len(members) > hall.most or len(tables) > 1:
            return frozenset(ties)
        if tables and len(members) > hall.capacity(next(iter(tables))):
            return frozenset(ties)
        if inside:
            return frozenset([*ties, inside[0]])
        for kind in ("language", "place"):
            if Rule(kind) in rules and not _shared(hall, kind, members):
                return frozenset([*ties, Rule(kind)])
    return None


def company(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """Someone with too few people he may sit with, or with no host among them."""
    foes = _foes(hall, rules)
    everyone = set(hall.people)
    for p in hall.people:
        used = frozenset(rule for other in foes[p] for rule in foes[p][other])
        friends = everyone - set(foes[p])
        if len(friends) < hall.least and used:
            return used
        if Rule("host") in rules and not any(hall.instance.people[q].host for q in friends):
            return used | {Rule("host")}
    return None


def crowd(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """More people than tables, no two of whom may share one (found greedily)."""
    foes = _foes(hall, rules)
    by_foes = sorted(hall.people, key=lambda p: -len(foes[p]))
    for first in by_foes[:50]:
        clique = [first]
        for p in sorted(foes[first], key=lambda q: -len(foes[q])):
            if all(p in foes[q] for q in clique):
                clique.append(p)
                if len(clique) > hall.tables:
                    pairs = [(a, b) for i, a in enumerate(clique) for b in clique[:i]]
                    return frozenset(rule for a, b in pairs for rule in foes[a][b])
    return None


def _kind(rules: Iterable[Rule], kind: str) -> list[Rule]:
    return sorted((rule for rule in rules if rule.kind == kind), key=lambda rule: (rule.a, rule.b))


def _blocks(rules: frozenset[Rule]) -> list[tuple[set[int], list[Rule]]]:
    """Groups joined by keep-together rules and by locks to one table, with the rules that join them."""
    leader: dict[int, int] = {}

    def find(x: int) -> int:
        leader.setdefault(x, x)
        while leader[x] != x:
            x = leader[x]
        return x

    ties = _kind(rules, "together") + _kind(rules, "lock")
    for rule in ties:  # tables stand in the forest as negative numbers
        leader[find(rule.a)] = find(rule.b if rule.kind == "together" else -1 - rule.b)
    members: defaultdict[int, set[int]] = defaultdict(set)
    joined: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule in ties:
        members[find(rule.a)] |= {rule.a, rule.b} if rule.kind == "together" else {rule.a}
        joined[find(rule.a)].append(rule)
    return [(members[key], joined[key]) for key in sorted(members)]


def _shared(hall: Hall, kind: str, members: Iterable[int]) -> frozenset[str]:
    people = [hall.instance.people[p] for p in members]
    return frozenset.intersection(*(x.languages if kind == "language" else x.places for x in people))


def _foes(hall: Hall, rules: frozenset[Rule]) -> dict[int, dict[int, list[Rule]]]:
    """For each person those who may not share a table, with one rule that says so."""
    foes: dict[int, dict[int, list[Rule]]] = {p: {} for p in hall.people}
    for rule in _kind(rules, "apart"):
        foes[rule.a][rule.b] = foes[rule.b][rule.a] = [rule]
    for kind in ("language", "place"):
        if Rule(kind) not in rules:
            continue
        groups: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for p in hall.people:
            person = hall.instance.people[p]
            groups[person.languages if kind == "language" else person.places].append(p)
        for mine, people in groups.items():
            for theirs, others in groups.items():
                if not mine & theirs:
                    for p in people:
                        foes[p].update((q, [Rule(kind)]) for q in others if q not in foes[p] and q != p)
    return foes
