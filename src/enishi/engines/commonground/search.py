"""The best k for one person, exactly, without looking at everybody.

Upper bounds decide where looking is needless, after Turtle and Flood's max-score ("Query evaluation: strategies and
optimizations", Information Processing & Management 31, 1995). Lists of holders are added up from the one that promises
most for its length. Once the k-th best found so far has more than all the remaining lists together could give, nobody
new can come in; of those seen, the ones who could still reach it are scored in full from their own rows.
"""

import numpy as np
from numpy.typing import NDArray

from .entries import AGAIN, NEAR, Flat
from .index import GONE, Index
from .probe import Probe, probe_of

_FIRST_LOOK = 256  # holders looked at before the bar is first set
_WIDER = 6  # each further round looks at this many times more
_SCOUTS = 48  # the most promising of each round are scored at once, to raise the bar for the rest
_AT_ONCE = 16_384  # most people scored in one go, which bounds the memory
_SCORING = 24  # scoring a person in full costs about as much as looking at this many holders

Best = tuple[Flat, Flat]
"""Ids and units, best first, equal units by id."""


def best(index: Index, person: int, k: int, exclude: Flat) -> Best:
    """Up to k others with something in common (units above zero), never one of the excluded."""
    slot = index.slot(person)
    if slot == GONE or k < 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    probe = probe_of(index, slot)
    search = _Search(index, probe, k, np.append(index.slots(exclude), slot))
    search.marks[probe.tokens] = np.arange(1, len(probe.tokens) + 1)
    try:
        return search.run()
    finally:
        search.clean_up()


class _Search:
    def __init__(self, index: Index, probe: Probe, k: int, banned: Flat) -> None:
        self.index, self.probe, self.k, self.banned = index, probe, k, banned
        self.marks, self.sums = index.scratch()
        self.seen: list[NDArray[np.int32]] = []
        self.slots, self.units = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.bar = 1  # units a newcomer needs to be of interest

    def run(self) -> Best:
        order, lengths, rest = self._plan()
        step, budget = 0, _FIRST_LOOK
        while step < len(order) and rest[step] >= self.bar:
            stop, total = step + 1, lengths[step]
            while stop < len(order) and total + lengths[stop] <= budget and rest[stop] >= self.bar:
                total += lengths[stop]
                stop += 1
            looked_at = self._look(order[step:stop])
            self._score(self._scouts(looked_at, rest[stop]))
            step, budget = stop, budget * _WIDER
        hopeful = self._hopeful(np.concatenate([_NOBODY, *self.seen]), rest[step])
        while step < len(order) and len(hopeful) * _SCORING > lengths[step]:
            self._look(order[step : step + 1])
            step += 1
            hopeful = self._hopeful(hopeful, rest[step])
        while len(hopeful):
            self._score(hopeful[:_AT_ONCE])
            hopeful = self._hopeful(hopeful[_AT_ONCE:], rest[step])
        return self.index.rows.ids[self.slots], self.units

    def clean_up(self) -> None:
        """Zero the scratch columns for the next question."""
        self.marks[self.probe.tokens] = 0
        for slots in self.seen:
            self.sums[slots] = 0
        self.index.give_back(self.marks, self.sums)

    def _plan(self) -> tuple[list[int], list[int], list[int]]:
        """Rows in order of looking, their lists' lengths, and what each with all later ones could give."""
        ceiling = self.probe.ceiling
        lengths = self.index.postings.length[self.probe.tokens]
        useful = np.flatnonzero((ceiling > 0) & (lengths > 0))
        order = useful[np.argsort(lengths[useful] / ceiling[useful], kind="stable")]
        rest = np.cumsum(ceiling[order][::-1])[::-1]
        return order.tolist(), lengths[order].tolist(), [*rest.tolist(), 0]

    def _look(self, rows: list[int]) -> NDArray[np.int32]:
        """Add to everyone's sum what the rows have in common with them; those looked at, perhaps more than once.

        A sum is never less than the truth: rules for who may see a fact only ever take away.
        """
        pieces = [(row, held) for row in rows for held in self.index.postings.of(int(self.probe.tokens[row]))]
        slots = np.concatenate([held.slot for _, held in pieces])
        since = np.concatenate([held.since for _, held in pieces])
        until = np.concatenate([held.until for _, held in pieces])
        row = np.repeat([row for row, _ in pieces], [len(held.slot) for _, held in pieces])
        start, years = row * self.probe.prefix.shape[1], self.probe.prefix.ravel()
        self.seen.append(slots)
        np.add.at(self.sums, slots, self.probe.plain[row] + (years[start + until] - years[start + since]))
        return slots

    def _hopeful(self, slots: NDArray[np.int32], rest: int) -> NDArray[np.int32]:
        return slots[self.sums[slots] + rest >= self.bar]

    def _scouts(self, slots: NDArray[np.int32], rest: int) -> NDArray[np.int32]:
        slots = self._hopeful(slots, rest)
        if len(slots) <= _SCOUTS:
            return slots
        return slots[np.argpartition(self.sums[slots], len(slots) - _SCOUTS)[-_SCOUTS:]]

    def _score(self, slots: NDArray[np.int32]) -> None:
        """Score people in full and keep the best k of them and those kept before."""
        if not len(slots):
            return
        newcomers = np.unique(slots).astype(np.int64)
        units = scores(self.index, self.probe, self.marks, newcomers)
        units[self.index.rows.dead[newcomers]] = 0
        for known in (self.banned, self.slots):
            place = np.minimum(np.searchsorted(newcomers, known), len(newcomers) - 1)
            units[place[newcomers[place] == known]] = 0
        good = units >= self.bar
        if good.any():
            self._keep(np.append(self.slots, newcomers[good]), np.append(self.units, units[good]))

    def _keep(self, slots: Flat, units: Flat) -> None:
        if len(slots) > 4 * self.k:  # sort only what has a chance: ties can be many
            above = units >= np.partition(units, len(units) - self.k)[-self.k]
            slots, units = slots[above], units[above]
        order = np.lexsort((self.index.rows.ids[slots], -units))[: self.k]
        self.slots, self.units = slots[order], units[order]
        if len(order) == self.k:
            self.bar = int(self.units[-1])


def scores(index: Index, probe: Probe, marks: NDArray[np.int32], slots: Flat) -> Flat:
    """What each of the people has in common with the probe's person, in units.

    `marks[token]` is one more than the probe's row for each of its tokens, zero for all others.
    """
    rows = index.rows
    lengths = rows.length[slots]
    ends = np.cumsum(lengths)
    entry = np.arange(int(ends[-1])) + np.repeat(rows.start[slots] - ends + lengths, lengths)
    fact = marks[rows.token[entry]].astype(np.int64) - 1
    hit = np.flatnonzero(fact >= 0)
    entry, fact = entry[hit], fact[hit]
    who = np.searchsorted(ends, hit, side="right")
    flags = rows.flags[entry]
    start, years = fact * probe.prefix.shape[1], probe.prefix.ravel()
    given: Flat = np.where(flags & AGAIN, 0, probe.plain[fact])
    given += years[start + rows.until[entry]] - years[start + rows.since[entry]]
    near = (flags & NEAR != 0) | probe.near[fact]
    if near.any():
        colleague = np.bincount(who[probe.workplace[fact]], minlength=len(slots)) > 0
        given[near & ~colleague[who]] = 0
    return np.bincount(who, weights=given, minlength=len(slots)).astype(np.int64)


_NOBODY = np.zeros(0, np.int32)
