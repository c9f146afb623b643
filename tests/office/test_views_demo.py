"""The demo's doors stand open on this machine and nowhere else; the demo fills an empty database."""

from __future__ import annotations

from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cast import Cast, make_network
from enishi.accounts.models import Registration
from enishi.core import clock, outbox
from enishi.core.models import OutgoingMail
from enishi.events.choices import SeriesState, SessionState
from enishi.events.models import EventSeries
from enishi.office import demo
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import figures

MAIL = reverse("office:demo-mail")


def door(key: str) -> str:
    return reverse("office:demo-door", args=[key])


def letter_of(cast: Cast) -> Any:
    return outbox.write("welcome", user=cast.nakamura.user, member=cast.nakamura.pk)


@pytest.fixture
def jansens_door(cast: Cast) -> str:
    """Of the cast, Jansen lives in Amsterdam."""
    return door("amsterdam")


def test_the_door_opens_after_a_button(client: Client, cast: Cast, jansens_door: str) -> None:
    assert client.get(jansens_door).status_code == 200
    assert SESSION_KEY not in client.session
    answer = client.post(jansens_door)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.session[SESSION_KEY] == str(cast.jansen.user.pk)


@pytest.mark.parametrize("far", ["192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", ""])
def test_from_elsewhere_there_is_no_door_and_no_mail(cast: Cast, jansens_door: str, far: str) -> None:
    letter = reverse("office:demo-letter", args=[letter_of(cast).pk])
    away = Client(REMOTE_ADDR=far)
    for address in (jansens_door, MAIL, letter):
        assert away.get(address).status_code == 404
        assert Client(REMOTE_ADDR="::1").get(address).status_code == 200
    assert away.post(jansens_door).status_code == 404
    assert SESSION_KEY not in away.session


def test_a_proxys_word_about_the_visitor_opens_nothing(cast: Cast, jansens_door: str) -> None:
    away = Client(REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "127.0.0.1"})
    assert away.post(jansens_door).status_code == 404


def test_a_real_network_has_no_doors(cast: Cast, jansens_door: str) -> None:
    letter = reverse("office:demo-letter", args=[letter_of(cast).pk])
    make_network(is_demo=False)
    for address in (jansens_door, MAIL, letter):
        assert Client().get(address).status_code == 404
    assert Client().post(jansens_door).status_code == 404


def test_before_the_set_up_there_are_no_doors(db: None) -> None:
    assert Client().post(door("amsterdam")).status_code in (302, 404)
    assert Client().get(MAIL).status_code in (302, 404)


def test_nobody_is_behind_another_door(client: Client, cast: Cast) -> None:
    assert client.get(door("nobody")).status_code == 404
    assert client.post(door("nobody")).status_code == 404


def test_the_mail_page_composes_its_letters(client: Client, cast: Cast) -> None:
    assert client.get(MAIL).status_code == 200
    row = letter_of(cast)
    letter = outbox.compose(row)
    assert letter is not None
    page = client.get(MAIL).content.decode()
    assert letter.subject in page
    assert cast.nakamura.user.email in page
    whole = client.get(reverse("office:demo-letter", args=[row.pk])).content.decode()
    assert letter.subject in whole
    assert client.get(reverse("office:demo-letter", args=[row.pk + 1])).status_code == 404


def test_the_mail_page_can_be_narrowed_to_one_reader(client: Client, cast: Cast) -> None:
    outbox.write("welcome", user=cast.jansen.user, member=cast.jansen.pk)
    letter_of(cast)
    both = {cast.jansen.user.email, cast.nakamura.user.email}

    def receivers(**asked: str) -> set[str]:
        page = client.get(MAIL, asked).content.decode()
        return {address for address in both if address in page}

    assert (receivers(), receivers(to="amsterdam"), receivers(to="nobody")) == (both, {cast.jansen.user.email}, both)


def test_a_letter_that_no_longer_applies_is_named_and_not_shown(client: Client, cast: Cast) -> None:
    row = outbox.write("welcome", user=cast.nakamura.user, member=10**9)
    assert row is not None
    assert client.get(MAIL).status_code == 200
    assert client.get(reverse("office:demo-letter", args=[row.pk])).status_code == 200


def test_the_demo_fills_an_empty_database(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", "load")
    past, tea, coming = EventSeries.objects.order_by("pk")
    tokyo = ZoneInfo("Asia/Tokyo")

    sessions = list(coming.sessions.order_by("starts_at"))
    assert sorted(each.starts_at.astimezone(tokyo).time() for each in sessions) == [
        time(12), time(18), time(19), time(20),
    ]  # fmt: skip
    assert all(each.starts_at > clock.now() and each.closes_at > clock.now() for each in sessions)
    assert [each.seats_taken for each in sessions] == [6, 6, 7, 3]
    assert all(each.free > 0 for each in sessions)
    assert coming.state == SeriesState.ANNOUNCED

    assert past.state == SeriesState.CLOSED
    assert set(past.sessions.values_list("state", flat=True)) == {SessionState.HELD}
    assert all(each.ends_at < clock.now() for each in past.sessions.all())
    assert list(Report.objects.order_by("pk").values_list("series", "state")) == [
        (past.pk, ReportState.PUBLISHED), (tea.pk, ReportState.DRAFT),
    ]  # fmt: skip
    assert Registration.objects.filter(state="submitted").count() == 2

    assert set(demo.people()) == {"amsterdam", "japan", "host", "officer", "owner"}
    assert demo.people()["amsterdam"].zone == "Europe/Amsterdam"
    for key, user in demo.people().items():
        visitor = Client()
        answer = visitor.post(door(key), follow=True)
        assert answer.status_code == 200
        assert visitor.session[SESSION_KEY] == str(user.pk)
    unanswered = {user.pk for user in (demo.people()["amsterdam"], demo.people()["japan"])}
    asked = OutgoingMail.objects.filter(kind="feedback.invite", about__series=tea.pk)
    open_letters = [mail for mail in asked if outbox.compose(mail)]
    assert (asked.count(), {mail.user_id for mail in open_letters}) == (6, unanswered)
    letter = asked.get(user_id=demo.people()["japan"].pk).pk
    assert reverse("office:demo-letter", args=[letter]) in Client().get(MAIL, {"to": "japan"}).content.decode()
    told = figures.of_series(past)
    assert (len(told.people), told.sessions) == (21, 4)  # the published report is the first gathering's alone

    call_command("demo", "load")  # a second start adds nothing
    assert EventSeries.objects.count() == 3
    call_command("demo", "doors")
    said = capsys.readouterr().out
    assert [key for key in ("amsterdam", "japan", "host", "officer") if door(key) in said] == [
        "amsterdam", "japan", "host", "officer",
    ]  # fmt: skip


def test_doors_are_printed_for_a_demo_alone(network: Any) -> None:
    call_command("demo", "doors")
    make_network(is_demo=False)
    with pytest.raises(CommandError, match="holds no demo network"):
        call_command("demo", "doors")
