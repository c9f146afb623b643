"""Who holds a token: for each token the slots of its holders and their years there."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .growing import grown, roomy

Bytes = NDArray[np.uint8]


class Holders(NamedTuple):
    """Slots with the years of each entry; three arrays of one length. May hold slots that are dead by now."""

    slot: NDArray[np.int32]
    since: Bytes
    until: Bytes

    def part(self, first: int, after: int) -> "Holders":
        return Holders(self.slot[first:after], self.since[first:after], self.until[first:after])

    def resized(self, rows: int) -> "Holders":
        return Holders(np.resize(self.slot, rows), np.resize(self.since, rows), np.resize(self.until, rows))


class Postings:
    """The lists built in bulk, never touched again, and small lists beside them for what came later."""

    def __init__(self, slot: NDArray[np.int32], since: Bytes, until: Bytes, lengths: NDArray[np.int64]) -> None:
        """The entries in the order of their tokens; `lengths[token]` entries belong to each."""
        self._built = Holders(slot, since, until)
        self._start = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=self._start[1:])
        self.length = roomy(lengths.astype(np.int32))
        self._later: dict[int, tuple[Holders, int]] = {}

    def add(self, token: int, slot: int, since: int, until: int) -> None:
        self.length = grown(self.length, token + 1)
        self.length[token] += 1
        held, size = self._later.get(token, (_EMPTY, 0))
        if size == len(held.slot):
            held = held.resized(2 * size + 4)
        held.slot[size], held.since[size], held.until[size] = slot, since, until
        self._later[token] = (held, size + 1)

    def built(self) -> tuple[NDArray[np.int64], Holders]:
        """The lists built in bulk, one after the other, and where each token's begins; one longer than the tokens."""
        return self._start, self._built

    def of(self, token: int) -> list[Holders]:
        """The token's holders, in one or two pieces."""
        pieces = []
        if token < len(self._start) - 1:
            first, after = int(self._start[token]), int(self._start[token + 1])
            if after > first:
                pieces.append(self._built.part(first, after))
        if self._later and token in self._later:
            held, size = self._later[token]
            pieces.append(held.part(0, size))
        return pieces


_EMPTY = Holders(np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.uint8))
