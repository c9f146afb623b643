"""The office's pages: from nothing to announced, and the day of a session."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.core.models import OutgoingMail
from enishi.events.actions import sessions, signups
from enishi.events.mail_topics import ANNOUNCEMENTS
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.members.actions import mails
from factories.events import NOON, START, crowd, fill, make_series, make_session

pytestmark = pytest.mark.usefixtures("noon")


def url(name: str, *args: object) -> str:
    return reverse(f"events:{name}", args=args)


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


class Fields(HTMLParser):
    """What a browser would send of the page's largest form: names and values as they stand there."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        name = a.get("name") or ""
        if tag == "input" and name and a.get("type") not in ("checkbox", "radio", "submit"):
            self.data.setdefault(name, []).append(a.get("value") or "")
        elif tag == "input" and name and "checked" in a:
            self.data.setdefault(name, []).append(a.get("value") or "on")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in a:
            self.data[self.select] = [a.get("value") or ""]
        elif tag == "textarea":
            self.area = name
            self.data[name] = [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.data[self.area][0] += data.removeprefix("\n") if not self.data[self.area][0] else data


def typed(client: Client, address: str) -> dict[str, Any]:
    return dict(Fields(client.get(address).content.decode()).data)


def test_from_nothing_to_announced_in_three_screens(office: Client, cast: Cast) -> None:
    form = typed(office, url("office-series-create"))  # 1: the ready get-together
    form |= {"session-0-video_url": "https://video.example/a", "session-0-hosts": [str(cast.fujii.pk)]}
    saved = office.post(url("office-series-create"), form)
    assert saved.status_code == 303
    page = office.get(saved["Location"]).content.decode()  # 2: look at it
    assert "<b>9名</b>にこのメールを送ります" in page
    assert "のご案内｜若草製薬アルムナイ" in page and "Invitation: Alumni get-together" in page
    done = office.post(saved["Location"], {"mail": "yes"})  # 3: announced
    assert "9名にメールを送ります" in office.get(done["Location"]).content.decode()
    made = EventSeries.objects.get()
    assert made.state == "announced" and made.sessions.count() == 4
    assert [clock.local(each.starts_at, "Asia/Tokyo").hour for each in made.sessions.all()] == [12, 18, 19, 20]
    assert list(made.sessions.first().hosts.all()) == [cast.fujii]
    assert made.segments.get(kind="check_in").prompt_words[0] == "在籍していたころの仕事"
    assert OutgoingMail.objects.filter(kind="events.announcement").count() == 9


def test_a_copy_of_the_last_series_takes_two_screens(office: Client, cast: Cast) -> None:
    earlier = make_series(sessions=2, hosts=(cast.fujii,))
    with clock.at(START + timedelta(days=30)):
        form = typed(office, url("office-series-create") + f"?from={earlier.pk}")
        saved = office.post(url("office-series-create"), form)
        assert office.post(saved["Location"], {"mail": "no"}).status_code == 303
    copy = EventSeries.objects.exclude(pk=earlier.pk).get()
    assert copy.state == "announced" and copy.sessions.count() == 2 and not OutgoingMail.objects.exists()


def test_rows_are_added_and_removed_without_script_and_keep_what_was_typed(office: Client) -> None:
    address = url("office-series-create")
    form = typed(office, address) | {"title_ja": "新春の会", "session-1-minutes": "75"}
    more = office.post(address, form | {"session-add": "1"}).content.decode()
    assert more.count("session-remove") == 5 and "新春の会" in more and 'value="75"' in more
    fewer = office.post(address, Fields(more).data | {"session-remove": "0"}).content.decode()
    assert fewer.count('"session-remove"') == 4 and 'name="session-0-minutes" value="75"' in fewer
    parts = office.post(address, Fields(fewer).data | {"segment-remove": "1"}).content.decode()
    assert parts.count('"segment-remove"') == 3 and "新春の会" in parts
    assert not EventSeries.objects.exists()


def test_the_hours_abroad_are_shown_with_nights_and_clashes(office: Client, cast: Cast) -> None:
    make_session(starts_at=START)
    form = typed(office, url("office-series-create"))
    form |= {"session-0-day": "2026-12-10", "session-0-hour": "18:30", "check": "1"}
    page = re.sub(r"\s+", " ", office.post(url("office-series-create"), form).content.decode())
    assert "ニューヨーク" in page and "アムステルダム" in page
    assert '<td class="events-night"><b class="num">4:30</b> <span class="nb">早朝</span></td>' in page
    assert "第1回と時間が重なっています" in page
    assert not EventSeries.objects.filter(title_ja="アルムナイ顔合わせ会").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title_ja": ""}, "タイトルを入力してください。"),
        ({"title_ja": "あ" * 100_000}, "100000"),
        ({"session-0-day": ""}, "日付を入力してください。"),
        ({"session-0-day": "2026-02-30"}, "日付は 2026-12-10 のように入力してください。"),
        ({"session-0-day": "2020-01-01"}, "この日時はすでに過ぎています。"),
        ({"session-0-day": "9999-12-31", "session-0-hour": "23:59"}, "9999年は合っていないようです。"),
        ({"session-0-closes": "0001-01-01T00:00"}, "1年は合っていないようです。"),
        ({"session-0-hour": "25:00"}, "時刻は 18:00 のように入力してください。"),
        ({"session-0-minutes": "0"}, "15から480までの数を入力してください。"),
        ({"session-0-minimum": "99"}, "最少人数が定員より多くなっています。"),
        ({"session-0-maximum": "9" * 400}, "1から500までの数を入力してください。"),
        ({"session-0-closes": "2027-01-01T10:00"}, "受け付けを開けておけるのは開始までです。"),
        ({"session-0-closes": "yesterday"}, "日時は 2026-12-09 17:00 のように入力してください。"),
        ({"session-0-video_url": "javascript:alert(1)"}, "https:// から始まる"),
        ({"session-0-video_url": "http://video.example/"}, "https:// から始まる"),
        ({"session-0-hosts": ["999999"]}, "選び直してください"),
        ({"session-0-hosts": ["x\x00"]}, "選び直してください"),
        ({"segment-0-kind": "dance"}, "dance"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    office: Client, change: dict[str, Any], said: str
) -> None:
    form = typed(office, url("office-series-create")) | {"purpose_en": "To meet, and to listen"} | change
    answer = office.post(url("office-series-create"), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "To meet, and to listen" in page
    assert not EventSeries.objects.exists()


@pytest.mark.parametrize(
    ("change", "opened"),
    [
        ({}, []),
        ({"session-1-video_url": "http://video.example/"}, ["締め切り・リンク・進行役"]),
        ({"purpose_en": "あ" * 100_000}, ["英語の文面"]),
        ({"segment-2-each_minutes": "0"}, ["区切り3"]),
        ({"segment-add": "1"}, ["区切り5"]),
    ],
    ids=["nothing", "link", "english", "part", "a new part"],
)
def test_what_is_folded_opens_where_something_is_to_mend(
    office: Client, change: dict[str, Any], opened: list[str]
) -> None:
    form = typed(office, url("office-series-create")) | {"check": "1"} | change
    page = office.post(url("office-series-create"), form).content.decode()
    summaries = re.findall(r"<details[^>]* open><summary>(?:<b>)?([^<]+)", page)
    assert summaries == opened


def test_the_folded_line_says_what_is_set(office: Client, cast: Cast) -> None:
    series = make_series(announced=False, hosts=(cast.fujii, cast.miyake))
    page = office.get(url("office-series-edit", series.pk)).content.decode()
    assert "リンク入力済み・藤井 彩・三宅 誠" in page.replace("\n", "")
    fresh = office.get(url("office-series-create")).content.decode()
    assert fresh.count("リンク未入力・進行役未定") == 4


def test_full_width_digits_are_taken(office: Client) -> None:
    form = typed(office, url("office-series-create"))
    form |= {"session-0-day": "２０２６／１２／１０", "session-0-hour": "１８：３０", "session-0-maximum": "１２"}
    assert office.post(url("office-series-create"), form).status_code == 303
    assert EventSession.objects.filter(starts_at=START + timedelta(minutes=30), maximum=12).exists()


def test_a_post_without_anything_and_unknown_ids_are_answered(office: Client) -> None:
    assert office.post(url("office-series-create"), {}).status_code == 422
    for name in (
        "office-series-edit",
        "office-series-announce",
        "office-session",
        "office-session-cancel",
        "office-session-print",
    ):
        for number in (0, 10**12, 10**30):
            assert office.get(url(name, number)).status_code == 404, (name, number)
    assert office.get(url("office-series-create") + "?from=999").status_code == 404
    assert office.get(url("office-series-create") + "?from=" + "9" * 40).status_code == 404


def test_the_number_before_announcing_leaves_out_who_stopped_it(office: Client, cast: Cast) -> None:
    series = make_series(announced=False)
    mails.stop(cast.mori, ANNOUNCEMENTS, by=cast.mori.user)
    page = office.get(url("office-series-announce", series.pk)).content.decode()
    assert "公開して8名にメールを送る" in page and "ほかに1名は、この種類のメールを止めています。" in page
    done = office.post(url("office-series-announce", series.pk), {"mail": "yes"}, follow=True)
    assert "を公開しました。8名にメールを送ります。" in done.content.decode()


def test_changing_an_announced_series_is_mailed_only_where_the_time_moved(office: Client, cast: Cast) -> None:
    made = make_series(sessions=2)
    signups.sign_up_for_many(made.sessions.all(), member=cast.nakamura)
    OutgoingMail.objects.all().delete()
    form = typed(office, url("office-series-edit", made.pk)) | {"session-1-hour": "20:00"}
    assert office.post(url("office-series-edit", made.pk), form).status_code == 303
    [mail] = OutgoingMail.objects.all()
    moved = Signup.objects.get(pk=mail.about["signup"]).session
    assert mail.kind == "events.session_changed" and clock.local(moved.starts_at, "Asia/Tokyo").hour == 20


def test_a_draft_can_be_thrown_away_and_an_announced_series_not(office: Client) -> None:
    draft, announced = make_series(announced=False), make_series()
    for each in (draft, announced):
        office.post(url("office-series-discard", each.pk))
    assert list(EventSeries.objects.all()) == [announced]


def test_cancelling_names_the_people_and_wants_a_reason(office: Client, cast: Cast) -> None:
    session = make_session(minimum=1, maximum=2)
    fill(session)
    signups.sign_up(session, member=cast.nakamura)
    address = url("office-session-cancel", session.pk)
    assert "<b>3名</b>" in office.get(address).content.decode()
    assert office.post(address, {"word_ja": ""}).status_code == 422
    assert EventSession.objects.get().state == "open"
    assert office.post(address, {"word_ja": "台風のため"}).status_code == 303
    assert EventSession.objects.get().state == "cancelled"


def test_a_short_session_stands_before_the_office_with_its_two_choices(office: Client, cast: Cast) -> None:
    session = make_session()
    EventSession.objects.update(below_minimum_at=NOON)
    page = office.get(url("office-session", session.pk)).content.decode()
    assert "締め切りを延ばす" in page and "この回を中止する" in page and "最少人数に届いていません" in page
    assert "延長か中止を選ぶ" in office.get(url("office-list")).content.decode()
    EventSession.objects.update(closes_at=START - timedelta(days=2))
    answer = office.post(
        url("office-session-extend", session.pk),
        {"extend-until": "2026-12-10T12:00", "extend-word_ja": "まだ席があります"},
    )
    assert answer.status_code == 303
    assert EventSession.objects.get().closes_at == START - timedelta(hours=6)
    wrong = office.post(
        url("office-session-extend", session.pk), {"extend-until": "2026-12-20T12:00", "extend-word_ja": "ことば"}
    )
    assert wrong.status_code == 422 and "ことば" in wrong.content.decode()


def test_moving_and_resizing_on_the_sessions_page(office: Client, cast: Cast) -> None:
    session = make_session()
    fill(session)
    form = {
        "move-day": "2026-12-11",
        "move-hour": "19:30",
        "move-minutes": "60",
        "move-closes": "2026-12-11T12:00",
        "move-minimum": "3",
        "move-maximum": "10",
        "move-video_url": "https://video.example/new",
        "move-word_ja": "会場の都合です",
    }
    assert office.post(url("office-session-move", session.pk), form).status_code == 303
    session.refresh_from_db()
    assert (session.maximum, session.video_url, session.word, session.calendar_sequence) == (
        10,
        "https://video.example/new",
        "会場の都合です",
        1,
    )
    refused = office.post(url("office-session-move", session.pk), form | {"move-maximum": "5", "move-hour": "20:00"})
    session.refresh_from_db()
    assert refused.status_code == 422 and "9席が埋まっている" in refused.content.decode()
    assert clock.local(session.starts_at, "Asia/Tokyo").hour == 19  # nothing of a refused change stays


def test_attendance_is_taken_by_ticks(office: Client, cast: Cast) -> None:
    session = make_session(minimum=1)
    here = signups.sign_up(session, member=cast.nakamura).signup
    signups.sign_up(session, member=cast.mori)
    with clock.at(START + timedelta(minutes=5)):
        assert "出席を保存" in office.get(url("office-session", session.pk)).content.decode()
        office.post(url("office-session-attendance", session.pk), {"present": [str(here.pk), "x", "9" * 30]})
    assert dict(session.signups.values_list("member__family_name", "attended")) == {"中村": True, "森": False}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(office: Client, number: int) -> None:
    for _ in range(number):
        fill(make_series(sessions=2).sessions.first(), leaving=3)
    with CaptureQueriesContext(connection) as queries:
        page = office.get(url("office-list")).content.decode()
    assert page.count("events-office-series") == number
    own = [each for each in queries if "events_" in each["sql"]]
    assert len(own) == 3, "\n".join(each["sql"] for each in own)


@pytest.mark.parametrize("number", [1, 3])
def test_the_sessions_page_takes_the_same_queries_for_one_and_three(office: Client, number: int) -> None:
    session = make_session()
    for who in crowd(number):
        signups.sign_up(session, member=who)
    with CaptureQueriesContext(connection) as queries:
        page = office.get(url("office-session", session.pk)).content.decode()
    assert page.count("参加予定") == number
    own = [each for each in queries if "events_" in each["sql"]]
    assert len(own) == 3, "\n".join(each["sql"] for each in own)


def test_the_list_to_print_has_booked_and_waiting(office: Client, cast: Cast) -> None:
    session = make_session(minimum=1, maximum=1)
    signups.sign_up(session, member=cast.nakamura)
    signups.sign_up(session, member=cast.mori)
    page = office.get(url("office-session-print", session.pk)).content.decode()
    assert "中村 聡" in page and "森 由紀子" in page and "ナカムラ サトシ" in page


@pytest.mark.parametrize("who", ["nakamura", "fujii", "applicant"])
def test_whoever_is_not_the_office_gets_the_page_that_says_so(cast: Cast, who: str) -> None:
    session = make_session()
    person = getattr(cast, who)
    client = Client()
    client.force_login(getattr(person, "user", person))
    for name, args in (
        ("office-list", ()),
        ("office-series-create", ()),
        ("office-session", (session.pk,)),
        ("office-session-print", (session.pk,)),
    ):
        assert client.get(url(name, *args)).status_code == 403
    assert client.post(url("office-session-cancel", session.pk), {"word_ja": "x"}).status_code == 403
    assert EventSession.objects.get().state == "open"
    assert sessions.cancel(session) == 0
