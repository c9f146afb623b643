"""Ceilings on the number of distinct pairs: no plan can pass them, whatever the method."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from .model import Instance, Plan
from .rules import circles

Kind = tuple[frozenset[str], ...]


def pairs_bound(instance: Instance, plan: Plan | None = None) -> int:
    """The least of: all pairs that may meet; all pairs seated, less the overlaps that table sizes force, or less the
    repeats that rules force.

    With free sizes and no plan given: the most pairs that any sizes could seat. With a plan: for its sizes.
    """
    n = instance.n
    possible = may_meet(instance)
    again = forced_repeats(instance, plan)
    full = all(len(there) == n for there in instance.attending)
    if instance.sizes and full:
        sizes = [list(instance.sizes)] * instance.rounds
        return min(possible, chain_bound(sizes), sum(map(pairs_seated, sizes)) - again)
    if plan is not None:
        sizes = [[len(table) for table in tables if table] for tables in plan]
        seated = sum(map(pairs_seated, sizes))
        return min(possible, chain_bound(sizes) if full else seated, seated - again)
    return min(possible, sum(_most_pairs(len(there), instance) for there in instance.attending) - again)


def pairs_seated(sizes: list[int]) -> int:
    """Pairs at tables of these sizes."""
    return sum(s * (s - 1) // 2 for s in sizes)


def chain_bound(sizes: list[list[int]]) -> int:
    """Pairs seated, less those that each round must repeat from the round before it."""
    forced = sum(max(forced_overlap(a, b), forced_overlap(b, a)) for a, b in pairwise(sizes))
    return sum(map(pairs_seated, sizes)) - forced


def forced_overlap(first: list[int], second: list[int]) -> int:
    """Fewest pairs a round with tables `second` shares with one with tables `first`: each table spread evenly."""
    total = 0
    for size in first:
        q, rest = divmod(size, len(second))
        total += rest * (q + 1) * q // 2 + (len(second) - rest) * q * (q - 1) // 2
    return total


def _most_pairs(people: int, instance: Instance) -> int:
    """Most pairs one round can seat: as many full tables as leave the others at least the least."""
    if instance.sizes:
        return pairs_seated(list(instance.sizes))
    best = 0
    least, most = max(1, instance.least), instance.most
    for tables in range(-(-people // most), people // least + 1):
        spare = people - tables * least
        if most == least:
            full, rest = tables, 0
        else:
            full, rest = divmod(spare, most - least)
        sizes = [most] * full + [least + rest] * (full < tables) + [least] * (tables - full - 1)
        if sum(sizes) == people:
            best = max(best, pairs_seated(sizes))
            break  # fewer tables always seat more pairs
    return best


def may_meet(instance: Instance) -> int:
    """Pairs that the rules let meet: not kept apart, with a language and a place in common where tables need one."""
    return sum(_friends(instance, hosts=False)) // 2


def forced_repeats(instance: Instance, plan: Plan | None = None) -> int:
    """Fewest meetings beyond the first of each pair, by counting (0 where nothing forces any).

    A guest sits with a host in every round; whoever has fewer hosts to sit with meets one again. And whoever has fewer
    people to meet than there are seats beside him at the smallest tables meets some of them again. And those who speak
    nothing but some languages share as many tables as there are hosts for them, and so meet one another.
    """
    if not instance.people:
        return 0
    coming = [instance.rounds if person.rounds is None else len(person.rounds) for person in instance.people]
    by_hosts = 0
    if instance.host_per_table:
        hosts = _friends(instance, hosts=True)
        guests = (person.id for person in instance.people if not person.host)
        by_hosts = sum(max(0, coming[p] - hosts[p]) for p in guests)
    used = [len(table) for tables in plan or () for table in tables if table]
    smallest = min(instance.sizes or used or [instance.least])
    friends = _friends(instance, hosts=False)
    short = sum(max(0, count * (smallest - 1) - friends[p]) for p, count in enumerate(coming))
    return max(by_hosts, -(-short // 2), _among_speakers(instance))


def _among_speakers(instance: Instance) -> int:
    """Meetings too many among those who speak nothing but some languages, for the languages that force most."""
    if not (instance.host_per_table and instance.common_language):
        return 0
    rounds = [
        Counter((instance.people[p].languages, instance.people[p].host) for p in there) for there in instance.attending
    ]
    everyone = Counter(person.languages for person in instance.people)
    most = 0
    for spoken in circles(set(everyone)):
        inside = sum(count for one, count in everyone.items() if one <= spoken)
        among = 0
        for there in rounds:
            coming = sum(count for (one, _), count in there.items() if one <= spoken)
            hosts = sum(count for (one, host), count in there.items() if host and one & spoken)
            low, extra = divmod(coming, max(1, hosts))
            among += pairs_seated([low + 1] * extra + [low] * (max(1, hosts) - extra))
        most = max(most, among - pairs_seated([inside]))
    return most


def _friends(instance: Instance, hosts: bool) -> list[int]:
    """How many others (or hosts) each person may sit with."""
    if not instance.people:
        found = [instance.n - 1] * instance.n
        group: list[Kind] = [()] * instance.n
    else:
        group = [_kind(instance, p) for p in range(instance.n)]
        sizes = Counter(group[person.id] for person in instance.people if person.host or not hosts)
        able = {one: sum(count for other, count in sizes.items() if _share(one, other)) for one in set(group)}
        found = [able[group[p]] for p in range(instance.n)]
        for person in instance.people:
            alone = not _share(group[person.id], group[person.id])
            found[person.id] -= (person.host or not hosts) and not alone
    for a, b in instance.apart:
        if _share(group[a], group[b]):
            found[a] -= not hosts or instance.people[b].host
            found[b] -= not hosts or instance.people[a].host
    return found


def _kind(instance: Instance, p: int) -> Kind:
    """What this person must share with the others at a table."""
    person = instance.people[p]
    rules = ((instance.common_language, person.languages), (instance.one_place, person.places))
    return tuple(shared for wanted, shared in rules if wanted)


def _share(one: Kind, other: Kind) -> bool:
    return all(a & b for a, b in zip(one, other, strict=True))
