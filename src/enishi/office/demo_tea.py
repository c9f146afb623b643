"""The demo's small tea of last week: held, half answered, its report a draft. So the form can be tried from the mail page,
and a report be made, chosen and published by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enishi.core import clock, network
from enishi.events import tasks
from enishi.events.actions import series as series_actions
from enishi.events.actions import sessions as session_actions
from enishi.events.actions import signups
from enishi.events.actions.series_input import SegmentInput, SeriesInput, SessionInput
from enishi.events.choices import SegmentKind
from enishi.events.models import EventSeries, EventSession
from enishi.feedback.actions import answers, themes
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.members.models import Member


@dataclass(frozen=True)
class Said:
    """What one guest wrote; the themes by their Japanese names."""

    satisfaction: int
    noticed: str
    want_theme: str
    want: str
    liked: str
    next_theme: str
    next: str
    attribution: str


SAID = (
    Said(
        5,
        "社名を言わなくても話が通じる相手がいるのは、ありがたいことでした",
        "情報交換",
        "治験の電子化について、各社の様子を聞いてみたいです",
        "お茶を飲みながら、肩の力を抜いて話せました",
        "情報交換会",
        "30分の短い会でも参加しやすいです",
        Attribution.NAMED,
    ),
    Said(
        4,
        "資料を読み手のために直す習慣は、いまの職場でもほめられます",
        "横のつながり",
        "同じ時期に転職した方と、その後を話してみたいです",
        "前回お会いした方と、もう一度ゆっくり話せました",
        "飲み会",
        "春に対面で集まれたらうれしいです",
        Attribution.ANONYMOUS,
    ),
    Said(
        5,
        "失敗を隠さず話す文化が、あたりまえではないと知りました",
        "事業の連携",
        "小さな会社の品質保証を、一緒に考えてくださる方を探しています",
        "聞くだけのつもりが、つい話してしまいました",
        "テーマ討論",
        "品質保証をテーマにした会を希望します",
        Attribution.ANONYMOUS,
    ),
    Said(
        4,
        "",
        "会社との関わり",
        "研究所の見学会があれば行きたいです",
        "夜の時間で助かりました",
        "不定期の開催",
        "",
        Attribution.NONE,
    ),
)


def hold(*, guests: list[Member], quiet: list[Member], host: Member, officer: Member) -> EventSeries:
    """Everyone comes; `guests` write afterwards, the `quiet` have not yet."""
    begins = _evening_of_last_week()
    with clock.at(begins - timedelta(days=10)):
        series, session = _announce(begins, host, officer)
        for member in (*quiet, *guests):
            signups.sign_up(session, member=member, by=member.user)
    with clock.at(session.starts_at):
        tasks.tick()
    with clock.at(session.ends_at):
        booked = list(session.signups.values_list("pk", flat=True))
        session_actions.take_attendance(session, present=booked, by=host.user)
        session_actions.close(session, by=officer.user)
    with clock.at(session.ends_at + timedelta(hours=14)):
        for member, said in zip(guests, SAID, strict=False):
            answers.save(series, member=member, said=_answer(said), by=member.user)
    return series


def _evening_of_last_week() -> datetime:
    """Four to ten days ago: Thursday of last week, 19:00 where the network is."""
    zone = network.current().zone
    today: date = clock.today(zone)
    return datetime.combine(today - timedelta(days=today.weekday() + 4), time(19), ZoneInfo(zone))


def _announce(begins: datetime, host: Member, officer: Member) -> tuple[EventSeries, EventSession]:
    series = series_actions.create(
        SeriesInput(
            title_ja="オンライン茶話会",
            title_en="Online tea",
            common_name_ja="茶話会",
            common_name_en="Tea",
            purpose_ja="お茶を手もとに、近況を話す会です。",
            purpose_en="An hour with a cup of tea, to tell how things are.",
            sessions=(
                SessionInput(starts_at=begins, hosts=(host,), maximum=6, video_url="https://meet.example/asagi-tea"),
            ),
            segments=(
                SegmentInput(SegmentKind.GREETING, title_ja="はじめに", title_en="To begin", minutes=5),
                SegmentInput(SegmentKind.TOPIC, title_ja="近況", title_en="How things are", minutes=45),
                SegmentInput(SegmentKind.CLOSING, title_ja="むすび", title_en="To close", minutes=10),
            ),
        ),
        by=officer.user,
    )
    series_actions.announce(series, by=officer.user, mail=False)
    return series, series.sessions.select_related("series").get()


def _answer(said: Said) -> answers.Said:
    return answers.Said(
        satisfaction=said.satisfaction,
        noticed=said.noticed,
        want_theme=themes.find_or_add(ThemeKind.WANT, name_ja=said.want_theme),
        want=said.want,
        liked=said.liked,
        next_theme=themes.find_or_add(ThemeKind.NEXT, name_ja=said.next_theme),
        next=said.next,
        attribution=said.attribution,
    )
