"""Members' pages: choose dates, see what happened, change, withdraw, undo, come."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.events.actions import sessions, signups
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.members.models import Member
from factories.events import NOON, START, crowd, fill, make_series, make_session

pytestmark = pytest.mark.usefixtures("noon")


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(getattr(member, "user", member))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"events:{name}", args=args)


@pytest.fixture
def series(cast: Cast) -> EventSeries:
    """Four sessions of three to nine, from 10 December."""
    return make_series(sessions=4)


def keys(series: EventSeries) -> list[int]:
    return list(series.sessions.order_by("starts_at").values_list("pk", flat=True))


def test_one_submit_books_one_session_and_queues_for_another(cast: Cast, series: EventSeries) -> None:
    first, second, *_ = keys(series)
    fill(EventSession.objects.get(pk=second))
    client = signed_in(cast.nakamura)

    answer = client.post(
        url("signup-create", series.pk), {"session": [first, second], "note": "つくばの話", "hide_name": "on"}
    )

    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert "参加が決まりました" in page and "キャンセル待ち1番目" in page
    mine = Signup.objects.filter(member=cast.nakamura).order_by("session__starts_at")
    assert [(each.state, each.note, each.hide_name) for each in mine] == [
        ("booked", "つくばの話", True),
        ("waiting", "つくばの話", True),
    ]


def test_the_result_opened_again_after_leaving_the_queue_counts_those_who_wait(cast: Cast, series: EventSeries) -> None:
    session = EventSession.objects.get(pk=keys(series)[0])
    fill(session)
    client = signed_in(cast.nakamura)
    answer = client.post(url("signup-create", series.pk), {"session": [session.pk]})
    for other in crowd(2, prefix="behind"):
        signups.sign_up(session, member=other)
    signups.withdraw(Signup.objects.get(session=session, member=cast.nakamura))

    [card] = client.get(answer["Location"]).context["cards"]
    assert (card.kind, card.place) == ("full", 3)


def test_the_whole_flow_takes_three_requests_and_at_most_twenty_queries(
    cast: Cast, series: EventSeries, settings: Any
) -> None:
    client, first = signed_in(cast.nakamura), keys(series)[0]
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("series-detail", series.pk))
        answer = client.post(url("signup-create", series.pk), {"session": [first]})
        result = client.get(answer["Location"])
    assert (page.status_code, answer.status_code, result.status_code) == (200, 303, 200)
    assert Signup.objects.get(member=cast.nakamura).state == "booked"
    asked = [each["sql"] for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 20, "\n".join(asked)


@pytest.mark.parametrize("people", [1, 3, 8])
def test_the_page_takes_the_same_queries_whatever_the_number_of_people(cast: Cast, people: int) -> None:
    series = make_series(sessions=4)
    sessions_ = list(series.sessions.all())
    for each in sessions_:
        for who in crowd(people, prefix=f"p{each.pk}-"):
            signups.sign_up(each, member=who)
        signups.sign_up(each, member=cast.mori)
    for who, most in ((cast.mori, 12), (cast.nakamura, 12), (cast.miyake, 12)):
        client = signed_in(who)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("series-detail", series.pk)).status_code == 200
        assert len(queries) <= most, "\n".join(each["sql"] for each in queries)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_one_series_and_three(cast: Cast, number: int) -> None:
    for _ in range(number):
        made = make_series(sessions=2)
        signups.sign_up_for_many(made.sessions.all(), member=cast.nakamura)
    client = signed_in(cast.nakamura)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url("list"))
    assert page.content.decode().count("events-series__head") == number
    assert len(queries) == 6, "\n".join(each["sql"] for each in queries)


@pytest.mark.parametrize("page", ["/", "/events/"])
def test_a_date_says_when_it_is_night_or_another_day_where_the_reader_is(cast: Cast, page: str) -> None:
    noon = datetime(2026, 12, 10, 3, tzinfo=UTC)  # in Tokyo
    make_session(starts_at=noon, closes_at=noon)
    said = [signed_in(each).get(page).content.decode() for each in (cast.harada, cast.jansen, cast.nakamura)]
    assert [("（前日）" in one, "</span> (early morning)" in one) for one in said] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip


def test_no_date_chosen_says_so_and_keeps_what_was_typed(cast: Cast, series: EventSeries) -> None:
    answer = signed_in(cast.nakamura).post(url("signup-create", series.pk), {"note": "治験について", "hide_name": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日程を1つ以上選んでください。" in page and "治験について" in page and "checked" in page
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"session": ["999999"]},
        {"session": ["x"]},
        {"session": ["9" * 40]},
        {"session": ["1\x00"]},
        {"note": "a" * 1_000_000},
        {"note": "a\x00b"},
    ],
    ids=["unknown", "no number", "huge", "NUL", "a megabyte", "NUL in the note"],
)
def test_bad_input_is_answered_on_the_page(cast: Cast, series: EventSeries, data: dict[str, Any]) -> None:
    whole = {"session": [str(keys(series)[0])], **data}
    answer = signed_in(cast.nakamura).post(url("signup-create", series.pk), whole)
    assert answer.status_code in (303, 422) if data.get("note") == "a\x00b" else answer.status_code == 422


@pytest.mark.parametrize("number", [0, 10**12, 10**30])
@pytest.mark.parametrize(
    "name", ["series-detail", "session-detail", "session-calendar", "signup-result", "signup-change"]
)
def test_a_number_that_never_was_is_not_found(cast: Cast, name: str, number: int) -> None:
    assert signed_in(cast.nakamura).get(url(name, number)).status_code == 404


def test_a_session_closed_meanwhile_says_so_beside_the_booked_one(cast: Cast, series: EventSeries) -> None:
    first, second, third, _ = keys(series)
    EventSession.objects.filter(pk=first).update(closes_at=NOON - timedelta(hours=1))
    sessions.cancel(EventSession.objects.get(pk=second), word_ja="事務局の都合のため")
    client = signed_in(cast.nakamura)
    answer = client.post(url("signup-create", series.pk), {"session": [first, second, third]})
    page = client.get(answer["Location"]).content.decode()
    assert "受け付けは11月24日（火）11:00に終わりました" in page
    assert "この回は中止になりました" in page
    assert "参加が決まりました" in page


def test_withdraw_and_undo_are_one_press_each(cast: Cast, series: EventSeries) -> None:
    mine = signups.sign_up(series.sessions.first(), member=cast.nakamura).signup
    client = signed_in(cast.nakamura)

    answer = client.post(url("signup-withdraw", mine.pk))
    page = client.get(answer["Location"]).content.decode()
    assert Signup.objects.get().state == "leaving"
    assert "申し込みを取り消しました" in page and "元に戻す" in page

    client.post(url("signup-undo", mine.pk))
    assert Signup.objects.get().state == "booked"


def test_nobody_changes_the_place_of_another(cast: Cast, series: EventSeries) -> None:
    mine = signups.sign_up(series.sessions.first(), member=cast.nakamura).signup
    other, owner = signed_in(cast.onishi), signed_in(cast.nakamura)
    for name in ("signup-withdraw", "signup-undo", "signup-change"):
        assert other.post(url(name, mine.pk), {"note": "x"}).status_code == 404
    assert Signup.objects.get().state == "booked" and Signup.objects.get().note == ""
    assert owner.post(url("signup-change", mine.pk), {"note": "x"}).status_code == 303
    assert Signup.objects.get().note == "x"


def test_a_draft_is_there_for_nobody_but_the_office(cast: Cast) -> None:
    draft = make_series(announced=False)
    assert signed_in(cast.nakamura).get(url("series-detail", draft.pk)).status_code == 404
    assert signed_in(cast.nakamura).get(url("session-detail", draft.sessions.get().pk)).status_code == 404
    assert "顔合わせ会" not in signed_in(cast.nakamura).get(url("list")).content.decode()
    assert signed_in(cast.miyake).get(url("office-series-announce", draft.pk)).status_code == 200


def test_an_applicant_and_one_who_left_learn_nothing(cast: Cast, series: EventSeries) -> None:
    Member.objects.filter(pk=cast.onishi.pk).update(left_at=NOON)
    for who in (cast.applicant, cast.onishi):
        assert signed_in(who).get(url("list")).status_code == 404
        assert signed_in(who).get(url("series-detail", series.pk)).status_code == 404
    assert signed_in(cast.mori).get(url("series-detail", series.pk)).status_code == 200
    assert Client().get(url("list")).status_code == 302


class TestWhoComes:
    """Names for the office and for those who come, the number for the others."""

    @pytest.fixture
    def session(self, cast: Cast) -> EventSession:
        session = make_session(hosts=(cast.fujii,))
        for who in (cast.nakamura, cast.mori):
            signups.sign_up(session, member=who)
        signups.sign_up(session, member=cast.saeki, hide_name=True)
        return session

    @pytest.mark.parametrize(
        ("viewer", "named"),
        [
            ("nakamura", {"中村 聡", "森 由紀子"}),
            ("saeki", {"中村 聡", "森 由紀子", "佐伯 美香"}),
            ("miyake", {"中村 聡", "森 由紀子", "佐伯 美香"}),
            ("fujii", {"中村 聡", "森 由紀子", "佐伯 美香"}),
            ("onishi", set()),
        ],
    )
    @pytest.mark.parametrize("name", ["session-detail", "series-detail"])
    def test_names_before_the_room(
        self, cast: Cast, session: EventSession, viewer: str, named: set[str], name: str
    ) -> None:
        pk = session.pk if name == "session-detail" else session.series_id
        page = signed_in(getattr(cast, viewer)).get(url(name, pk)).content.decode()
        everyone = {"中村 聡", "森 由紀子", "佐伯 美香"}
        assert {who for who in everyone if f"<b>{who}さん</b>" in page} == named
        assert "3名" in page

    def test_hidden_names_are_shown_once_the_room_opens(self, cast: Cast, session: EventSession) -> None:
        with clock.at(START - timedelta(minutes=10)):
            page = signed_in(cast.mori).get(url("session-detail", session.pk)).content.decode()
        assert "佐伯 美香さん" in page

    def test_the_note_is_read_by_the_office_and_not_by_others(self, cast: Cast, session: EventSession) -> None:
        signups.change(Signup.objects.get(member=cast.mori), note="転職の話", hide_name=False)
        assert "転職の話" in signed_in(cast.miyake).get(url("office-session", session.pk)).content.decode()
        assert "転職の話" not in signed_in(cast.nakamura).get(url("session-detail", session.pk)).content.decode()


class TestVideoLink:
    """Only for those who come, the hosts and the office; only from ten minutes before until the end."""

    LINK = "https://video.example/room"

    @pytest.fixture
    def session(self, cast: Cast) -> EventSession:
        session = make_session(hosts=(cast.fujii,), minimum=1, maximum=2)
        for who in (cast.nakamura, cast.mori, cast.harada):
            signups.sign_up(session, member=who)
        return session

    @pytest.mark.parametrize(
        ("moment", "open_then"),
        [
            (timedelta(minutes=-11), False),
            (timedelta(minutes=-10), True),
            (timedelta(minutes=59), True),
            (timedelta(minutes=60), False),
        ],
    )
    @pytest.mark.parametrize(
        ("viewer", "comes"),
        [("nakamura", True), ("fujii", True), ("miyake", True), ("harada", False), ("onishi", False)],
    )
    def test_who_sees_it_when(
        self, cast: Cast, session: EventSession, moment: timedelta, open_then: bool, viewer: str, comes: bool
    ) -> None:
        with clock.at(START + moment):
            pages = [
                signed_in(getattr(cast, viewer)).get(url("session-detail", session.pk)).content.decode(),
                signed_in(getattr(cast, viewer)).get(url("series-detail", session.series_id)).content.decode(),
            ]
        assert [self.LINK in page for page in pages] == [open_then and comes, False]

    def test_a_cancelled_session_has_none(self, cast: Cast, session: EventSession) -> None:
        sessions.cancel(session)
        with clock.at(START):
            assert self.LINK not in signed_in(cast.nakamura).get(url("session-detail", session.pk)).content.decode()

    def test_the_calendar_file_has_none(self, cast: Cast, session: EventSession) -> None:
        text = signed_in(cast.nakamura).get(url("session-calendar", session.pk)).content.decode()
        assert "BEGIN:VEVENT" in text and "TZID:Asia/Tokyo" in text
        assert "video.example" not in text


def test_the_calendar_file_is_for_those_who_come(cast: Cast, series: EventSeries) -> None:
    session = series.sessions.first()
    assert signed_in(cast.nakamura).get(url("session-calendar", session.pk)).status_code == 404
    signups.sign_up(session, member=cast.nakamura)
    assert signed_in(cast.nakamura).get(url("session-calendar", session.pk)).status_code == 200


def test_the_agenda_runs_by_the_clock_in_both_zones(cast: Cast, series: EventSeries) -> None:
    page = signed_in(cast.harada).get(url("session-detail", keys(series)[0])).content.decode()
    assert "18:00〜18:08" in page and "ニューヨーク" in page and "4:00〜4:08" in page


def test_every_page_has_one_heading_and_no_inline_style_or_script(cast: Cast, series: EventSeries) -> None:
    session = series.sessions.first()
    mine = signups.sign_up(session, member=cast.nakamura).signup
    client = signed_in(cast.nakamura)
    for address in (
        url("list"),
        url("series-detail", series.pk),
        url("signup-result", series.pk) + f"?asked={session.pk}",
        url("signup-change", mine.pk),
        url("session-detail", session.pk),
    ):
        page = client.get(address).content.decode()
        assert len(re.findall("<h1", page)) == 1, address
        assert " style=" not in page and "<script>" not in page and "onclick" not in page
