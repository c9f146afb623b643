"""Series, sessions and people who fill them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cast import make_member
from enishi.events.actions import series, series_ready, signups
from enishi.events.actions.series_input import SeriesInput, SessionInput
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.members.models import Member

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
START = datetime(2026, 12, 10, 9, 0, tzinfo=UTC)  # a Thursday, 18:00 in Tokyo


def make_series(*, sessions: int = 1, announced: bool = True, **fields: Any) -> EventSeries:
    """A 顔合わせ会 whose sessions lie two days apart from 10 December; each takes three to nine unless said otherwise."""
    dates = [START + timedelta(days=2 * n) for n in range(sessions)]
    data = SeriesInput(
        title_ja="顔合わせ会",
        title_en="Get-together",
        purpose_ja="まずは顔を合わせる会です。",
        purpose_en="To meet each other.",
        sessions=[
            SessionInput(
                **{"starts_at": start, "closes_at": start, "video_url": "https://video.example/room", **fields}
            )
            for start in dates
        ],
        segments=series_ready.template("Asia/Tokyo").segments,
    )
    made = series.create(data)
    if announced:
        series.announce(made, mail=False)
    return made


def make_session(**fields: Any) -> EventSession:
    """A series of one session; the session."""
    return make_series(**fields).sessions.get()


def crowd(number: int, prefix: str = "guest") -> list[Member]:
    """Members without further qualities."""
    return [make_member("客", f"{n}", email=f"{prefix}{n}@mail.example") for n in range(number)]


def fill(session: EventSession, leaving: int = 0) -> list[Signup]:
    """Book all free seats (but for `leaving` of them)."""
    session.refresh_from_db()
    people = crowd(session.free - leaving, prefix=f"fill{session.pk}-{Member.objects.count()}-")
    return [signups.sign_up(session, member=person).signup for person in people]  # type: ignore[misc]
