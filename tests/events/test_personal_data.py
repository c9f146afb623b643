"""What is kept of a person, and that it goes."""

from __future__ import annotations

from datetime import timedelta

from cast import Cast
from enishi.core import clock
from enishi.core.personal_data import holdings
from enishi.events.actions import sessions, signups
from enishi.events.models import EventSession, Signup
from enishi.members.models import Member
from enishi.members.signals import member_left
from factories.events import START, make_session

HELD = {each.model: each for each in holdings()}


def test_a_member_gets_the_own_signups_and_nobody_elses(session: EventSession, cast: Cast) -> None:
    signups.sign_up(session, member=cast.nakamura, note="つくばの話")
    signups.sign_up(session, member=cast.mori, note="薬事の話")
    [row] = HELD["events.Signup"].collect(cast.nakamura.user)
    assert (row["series"], row["session"], row["state"], row["note"]) == ("顔合わせ会", 1, "booked", "つくばの話")


def test_leaving_frees_the_seat_and_moves_the_queue_at_once(session: EventSession, cast: Cast) -> None:
    for who in (cast.nakamura, cast.harada, cast.saeki, cast.mori):
        signups.sign_up(session, member=who)
    member_left.send(Member, member=cast.nakamura, by=cast.nakamura.user)
    states = dict(session.signups.values_list("member__family_name", "state"))
    assert states == {"中村": "withdrawn", "原田": "booked", "佐伯": "booked", "森": "booked"}


def test_erasure_takes_the_rows_and_keeps_the_number(session: EventSession, cast: Cast) -> None:
    signups.sign_up(session, member=cast.nakamura, note="消える言葉")
    with clock.at(START + timedelta(hours=1)):
        sessions.close(session)
        assert HELD["events.Signup"].erase(cast.nakamura.user) == 1
    row = EventSession.objects.get()
    assert (row.state, row.began_with, row.seats_taken) == ("held", 1, 0)
    assert not Signup.objects.exists()


def test_a_host_who_is_erased_hosts_no_more(cast: Cast, noon: object) -> None:
    session = make_session(hosts=(cast.fujii,))
    [row] = HELD["events.EventSession"].collect(cast.fujii.user)
    assert row["series"] == "顔合わせ会"
    HELD["events.EventSession"].erase(cast.fujii.user)
    assert not session.hosts.exists()
