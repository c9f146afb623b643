"""A story: all of a folder, read and checked, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from enishi.events.actions.series_input import SegmentInput
from enishi.office.imports.roster import Person


class BrokenStory(Exception):
    """The folder cannot be replayed; one full sentence says what stands where."""


@dataclass(frozen=True)
class StorySession:
    """`number` is the file's own, `starts_at` aware, `minutes` its length."""

    number: int
    starts_at: datetime
    minutes: int
    minimum: int
    maximum: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Gathering:
    """The series as the office planned it. It has one session at least."""

    title: str
    purpose: str
    zone: str
    sessions: tuple[StorySession, ...]
    segments: tuple[SegmentInput, ...]

    @property
    def begins(self) -> datetime:
        return min(each.starts_at for each in self.sessions)

    @property
    def ends(self) -> datetime:
        return max(each.ends_at for each in self.sessions)

    @property
    def in_order(self) -> list[StorySession]:
        """The sessions by date; those of one instant as the file has them."""
        return sorted(self.sessions, key=lambda each: each.starts_at)


@dataclass(frozen=True)
class Story:
    """`people` and `voices` by employee number; `signups` (session, employee number) in the order of arrival."""

    gathering: Gathering
    roster_file: bytes
    roster_name: str
    people: dict[str, Person]
    signups: tuple[tuple[int, str], ...]
    voices: dict[str, dict[str, str]] = field(default_factory=dict)
