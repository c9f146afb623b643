"""Series that were held, who came, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from enishi.events.choices import SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.feedback.actions import answers, themes
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.feedback.models import Answer, Theme
from enishi.members.models import Member

BEGAN = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)  # a Tuesday, 12:00 in Tokyo


def make_held(*sessions: Sequence[Member], **fields: Any) -> EventSeries:
    """A series with one held session for each list of people."""
    series = EventSeries.objects.create(
        **{
            "title_ja": "顔合わせ会",
            "title_en": "First gathering",
            "purpose_ja": "まずは顔を合わせて、お互いを知る",
            "purpose_en": "To meet and get to know each other",
            "state": SeriesState.CLOSED,
            "announced_at": BEGAN - timedelta(days=20),
            **fields,
        }
    )
    for number, people in enumerate(sessions, 1):
        add_session(series, number, people)
    return series


def add_session(
    series: EventSeries, number: int, people: Sequence[Member], state: str = SessionState.HELD, **fields: Any
) -> EventSession:
    starts_at = BEGAN + timedelta(days=2 * number)
    session = EventSession.objects.create(
        **{
            "series": series,
            "number": number,
            "starts_at": starts_at,
            "closes_at": starts_at,
            "minimum": 1,
            "maximum": max(9, len(people)),
            "seats_taken": len(people),
            "state": state,
            **fields,
        }
    )
    Signup.objects.bulk_create([Signup(session=session, member=person, state=SignupState.BOOKED) for person in people])
    return session


def theme(kind: str, name: str) -> Theme:
    return themes.find_or_add(kind, name_ja=name)


def say(
    series: EventSeries,
    member: Member,
    *,
    satisfaction: int | None = 5,
    want: str = "",
    next: str = "",
    quote: str | None = Attribution.NONE,
    **words: str,
) -> Answer:
    """An answer; `want` and `next` are names of themes, `words` the sentences (`want_words` and `next_words` for those two)."""
    return answers.save(
        series,
        member=member,
        said=answers.Said(
            satisfaction=satisfaction,
            noticed=words.get("noticed", ""),
            want_theme=theme(ThemeKind.WANT, want) if want else None,
            want=words.get("want_words", ""),
            liked=words.get("liked", ""),
            next_theme=theme(ThemeKind.NEXT, next) if next else None,
            next=words.get("next_words", ""),
            attribution=quote,
        ),
        by=member.user,
    )
