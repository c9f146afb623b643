"""What a date poll says: votes added up by date, with each zone's own clock beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from .zones import LocalHour, aware, local_hour

Answer = Literal["yes", "maybe", "no"]


@dataclass(frozen=True)
class Vote:
    """One person's word on one date (an aware instant), from the zone they live in."""

    person: int
    zone: str
    starts_at: datetime
    answer: Answer


@dataclass(frozen=True)
class ZoneTotal:
    """The votes from one zone on one date, and what the clock shows there."""

    zone: str
    hour: LocalHour
    yes: int
    maybe: int
    no: int


@dataclass(frozen=True)
class DateTotal:
    """One date's votes. `silent` voted on other dates but not on this one; `at_night` said yes to a night hour."""

    starts_at: datetime
    yes: int
    maybe: int
    no: int
    silent: int
    at_night: int
    zones: tuple[ZoneTotal, ...]


def poll_totals(
    dates: Sequence[datetime], votes: Iterable[Vote], *, reference: str = "Asia/Tokyo"
) -> tuple[DateTotal, ...]:
    """The dates in order of the votes: most yes, then most yes or maybe, then fewest at night, then the earliest.

    A person's later vote on a date replaces the earlier one. Two ways to write one instant are one date.
    """
    instants = list(dict.fromkeys(aware(d, "The date").astimezone(UTC) for d in dates))
    last: dict[tuple[int, datetime], Vote] = {}
    for vote in votes:
        at = aware(vote.starts_at, "The voted date").astimezone(UTC)
        if at not in instants:
            raise ValueError(f"A vote is for {at}, which is not a date of this poll; leave it out or add the date.")
        if vote.answer not in ("yes", "maybe", "no"):
            raise ValueError(f"{vote.answer!r} is no answer to a poll; use yes, maybe or no.")
        last[vote.person, at] = vote
    people = {person for person, _ in last}
    totals = [_total(at, [v for (_, t), v in last.items() if t == at], len(people), reference) for at in instants]
    return tuple(sorted(totals, key=lambda t: (-t.yes, -t.yes - t.maybe, t.at_night, t.starts_at)))


def _total(at: datetime, votes: list[Vote], people: int, reference: str) -> DateTotal:
    zones = tuple(
        ZoneTotal(zone, local_hour(at, zone, reference), *_counts([v for v in votes if v.zone == zone]))
        for zone in sorted({v.zone for v in votes})
    )
    at_night = sum(z.yes for z in zones if not z.hour.humane)
    return DateTotal(at, *_counts(votes), silent=people - len(votes), at_night=at_night, zones=zones)


def _counts(votes: list[Vote]) -> tuple[int, int, int]:
    answers = [v.answer for v in votes]
    return answers.count("yes"), answers.count("maybe"), answers.count("no")
