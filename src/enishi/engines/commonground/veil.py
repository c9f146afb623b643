"""A veil over some facts for the time of one question."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from .entries import NEAR
from .index import GONE, Index
from .kinds import Kind, mask_of


class Veil:
    """Hides kinds of some people, and weighs facts as if nobody had ever told what is hidden."""

    def __init__(self, index: Index, masks: Mapping[int, Collection[Kind]]) -> None:
        self._index = index
        self._masks = {person: mask_of(kinds) for person, kinds in masks.items()}
        self._fewer: Counter[int] = Counter()
        self._fewer_by_year: Counter[tuple[int, int]] = Counter()
        for person in self._masks:
            self._discount(person)

    def covers(self, person: int, kind: int) -> bool:
        return bool(self._masks.get(person, 0) >> kind & 1)

    def holders(self, token: int) -> int:
        """How many people are known to hold the token."""
        return int(self._index.tokens.holders[token]) - self._fewer[self._pair(token)]

    def units(self, token: int, years: Sequence[int]) -> int:
        """The weight of sharing a token, and the years (as codes) given."""
        index, tokens = self._index, self._index.tokens
        units = int(index.worth(np.array([self.holders(token)], np.int32), index.rarity.plain)[0])
        if years:
            places = np.array(years) - tokens.first_year
            there = tokens.by_year[tokens.dated[token], places].copy()
            there -= np.array([self._fewer_by_year[token, year] for year in years], np.int32)
            units += int(index.worth(there, index.rarity.yearly).sum())
        return units

    def _discount(self, person: int) -> None:
        slot = self._index.slot(person)
        if slot == GONE:
            return
        before: set[int] = set()
        after: set[int] = set()
        for token, since, until, flags in self._index.rows.held_by(slot):
            if flags & NEAR:
                continue
            before.add(self._pair(token))
            if not self.covers(person, int(self._index.tokens.kind[token])):
                after.add(self._pair(token))
            else:
                self._fewer_by_year.update((token, year) for year in range(since, until))
        self._fewer.update(before - after)

    def _pair(self, token: int) -> int:
        """One name for a token and the one it meets: who seeks and who offers are counted together."""
        return min(token, int(self._index.tokens.mate[token]))
