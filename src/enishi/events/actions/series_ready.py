"""What the page of a series begins with: the ready gathering, an earlier series again, or the series as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enishi.core import clock, dates
from enishi.events.actions.series_input import WORDS, SegmentInput, SeriesInput, SessionInput
from enishi.events.choices import SegmentKind, SessionState
from enishi.events.models import EventSeries, EventSession


def template(zone: str) -> SeriesInput:
    """The ready 顔合わせ会: four small sessions in two weeks, at noon and in the evening, a greeting, four prompts, wishes."""
    first = _monday_after(clock.today(zone) + timedelta(weeks=2))
    hours = ((1, time(12)), (3, time(18)), (8, time(19)), (10, time(20)))
    starts = [datetime.combine(first + timedelta(days=day), at, ZoneInfo(zone)) for day, at in hours]
    return replace(_TEMPLATE, sessions=tuple(SessionInput(starts_at=start) for start in starts))


def again(series: EventSeries) -> SeriesInput:
    """ "Hold again": the words, programme, sizes, hosts and hours of a series, moved by whole weeks into the future."""
    held = list(series.sessions.exclude(state=SessionState.CANCELLED).prefetch_related("hosts"))
    weeks = _weeks_until_ahead(held)
    return replace(_words_and_programme(series), sessions=tuple(_again(session, weeks) for session in held))


def current(series: EventSeries) -> SeriesInput:
    """The series as it stands, with the keys of its sessions: what its page for changes begins with."""
    return replace(
        _words_and_programme(series),
        sessions=tuple(
            SessionInput(
                key=session.pk,
                starts_at=session.starts_at,
                minutes=session.minutes,
                minimum=session.minimum,
                maximum=session.maximum,
                closes_at=session.closes_at,
                video_url=session.video_url,
                hosts=tuple(session.hosts.all()),
            )
            for session in series.sessions.prefetch_related("hosts")
        ),
    )


def _words_and_programme(series: EventSeries) -> SeriesInput:
    return SeriesInput(
        **{name: getattr(series, name) for name in WORDS},
        segments=tuple(
            SegmentInput(
                kind=each.kind,
                title_ja=each.title_ja,
                title_en=each.title_en,
                minutes=each.minutes,
                each_minutes=each.each_minutes,
                prompts=tuple((one.get("ja", ""), one.get("en", "")) for one in each.prompts),
            )
            for each in series.segments.all()
        ),
    )


def _weeks_until_ahead(sessions: Sequence[EventSession]) -> int:
    """Whole weeks that bring the first of these at least two weeks into the future: the weekday stays."""
    if not sessions:
        return 0
    behind = clock.now() + timedelta(weeks=2) - min(session.starts_at for session in sessions)
    return max(-(-behind // timedelta(weeks=1)), 0)


def _again(session: EventSession, weeks: int) -> SessionInput:
    """The same hour on the wall clock, whatever the clocks did in between."""
    zone = dates.network_zone()
    local = clock.local(session.starts_at, zone)
    moved = datetime.combine(local.date() + timedelta(weeks=weeks), local.time(), ZoneInfo(zone))
    return SessionInput(
        starts_at=moved,
        minutes=session.minutes,
        minimum=session.minimum,
        maximum=session.maximum,
        hosts=tuple(session.hosts.all()),
    )


def _monday_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


_TEMPLATE = SeriesInput(
    title_ja="アルムナイ顔合わせ会",
    title_en="Alumni get-together",
    common_name_ja="顔合わせ会",
    common_name_en="Get-together",
    purpose_ja="まずは顔を合わせて、お互いを知る会です。少人数で、一人ひとりが話す時間をつくります。",
    purpose_en="A first chance to see and know each other, in a small circle where everyone has time to speak.",
    segments=(
        SegmentInput(
            SegmentKind.GREETING,
            "事務局のあいさつ",
            "Greeting by the office",
            minutes=8,
            prompts=(
                (
                    "このネットワークの目的と、今日の進め方をお話しします。",
                    "What this network is for, and how today will go.",
                ),
            ),
        ),
        SegmentInput(
            SegmentKind.CHECK_IN,
            "チェックイン",
            "Check-in",
            each_minutes=3,
            prompts=(
                ("在籍していたころの仕事", "Your work at the company"),
                ("いまの仕事と、退職してからの歩み", "Your work now, and the way since you left"),
                ("登録したきっかけ", "What made you register"),
                ("退職して気づいたこと", "What you noticed after leaving"),
            ),
        ),
        SegmentInput(
            SegmentKind.TOPIC,
            "このネットワークでやってみたいこと",
            "What we would like to do in this network",
            minutes=15,
        ),
        SegmentInput(SegmentKind.CLOSING, "ひとこと感想", "A word to close", minutes=5),
    ),
)
