"""Months as `YYYYMM` integers, of which the month or the whole may be unknown, and their overlap.

`201104` is April 2011, `201100` some month of 2011, `0` unknown. Counting months takes both ends in: a stint
from 201104 to 201104 lasted one month.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FIRST_YEAR = 1900
LAST_YEAR = 2150

Span = tuple[int, int]
"""A stint's start and end, each `YYYYMM`."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Months spent together: at least `least`, at most `most` (None: no limit can be told)."""

    least: int
    most: int | None


def check_span(start: int, end: int) -> None:
    """Raise ValueError unless both are months as this module writes them, in order."""
    for month in (start, end):
        if not is_month(month):
            raise ValueError(
                f"{month} is no month: write YYYYMM between {FIRST_YEAR}01 and {LAST_YEAR}12, "
                "YYYY00 where the month is unknown, or 0 where all is unknown"
            )
    if start and end and _earliest(start) > _latest(end):
        raise ValueError(f"The stint ends ({end}) before it starts ({start}): swap or correct the two")


def is_month(month: int) -> bool:
    return month == 0 or (FIRST_YEAR <= month // 100 <= LAST_YEAR and 0 <= month % 100 <= 12)


def years_of(start: int, end: int) -> tuple[int, int]:
    """First year and the year after the last for which the stint is certain; (0, 0) for none.

    With one end unknown only the year of the other is certain.
    """
    first, last = (start or end) // 100, (end or start) // 100
    return (first, last + 1) if first else (0, 0)


def months_together(people: Iterable[Iterable[Span]]) -> Overlap:
    """Months in which at least two of the people were there.

    Each person is given by their spans at the one place. `least` counts the months that are certain,
    `most` those that are possible.
    """
    everyone = [list(spans) for spans in people]
    least = _crowded(_certain(spans) for spans in everyone)
    most = _crowded(_possible(spans) for spans in everyone)
    return Overlap(least, None if most > _COUNTABLE else most)


_BEFORE, _AFTER = 0, 12 * 10_000  # month numbers far outside every year that can be written
_COUNTABLE = 12 * (LAST_YEAR - FIRST_YEAR + 1)  # more than this is an overlap open at one end


def _earliest(month: int) -> int:
    return month // 100 * 12 + max(month % 100, 1) - 1 if month else _BEFORE


def _latest(month: int) -> int:
    return month // 100 * 12 + (month % 100 or 12) - 1 if month else _AFTER


def _certain(spans: list[Span]) -> list[tuple[int, int]]:
    """Months certainly spent there, as half-open ranges of month numbers."""
    found = []
    for start, end in spans:
        first = _latest(start) if start else _latest(end) if end % 100 else None
        last = _earliest(end) if end else _earliest(start) if start % 100 else None
        if first is not None and last is not None and first <= last:
            found.append((first, last + 1))
    return found


def _possible(spans: list[Span]) -> list[tuple[int, int]]:
    return [(_earliest(start), _latest(end) + 1) for start, end in spans]


def _crowded(people: Iterable[list[tuple[int, int]]]) -> int:
    """How many months hold two people or more."""
    steps: list[tuple[int, int]] = []
    for ranges in people:
        for first, after in _merged(ranges):
            steps += [(first, 1), (after, -1)]
    total = count = since = 0
    for month, step in sorted(steps):
        if count >= 2:
            total += month - since
        count, since = count + step, month
    return total


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, after in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(after, merged[-1][1]))
        else:
            merged.append((first, after))
    return merged
