"""Who worked where at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enishi.members.models import Stint


@dataclass(frozen=True)
class Span:
    """A stint in months since year 0; open ends reach to now. The widest reading of what is known."""

    site_id: int | None
    department_id: int | None
    first: int
    last: int


FOREVER = 12 * 10_000


def span(stint: Stint) -> Span | None:
    """None when no year is known: nobody is told to have worked together on a guess."""
    if stint.from_year is None and stint.to_year is None:
        return None
    first = stint.from_year * 12 + (stint.from_month or 1) if stint.from_year else stint.to_year * 12 + 1  # type: ignore[operator]
    last = stint.to_year * 12 + (stint.to_month or 12) if stint.to_year else FOREVER
    return Span(stint.site_id, stint.department_id, first, last)


def spans(stints: Iterable[Stint]) -> list[Span]:
    return [found for found in map(span, stints) if found is not None]


def shared(mine: Iterable[Span], theirs: Iterable[Span]) -> bool:
    """Was there a month in which both were at one site or in one department?"""
    others = list(theirs)
    return any(_together(a, b) for a in mine for b in others)


def _together(a: Span, b: Span) -> bool:
    site = a.site_id is not None and a.site_id == b.site_id
    department = a.department_id is not None and a.department_id == b.department_id
    return (site or department) and a.first <= b.last and b.first <= a.last
