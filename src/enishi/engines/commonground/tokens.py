"""Tokens: one number for each distinct fact, with how many people hold it, in all and by the year."""

import numpy as np
from numpy.typing import NDArray

from .entries import NEAR, Entries, Flat
from .growing import grown, roomy
from .kinds import YEARLY_KINDS, Kind, mate_of

ALONE = -1


class Tokens:
    """The tokens of an index. Only entries that everyone may see are counted as held.

    Arrays with one row a token: `kind`, `value`; `mate`, the token it meets in another person (itself, but for SEEKS and
    OFFERS); `holders`, distinct people, for SEEKS and OFFERS those who hold either; `dated`, its row in `by_year`, or -1.
    `by_year[dated, year - first_year]`: people there in that year, years as `entries.code_of_year`.
    """

    def __init__(self, first_year: int, after_year: int) -> None:
        self.size = self.dated_size = 0
        self.kind = np.zeros(0, np.uint8)
        self.value = np.zeros(0, np.int32)
        self.mate = np.zeros(0, np.int32)
        self.holders = np.zeros(0, np.int32)
        self.dated = np.zeros(0, np.int32)
        self.first_year = first_year
        self.by_year = np.zeros((0, max(after_year - first_year, 1)), np.int32)
        self._sorted_keys = np.zeros(0, np.int64)
        self._later: dict[tuple[int, int], int] = {}

    def extend(self, kind: Kind, values: Flat) -> int:
        """Add the tokens of one kind in bulk, values ascending; kinds come in ascending order. First token's number."""
        first, rows = self.size, len(values)
        self.kind = np.append(self.kind, np.full(rows, kind, np.uint8))
        self.value = np.append(self.value, values.astype(np.int32))
        self.mate = np.append(self.mate, np.arange(first, first + rows, dtype=np.int32))
        self.holders = np.append(self.holders, np.zeros(rows, np.int32))
        dated = np.full(rows, ALONE, np.int32)
        if kind in YEARLY_KINDS:
            dated = np.arange(self.dated_size, self.dated_size + rows, dtype=np.int32)
            self.dated_size += rows
        self.dated = np.append(self.dated, dated)
        self.size += rows
        self._sorted_keys = np.append(self._sorted_keys, (int(kind) << 32) + values)
        return first

    def tally(self, entries: Entries, tokens: Flat, flags: NDArray[np.uint8]) -> None:
        """Count one kind's entries in bulk, straight after `extend`."""
        open_to_all = flags & NEAR == 0
        firsts = tokens[open_to_all & ~entries.again]
        self.holders[: self.size] += np.bincount(firsts, minlength=self.size).astype(np.int32)
        if len(tokens) and self.dated[int(tokens[0])] != ALONE:
            dated = open_to_all & (entries.until > 0)
            rows = self.dated[tokens[dated]].astype(np.int64)
            self._tally_years(rows, entries.since[dated], entries.until[dated])

    def pair_up(self, seeks: int, offers: int, rows: int, exchanged: NDArray[np.int32]) -> None:
        """Make the tokens from `seeks` and from `offers` each other's mates, with `exchanged` holders of either."""
        steps = np.arange(rows, dtype=np.int32)
        self.mate[seeks : seeks + rows] = offers + steps
        self.mate[offers : offers + rows] = seeks + steps
        self.holders[seeks : seeks + rows] = self.holders[offers : offers + rows] = exchanged

    def make_room(self) -> None:
        """Prepare for single additions once all bulk ones are done."""
        self.kind, self.value, self.mate = roomy(self.kind), roomy(self.value), roomy(self.mate)
        self.holders, self.dated = roomy(self.holders), roomy(self.dated)
        self.by_year = roomy(self.by_year)

    def find(self, kind: int, value: int) -> int:
        """The token of a fact, or -1."""
        later = self._later.get((kind, value))
        if later is not None:
            return later
        key = (int(kind) << 32) + value
        place = int(np.searchsorted(self._sorted_keys, key))
        return place if place < len(self._sorted_keys) and self._sorted_keys[place] == key else ALONE

    def find_or_add(self, kind: int, value: int) -> int:
        token = self.find(kind, value)
        if token != ALONE:
            return token
        token = self._add(kind, value)
        if mate_of(kind) != kind:
            other = self._add(mate_of(kind), value)
            self.mate[token], self.mate[other] = other, token
        return token

    def count(self, token: int, step: int) -> None:
        """One holder more or fewer (`step` 1 or -1), once for each person and fact; of an exchange, for either side."""
        self.holders[token] += step
        if self.mate[token] != token:
            self.holders[self.mate[token]] += step

    def count_years(self, token: int, since: int, until: int, step: int) -> None:
        if until:
            self.by_year[self.dated[token], since - self.first_year : until - self.first_year] += step

    def _add(self, kind: int, value: int) -> int:
        token = self.size
        self.size += 1
        self.kind, self.value = grown(self.kind, self.size), grown(self.value, self.size)
        self.mate, self.holders = grown(self.mate, self.size), grown(self.holders, self.size)
        self.dated = grown(self.dated, self.size)
        self.kind[token], self.value[token], self.mate[token], self.holders[token] = kind, value, token, 0
        self.dated[token] = ALONE
        if kind in YEARLY_KINDS:
            self.dated[token] = self.dated_size
            self.dated_size += 1
            self.by_year = grown(self.by_year, self.dated_size)
        self._later[kind, value] = token
        return token

    def _tally_years(self, rows: Flat, since: Flat, until: Flat) -> None:
        self.by_year = grown(self.by_year, self.dated_size)
        first, width = int(rows.min(initial=0)), self.by_year.shape[1] + 1
        count = (self.dated_size - first) * width
        starts = np.bincount((rows - first) * width + since - self.first_year, minlength=count)
        ends = np.bincount((rows - first) * width + until - self.first_year, minlength=count)
        steps = (starts - ends).astype(np.int32).reshape(-1, width)
        self.by_year[first : self.dated_size] += np.cumsum(steps, axis=1, dtype=np.int32)[:, :-1]

    def cover(self, since: int, until: int) -> None:
        """Widen the table when somebody brings years outside of it; rare, so it may copy."""
        if not until:
            return
        before = max(self.first_year - since, 0)
        after = max(until - self.first_year - self.by_year.shape[1], 0)
        if before or after:
            self.by_year = np.pad(self.by_year, ((0, 0), (before, after)))
            self.first_year -= before
