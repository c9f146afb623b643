"""The mailed offer of a free seat: yes, no, too late, someone else's, broken; without a sign-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.events.actions import sessions, signups, waitlist
from enishi.events.choices import SignupState
from enishi.events.models import EventSession, Signup
from enishi.events.queries import offers
from factories.events import START, make_session

pytestmark = pytest.mark.usefixtures("noon")
LATE = START - timedelta(hours=20)
TOO_LATE = LATE + timedelta(hours=2)


@pytest.fixture
def session(cast: Cast) -> EventSession:
    """One seat, given up 20 hours before the start: Mori is asked, Harada waits behind."""
    session = make_session(minimum=1, maximum=1)
    for who in (cast.nakamura, cast.mori, cast.harada):
        signups.sign_up(session, member=who)
    with clock.at(LATE):
        signups.withdraw(Signup.objects.get(member=cast.nakamura))
    with clock.at(LATE):
        Signup.objects.filter(member=cast.nakamura).update(hold_until=LATE)
        signups.finish_leaving(Signup.objects.get(member=cast.nakamura))
    return session


def link(who: object) -> str:
    return reverse("events:offer", args=[offers.token(Signup.objects.get(member=who))])


def state(who: object) -> str:
    return Signup.objects.get(member=who).state


def test_opening_the_link_changes_nothing_and_yes_books(session: EventSession, cast: Cast) -> None:
    address = link(cast.mori)
    with clock.at(LATE + timedelta(minutes=5)):
        page = Client().get(address).content.decode()
        assert (
            "席が空きました" in page
            and "12月10日（木）0:00（日本時間）までに" in page
            and state(cast.mori) == SignupState.OFFERED
        )
        said = Client().post(address, {"answer": "yes"}).content.decode()
        again = Client().get(address).content.decode()
    assert state(cast.mori) == SignupState.BOOKED
    assert "参加が決まりました" in said and "参加が決まりました" in again


def test_no_passes_the_seat_on_at_once_with_thanks(session: EventSession, cast: Cast) -> None:
    address = link(cast.mori)
    with clock.at(LATE + timedelta(minutes=5)):
        said = Client().post(address, {"answer": "no"}).content.decode()
    assert "お知らせいただき、ありがとうございます" in said
    assert (state(cast.mori), state(cast.harada)) == (SignupState.WITHDRAWN, SignupState.OFFERED)


@pytest.mark.parametrize("method", ["get", "post"])
def test_too_late_says_when_it_ended_and_thanks_nobody(session: EventSession, cast: Cast, method: str) -> None:
    address = link(cast.mori)
    with clock.at(TOO_LATE):
        said = getattr(Client(), method)(address, {"answer": "yes"}).content.decode()
        assert "お返事の期限（12月10日（木）0:00）を過ぎたため" in said and "ありがとうございます" not in said
        assert "もう一度申し込めます" in said  # sign-up is open until the start here
        waitlist.expire(Signup.objects.get(member=cast.mori))
        assert "お返事の期限（12月10日（木）0:00）" in Client().get(address).content.decode()
    assert (state(cast.mori), state(cast.harada)) == (SignupState.WITHDRAWN, SignupState.OFFERED)


def test_after_the_deadline_nobody_is_told_to_sign_up_again(session: EventSession, cast: Cast) -> None:
    EventSession.objects.filter(pk=session.pk).update(closes_at=LATE)
    with clock.at(TOO_LATE):
        said = Client().get(link(cast.mori)).content.decode()
    assert "お返事の期限" in said and "もう一度申し込めます" not in said


def test_a_cancelled_session_is_called_that(session: EventSession, cast: Cast) -> None:
    address = link(cast.mori)
    with clock.at(LATE + timedelta(minutes=5)):
        sessions.cancel(session)
        assert "この回は中止になりました" in Client().get(address).content.decode()


def test_someone_elses_and_a_broken_link_say_what_to_do(session: EventSession, cast: Cast) -> None:
    with clock.at(LATE + timedelta(minutes=5)):
        reader = Client()
        reader.force_login(cast.harada.user)
        foreign = reader.get(link(cast.mori))
        broken = Client().get(link(cast.mori)[:-4] + "xyz/")
        reader.force_login(cast.mori.user)
        own = reader.get(link(cast.mori))
    assert (foreign.status_code, broken.status_code, own.status_code) == (404, 410, 200)
    assert "別の方にお送りしたもの" in foreign.content.decode() and "サインイン" in broken.content.decode()
    assert '<a class="btn primary" href="/events/">' in broken.content.decode()
