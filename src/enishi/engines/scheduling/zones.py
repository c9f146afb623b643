"""Time zones: the zone of a name, its changes of offset, and what hour it is for someone at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

DAY_BEGINS = time(7, 30)  # the humane part of the day, both ends included
DAY_ENDS = time(22, 30)
NIGHT_TURNS = time(4, 0)  # before it a small hour is still last night (late), from it on it is early

_SEARCH_STEP = timedelta(days=7)  # no zone has ever changed its offset and back within a week


@dataclass(frozen=True)
class LocalHour:
    """An instant as one person's clock shows it.

    `day_shift` is the local date less the reference zone's date, in days: -1, 0 or 1 between inhabited places
    (the 26 hours between UTC+14 and UTC-12 can make it 2).
    """

    local: datetime
    day_shift: int
    part: Literal["early", "day", "late"]
    humane: bool


@dataclass(frozen=True)
class Change:
    """One change of a zone's rule: its first instant, the offsets on both sides and the new name."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


def local_hour(instant: datetime, zone: str, reference: str = "Asia/Tokyo") -> LocalHour:
    """What `instant` (aware) is in `zone` (IANA name), told against the date in the `reference` zone.

    Humane is 07:30-22:30, both ends included; earlier is "early" from 04:00 and "late" before it.
    """
    local = aware(instant, "the instant").astimezone(zone_of(zone))
    there = instant.astimezone(zone_of(reference))
    clock = local.time()
    humane = DAY_BEGINS <= clock <= DAY_ENDS
    part: Literal["early", "day", "late"] = "day"
    if not humane:
        part = "early" if NIGHT_TURNS <= clock < DAY_BEGINS else "late"
    return LocalHour(local, (local.date() - there.date()).days, part, humane)


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name; a name nobody knows raises ValueError."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(
            f"There is no time zone called {name!r}; give an IANA name, for example Asia/Tokyo."
        ) from error


def aware(instant: datetime, what: str) -> datetime:
    """The instant itself, or ValueError where it has no zone and so names no instant."""
    if instant.utcoffset() is None:
        raise ValueError(f"{what} {instant} has no time zone; give an aware datetime.")
    return instant


def changes(zone: str, begin: datetime, end: datetime) -> list[Change]:
    """Every change of offset or name in `zone` with begin < at <= end (aware), in order, to the second."""
    tz = zone_of(zone)
    found = []
    low = begin.astimezone(UTC).replace(microsecond=0)
    last = end.astimezone(UTC).replace(microsecond=0)
    while low < last:
        high = min(low + _SEARCH_STEP, last)
        if _rule(tz, low) != _rule(tz, high):
            found.append(_change_between(tz, low, high))
        low = high
    return found


def _change_between(tz: ZoneInfo, low: datetime, high: datetime) -> Change:
    """Halve the span until one second is left: the rule at `low` no longer holds at `high`."""
    old = _rule(tz, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if _rule(tz, middle) == old:
            low = middle
        else:
            high = middle
    offset, daylight, name = _rule(tz, high)
    return Change(high, old[0], offset, name, bool(daylight))


def _rule(tz: ZoneInfo, instant: datetime) -> tuple[timedelta, timedelta, str]:
    local = instant.astimezone(tz)
    return local.utcoffset() or timedelta(), local.dst() or timedelta(), local.tzname() or ""
