"""From a network's columns to what the index stores: one entry for each fact and unbroken run of years.

A person who was at a site 2003-2005 and 2009-2012 holds two entries of that site. Storing runs instead of single years
is what keeps the index small: the weight of the years two people share is a difference of prefix sums.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .kinds import STINT_KINDS, YEARLY_KINDS, Kind
from .months import FIRST_YEAR, LAST_YEAR
from .network import Ints, Network

Flat = NDArray[np.int64]
YEARS = LAST_YEAR - FIRST_YEAR + 1
NEAR, AGAIN = 1, 2
"""Flags of an entry: for those who worked there only; not the person's first entry of this fact."""


@dataclass(frozen=True, eq=False)
class Entries:
    """Entries of one kind, ordered by person, value and first year; all arrays have one row an entry.

    `since` and `until` count years from 1 (FIRST_YEAR); `until` is the year after the last; both 0: no years.
    """

    person: Flat
    value: Flat
    since: Flat
    until: Flat
    again: NDArray[np.bool_]


def code_of_year(year: int) -> int:
    """Years are stored in a byte, 0 standing for none."""
    return year - FIRST_YEAR + 1


def year_of_code(code: int) -> int:
    return code + FIRST_YEAR - 1


def entries_of(network: Network, kind: Kind, row_of: Ints) -> Entries:
    """The entries of one kind; `row_of` gives each person's slot in the index, -1 for those who are left out.

    What the person hides is left out here and reaches no later step.
    """
    if kind in STINT_KINDS:
        person, value = network.stint_person, network.stint_values(kind)
        since, until = _years(network) if kind in YEARLY_KINDS else _no_years(len(person))
    else:
        of_kind = network.fact_kind == kind
        person, value = network.fact_person[of_kind], network.fact_value[of_kind]
        since, until = _no_years(len(person))
    told = (value >= 0) & (row_of[person] >= 0) & (network.hidden[person] >> int(kind) & 1 == 0)
    slots = row_of[person[told]].astype(np.int64)
    return merged(slots, value[told].astype(np.int64), since[told], until[told])


def merged(person: Flat, value: Flat, since: Flat, until: Flat) -> Entries:
    """Order the runs and join those that touch, so that no year of a person counts twice."""
    order = np.lexsort((since, value, person))
    person, value, since, until = person[order], value[order], since[order], until[order]
    if not len(person):
        return Entries(person, value, since, until, np.zeros(0, np.bool_))
    new_fact = np.ones(len(person), np.bool_)
    new_fact[1:] = (person[1:] != person[:-1]) | (value[1:] != value[:-1])
    # The furthest year reached so far within a fact: a running maximum that restarts, by lifting each fact above the last.
    lift = np.cumsum(new_fact) * (YEARS + 2)
    reached = np.maximum.accumulate(until + lift) - lift
    new_run = new_fact.copy()
    new_run[1:] |= since[1:] > reached[:-1]
    starts = np.flatnonzero(new_run)
    ends = np.append(starts[1:], len(person)) - 1
    return Entries(person[starts], value[starts], since[starts], reached[ends], ~new_fact[starts])


def _years(network: Network) -> tuple[Flat, Flat]:
    start, end = network.start.astype(np.int64), network.end.astype(np.int64)
    first = np.where(start != 0, start, end) // 100
    last = np.where(end != 0, end, start) // 100
    known = first != 0
    return np.where(known, first - FIRST_YEAR + 1, 0), np.where(known, last - FIRST_YEAR + 2, 0)


def _no_years(rows: int) -> tuple[Flat, Flat]:
    return np.zeros(rows, np.int64), np.zeros(rows, np.int64)
