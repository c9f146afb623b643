"""Short proofs that some rules of one round cannot all hold. Each gives the rules it used, or None.

A proof need not use as few rules as possible: `conflict` takes away what is not needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .rules import Hall, Rule, circles

Used = frozenset[Rule]


def contradictions(hall: Hall, rules: frozenset[Rule]) -> Iterator[Used]:
    """The rules of each proof that works; none where no proof is found (which is no proof of the opposite)."""
    for proof in (locks, hosts, speakers, blocks, packing):
        used = proof(hall, rules)
        if used is not None:
            yield used
    strangers = _Strangers(hall, rules)
    for other in (crowd, company):
        used = other(hall, rules, strangers)
        if used is not None:
            yield used


def locks(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """A person at two tables, a table that is not there or is overfull, a person who does not come that round."""
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


def speakers(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """Too few hosts for those who speak nothing but some of the languages: each of their tables needs one."""
    if not {Rule("host"), Rule("language")} <= rules:
        return None
    people = [hall.instance.people[p] for p in hall.people]
    for spoken in circles({person.languages for person in people}):
        inside = [person for person in people if person.languages <= spoken]
        able = [person for person in people if person.host and person.languages & spoken]
        tables = sorted((hall.capacity(t) for t in range(hall.tables)), reverse=True)[: len(able)]
        guests = max(0, len(tables) - sum(host.languages <= spoken for host in able))
        if len(inside) > sum(tables) - guests:
            return frozenset([Rule("host"), Rule("language")])
    return None


def packing(hall: Hall, rules: frozenset[Rule]) -> Used | None:
    """More groups of a size, or larger, that must share a table than there are places for them."""
    groups = sorted(_blocks(rules), key=lambda block: -len(block[0]))
    for number, (members, _) in enumerate(groups):
        places = sum(hall.capacity(t) // len(members) for t in range(hall.tables))
        if number >= places:
            return frozenset(tie for _, ties in groups[: number + 1] for tie in ties)
    return None


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


def company(hall: Hall, rules: frozenset[Rule], strangers: _Strangers) -> Used | None:
    """Someone with too few people he may sit with, or with no host among them."""
    everyone = set(hall.people)
    for p in hall.people:
        if strangers.fewest_friends(p) >= hall.least and (Rule("host") not in rules or strangers.sure_of_a_host(p)):
            continue
        foes = strangers.of(p)
        used = frozenset(rule for some in foes.values() for rule in some)
        friends = everyone - set(foes)
        if len(friends) < hall.least and used:
            return used
        if Rule("host") in rules and not any(hall.instance.people[q].host for q in friends):
            return used | {Rule("host")}
    return None


def crowd(hall: Hall, rules: frozenset[Rule], strangers: _Strangers) -> Used | None:
    """More people than tables, no two of whom may share one (found greedily)."""
    if strangers.largest_crowd() <= hall.tables:
        return None
    foes = {p: strangers.of(p) for p in hall.people}
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


class _Strangers:
    """Who may not share a table with whom; people of the same languages and places are counted as one group."""

    def __init__(self, hall: Hall, rules: frozenset[Rule]) -> None:
        self.people = hall.instance.people
        self.kinds = [kind for kind in ("language", "place") if Rule(kind) in rules]
        self.apart: dict[int, dict[int, list[Rule]]] = {p: {} for p in hall.people}
        for rule in _kind(rules, "apart"):
            self.apart[rule.a][rule.b] = self.apart[rule.b][rule.a] = [rule]
        self.groups: defaultdict[tuple[frozenset[str], ...], list[int]] = defaultdict(list)
        for p in hall.people:
            self.groups[self._group(p)].append(p)
        self.hosts = {
            key: sum(self.people[p].host for p in group) if self.people else 0 for key, group in self.groups.items()
        }
        self.foreign = {key: [other for other in self.groups if self._clash(key, other)] for key in self.groups}

    def of(self, p: int) -> dict[int, list[Rule]]:
        """Those who may not share a table with p, each with one rule that says so."""
        foes = dict(self.apart[p])
        mine = self._group(p)
        for other in self.foreign[mine]:
            rule = Rule(self._clash(mine, other))
            foes.update((q, [rule]) for q in self.groups[other] if q not in foes and q != p)
        return foes

    def fewest_friends(self, p: int) -> int:
        """At least so many may share a table with p, himself among them."""
        return (
            len(self.apart)
            - len(self.apart[p])
            - sum(len(self.groups[other]) for other in self.foreign[self._group(p)])
        )

    def sure_of_a_host(self, p: int) -> bool:
        """Whether more hosts share his languages and places than are kept apart from him."""
        mine = self._group(p)
        return sum(self.hosts.values()) - sum(self.hosts[other] for other in self.foreign[mine]) > len(self.apart[p])

    def largest_crowd(self) -> int:
        """No more people than this can be strangers all to all: within a group only those kept apart are."""
        most = 1 + max(map(len, self.apart.values()), default=0)
        return sum(
            len(group) if key in self.foreign[key] else min(most, len(group)) for key, group in self.groups.items()
        )

    def _group(self, p: int) -> tuple[frozenset[str], ...]:
        return tuple(self.people[p].languages if kind == "language" else self.people[p].places for kind in self.kinds)

    def _clash(self, one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]) -> str:
        """The first kind of rule by which these groups may not share a table; empty for none."""
        return next((kind for kind, a, b in zip(self.kinds, one, other, strict=True) if not a & b), "")
