"""What hour a session is for the members, wherever they live; and what it would collide with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from enishi.core import clock, dates, zones
from enishi.engines import scheduling
from enishi.events.choices import SessionState
from enishi.events.models import EventSession
from enishi.members.models import Member


@dataclass(frozen=True)
class Hour:
    """A session's start in one zone: 4:00, with early/late and the day before or after as words (empty by day)."""

    hour: str
    note: str
    humane: bool


@dataclass(frozen=True)
class ZoneRow:
    """One zone in use: its city, how many members, and the hour of each session there."""

    city: str
    people: int
    hours: list[Hour]


def zones_in_use() -> dict[str, int]:
    """{IANA name: members}, the most first; a member without a zone counts where the network is."""
    base = dates.network_zone()
    found: dict[str, int] = {base: 0}
    counted = Member.objects.present().filter(user__is_active=True).values_list("user__zone").annotate(n=Count("pk"))
    for zone, number in counted:
        name = zone if zone and zones.is_zone(zone) else base
        found[name] = found.get(name, 0) + number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def table(starts: Sequence[datetime]) -> list[ZoneRow]:
    """For every zone in use, the hour of every start."""
    base = dates.network_zone()
    return [
        ZoneRow(zones.city(zone), people, [_hour(start, zone, base) for start in starts])
        for zone, people in zones_in_use().items()
    ]


def overlaps(spans: Sequence[tuple[datetime, datetime]]) -> list[bool]:
    """For each span, whether another of them overlaps it."""
    return [
        any(_overlap(mine, theirs) for other, theirs in enumerate(spans) if other != number)
        for number, mine in enumerate(spans)
    ]


def other_sessions(spans: Sequence[tuple[datetime, datetime]], *, but_series: int | None) -> list[list[EventSession]]:
    """For each span, the open sessions of other series that overlap it: one question."""
    if not spans:
        return []
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    near = (
        EventSession.objects.filter(
            state=SessionState.OPEN, starts_at__gt=first - timedelta(hours=9), starts_at__lt=last
        )
        .exclude(series=but_series)
        .select_related("series")
    )
    found = list(near)
    return [[each for each in found if _overlap(span, (each.starts_at, each.ends_at))] for span in spans]


def _hour(start: datetime, zone: str, base: str) -> Hour:
    there = scheduling.local_hour(start, zone, base)
    return Hour(dates.hour(there.local), dates.note(there.local, clock.local(start, base)), there.humane)


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
