"""Rows: what each person holds, in slots. A person who changes gets a new slot; the old one is dead."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from .entries import Flat
from .growing import grown, roomy
from .kinds import STINT_KINDS
from .months import Span
from .network import Network
from .people import UNKNOWN

Held = tuple[int, int, int, int]
"""One entry of a row: token, since, until, flags."""
Told = tuple[int, int, int, int, int, int]
"""One stint: organisation, site, department, manager (-1: hidden or not told), start, end."""


class Rows:
    """Entries and stints by slot.

    By slot: `ids`, `dead`, `near` (mask of kinds), `start` and `length` of the row in the entries.
    By entry: `token`, `since`, `until`, `flags`. Stints are kept apart, for the months they tell.
    """

    def __init__(self, ids: Flat, near: NDArray[np.int32]) -> None:
        self.size = len(ids)
        self.entries = self.stints = 0
        self.ids, self.near = ids, near
        self.dead = np.zeros(self.size, np.bool_)
        self.start, self.length = np.zeros(self.size, np.int64), np.zeros(self.size, np.int32)
        self.token = np.zeros(0, np.int32)
        self.since, self.until, self.flags = (np.zeros(0, np.uint8) for _ in range(3))
        self.stint_start, self.stint_length = np.zeros(self.size, np.int64), np.zeros(self.size, np.int32)
        self.stint_columns = np.zeros((0, 6), np.int32)

    def lay_out(self, lengths: Flat) -> Flat:
        """Reserve the rows' entries in bulk; returns where each row starts, to be used as writing positions."""
        self.length = lengths.astype(np.int32)
        self.start = np.cumsum(lengths) - lengths
        self.entries = int(lengths.sum())
        self.token = np.zeros(self.entries, np.int32)
        self.since, self.until, self.flags = (np.zeros(self.entries, np.uint8) for _ in range(3))
        return self.start.copy()

    def take_stints(self, network: Network, slot_of: Flat) -> None:
        """Copy the stints of those who are in, without what they hide."""
        taken = np.flatnonzero(slot_of[network.stint_person] >= 0)
        taken = taken[np.argsort(slot_of[network.stint_person[taken]], kind="stable")]
        person = network.stint_person[taken]
        self.stint_length = np.bincount(slot_of[person], minlength=self.size).astype(np.int32)
        self.stint_start = np.cumsum(self.stint_length, dtype=np.int64) - self.stint_length
        self.stints = len(taken)
        self.stint_columns = np.empty((len(taken), 6), np.int32)
        for kind in STINT_KINDS:
            hidden = network.hidden[person] >> int(kind) & 1 == 1
            self.stint_columns[:, kind] = np.where(hidden, UNKNOWN, network.stint_values(kind)[taken])
        self.stint_columns[:, 4], self.stint_columns[:, 5] = network.start[taken], network.end[taken]

    def make_room(self) -> None:
        """Prepare for single additions once all bulk ones are done."""
        for name in (*_BY_SLOT, *_BY_ENTRY, "stint_columns"):
            setattr(self, name, roomy(getattr(self, name)))

    def add(self, person: int, near: int, held: Iterable[Held], stints: Iterable[Told]) -> int:
        """Append a person; their slot."""
        slot = self.size
        entries, told = list(held), list(stints)
        self._reserve(len(entries), len(told))
        self.ids[slot], self.near[slot], self.dead[slot] = person, near, False
        self.start[slot], self.length[slot] = self.entries, len(entries)
        self.stint_start[slot], self.stint_length[slot] = self.stints, len(told)
        for place, (token, since, until, flags) in enumerate(entries, self.entries):
            self.token[place], self.since[place], self.until[place] = token, since, until
            self.flags[place] = flags
        if told:
            self.stint_columns[self.stints : self.stints + len(told)] = told
        self.size, self.entries, self.stints = slot + 1, self.entries + len(entries), self.stints + len(told)
        return slot

    def held_by(self, slot: int) -> list[Held]:
        part = slice(int(self.start[slot]), int(self.start[slot]) + int(self.length[slot]))
        columns = (self.token, self.since, self.until, self.flags)
        return list(zip(*(column[part].tolist() for column in columns), strict=True))

    def stints_of(self, slot: int) -> list[Told]:
        first = int(self.stint_start[slot])
        return [tuple(row) for row in self.stint_columns[first : first + int(self.stint_length[slot])].tolist()]

    def spans_at(self, slot: int, kind: int, value: int) -> list[Span]:
        """When the person was at a place."""
        return [(told[4], told[5]) for told in self.stints_of(slot) if told[kind] == value]

    def _reserve(self, entries: int, stints: int) -> None:
        for name in _BY_SLOT:
            setattr(self, name, grown(getattr(self, name), self.size + 1))
        for name in _BY_ENTRY:
            setattr(self, name, grown(getattr(self, name), self.entries + entries))
        self.stint_columns = grown(self.stint_columns, self.stints + stints)


_BY_SLOT = ("ids", "near", "dead", "start", "length", "stint_start", "stint_length")
_BY_ENTRY = ("token", "since", "until", "flags")
