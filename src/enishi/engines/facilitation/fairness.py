"""How evenly the time was shared."""

from __future__ import annotations

from collections.abc import Iterable


def gini(times: Iterable[float]) -> float:
    """The Gini coefficient (Gini 1912) of times spoken: 0 when all are equal, near 1 when one person had it all.

    Times of zero or more; of nobody, or when nobody spoke, it is 0.
    """
    ordered = sorted(times)
    total = sum(ordered)
    if ordered and ordered[0] < 0:
        raise ValueError(f"A time of {ordered[0]} is negative; give seconds of 0 or more.")
    if total <= 0:
        return 0.0
    n = len(ordered)
    return sum((2 * k - n + 1) * time for k, time in enumerate(ordered)) / (n * total)
