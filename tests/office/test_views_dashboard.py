"""What Miyake finds in the morning: what waits, then figures; and the mails that were given up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.accounts.choices import Route
from enishi.accounts.models import Registration
from enishi.core import clock, outbox, sending
from enishi.core.models import AuditEntry, MailState, OutgoingMail
from enishi.events import tasks
from enishi.events.actions import sessions, signups
from enishi.events.models import EventSession
from enishi.members.actions import admission
from enishi.members.models import OfficeRequest
from enishi.office.queries import dashboard
from enishi.publishing.actions import reports
from factories.events import START, crowd, fill, make_series, make_session
from factories.gatherings import make_held
from factories.registration import make_entry, make_registration

pytestmark = pytest.mark.usefixtures("noon")
PAGE, MAIL = reverse("office:dashboard"), reverse("office:mail")


@pytest.fixture
def miyake(cast: Cast) -> Client:
    return client_of(cast.miyake.user)


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def words() -> list[str]:
    return [task.words for task in dashboard.tasks()]


def dead_mail(cast: Cast, error: str = "SMTPServerDisconnected") -> OutgoingMail:
    mail = outbox.write("welcome", user=cast.nakamura.user, member=cast.nakamura.pk)
    assert mail is not None
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.DEAD, attempts=10, last_error=error)
    return mail


def request_of(cast: Cast, due: date) -> OfficeRequest:
    return OfficeRequest.objects.create(
        kind=OfficeRequest.Kind.choices[0][0], member=cast.mori, member_number=cast.mori.pk, due_on=due
    )


def below_minimum() -> EventSession:
    """One has signed up for three, two days before."""
    session = make_session(minimum=3)
    fill(session, leaving=8)
    with clock.at(START - timedelta(days=2)):
        tasks.tick()
    session.refresh_from_db()
    return session


def test_nothing_waits(miyake: Client) -> None:
    assert dashboard.tasks() == []
    page = miyake.get(PAGE).content.decode()
    assert "いま対応が必要なことはありません。" in page
    assert reverse("events:office-series-create") in page


def test_only_the_office_comes_in(cast: Cast) -> None:
    for address in (PAGE, MAIL):
        assert Client().get(address).status_code == 302
        assert client_of(cast.nakamura.user).get(address).status_code == 403
        assert client_of(cast.fujii.user).get(address).status_code == 403
        assert client_of(cast.miyake.user).get(address).status_code == 200
        assert client_of(cast.tadokoro.user).get(address).status_code == 200


def test_a_registration_waits_until_it_is_answered(miyake: Client, cast: Cast) -> None:
    registration = make_registration()
    make_registration(email="draft@mail.example", sent=False)
    assert [(task.url, task.presses) for task in dashboard.tasks()] == [
        (reverse("members:office-registrations"), False)
    ]
    assert words()[0] in miyake.get(PAGE).content.decode()
    admission.admit(registration, by=cast.miyake.user, entry=make_entry())
    assert words() == []


def test_a_session_below_its_minimum_presses(miyake: Client) -> None:
    session = below_minimum()
    with clock.at(START - timedelta(days=2)):
        assert [(task.url, task.presses) for task in dashboard.tasks()] == [
            (reverse("events:office-session", args=[session.pk]), True)
        ]
        assert words() == [
            "「顔合わせ会」第1回が最少人数に届いていません。締切を延ばすか、中止するかを決めてください。"
        ]
        assert words()[0] in miyake.get(PAGE).content.decode()


def test_a_session_is_marked_short_two_days_before_and_not_when_it_is_announced(miyake: Client) -> None:
    make_session(minimum=3)
    assert "<td" in (page := miyake.get(PAGE).content.decode()) and "最少人数に届いていません" not in page
    below_minimum()
    with clock.at(START - timedelta(days=2)):
        assert "最少人数に届いていません</span>" in miyake.get(PAGE).content.decode()


def test_a_session_that_reached_its_minimum_no_longer_waits(cast: Cast) -> None:
    session = below_minimum()
    with clock.at(START - timedelta(days=2)):
        first, second = crowd(2, prefix="late")
        signups.sign_up(session, member=first)
        assert len(words()) == 1
        signups.sign_up(session, member=second)
        assert words() == []


def test_a_session_that_was_cancelled_no_longer_waits(cast: Cast) -> None:
    session = below_minimum()
    with clock.at(START - timedelta(days=2)):
        sessions.cancel(session, by=cast.miyake.user)
        assert words() == []


def test_requests_wait_and_press_once_they_are_late(cast: Cast) -> None:
    today = clock.today("Asia/Tokyo")
    request = request_of(cast, today)
    assert [(task.url, task.presses) for task in dashboard.tasks()] == [(reverse("members:office-requests"), False)]
    OfficeRequest.objects.update(due_on=today - timedelta(days=1))
    assert [task.presses for task in dashboard.tasks()] == [True]
    request.done_at = clock.now()
    request.save()
    assert dashboard.tasks() == []


def test_a_draft_report_waits_until_it_is_published(cast: Cast) -> None:
    report = reports.draft(make_held(crowd(4)))
    assert [task.url for task in dashboard.tasks()] == [reverse("publishing:office-report", args=[report.pk])]
    reports.publish(report, by=cast.miyake.user)
    assert dashboard.tasks() == []


def test_what_presses_stands_first(cast: Cast) -> None:
    make_registration()
    reports.draft(make_held(crowd(4)))
    dead_mail(cast)
    request_of(cast, clock.today("Asia/Tokyo") - timedelta(days=1))
    assert [(task.icon, task.presses) for task in dashboard.tasks()] == [
        ("mail", True),
        ("lock", True),
        ("people", False),
        ("doc", False),
    ]


def test_figures_count_people_and_lead_to_their_rows(cast: Cast) -> None:
    session = make_session()
    signups.sign_up(session, member=cast.nakamura)
    signups.sign_up(make_session(starts_at=START + timedelta(days=1), closes_at=None), member=cast.nakamura)
    make_held([cast.nakamura, cast.mori, cast.jansen], [cast.nakamura, cast.saeki])
    make_entry()
    numbers = [figure.number for figure in dashboard.figures()]
    assert numbers == [6, 6, 1, 4, 1]
    assert [figure.url for figure in dashboard.figures()][-1] == reverse("office:roster")


def test_who_did_not_come_is_not_among_those_who_came(cast: Cast) -> None:
    series = make_held([cast.nakamura, cast.mori])
    assert dashboard.figures()[3].number == 2
    series.sessions.get().signups.filter(member=cast.mori).update(attended=False)
    assert dashboard.figures()[3].number == 1


def test_this_month_begins_where_the_network_is(cast: Cast) -> None:
    cast.nakamura.__class__.objects.update(admitted_at=clock.now() - timedelta(days=90))
    cast.mori.admitted_at = clock.now().replace(day=31, month=10, hour=14, minute=59)  # 31 October, 23:59 in Tokyo
    cast.mori.save()
    assert dashboard.figures()[1].number == 0
    cast.mori.admitted_at += timedelta(minutes=1)  # 1 November, 0:00 in Tokyo
    cast.mori.save()
    assert dashboard.figures()[1].number == 1


def test_sessions_ahead_show_their_seats(miyake: Client) -> None:
    session = make_session(maximum=3)
    fill(session)
    signups.sign_up(session, member=crowd(1)[0])
    row = dashboard.upcoming()[0]
    assert (row.booked, row.waiting) == (3, 1)  # type: ignore[attr-defined]
    assert reverse("events:office-session", args=[session.pk]) in miyake.get(PAGE).content.decode()


def test_bars_of_routes_and_months(cast: Cast) -> None:
    registration = make_registration()
    assert dashboard.months() == []  # a sentence says so; twelve empty bars would say nothing
    admission.admit(registration, by=cast.miyake.user)
    assert [(bar.count, bar.width) for bar in dashboard.months()] == [(1, 100)]
    Registration.objects.update(decided_at=clock.now() - timedelta(days=70))
    assert [bar.count for bar in dashboard.months()] == [1, 0, 0]
    assert [(bar.words, bar.count) for bar in dashboard.routes()] == [(str(Route.SEARCH.label), 1)]


def test_the_number_of_questions_does_not_grow(miyake: Client, cast: Cast) -> None:
    def fill_up(number: int) -> int:
        for n in range(number):
            make_registration(email=f"claim{n}-{number}@mail.example")
            dead_mail(cast)
            request_of(cast, clock.today("Asia/Tokyo"))
            reports.draft(make_held(crowd(2, prefix=f"held{n}-{number}-")))
            make_series(sessions=2)
            EventSession.objects.filter(state="open").update(below_minimum_at=clock.now())
        with CaptureQueriesContext(connection) as asked:
            page = miyake.get(PAGE)
        assert page.status_code == 200
        return len(asked)

    assert fill_up(1) == fill_up(3) <= 30


def test_mails_that_were_given_up_are_listed(miyake: Client, cast: Cast) -> None:
    assert "送信を打ち切ったメールはありません。" in miyake.get(MAIL).content.decode()
    dead_mail(cast, error="<b>SMTPDataError</b>")
    assert [(task.url, task.presses) for task in dashboard.tasks()] == [(MAIL, True)]
    page = miyake.get(MAIL).content.decode()
    assert "&lt;b&gt;SMTPDataError&lt;/b&gt;" in page
    assert cast.nakamura.user.email not in page


def test_given_up_mails_are_tried_again(miyake: Client, cast: Cast, mailoutbox: list[object]) -> None:
    mail = dead_mail(cast)
    answer = miyake.post(MAIL, {"again": "1"}, follow=True)
    assert answer.redirect_chain == [(PAGE, 303)]
    assert "いまから送り直します。" in answer.content.decode()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
    assert sending.send_due() == 1
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert dashboard.tasks() == []
    assert AuditEntry.objects.get(verb="mail.tried-again").actor_id == cast.miyake.user.pk


def test_given_up_mails_are_let_be(miyake: Client, cast: Cast) -> None:
    mail = dead_mail(cast)
    answer = miyake.post(MAIL, {"drop": "1"}, follow=True)
    assert "送信をやめました。" in answer.content.decode()
    mail.refresh_from_db()
    assert mail.state == MailState.DROPPED
    assert sending.due() == []
    assert dashboard.tasks() == []


def test_a_press_without_a_choice_sends_and_drops_nothing(miyake: Client, cast: Cast) -> None:
    mail = dead_mail(cast)
    assert miyake.post(MAIL, {"what": "ever"}).url == MAIL  # type: ignore[attr-defined]
    mail.refresh_from_db()
    assert mail.state == MailState.DEAD


def test_a_mail_that_is_not_dead_stays_as_it_is(miyake: Client, cast: Cast) -> None:
    waiting = outbox.write("welcome", user=cast.mori.user, member=cast.mori.pk)
    assert waiting is not None
    miyake.post(MAIL, {"drop": "1"})
    waiting.refresh_from_db()
    assert waiting.state == MailState.QUEUED
