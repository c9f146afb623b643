"""Tables of two: the round robin by the circle method (Kirkman 1847)."""

from __future__ import annotations


def round_robin(tables: int, seats: int, wanted: int) -> list[list[list[int]]]:
    """Everybody meets everybody once in 2·tables - 1 rounds."""
    if seats != 2:
        return []
    turning = 2 * tables - 1
    return [
        [[turning, r], *([(r + k) % turning, (r - k) % turning] for k in range(1, tables))]
        for r in range(min(turning, wanted))
    ]
