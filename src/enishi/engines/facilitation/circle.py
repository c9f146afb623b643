"""The circle (車座): an order of people drawn once, from a seed anyone can use again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable


def draw_circle(people: Iterable[int], seed: int, may_begin: Callable[[int], bool]) -> list[int]:
    """The people by the SHA-256 digest of "seed:id"; the first of them who may begin is moved to the front.

    Nobody who comes for the first time should have to begin. If nobody may begin, the drawn order stays.
    """
    drawn = sorted(people, key=lambda one: (hashlib.sha256(f"{seed}:{one}".encode()).digest(), one))
    first = next((one for one in drawn if may_begin(one)), None)
    if first is not None:
        drawn.remove(first)
        drawn.insert(0, first)
    return drawn
