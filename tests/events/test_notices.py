"""What the mails say, and what they never say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import mail as box
from django.test import Client

from cast import Cast
from enishi.core import clock, outbox, sending
from enishi.core.models import OutgoingMail
from enishi.events import tasks
from enishi.events.actions import series, sessions, signups
from enishi.events.models import EventSession, Signup
from factories.events import START, fill, make_series, make_session

LATE = START - timedelta(hours=20)


def only(kind: str) -> outbox.Letter:
    letter = outbox.compose(OutgoingMail.objects.get(kind=f"events.{kind}"))
    assert letter is not None
    return letter


def offered(session: EventSession, cast: Cast) -> Signup:
    """A seat is offered to Mori."""
    gone = signups.sign_up(session, member=cast.nakamura).signup
    fill(session)
    mine = signups.sign_up(session, member=cast.mori).signup
    assert gone is not None and mine is not None
    with clock.at(LATE):
        signups.withdraw(gone)
    with clock.at(LATE + timedelta(seconds=31)):
        tasks.tick()
    return Signup.objects.get(pk=mine.pk)


def test_a_booking_is_confirmed_with_both_hours_and_a_calendar_file(session: EventSession, cast: Cast) -> None:
    signups.sign_up(session, member=cast.harada)
    letter = only("booked")
    assert letter.subject == "【12月10日（木）18:00】参加が決まりました｜若草製薬アルムナイ"
    assert letter.greeting == "原田 健 様"
    facts = dict(letter.facts)
    assert facts["日時"] == "12月10日（木）18:00〜19:00（日本時間）"
    assert facts["現地時間"] == "ニューヨーク 4:00〜5:00（早朝）"
    text = letter.attachments[0].content.decode()
    assert "BEGIN:VTIMEZONE" in text and "SEQUENCE:0" in text and text.count("BEGIN:VEVENT") == 1
    assert "harada@mail.example" in text.replace("\r\n ", "")


def test_an_english_reader_gets_english(session: EventSession, cast: Cast) -> None:
    signups.sign_up(session, member=cast.jansen)
    letter = only("booked")
    assert letter.subject == "[Thu 10 Dec 18:00] Your seat is booked | Wakakusa Alumni"
    assert letter.greeting == "Dear Laura Jansen,"
    assert dict(letter.facts)["Where you are"] == "Amsterdam 10:00–11:00"


def test_no_mail_and_no_calendar_file_holds_the_video_link_or_another_members_address(
    cast: Cast, noon: datetime
) -> None:
    made = make_series(sessions=1, minimum=1, maximum=3, announced=False)
    series.announce(made)
    session = made.sessions.get()
    offered(session, cast)
    sessions.change_time(session, starts_at=START + timedelta(hours=1), minutes=60, closes_at=START)
    with clock.at(START):
        tasks.tick()
        sent = [outbox.compose(each) for each in OutgoingMail.objects.all()]
    sessions.cancel(session)
    sent += [outbox.compose(each) for each in OutgoingMail.objects.filter(kind="events.session_cancelled")]
    letters = [letter for letter in sent if letter is not None]
    assert len({letter.subject for letter in letters}) >= 4
    addresses = {letter.to for letter in letters}
    for letter in letters:
        whole = repr(letter) + "".join(a.content.decode().replace("\r\n ", "") for a in letter.attachments)
        assert "video.example" not in whole
        assert {address for address in addresses if address in whole} == {letter.to}


def test_a_mail_that_no_longer_holds_is_not_sent(session: EventSession, cast: Cast) -> None:
    mine = signups.sign_up(session, member=cast.nakamura).signup
    signups.withdraw(mine)
    assert outbox.compose(OutgoingMail.objects.get(kind="events.booked")) is None


def test_the_mail_goes_out_with_its_calendar_part(session: EventSession, cast: Cast, settings: object) -> None:
    cast.network.is_demo = False
    cast.network.save()
    signups.sign_up(session, member=cast.nakamura)
    assert sending.send_due() == 1
    [sent] = box.outbox
    kinds = [part.get_content_type() for part in sent.message().walk()]
    assert "text/calendar" in kinds
    [part] = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert "BEGIN:VCALENDAR" in part.get_payload(decode=True).decode()


class TestOfferLink:
    """Works without signing in; opening it changes nothing; a press does."""

    @pytest.fixture
    def mine(self, session: EventSession, cast: Cast) -> Signup:
        return offered(session, cast)

    def path(self) -> str:
        with clock.at(LATE + timedelta(minutes=1)):
            button = only("offer").button
        assert button is not None
        return button[1].removeprefix("http://testserver")

    def test_yes_books(self, mine: Signup) -> None:
        path, client = self.path(), Client()
        with clock.at(LATE + timedelta(minutes=5)):
            for _ in range(3):
                assert client.get(path).status_code == 200
                assert client.head(path).status_code == 200
            assert Signup.objects.get(pk=mine.pk).state == "offered"
            assert "参加が決まりました" in client.post(path, {"answer": "yes"}).content.decode()
            assert Signup.objects.get(pk=mine.pk).state == "booked"

    def test_no_passes_it_on(self, mine: Signup, cast: Cast) -> None:
        with clock.at(LATE + timedelta(minutes=5)):
            next_one = signups.sign_up(mine.session, member=cast.onishi).signup
            path = self.path()
            Client().post(path, {"answer": "no"})
        assert Signup.objects.get(pk=mine.pk).state == "withdrawn"
        assert Signup.objects.get(pk=next_one.pk).state == "offered"

    def test_late_or_broken_or_someone_elses_says_what_to_do(self, mine: Signup, cast: Cast) -> None:
        path = self.path()
        with clock.at(LATE + timedelta(hours=3)):
            tasks.tick()
            assert "次の方にまわりました" in Client().post(path, {"answer": "yes"}).content.decode()
        for broken in (
            path[:-3] + "/",
            "/events/offers/x/",
            "/events/offers/%00/",
            "/events/offers/" + "a" * 5000 + "/",
        ):
            assert Client().get(broken).status_code in (404, 410)
        other = Client()
        other.force_login(cast.onishi.user)
        assert other.get(path).status_code == 404
        assert Signup.objects.get(pk=mine.pk).state == "withdrawn"

    def test_a_raised_epoch_ends_it(self, mine: Signup, cast: Cast) -> None:
        path = self.path()
        cast.mori.user.end_access()
        with clock.at(LATE + timedelta(minutes=5)):
            assert Client().post(path, {"answer": "yes"}).status_code == 410
        assert Signup.objects.get(pk=mine.pk).state == "offered"


def test_below_minimum_is_told_to_the_office_and_not_when_it_has_passed(cast: Cast, noon: datetime) -> None:
    session = make_session()
    with clock.at(START - timedelta(days=2)):
        tasks.tick()
        letter = outbox.compose(
            OutgoingMail.objects.filter(kind="events.below_minimum", user_id=cast.miyake.user_id).get()
        )
        assert letter is not None and "最少の3名に届いていません" in letter.paragraphs[0]
        fill(session)
        assert (
            outbox.compose(OutgoingMail.objects.filter(kind="events.below_minimum", user_id=cast.miyake.user_id).get())
            is None
        )
