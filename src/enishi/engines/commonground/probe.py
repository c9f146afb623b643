"""A probe: one person's facts made ready to be held against many others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .entries import AGAIN, NEAR, Flat
from .index import Index
from .kinds import WORKPLACE

Ints32 = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Probe:
    """One row a fact of the person; `tokens` are those to look for in others (what is sought meets what is offered).

    `plain` is the worth of sharing the fact at all. Sharing the years since … until as well is worth
    `prefix[row, until] - prefix[row, since]`, years as `entries.code_of_year`; years the person was not there count nothing.
    `ceiling` is the most a row can give. `near` and `workplace` tell the rows with those rules.
    """

    tokens: Ints32
    plain: Flat
    prefix: Ints32
    ceiling: Flat
    near: NDArray[np.bool_]
    workplace: NDArray[np.bool_]


def probe_of(index: Index, slot: int) -> Probe:
    rows, tokens = index.rows, index.tokens
    part = slice(int(rows.start[slot]), int(rows.start[slot]) + int(rows.length[slot]))
    held, flags = rows.token[part], rows.flags[part]
    first = flags & AGAIN == 0
    facts = held[first]
    plain = index.worth(tokens.holders[facts], index.rarity.plain)
    row_of_entry = np.cumsum(first) - 1
    prefix = _prefix(index, facts, row_of_entry, rows.since[part], rows.until[part])
    return Probe(
        tokens=tokens.mate[facts],
        plain=plain,
        prefix=prefix,
        ceiling=plain + prefix[:, -1],
        near=flags[first] & NEAR != 0,
        workplace=tokens.kind[facts] == WORKPLACE,
    )


def _prefix(
    index: Index, facts: Ints32, row_of_entry: Flat, since: NDArray[np.uint8], until: NDArray[np.uint8]
) -> Ints32:
    tokens, offset = index.tokens, index.tokens.first_year
    width = tokens.by_year.shape[1]
    prefix = np.zeros((len(facts), offset + width + 1), np.int32)
    entry = np.flatnonzero(until)
    if not len(entry) or not index.rarity.yearly:
        return prefix
    rows = row_of_entry[entry]
    steps = np.zeros((len(facts), width + 1), np.int8)
    steps[rows, since[entry] - offset] = 1  # a row's runs never touch, so no place is written twice
    steps[rows, until[entry] - offset] = -1
    dated = np.unique(rows)
    there = np.cumsum(steps[dated, :-1], axis=1, dtype=np.int8)
    worth = index.worth(tokens.by_year[tokens.dated[facts[dated]]], index.rarity.yearly)
    prefix[dated, offset + 1 :] = np.cumsum(worth * there, axis=1)
    return prefix
