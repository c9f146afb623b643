"""`gathering.json`: the series, its sessions and its programme, read so that a fault says where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enishi.core import zones
from enishi.events.actions.series_input import SegmentInput
from enishi.events.choices import SegmentKind
from enishi.office.replay.story import BrokenStory, Gathering, StorySession

NAME = "gathering.json"
KINDS = {
    "greeting": SegmentKind.GREETING,
    "check-in": SegmentKind.CHECK_IN,
    "topic": SegmentKind.TOPIC,
    "closing": SegmentKind.CLOSING,
}
TITLE = 80  # characters that a part of the programme has for its title
YEARS = range(1950, 2200)
MOST = 10_000  # people in a session, minutes, the number of a session


def read(content: bytes, *, shift: timedelta = timedelta()) -> Gathering:
    """Read the file; `shift` moves every session, by the clock on the wall. Raises `BrokenStory`."""
    data = _data(content)
    title = _words(data, "title")
    if not title:
        raise BrokenStory(f"{NAME} has no title. Write it as a text.")
    zone = str(data.get("timezone") or "Asia/Tokyo")
    if not zones.is_zone(zone):
        raise BrokenStory(f"{NAME}: “{zone}” is no time zone. Write an IANA name such as Asia/Tokyo.")
    return Gathering(
        title=title,
        purpose=_words(data, "purpose") or title,
        zone=zone,
        sessions=tuple(_sessions(data, ZoneInfo(zone), shift)),
        segments=tuple(_segments(data.get("program") or [])),
    )


def _data(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BrokenStory(f"{NAME} is not readable as JSON: {error}.") from None
    if not isinstance(data, dict) or not isinstance(data.get("sessions"), list) or not data["sessions"]:
        raise BrokenStory(f"{NAME} has no sessions. Write them as a list with number and starts_at.")
    return data


def _words(data: dict[str, Any], name: str) -> str:
    text = data.get(name)
    return text.strip() if isinstance(text, str) else ""


def _sessions(data: dict[str, Any], zone: ZoneInfo, shift: timedelta) -> Iterator[StorySession]:
    seen: set[int] = set()
    for at, each in enumerate(data["sessions"], start=1):
        session = _session(at, each, data.get("capacity"), zone, shift)
        if session.number in seen or not 1 <= session.number <= MOST:
            raise BrokenStory(f"{NAME}: the session number {session.number} stands twice or is below 1.")
        if not 1 <= session.minimum <= session.maximum <= MOST or not 1 <= session.minutes <= MOST:
            raise BrokenStory(
                f"{NAME}, session {session.number}: the minimum {session.minimum}, the maximum "
                f"{session.maximum} or the {session.minutes} minutes do not fit."
            )
        seen.add(session.number)
        yield session


def _session(at: int, each: Any, capacity: Any, zone: ZoneInfo, shift: timedelta) -> StorySession:
    """One of the file's sessions; it may have a capacity of its own."""
    try:
        size = each.get("capacity") or capacity or {}
        return StorySession(
            number=int(each.get("number", at)),
            starts_at=_start(str(each["starts_at"]), zone, shift),
            minutes=int(each.get("minutes", 60)),
            minimum=int(size.get("min", 3)),
            maximum=int(size.get("max", 9)),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise BrokenStory(
            f"{NAME}, session {at}: number, starts_at (2020-11-10T12:00), minutes or capacity cannot be read."
        ) from None


def _start(text: str, zone: ZoneInfo, shift: timedelta) -> datetime:
    """An hour without an offset is the story's zone's. Raises ValueError."""
    start = datetime.fromisoformat(text)
    if start.year not in YEARS:
        raise ValueError
    if start.tzinfo is None:
        start = start.replace(tzinfo=zone)
    if shift:
        start = (start.astimezone(zone).replace(tzinfo=None) + shift).replace(tzinfo=zone)
    return start


def _segments(program: Any) -> Iterator[SegmentInput]:
    """The programme. Its words are the file's own: a step that the house has no word for is a topic of that name."""
    for at, each in enumerate(program, start=1):
        try:
            step = str(each.get("step", ""))
            yield SegmentInput(
                kind=KINDS.get(step, SegmentKind.TOPIC),
                title_ja=str(each.get("title") or ("" if step in KINDS else step))[:TITLE],
                minutes=_minutes(each.get("minutes")),
                each_minutes=_minutes(each.get("each_minutes")),
                prompts=tuple((str(prompt), "") for prompt in each.get("prompts") or []),
            )
        except (TypeError, ValueError, AttributeError, OverflowError):
            raise BrokenStory(f"{NAME}, part {at} of the program: step, minutes or prompts cannot be read.") from None


def _minutes(value: Any) -> int | None:
    minutes = None if value is None else int(value)
    if minutes is not None and not 0 <= minutes <= MOST:
        raise ValueError
    return minutes
