"""Cancelling, extending, moving, closing; the worker's tick; what is mailed when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import Cast
from enishi.core import clock, outbox
from enishi.core.models import AuditEntry, OutgoingMail
from enishi.events import tasks
from enishi.events.actions import series, series_ready, sessions, signups, waitlist
from enishi.events.actions.series_input import SeriesInput, SessionInput
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.events.queries import office
from enishi.events.signals import session_closed
from factories.events import NOON, START, crowd, fill, make_series, make_session

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def mails() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("kind", flat=True))


def book(session: EventSession, *people: object) -> list[Signup]:
    return [signups.sign_up(session, member=who).signup for who in people]  # type: ignore[arg-type,misc]


def test_cancelling_frees_all_seats_and_tells_everyone_with_the_reason(session: EventSession, cast: Cast) -> None:
    fill(session)
    [waits] = book(session, cast.nakamura)
    OutgoingMail.objects.all().delete()

    assert sessions.cancel(session, by=cast.miyake.user, word_ja="講師の都合により") == 4
    assert sessions.cancel(session) == 0

    session.refresh_from_db()
    assert (session.state, session.seats_taken, session.word) == ("cancelled", 0, "講師の都合により")
    assert set(session.signups.values_list("state", flat=True)) == {"cancelled"}
    assert mails() == {"events.session_cancelled": 4}
    letters = {mail.about["signup"]: outbox.compose(mail) for mail in OutgoingMail.objects.all()}
    assert "講師の都合により" in " ".join(letters[waits.pk].paragraphs)
    assert [len(letter.attachments) for key, letter in letters.items()] == [1, 1, 1, 0]
    assert EventSeries.objects.get().state == "closed"


def test_extending_moves_the_deadline_up_to_the_start_and_never_back(session: EventSession) -> None:
    EventSession.objects.filter(pk=session.pk).update(closes_at=START - 2 * DAY)
    sessions.extend(session, until=START - DAY, word_ja="あと少しです")
    assert EventSession.objects.get().closes_at == START - DAY
    for until in (START - 2 * DAY, START + HOUR):
        with pytest.raises(ValidationError):
            sessions.extend(session, until=until)


def test_moving_raises_the_sequence_and_writes_to_everyone_with_a_place(session: EventSession, cast: Cast) -> None:
    book(session, cast.nakamura)
    OutgoingMail.objects.all().delete()
    sessions.change_time(session, starts_at=START + DAY, minutes=90, closes_at=START, by=cast.miyake.user)
    [mail] = OutgoingMail.objects.all()
    letter = outbox.compose(mail)
    assert mail.kind == "events.session_changed" and letter.to == "nakamura@mail.example"
    text = letter.attachments[0].content.decode()
    assert "SEQUENCE:1" in text and "DTSTART;TZID=Asia/Tokyo:20261211T180000" in text and "METHOD:REQUEST" in text

    OutgoingMail.objects.all().delete()
    sessions.change_time(session, starts_at=START + DAY, minutes=90, closes_at=START - HOUR)
    assert mails() == {} and EventSession.objects.get().calendar_sequence == 1


def test_a_larger_maximum_moves_the_queue_and_a_smaller_one_never_unseats(session: EventSession) -> None:
    fill(session)
    first, second = book(session, *crowd(2, "wait"))
    sessions.resize(session, minimum=1, maximum=4)
    states = [Signup.objects.get(pk=each.pk).state for each in (first, second)]
    assert states == ["booked", "waiting"]
    with pytest.raises(ValidationError, match="4"):
        sessions.resize(session, minimum=1, maximum=3)
    assert EventSession.objects.get().maximum == 4


@pytest.mark.parametrize(("people", "state"), [(2, "not_held"), (3, "held")])
def test_a_session_is_held_when_its_minimum_was_there_as_it_began(
    cast: Cast, noon: datetime, people: int, state: str
) -> None:
    heard = []
    session_closed.connect(heard_it := lambda event_session, **_: heard.append(event_session.state))
    session = make_session()
    book(session, *crowd(people))
    with clock.at(START + 2 * HOUR):
        sessions.close(session)
        sessions.close(session)
    session_closed.disconnect(heard_it)
    session.refresh_from_db()
    assert (session.state, session.began_with, heard) == (state, people, [state])
    assert office.attended(session.series).count() == (3 if state == "held" else 0)


def test_a_session_cannot_be_closed_before_its_end(session: EventSession) -> None:
    with clock.at(START + timedelta(minutes=59)), pytest.raises(ValidationError):
        sessions.close(session)


def test_a_person_erased_after_the_start_does_not_unmake_the_session(cast: Cast, noon: datetime) -> None:
    session = make_session()
    book(session, *crowd(2), cast.nakamura)
    with clock.at(START + timedelta(minutes=1)):
        tasks.tick()
        cast.nakamura.signups.all().delete()
    with clock.at(START + HOUR):
        tasks.tick()
    assert EventSession.objects.get().state == "held"


def test_attendance_names_who_was_there_and_who_was_not(session: EventSession, cast: Cast) -> None:
    here, away = book(session, cast.nakamura, cast.mori)
    with pytest.raises(ValidationError):
        sessions.take_attendance(session, present=[here.pk])
    with clock.at(START + HOUR):
        sessions.take_attendance(session, present=[here.pk, 10**9], by=cast.miyake.user)
        sessions.close(session)
    assert [Signup.objects.get(pk=each.pk).attended for each in (here, away)] == [True, False]
    assert [each.pk for each in office.attended(session.series)] == [here.pk]


class TestTick:
    def test_costs_three_questions_when_nothing_is_due(self, session: EventSession) -> None:
        fill(session, leaving=1)
        with CaptureQueriesContext(connection) as queries:
            assert tasks.tick() == 0
        assert len([q for q in queries if "core_networksettings" not in q["sql"]]) == 3

    def test_the_seat_goes_on_after_thirty_seconds_and_the_cancel_goes_out_only_then(
        self, session: EventSession, cast: Cast
    ) -> None:
        [mine] = book(session, cast.nakamura)
        fill(session)
        [next_one] = book(session, cast.mori)
        signups.withdraw(mine)
        OutgoingMail.objects.all().delete()
        with clock.at(NOON + timedelta(seconds=29)):
            tasks.tick()
        assert mails() == {} and Signup.objects.get(pk=next_one.pk).state == "waiting"
        with clock.at(NOON + timedelta(seconds=30)):
            tasks.tick()
            tasks.tick()
        assert mails() == {"events.withdrawn": 1, "events.promoted": 1}
        letter = outbox.compose(OutgoingMail.objects.get(kind="events.withdrawn"))
        text = letter.attachments[0].content.decode()
        assert "METHOD:CANCEL" in text and "STATUS:CANCELLED" in text and "SEQUENCE:1" in text

    def test_undo_after_that_is_the_head_of_the_queue(self, session: EventSession, cast: Cast) -> None:
        [mine] = book(session, cast.nakamura)
        fill(session)
        book(session, cast.mori, cast.harada)
        signups.withdraw(mine)
        with clock.at(NOON + timedelta(seconds=31)):
            tasks.tick()
            back = signups.undo(mine)
        assert back.state == "waiting"
        queue = session.signups.filter(state="waiting").order_by("place")
        assert [each.member for each in queue] == [cast.nakamura, cast.harada]

    def test_an_offer_stands_two_hours_then_goes_to_the_next(self, session: EventSession, cast: Cast) -> None:
        [mine, *_] = [*book(session, cast.nakamura), *fill(session)]
        first, second = book(session, cast.mori, cast.harada)
        late = START - 10 * HOUR
        with clock.at(late):
            signups.withdraw(mine)
        with clock.at(late + timedelta(seconds=31)):
            tasks.tick()
        offered = Signup.objects.get(pk=first.pk)
        assert (offered.state, offered.offer_until) == ("offered", late + timedelta(seconds=31) + 2 * HOUR)
        with clock.at(late + 2 * HOUR + timedelta(seconds=31)):
            tasks.tick()
        assert [Signup.objects.get(pk=each.pk).state for each in (first, second)] == ["withdrawn", "offered"]

    def test_an_offer_near_the_start_stands_until_the_start(self, session: EventSession, cast: Cast) -> None:
        [mine, *_] = [*book(session, cast.nakamura), *fill(session)]
        [first] = book(session, cast.mori)
        with clock.at(START - HOUR):
            waitlist.accept(first) if first.state == "offered" else signups.withdraw(mine)
        with clock.at(START - HOUR + timedelta(seconds=31)):
            tasks.tick()
        assert Signup.objects.get(pk=first.pk).offer_until == START
        with clock.at(START):
            tasks.tick()
        assert Signup.objects.get(pk=first.pk).state == "withdrawn"
        assert EventSession.objects.get().began_with == 2

    def test_reminders_go_a_day_and_an_hour_before_each_once(self, session: EventSession, cast: Cast) -> None:
        book(session, cast.nakamura, cast.mori)
        OutgoingMail.objects.all().delete()
        sent = []
        for moment in (-25 * HOUR, -24 * HOUR, -24 * HOUR, -23 * HOUR, -25 * HOUR, -HOUR, -HOUR, timedelta(0), -HOUR):
            with clock.at(START + moment):
                tasks.tick()
            sent.append(mails()["events.reminder"])
        assert sent == [0, 2, 2, 2, 2, 4, 4, 4, 4]

    def test_who_booked_within_the_last_day_gets_only_the_hour_before(self, session: EventSession, cast: Cast) -> None:
        with clock.at(START - 20 * HOUR):
            book(session, cast.nakamura)
            tasks.tick()
        assert mails()["events.reminder"] == 0
        with clock.at(START - HOUR):
            tasks.tick()
        assert mails()["events.reminder"] == 1

    def test_a_session_below_its_minimum_is_flagged_two_calendar_days_before_in_the_networks_zone(
        self, cast: Cast, noon: datetime
    ) -> None:
        session = make_session(starts_at=datetime(2026, 12, 10, 15, 30, tzinfo=UTC))  # 11 December, 0:30 in Tokyo
        book(session, cast.nakamura)
        OutgoingMail.objects.all().delete()
        midnight = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)  # 9 December begins in Tokyo
        with clock.at(midnight - timedelta(seconds=1)):
            tasks.tick()
        assert mails() == {} and office.short_sessions() == []
        with clock.at(midnight):
            tasks.tick()
            tasks.tick()
            assert office.short_sessions() == [session]
        assert mails() == {"events.below_minimum": 2}  # the owner and the officer, not the host
        assert AuditEntry.objects.filter(verb="session.below-minimum").count() == 1
        with clock.at(midnight):
            book(session, cast.mori, cast.harada)
            assert office.short_sessions() == []

    def test_the_end_closes_the_session_and_the_last_one_the_series(self, cast: Cast, noon: datetime) -> None:
        made = make_series(sessions=2, minimum=1)
        book(made.sessions.first(), cast.nakamura)
        with clock.at(START + HOUR):
            tasks.tick()
        assert sorted(made.sessions.values_list("state", flat=True)) == ["held", "open"]
        assert EventSeries.objects.get().state == "announced"
        with clock.at(START + 2 * DAY + HOUR):
            tasks.tick()
            tasks.tick()
        assert sorted(made.sessions.values_list("state", flat=True)) == ["held", "not_held"]
        assert EventSeries.objects.get().state == "closed"

    def test_one_that_fails_does_not_hold_up_the_others(
        self, cast: Cast, noon: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bad, good = (make_session(minimum=1) for _ in range(2))
        whole = sessions.close
        monkeypatch.setattr(sessions, "close", lambda each, **k: 1 / 0 if each.pk == bad.pk else whole(each, **k))
        with clock.at(START + HOUR):
            tasks.tick()
        assert EventSession.objects.get(pk=good.pk).state == "not_held"


class TestSeries:
    def test_announcing_writes_once_to_everyone_who_is_there(self, cast: Cast, noon: datetime) -> None:
        made = make_series(announced=False)
        cast.onishi.left_at = NOON
        cast.onishi.save()
        assert series.announce(made, by=cast.miyake.user) == 8
        with pytest.raises(ValidationError):
            series.announce(made)
        assert mails() == {"events.announcement": 8}

    def test_each_gets_the_announcement_in_the_own_language_and_zone(self, cast: Cast, noon: datetime) -> None:
        series.announce(make_series(announced=False))
        told = {letter.to: letter for letter in map(outbox.compose, OutgoingMail.objects.all()) if letter}
        assert told["nakamura@mail.example"].subject == "顔合わせ会のご案内｜若草製薬アルムナイ"
        assert told["jansen@mail.example"].subject == "Invitation: Get-together | Wakakusa Alumni"
        assert "アムステルダム" not in str(told["nakamura@mail.example"].facts)
        assert "Amsterdam 10:00–11:00" in str(told["jansen@mail.example"].facts)

    def test_an_announcement_cut_short_goes_on_with_the_next_tick(
        self, cast: Cast, noon: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(series, "AT_ONCE", 4)
        made = make_series(announced=False)
        EventSeries.objects.update(state="announced", announcing_after=0)
        assert [series.queue_announcement(made) for _ in range(2)] == [4, 4]
        assert mails() == {"events.announcement": 8}
        while tasks.tick():
            pass
        assert mails() == {"events.announcement": 9}
        assert EventSeries.objects.get().announcing_after is None

    def test_holding_again_keeps_weekday_and_hour_and_lies_ahead(self, cast: Cast, noon: datetime) -> None:
        made = make_series(sessions=2, hosts=(cast.fujii,))
        with clock.at(START + 30 * DAY):
            copy = series_ready.again(made)
            assert all(each.starts_at > clock.now() + 13 * DAY for each in copy.sessions)
        assert [each.starts_at.astimezone(UTC).strftime("%a %H:%M") for each in copy.sessions] == [
            "Thu 09:00",
            "Sat 09:00",
        ]
        assert copy.sessions[0].hosts == (cast.fujii,) and len(copy.segments) == 4
        assert copy.sessions[0].video_url == ""

    def test_the_template_has_four_small_sessions_and_four_prompts(self, cast: Cast, noon: datetime) -> None:
        ready = series_ready.template("Asia/Tokyo")
        local = [clock.local(each.starts_at, "Asia/Tokyo") for each in ready.sessions]
        assert [each.hour for each in local] == [12, 18, 19, 20]
        assert {(each.minimum, each.maximum) for each in ready.sessions} == {(3, 9)}
        assert [len(each.prompts) for each in ready.segments] == [1, 4, 0, 0]

    def test_changing_an_announced_series_moves_its_sessions_and_removes_none(self, cast: Cast, noon: datetime) -> None:
        made = make_series(sessions=2)
        first, second = made.sessions.order_by("starts_at")
        now = series_ready.current(made)
        with pytest.raises(ValidationError):
            series.update(made, replace(now, sessions=now.sessions[:1]))
        moved = replace(now.sessions[0], starts_at=START + HOUR, closes_at=START, maximum=12)
        series.update(made, replace(now, title_ja="新しい題", sessions=[moved, now.sessions[1]]))
        first.refresh_from_db()
        made.refresh_from_db()
        assert (first.starts_at, first.maximum, first.calendar_sequence, made.title_ja) == (
            START + HOUR,
            12,
            1,
            "新しい題",
        )
        assert EventSession.objects.get(pk=second.pk).calendar_sequence == 0

    def test_a_series_of_the_past_is_replayed_on_its_own_dates(self, cast: Cast) -> None:
        start = datetime(2020, 11, 10, 3, 0, tzinfo=UTC)
        with clock.at(start - 14 * DAY):
            made = series.create(
                SeriesInput(title_ja="顔合わせ会", purpose_ja="知り合う", sessions=[SessionInput(start)])
            )
            assert series.announce(made, mail=False) == 0
            session = made.sessions.get()
            assert session.closes_at == datetime(2020, 11, 9, 8, 0, tzinfo=UTC)
            outcomes = [signups.sign_up_for_many([session], member=who)[0].what for who in crowd(10)]
        with clock.at(session.ends_at):
            sessions.close(session)
        session.refresh_from_db()
        assert outcomes == ["booked"] * 9 + ["waiting"]
        assert (session.state, session.began_with) == ("held", 9)
