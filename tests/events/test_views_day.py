"""The page of the day as its host leads it: what the people wrote, where the programme stands, who was there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.events.actions import sessions, signups
from enishi.events.models import EventSession
from factories.events import START, make_session

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def session(cast: Cast) -> EventSession:
    """Fujii leads; Nakamura comes, Mori comes with a note."""
    session = make_session(hosts=(cast.fujii,), minimum=1)
    signups.sign_up(session, member=cast.nakamura)
    signups.sign_up(session, member=cast.mori, note="転職の話")
    return session


def page(who: Any, session: EventSession, minutes: int) -> str:
    client = Client()
    client.force_login(who.user)
    with clock.at(START + timedelta(minutes=minutes)):
        return client.get(reverse("events:session-detail", args=[session.pk])).content.decode()


def save(who: Any, session: EventSession, present: list[int], minutes: int = 30) -> int:
    client = Client()
    client.force_login(who.user)
    with clock.at(START + timedelta(minutes=minutes)):
        address = reverse("events:session-attendance", args=[session.pk])
        return client.post(address, {"present": present}).status_code


def there(session: EventSession) -> dict[str, bool | None]:
    return dict(session.signups.values_list("member__family_name", "attended"))


def test_the_host_reads_the_notes_and_those_who_come_do_not(session: EventSession, cast: Cast) -> None:
    assert ["転職の話" in page(who, session, -60) for who in (cast.fujii, cast.nakamura)] == [True, False]


def test_a_hidden_name_is_marked_for_the_host_until_it_begins(session: EventSession, cast: Cast) -> None:
    signups.sign_up(session, member=cast.saeki, hide_name=True)
    assert ["氏名を伏せています" in page(cast.fujii, session, minutes) for minutes in (-60, 5)] == [True, False]


@pytest.mark.parametrize(
    ("minutes", "running"), [(-1, []), (0, ["事務局のあいさつ"]), (20, ["チェックイン"]), (60, [])]
)
def test_the_part_that_is_running_is_marked(
    session: EventSession, cast: Cast, minutes: int, running: list[str]
) -> None:
    marked = re.findall(r'aria-current="step">.*?<b>([^<]+)', page(cast.nakamura, session, minutes), re.S)
    assert marked == running


def test_the_host_takes_attendance_once_it_has_begun(session: EventSession, cast: Cast) -> None:
    nakamura = session.signups.get(member=cast.nakamura)
    assert ["出席を保存" in page(cast.fujii, session, minutes) for minutes in (-1, 1)] == [False, True]
    assert save(cast.fujii, session, [nakamura.pk], minutes=-1) == 303 and there(session) == {"中村": None, "森": None}
    assert save(cast.fujii, session, [nakamura.pk]) == 303 and there(session) == {"中村": True, "森": False}
    ticks = re.findall(r'name="present" value="(\d+)"[^>]*?( checked)?>', page(cast.fujii, session, 70))
    assert {int(pk): bool(tick) for pk, tick in ticks}[nakamura.pk] and len([t for _, t in ticks if t]) == 1


def test_whoever_does_not_lead_the_session_takes_no_attendance(session: EventSession, cast: Cast) -> None:
    nakamura = session.signups.get(member=cast.nakamura)
    assert "出席を保存" not in page(cast.nakamura, session, 30)
    assert save(cast.nakamura, session, [nakamura.pk]) == 404 and there(session) == {"中村": None, "森": None}
    assert save(cast.fujii, session, [nakamura.pk]) == 303


def test_once_it_is_over_nobody_is_told_to_join(session: EventSession, cast: Cast) -> None:
    before, after = page(cast.nakamura, session, 30), page(cast.nakamura, session, 61)
    assert ("参加する方</h2>" in before, "申し込んだ方</h2>" in after) == (True, True)
    assert ("参加する</h2>" in before, "参加する</h2>" in after) == (True, False)


def test_before_the_room_opens_the_page_knows_when_to_load_again(session: EventSession, cast: Cast) -> None:
    assert 'data-reload-at="2026-12-10T08:50:00+00:00"' in page(cast.nakamura, session, -60)
    assert "data-reload-at" not in page(cast.nakamura, session, -5)


def test_a_cancelled_session_shows_neither_programme_nor_people(session: EventSession, cast: Cast) -> None:
    before = page(cast.nakamura, session, -60)
    with clock.at(START - timedelta(days=1)):
        sessions.cancel(session, word_ja="台風のため")
    after = page(cast.nakamura, session, -60)
    assert [words in before for words in ("当日の流れ", "参加する方")] == [True, True]
    assert [words in after for words in ("当日の流れ", "参加する方", "台風のため")] == [False, False, True]
