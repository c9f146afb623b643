"""A bound on every plan from prices alone: anyone can add it up again, whatever program found the prices.

Lagrangian relaxation (Geoffrion 1974): rules that tie people together get a price, and then each person chooses the
best for themselves. Any prices of zero or more give a true bound; those of the linear program give its value.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .arrays import Arrays, Bools, Floats, Ints


@dataclass(frozen=True)
class Prices:
    """Of a seat, of one person more towards the minimum, of a host: (S,) each; of a pair kept apart: (k,); of
    one person's entering one session: (m,), paid to the session, since nobody enters a closed one."""

    seat: Floats
    filling: Floats
    hosting: Floats
    apart: Floats
    entry: Floats


def bound_from(arrays: Arrays, prices: Prices) -> tuple[float, Bools]:
    """The bound, and which pairs (m,) the people choose at these prices."""
    choice = _choose(arrays, _values(arrays, prices))
    return float(choice.total.sum() + _openings(arrays, prices)), choice.chosen


def hopeful(arrays: Arrays, prices: Prices, floor: float) -> Ints:
    """The pairs that can be part of a plan above `floor`: the bound, with that pair forced in, is above it too.

    Reduced-cost fixing (Dantzig, Fulkerson and Johnson 1954), by the bound alone.
    """
    import numpy as np

    value = _values(arrays, prices)
    choice = _choose(arrays, value)
    bound = choice.total.sum() + _openings(arrays, prices)
    forced = value + (arrays.base - arrays.extra + choice.others)[arrays.person]
    drop = np.maximum(0.0, choice.total[arrays.person] - forced)
    return np.flatnonzero(bound - drop >= floor)


def rounded(bound: float, resolution: float) -> float:
    """The bound brought down to what a score can be."""
    return floor(bound / resolution + 1e-6) * resolution if resolution and isfinite(bound) else bound


def _values(arrays: Arrays, prices: Prices) -> Floats:
    """What each seat is worth to its person, all prices paid."""
    import numpy as np

    value: Floats = (
        arrays.gain
        - prices.entry
        - prices.seat[arrays.session]
        + prices.filling[arrays.session]
        + np.where(arrays.host[arrays.person], prices.hosting[arrays.session], 0.0)
    )
    if len(arrays.apart):
        np.subtract.at(value, arrays.apart.ravel(), np.repeat(prices.apart, 2))
    return value


def _openings(arrays: Arrays, prices: Prices) -> float:
    """What the sessions earn by opening where that pays."""
    import numpy as np

    opening = arrays.capacity * prices.seat - arrays.minimum * prices.filling - prices.hosting
    opening += np.bincount(arrays.session, prices.entry, minlength=len(opening))
    if len(arrays.apart):
        np.add.at(opening, arrays.session[arrays.apart[:, 0]], prices.apart)
    return float(np.maximum(opening, 0.0).sum())


@dataclass(frozen=True)
class _Choice:
    """chosen (m,); total (n,), what each person's choice is worth; others (n,), the most that all but one seat of
    theirs could bring."""

    chosen: Bools
    total: Floats
    others: Floats


def _choose(arrays: Arrays, value: Floats) -> _Choice:
    """Each person's best choice: one session a slot, as many as wanted, and only if it pays."""
    import numpy as np

    n = len(arrays.base)
    chosen = np.zeros(len(value), dtype=bool)
    if not len(value):
        return _Choice(chosen, np.zeros(n), np.zeros(n))
    key = arrays.person * (int(arrays.slot.max()) + 1) + arrays.slot[arrays.session]
    order = np.lexsort((-value, key))
    best = order[np.flatnonzero(np.diff(key[order], prepend=-1))]  # the best pair of each person and slot
    best = best[np.lexsort((-value[best], arrays.person[best]))]
    who, worth = arrays.person[best], value[best]
    begins = np.flatnonzero(np.diff(who, prepend=-1))
    place = np.arange(len(who)) - np.repeat(begins, np.diff(begins, append=len(who)))
    further = np.where(place < arrays.want[who] - 1, np.maximum(worth, 0.0), 0.0)
    others = np.bincount(who, further, minlength=n).astype(float)
    worth = np.where(place == 0, worth + arrays.base[who] - arrays.extra, worth)
    taken = (place < arrays.want[who]) & ((place == 0) | (worth > 0))
    total = np.bincount(who, np.where(taken, worth, 0.0), minlength=n)
    chosen[best[taken & (total[who] > 0)]] = True
    return _Choice(chosen, np.maximum(total, 0.0), others)
