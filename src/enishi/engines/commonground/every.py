"""The best k for everybody, in batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .entries import Flat
from .index import Index
from .kinds import WORKPLACE
from .search import best

NOBODY = -1
_BATCH = 4096


@dataclass(frozen=True, eq=False)
class Suggestions:
    """For each of `people` (b ids) up to k others, best first: `others` (b, k) ids, -1 where there are no more, and
    `units` (b, k), the score in units of `Rarity.bits`, 0 there."""

    people: Flat
    others: Flat
    units: Flat


def every(index: Index, k: int, compiled: bool, people: Flat | None = None) -> Iterator[Suggestions]:
    """Batches in the order of ids. `index` has to be as built, without single additions, when `compiled`."""
    rows = index.rows
    slots = np.flatnonzero(~rows.dead[: rows.size]) if people is None else index.slots(np.unique(people))
    slots = slots[np.argsort(rows.ids[slots])]
    batches = (slots[first : first + _BATCH].astype(np.int32) for first in range(0, len(slots), _BATCH))
    return _compiled(index, k, batches) if compiled else _one_by_one(index, k, batches)


def is_fast() -> bool:
    """Whether numba is installed; without importing it."""
    from importlib.util import find_spec

    return find_spec("numba") is not None


def _one_by_one(index: Index, k: int, batches: Iterator[NDArray[np.int32]]) -> Iterator[Suggestions]:
    for slots in batches:
        people = index.rows.ids[slots]
        others, units = np.full((len(slots), k), NOBODY, np.int64), np.zeros((len(slots), k), np.int64)
        for row, person in enumerate(people.tolist()):
            found, worth = best(index, person, k, index.not_for(person))
            others[row, : len(found)], units[row, : len(found)] = found, worth
        yield Suggestions(people, others, units)


def _compiled(index: Index, k: int, batches: Iterator[NDArray[np.int32]]) -> Iterator[Suggestions]:
    from .kernel import best_of_each, scratch_for

    columns = _columns(index)
    scratch = scratch_for(columns)
    ids = index.rows.ids
    for slots in batches:
        out, units = np.empty((len(slots), k), np.int32), np.empty((len(slots), k), np.int64)
        best_of_each(columns, scratch, slots, out, units)
        yield Suggestions(ids[slots], np.where(out >= 0, ids[np.maximum(out, 0)], NOBODY), units)


def _columns(index: Index) -> Any:
    from .kernel import Columns

    rows, tokens, size = index.rows, index.tokens, index.tokens.size
    first, held = index.postings.built()
    banned_first, banned = _banned(index)
    return Columns(
        start=rows.start[: rows.size],
        length=rows.length[: rows.size],
        token=rows.token[: rows.entries],
        since=rows.since[: rows.entries],
        until=rows.until[: rows.entries],
        flags=rows.flags[: rows.entries],
        first=first,
        held_slot=held.slot,
        held_since=held.since,
        held_until=held.until,
        mate=tokens.mate[:size],
        dated=tokens.dated[:size],
        workplace=tokens.kind[:size] == WORKPLACE,
        worth=index.worth(tokens.holders[:size], index.rarity.plain),
        worth_by_year=index.worth(tokens.by_year[: tokens.dated_size], index.rarity.yearly).astype(np.int32),
        first_year=tokens.first_year,
        banned_first=banned_first,
        banned=banned,
    )


def _banned(index: Index) -> tuple[Flat, NDArray[np.int32]]:
    """Slots never to be shown to each slot: those met and those blocked."""
    pairs = np.concatenate([index.met.everyone(), index.blocks.everyone()])
    ids = index.rows.ids[: index.rows.size]
    places = np.minimum(np.searchsorted(ids, pairs), max(len(ids) - 1, 0))
    places = places[(ids[places] == pairs).all(axis=1)] if len(ids) else places[:0]
    both = np.concatenate([places, places[:, ::-1]])
    order = np.argsort(both[:, 0], kind="stable")
    first = np.searchsorted(both[order, 0], np.arange(len(ids) + 1))
    return first.astype(np.int64), both[order, 1].astype(np.int32)
