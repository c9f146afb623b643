"""The lot: an order of people that anyone can compute again from the published seed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw_order(ids: Iterable[int], seed: int) -> tuple[int, ...]:
    """The ids, luckiest first: sorted by the SHA-256 digest of the text "seed:id".

    Nobody can steer it once the seed is published after the sign-up closes, and one person's place in the order
    does not depend on who else signed up. Replay with any tool: `printf '7:42' | sha256sum`.
    """
    return tuple(sorted(ids, key=lambda one: (hashlib.sha256(f"{seed}:{one}".encode()).digest(), one)))
