"""One mail a person and series, after a session that was held."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cast import Cast
from enishi.core import clock, outbox
from enishi.core.models import OutgoingMail
from enishi.events.actions import sessions, signups
from enishi.events.choices import SessionState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.feedback.actions import invitations
from enishi.feedback.queries import links
from enishi.members.signals import member_left
from factories.events import START, make_series
from factories.gatherings import add_session, say

KIND = "feedback.invite"


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=KIND).order_by("pk"))


def test_closing_a_held_session_asks_those_who_came(cast: Cast, noon: datetime) -> None:
    series = make_series(sessions=2, minimum=2)
    first, second = series.sessions.order_by("number")
    for person in (cast.nakamura, cast.mori):
        signups.sign_up(first, member=person)
        signups.sign_up(second, member=person)
    signups.sign_up(second, member=cast.jansen)
    with clock.at(START + timedelta(hours=2)):
        sessions.close(first)
    assert [mail.user_id for mail in mails()] == [cast.nakamura.user_id, cast.mori.user_id]
    with clock.at(START + timedelta(days=3)):
        sessions.close(second)
    assert [mail.user_id for mail in mails()] == [cast.nakamura.user_id, cast.mori.user_id, cast.jansen.user_id]


def test_a_session_below_its_minimum_asks_nobody(cast: Cast, noon: datetime) -> None:
    series = make_series(sessions=1, minimum=3)
    only = series.sessions.get()
    signups.sign_up(only, member=cast.nakamura)
    with clock.at(START + timedelta(hours=2)):
        closed = sessions.close(only)
    assert closed.state == SessionState.NOT_HELD
    assert mails() == []


def test_a_second_press_writes_nothing(cast: Cast, series: EventSeries) -> None:
    for session in EventSession.objects.filter(series=series):
        invitations.invite(session)
        invitations.invite(session)
    assert sorted(mail.user_id or 0 for mail in mails()) == sorted(
        each.user_id for each in (cast.nakamura, cast.mori, cast.jansen, cast.saeki)
    )


def letter_to(cast: Cast, series: EventSeries, person: str) -> outbox.Letter | None:
    invitations.invite(series.sessions.order_by("number")[0])
    mail = OutgoingMail.objects.get(kind=KIND, user_id=getattr(cast, person).user_id)
    return outbox.compose(mail)


def test_the_mail_carries_the_question_and_a_link_that_opens(cast: Cast, series: EventSeries) -> None:
    letter = letter_to(cast, series, "nakamura")
    assert letter is not None
    assert letter.to == "nakamura@mail.example"
    assert letter.button is not None
    token = re.fullmatch(r"http://testserver/feedback/([^/]+)/", letter.button[1])
    assert token is not None
    assert links.opened(token[1]) == links.Opened(cast.nakamura, series)
    assert [address.removeprefix(letter.button[1]) for _, address in letter.choices] == [
        f"?satisfaction={n}" for n in (5, 4, 3, 2, 1)
    ]


def test_the_mail_is_in_the_receivers_language_and_names_nobody_else(cast: Cast, series: EventSeries) -> None:
    letter = letter_to(cast, series, "jansen")
    assert letter is not None
    assert letter.subject == "How was it? Two minutes for “First gathering” | Wakakusa Alumni"
    said = " ".join([letter.subject, letter.greeting, *letter.paragraphs, *letter.after])
    assert "中村" not in said
    japanese = letter_to(cast, series, "mori")
    assert japanese is not None
    assert japanese.subject == "「顔合わせ会」はいかがでしたか（2分で終わります）｜若草製薬アルムナイ"


def test_no_link_and_no_text_is_stored(cast: Cast, series: EventSeries) -> None:
    invitations.invite(series.sessions.order_by("number")[0])
    assert {tuple(sorted(mail.about)) for mail in mails()} == {("member", "series")}


def test_the_mail_falls_away_when_answered_absent_or_gone(cast: Cast, series: EventSeries) -> None:
    assert letter_to(cast, series, "nakamura") is not None
    say(series, cast.nakamura)
    assert letter_to(cast, series, "nakamura") is None
    Signup.objects.filter(member=cast.mori).update(attended=False)
    assert letter_to(cast, series, "mori") is None
    cast.jansen.left_at = clock.now()
    cast.jansen.save()
    assert letter_to(cast, series, "jansen") is None


def test_a_member_who_leaves_takes_the_answers_along(cast: Cast, series: EventSeries) -> None:
    say(series, cast.nakamura, noticed="ことば")
    member_left.send(type(cast.nakamura), member=cast.nakamura, by=cast.nakamura.user)
    assert not cast.nakamura.answers.exists()


def test_only_who_was_at_this_session_is_asked(cast: Cast, series: EventSeries) -> None:
    third = add_session(series, 3, [cast.harada])
    assert invitations.invite(third) == 1
    assert [mail.user_id for mail in mails()] == [cast.harada.user_id]
