"""What Nakamura finds on coming home, whatever state the network is in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.events.actions import series as series_actions
from enishi.events.actions import sessions, signups
from enishi.events.choices import SignupState
from enishi.events.models import EventSession, Signup
from enishi.office.queries import home
from enishi.publishing.actions import reports
from factories.events import START, crowd, fill, make_series, make_session
from factories.gatherings import make_held, say

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def nakamura(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.nakamura.user)
    return client


def page(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client)
    return len(asked)


def test_nothing_is_planned(nakamura: Client, cast: Cast) -> None:
    found = home.home(cast.nakamura)
    assert (found.next, found.offers, found.open_series, found.to_answer, found.article, found.days) == (
        None, [], [], [], None, None,
    )  # fmt: skip
    words = page(nakamura)
    assert "おかえりなさい" in words
    assert "いま予定されている会はありません。" in words
    assert "会のあとに書かれた感想をもとに、事務局が次の会を考えます。" in words


def test_a_draft_is_not_shown_and_an_announced_series_is(nakamura: Client, cast: Cast) -> None:
    series = make_series(sessions=4, announced=False)
    assert home.home(cast.nakamura).open_series == []
    assert series.title not in page(nakamura)
    series_actions.announce(series, mail=False)
    assert home.home(cast.nakamura).open_series == [series]
    assert f'href="{reverse("events:series-detail", args=[series.pk])}"' in page(nakamura)


def test_a_series_whose_deadlines_have_passed_is_not_open(cast: Cast) -> None:
    series = make_series(closes_at=START - timedelta(days=1))
    with clock.at(START - timedelta(days=1, seconds=1)):
        assert home.home(cast.nakamura).open_series == [series]
    with clock.at(START - timedelta(days=1)):
        assert home.home(cast.nakamura).open_series == []


def test_the_soonest_series_stands_first(cast: Cast) -> None:
    later = make_series(starts_at=START + timedelta(days=9), closes_at=None)
    sooner = make_series()
    assert home.home(cast.nakamura).open_series == [sooner, later]


def test_booked_comes_before_what_waits_and_counts_the_days(nakamura: Client, cast: Cast) -> None:
    first, second = make_series(sessions=2, maximum=3).sessions.order_by("starts_at")
    fill(first)
    waiting = signups.sign_up(first, member=cast.nakamura).signup
    booked = signups.sign_up(second, member=cast.nakamura).signup
    found = home.home(cast.nakamura)
    assert (found.next, found.later, found.days) == (booked, [waiting], 18)
    assert found.open_series == []
    words = page(nakamura)
    assert f'href="{reverse("events:session-detail", args=[second.pk])}"' in words
    assert "18日" in words


@pytest.mark.parametrize(
    ("at", "days"),
    [
        (START - timedelta(days=1, hours=18, seconds=1), 2),  # the last second of 8 December in Tokyo
        (START - timedelta(days=1, hours=18), 1),
        (START - timedelta(hours=18, seconds=1), 1),
        (START - timedelta(hours=18), 0),
        (START + timedelta(minutes=59), 0),
    ],
)
def test_days_are_those_of_the_networks_calendar(nakamura: Client, cast: Cast, at: datetime, days: int) -> None:
    signups.sign_up(make_session(), member=cast.nakamura)
    with clock.at(at):
        assert home.home(cast.nakamura).days == days
        words = page(nakamura)
    assert {2: "2日", 1: "明日", 0: "今日"}[days] in words


@pytest.mark.parametrize("minutes", [60, 240])
def test_a_session_is_next_until_its_end(cast: Cast, minutes: int) -> None:
    signups.sign_up(make_session(minutes=minutes), member=cast.nakamura)
    with clock.at(START + timedelta(minutes=minutes, seconds=-1)):
        assert home.home(cast.nakamura).next is not None
    with clock.at(START + timedelta(minutes=minutes)):
        assert home.home(cast.nakamura).next is None


def test_one_who_waits_is_told_so(nakamura: Client, cast: Cast) -> None:
    session = make_session(maximum=3)
    fill(session)
    signups.sign_up(session, member=cast.nakamura)
    found = home.home(cast.nakamura)
    assert found.next is not None and found.next.state == SignupState.WAITING
    words = page(nakamura)
    assert "キャンセル待ち" in words
    assert reverse("events:session-calendar", args=[session.pk]) not in words


def _offer(session: EventSession, cast: Cast) -> Signup:
    """Nakamura heads the queue when a seat falls free on the last day."""
    others = fill(session)
    signup = signups.sign_up(session, member=cast.nakamura).signup
    assert signup is not None
    with clock.at(START - timedelta(hours=20)):
        signups.withdraw(others[0])
        with clock.at(START - timedelta(hours=20) + timedelta(seconds=31)):
            signups.finish_leaving(Signup.objects.get(pk=others[0].pk))
    signup.refresh_from_db()
    return signup


def test_an_offer_stands_at_the_top(nakamura: Client, cast: Cast) -> None:
    session = make_session(maximum=3)
    offered = _offer(session, cast)
    assert offered.state == SignupState.OFFERED
    with clock.at(START - timedelta(hours=19)):
        found = home.home(cast.nakamura)
        words = page(nakamura)
    assert (found.offers, found.next, found.open_series) == ([offered], None, [])
    assert "空席が出ました" in words and "12月10日（木）0:00までにお答えください" in words


def test_a_host_finds_the_sessions_to_lead_until_they_are_over(nakamura: Client, cast: Cast) -> None:
    session = make_session(hosts=(cast.nakamura,))
    make_session(hosts=(cast.mori,))
    make_series(announced=False, hosts=(cast.nakamura,))
    assert home.home(cast.nakamura).led == [session]
    assert session.series not in home.home(cast.nakamura).open_series  # whoever leads it does not sign up for it
    assert "進行する回" in page(nakamura)
    with clock.at(START + timedelta(minutes=60)):
        assert home.home(cast.nakamura).led == []
        assert "進行する回" not in page(nakamura)


def test_the_card_leads_to_the_room_once_it_is_open(nakamura: Client, cast: Cast) -> None:
    signups.sign_up(make_session(minimum=1), member=cast.nakamura)
    with clock.at(START - timedelta(minutes=11)):
        assert "開始の10分前から入室できます。" in page(nakamura)
    with clock.at(START - timedelta(minutes=10)):
        assert "入室できます。" in page(nakamura) and "入室のページへ" in page(nakamura)


def test_feedback_waits_until_it_is_written(nakamura: Client, cast: Cast) -> None:
    series = make_held([cast.nakamura, cast.mori, cast.jansen])
    assert home.home(cast.nakamura).to_answer == [series]
    assert home.home(cast.onishi).to_answer == []
    assert series.title in page(nakamura)
    say(series, cast.nakamura)
    assert home.home(cast.nakamura).to_answer == []


def test_the_latest_report_is_there_once_it_is_published(nakamura: Client, cast: Cast) -> None:
    series = make_held(crowd(5), title_ja="秋の会")
    report = reports.draft(series)
    assert home.home(cast.nakamura).article is None
    assert report.title not in page(nakamura)
    reports.publish(report, by=cast.miyake.user)
    article = home.home(cast.nakamura).article
    assert article is not None and article.report == report
    assert report.title in page(nakamura)


def test_first_steps_go_once_they_are_done(cast: Cast) -> None:
    assert [done for done, _key in home.home(cast.nakamura).steps] == [False, True, True]
    assert home.home(cast.nakamura).steps_done == 2
    cast.nakamura.visibilities.create(field="employer", level="network")
    assert home.home(cast.nakamura).steps == []


def test_one_who_signs_in_without_being_a_member_sees_the_front_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.applicant)
    assert client.get("/").templates[0].name == "office/front.html"


def test_the_number_of_questions_does_not_grow(nakamura: Client, cast: Cast) -> None:
    session = make_session(maximum=30)
    signups.sign_up(session, member=cast.nakamura)
    reports.publish(reports.draft(make_held([cast.nakamura, *crowd(4)])), by=cast.miyake.user)
    page(nakamura)
    few = questions(nakamura)
    for person in crowd(15, prefix="more"):
        signups.sign_up(session, member=person)
    for number in range(3):
        make_series(sessions=2)
        make_held([cast.nakamura, *crowd(6, prefix=f"held{number}-")])
    many = questions(nakamura)
    assert many == few
    assert few <= 30


def test_sessions_cancelled_leave_home(cast: Cast) -> None:
    session = make_session()
    signups.sign_up(session, member=cast.nakamura)
    assert home.home(cast.nakamura).next is not None
    sessions.cancel(session)
    assert home.home(cast.nakamura).next is None
