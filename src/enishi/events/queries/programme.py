"""The programme by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from enishi.core.statements import Kept
from enishi.events.models import EventSession, ProgrammeSegment


@dataclass(frozen=True)
class Part:
    """One part of the programme: from which minute, how long, and at which instants in a session (if one is given)."""

    segment: ProgrammeSegment
    at_minute: int
    minutes: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@Kept
def segments_of(series_id: int) -> QuerySet[ProgrammeSegment]:
    """The parts of a series' programme in their order."""
    return ProgrammeSegment.objects.filter(series=series_id).order_by("position")


def timeline(segments: Iterable[ProgrammeSegment], *, people: int, session: EventSession | None = None) -> list[Part]:
    """A part whose time is told per person takes that for each of `people` (the most there can be: the plan stays)."""
    parts, minute = [], 0
    for segment in segments:
        minutes = segment.minutes if segment.minutes is not None else (segment.each_minutes or 0) * people
        start = session.starts_at + timedelta(minutes=minute) if session else None
        parts.append(Part(segment, minute, minutes, start, start + timedelta(minutes=minutes) if start else None))
        minute += minutes
    return parts
