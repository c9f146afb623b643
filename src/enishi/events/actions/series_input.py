"""What the office writes about a series: its words, its dates, its programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from enishi.members.models import Member


@dataclass(frozen=True)
class SessionInput:
    """One date: `starts_at` aware; `closes_at` None means the day before at 17:00; `key` names a session that exists."""

    starts_at: datetime
    minutes: int = 60
    minimum: int = 3
    maximum: int = 9
    closes_at: datetime | None = None
    video_url: str = ""
    hosts: tuple[Member, ...] = ()
    key: int | None = None


@dataclass(frozen=True)
class SegmentInput:
    """One part of the programme; prompts are (Japanese, English) pairs."""

    kind: str
    title_ja: str = ""
    title_en: str = ""
    minutes: int | None = None
    each_minutes: int | None = None
    prompts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SeriesInput:
    """All that the office writes on one page."""

    title_ja: str
    purpose_ja: str
    title_en: str = ""
    purpose_en: str = ""
    common_name_ja: str = ""
    common_name_en: str = ""
    text_ja: str = ""
    text_en: str = ""
    sessions: Sequence[SessionInput] = field(default_factory=tuple)
    segments: Sequence[SegmentInput] = field(default_factory=tuple)


WORDS = (
    "title_ja",
    "title_en",
    "purpose_ja",
    "purpose_en",
    "common_name_ja",
    "common_name_en",
    "text_ja",
    "text_en",
)
