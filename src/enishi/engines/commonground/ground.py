"""The ground: a network made ready for questions about what people have in common."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from .every import Suggestions, every, is_fast
from .facts import Fact, Masks, Tie, facts_among
from .index import GONE, Index
from .network import Network
from .people import Person
from .rarity import Rarity
from .search import best

_USUAL = Rarity()
_NO_MASKS: Masks = {}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to meet: `units` is the exact score, `bits` the same as bits of surprise."""

    person: int
    units: int
    bits: float


class Ground:
    """Common ground in a network, exact and up to date.

    All answers are the same whatever the order in which the network was told, and whether it was built at once or person by
    person. Hidden facts and people who opted out are not kept: no answer depends on them.
    Questions may be asked from several threads; changes need the caller's lock against questions and each other.
    """

    def __init__(self, network: Network, rarity: Rarity = _USUAL) -> None:
        self._index = Index(network, rarity)
        self._changes = 0

    def __len__(self) -> int:
        """People who take part: all but those who opted out."""
        return self._index.people

    def __contains__(self, person: int) -> bool:
        return person in self._index.opted_out or self._index.slot(person) != GONE

    def between(self, one: int, other: int, masks: Masks = _NO_MASKS) -> Tie:
        """What two people share, rarest first; nothing if one blocks the other or opted out."""
        self._check_pair(one, other)
        self._check(masks)
        pair = (min(one, other), max(one, other))
        facts = () if self._index.blocks.has(one, other) else facts_among(self._index, pair, masks)
        units = sum(fact.units for fact in facts)
        return Tie(pair, units, self._index.rarity.bits(units), facts)

    def group(self, people: Collection[int], masks: Masks = _NO_MASKS) -> tuple[Fact, ...]:
        """What at least two in a group share, for all of the group to see; the widest and rarest first.

        What a person tells only to those who worked there is left out unless this holds for everybody in the group.
        """
        self._check([*people, *masks])
        if len(people) < 2 or len(set(people)) != len(people):
            raise ValueError(
                f"A group of {list(people)} has no two people or one twice: name each person once, two at least"
            )
        return facts_among(self._index, tuple(people), masks)

    def top(self, person: int, k: int, exclude: Collection[int] = ()) -> tuple[Suggestion, ...]:
        """Up to k people who have most in common with the person, best first, equal ones by id.

        Never those who met or block each other, who opted out or are in `exclude`, nor those who share nothing of weight.
        `units` is that of `between`. Exact; the time grows with the people who share a fact, not with the network.
        """
        self._check([person])
        _check_k(k)
        excluded = np.fromiter(exclude, np.int64, len(exclude))
        banned = np.append(self._index.not_for(person), excluded)
        ids, units = best(self._index, person, k, banned)
        bits = self._index.rarity.bits
        return tuple(Suggestion(*found, bits(found[1])) for found in zip(ids.tolist(), units.tolist(), strict=True))

    def every(self, k: int, fast: bool | None = None, people: Collection[int] | None = None) -> Iterator[Suggestions]:
        """`top` for everybody, or for those `people` only, in batches by id, so that memory stays bounded.

        `fast` compiles the search with numba (the extra `fast`), ten times quicker once compiled; None takes it where it
        is installed, and waits seconds for it the first time in a process; False never does. The answers are the same.
        Changes made since building are settled into a rebuilt index first when `fast`.
        """
        _check_k(k)
        compiled = is_fast() if fast is None else fast
        if compiled and not is_fast():
            raise ValueError("fast=True needs numba, which is not installed: install enishi[fast], or leave `fast` out")
        index = self.settled()._index if compiled else self._index
        if people is None:
            return every(index, k, compiled)
        self._check(people)
        return every(index, k, compiled, np.fromiter(people, np.int64, len(people)))

    def add(self, person: Person) -> None:
        """Add somebody new."""
        if person.id in self:
            raise ValueError(f"Person {person.id} is already in the network: use change()")
        self._index.put(person)
        self._changes += 1

    def change(self, person: Person) -> None:
        """Replace all that is known of a person. Whom they met and block stays."""
        self._check([person.id])
        self._index.put(person)
        self._changes += 1

    def remove(self, person: int) -> None:
        """Forget a person and their pairs."""
        self._check([person])
        self._index.take_out(person)
        self._index.met.forget(person)
        self._index.blocks.forget(person)
        self._changes += 1

    def meet(self, one: int, other: int) -> None:
        """The two have met; `top` no longer names them to each other."""
        self._check_pair(one, other)
        self._index.met.add(one, other)

    def block(self, one: int, other: int) -> None:
        """The two share nothing from now on; it does not matter who blocks whom."""
        self._check_pair(one, other)
        self._index.blocks.add(one, other)

    def unblock(self, one: int, other: int) -> None:
        self._check_pair(one, other)
        self._index.blocks.discard(one, other)

    @property
    def changes(self) -> int:
        """People added, changed and removed since building. Each leaves a little behind; see `settled`."""
        return self._changes

    def network(self) -> Network:
        """All that is kept, as columns: without what was hidden."""
        return self._index.network()

    def settled(self) -> "Ground":
        """This ground if unchanged since building, else one rebuilt, for when changes reach a tenth of the network."""
        return Ground(self.network(), self._index.rarity) if self._changes else self

    def _check(self, people: Collection[int]) -> None:
        for person in people:
            if person not in self:
                raise ValueError(f"No person {person} in this network: add them first, or leave them out")

    def _check_pair(self, one: int, other: int) -> None:
        self._check([one, other])
        if one == other:
            raise ValueError(f"Person {one} is named twice: a pair needs two people")


def _check_k(k: int) -> None:
    if k < 1:
        raise ValueError(f"k is {k}: ask for one person at least")
