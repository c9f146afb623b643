"""Pairs of people: those who met, those who block."""

import numpy as np

from .entries import Flat
from .network import Ints


class Pairs:
    """A set of unordered pairs of ids, quick to ask for one person."""

    def __init__(self, pairs: Ints) -> None:
        both = np.concatenate([pairs, pairs[:, ::-1]]).astype(np.int64)
        both = both[both[:, 0] != both[:, 1]]
        order = np.lexsort((both[:, 1], both[:, 0]))
        self._one, self._other = both[order, 0].copy(), both[order, 1].copy()
        self._added: dict[int, set[int]] = {}
        self._dropped: dict[int, set[int]] = {}

    def of(self, person: int) -> Flat:
        """The ids paired with the person."""
        first, after = np.searchsorted(self._one, (person, person + 1))
        others: Flat = self._other[first:after]
        dropped, added = self._dropped.get(person), self._added.get(person)
        if dropped:
            others = others[[int(other) not in dropped for other in others]]
        if added:
            others = np.append(others, np.fromiter(added, np.int64))
        return others

    def has(self, one: int, other: int) -> bool:
        return bool((self.of(one) == other).any())

    def add(self, one: int, other: int) -> None:
        for person, mate in ((one, other), (other, one)):
            if not self.has(person, mate):
                self._added.setdefault(person, set()).add(mate)

    def discard(self, one: int, other: int) -> None:
        for person, mate in ((one, other), (other, one)):
            self._added.get(person, set()).discard(mate)
            if self.has(person, mate):
                self._dropped.setdefault(person, set()).add(mate)

    def forget(self, person: int) -> None:
        """Drop every pair of a person who leaves."""
        for other in self.of(person).tolist():
            self.discard(person, other)

    def everyone(self) -> Flat:
        """All pairs, each once, smaller id first, shape (p, 2)."""
        changed = np.array([*self._added, *self._dropped], np.int64)
        kept = ~np.isin(self._one, changed)
        changed_pairs = [(one, other) for one in set(changed.tolist()) for other in self.of(one).tolist()]
        pairs = np.concatenate(
            [
                np.stack([self._one[kept], self._other[kept]], axis=1),
                np.array(changed_pairs, np.int64).reshape(-1, 2),
            ]
        )
        return np.unique(np.sort(pairs, axis=1), axis=0)
