"""How many tables those who can talk with few should have, and for which languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import comb

from .model import Instance

CROWDED = 1.4
"""That all who speak a language meet often strains more than that a few of them do."""
FEW = 2.6
"""Friends in units of those a person is to meet; with more of them chance does well enough."""
MOST_EXCHANGES = 200_000
"""Of one table with everybody: more are more than one step can look at."""


@dataclass(frozen=True)
class Shape:
    """Tables of a round for the few: number, seats and language of each; `tables` is how many there are in all."""

    tables: int
    numbers: tuple[int, ...]
    seats: tuple[int, ...]
    spoken: tuple[str, ...]


def minority(instance: Instance) -> tuple[int, ...]:
    """People who do not speak what most speak, where any of them has few to meet; nobody otherwise."""
    if instance.one_place or not (instance.common_language and instance.host_per_table):
        return ()
    common = commonest(instance)
    apart = tuple(p for p in range(instance.n) if common not in instance.people[p].languages)
    far_too_many = instance.n * instance.largest > MOST_EXCHANGES
    if not apart or 2 * len(apart) > instance.n or far_too_many or set(apart) & bound(instance):
        return ()
    wanted = instance.rounds * (instance.largest - 1)
    fewest = min(_friends(instance, instance.people[p].languages) for p in apart)
    return apart if fewest < FEW * wanted else ()


def bound(instance: Instance) -> frozenset[int]:
    """People with a lock or somebody to be kept together with: they are seated with the rest."""
    return frozenset([*(lock.person for lock in instance.locks), *(p for pair in instance.together for p in pair)])


def commonest(instance: Instance) -> str:
    names = sorted(frozenset[str]().union(*(person.languages for person in instance.people)))
    return max(names, key=lambda name: sum(name in person.languages for person in instance.people))


def _friends(instance: Instance, spoken: frozenset[str]) -> int:
    return sum(bool(person.languages & spoken) for person in instance.people) - 1


def _few(instance: Instance) -> dict[str, int]:
    """How many of those who do not speak what most speak are reckoned to each language, the rarest language first."""
    common = commonest(instance)
    few: Counter[str] = Counter()
    for person in instance.people:
        if common not in person.languages and person.languages:
            few[max(sorted(person.languages), key=lambda one: _friends(instance, frozenset([one])))] += 1
    return {name: few[name] for name in sorted(few, key=lambda one: (_friends(instance, frozenset([one])), one))}


def shape_of(instance: Instance, tables: int, counts: Mapping[str, int]) -> Shape | None:
    """So many tables of each language, on the smallest there are; None where people or tables do not suffice."""
    spoken = tuple(name for name, count in counts.items() for _ in range(count))
    locked = {lock.table for lock in instance.locks}
    free = [(size, number) for number, size in enumerate(capacities_of(instance, tables)) if number not in locked]
    taken = sorted(free)[: len(spoken)]
    apart, known = bound(instance), frozenset(spoken)
    able = min(
        sum(bool(instance.people[p].languages & known) for p in there if p not in apart) for there in _rounds(instance)
    )
    fewest = min(tables, *(len(there) // max(1, instance.least) for there in _rounds(instance)))
    enough = len(taken) == len(spoken) < tables and sum(size for size, _ in taken) <= able
    if not spoken or min(counts.values()) < 0 or not enough:
        return None
    if not instance.sizes and max(number for _, number in taken) >= fewest - 1:
        return None
    return Shape(tables, tuple(number for _, number in taken), tuple(size for size, _ in taken), spoken)


def _rounds(instance: Instance) -> list[tuple[int, ...]]:
    return [there for there in instance.attending if there]


def capacities_of(instance: Instance, tables: int) -> list[int]:
    """Sizes of the tables; free ones as uneven as they may be, since small tables are for the few."""
    if instance.sizes:
        return list(instance.sizes)
    spare = tables * instance.most - instance.n
    sizes = []
    for _ in range(tables):
        less = min(1, spare, instance.most - instance.least)
        sizes.append(instance.most - less)
        spare -= less
    return sizes


def strained(instance: Instance, sizes: list[int]) -> dict[str, int]:
    """Tables of each language a round: so many that neither the few nor all its speakers run out of faces."""
    left, counts = sorted(sizes), {}
    for name, few in _few(instance).items():
        counts[name] = _least_strained(instance, name, few, left[0])
        left = left[counts[name] :] or left[-1:]
    return counts


def _least_strained(instance: Instance, name: str, few: int, size: int) -> int:
    speakers = [person for person in instance.people if name in person.languages]
    rounds = instance.rounds

    def strain(count: int) -> float:
        low, extra = divmod(few, count)
        among = extra * comb(low + 1, 2) + (count - extra) * comb(low, 2)
        here = rounds * among / max(1, comb(few, 2))
        return max(here, CROWDED * rounds * count * comb(size, 2) / max(1, comb(len(speakers), 2)))

    least = max(1, -(-few // max(1, size - 1)))
    most = min(sum(person.host for person in speakers), len(speakers) // size)
    return min(range(least, max(least, most) + 1), key=strain)
