"""The mail that says a report can be read: to whom, when, and once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast, make_member, make_network
from enishi.core import outbox, sending
from enishi.core.models import AuditEntry, MailState, OutgoingMail
from enishi.members.actions import leaving, mails
from enishi.members.models import Member
from enishi.publishing.actions import reports
from enishi.publishing.choices import ReportState
from enishi.publishing.mail_topics import PUBLISHED, REPORTS
from enishi.publishing.models import Report
from enishi.publishing.queries import audience

from .conftest import Gathering


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


def rows(state: str = MailState.QUEUED) -> int:
    return OutgoingMail.objects.filter(kind=PUBLISHED, state=state).count()


def send() -> None:
    make_network(is_demo=False)
    sending.send_due(limit=100)


def publish_page(gathering: Gathering) -> str:
    return reverse("publishing:office-report-publish", args=[gathering.report.pk])


def test_all_who_may_read_it_are_written_to_and_nobody_else(gathering: Gathering, cast: Cast) -> None:
    leaving.leave(cast.onishi, by=None)
    reports.publish(gathering.report, by=cast.miyake.user)
    told = set(OutgoingMail.objects.filter(kind=PUBLISHED).values_list("user_id", flat=True))
    assert told == set(Member.objects.present().values_list("user_id", flat=True))
    assert len(told) == 17 and cast.applicant.pk not in told and cast.onishi.user_id not in told
    assert AuditEntry.objects.get(verb="report.published").data["mails"] == 17


def test_the_letter_leads_to_the_report_in_the_readers_language(gathering: Gathering, cast: Cast) -> None:
    reports.publish(gathering.report, by=cast.miyake.user)
    for member, subject in (
        (cast.nakamura, "「顔合わせ会のレポート」を公開しました｜若草製薬アルムナイ"),
        (cast.jansen, "“Report: First gathering” can be read now | Wakakusa Alumni"),
    ):
        letter = outbox.compose(OutgoingMail.objects.get(kind=PUBLISHED, user_id=member.user_id))
        assert letter is not None and letter.button is not None
        assert (letter.to, letter.subject) == (member.user.email, subject)
        assert letter.button[1] == f"http://testserver/reports/{gathering.report.pk}/"
        assert letter.topic == REPORTS and "/mails/" in letter.unsubscribe_url


def test_no_number_and_no_voice_stands_in_the_letter(gathering: Gathering, cast: Cast) -> None:
    reports.publish(gathering.report, by=cast.miyake.user)
    mail = OutgoingMail.objects.filter(kind=PUBLISHED).order_by("pk")[0]
    letter = outbox.compose(mail)
    assert letter is not None and letter.facts == ()
    assert not any(character.isdigit() for line in letter.paragraphs for character in line)


def test_each_is_told_once_however_often_it_is_published(gathering: Gathering, cast: Cast) -> None:
    report, by = gathering.report, cast.miyake.user
    reports.publish(report, by=by)
    send()
    reports.take_back(report, by=by)
    newcomer = make_member("新田", "学", email="nitta@mail.example")
    reports.publish(report, by=by)
    assert [mail.user_id for mail in OutgoingMail.objects.filter(kind=PUBLISHED, state="queued")] == [newcomer.user_id]
    assert rows(MailState.SENT) == 18


def test_taking_it_back_calls_back_what_was_not_sent(gathering: Gathering, cast: Cast) -> None:
    report, by = gathering.report, cast.miyake.user
    reports.publish(report, by=by)
    make_network(is_demo=False)
    sending.send_due(limit=1)
    reports.take_back(report, by=by)
    assert (rows(MailState.SENT), rows(MailState.QUEUED)) == (1, 0)
    assert AuditEntry.objects.get(verb="report.taken-back").data["mails"] == 17
    reports.publish(report, by=by)
    assert rows(MailState.QUEUED) == 17


def test_who_was_passed_over_while_it_was_taken_back_is_told_the_next_time(gathering: Gathering, cast: Cast) -> None:
    report, by = gathering.report, cast.miyake.user
    reports.publish(report, by=by)
    Report.objects.update(state=ReportState.DRAFT)  # the worker held the mails at that moment
    send()
    assert (rows(MailState.SENT), rows(MailState.DROPPED)) == (0, 18)
    assert audience.reached(report).wanting == 18
    reports.publish(report, by=by)
    assert (rows(MailState.QUEUED), rows(MailState.DROPPED)) == (18, 0)


def test_whoever_stopped_reports_gets_none(gathering: Gathering, cast: Cast) -> None:
    mails.stop(cast.nakamura, REPORTS, by=cast.nakamura.user)
    reports.publish(gathering.report, by=cast.miyake.user)
    send()
    assert (rows(MailState.SENT), rows(MailState.UNWANTED)) == (17, 1)


def test_the_page_says_how_many_get_it_and_shows_the_letter(gathering: Gathering, cast: Cast, office: Client) -> None:
    mails.stop(cast.nakamura, REPORTS, by=cast.nakamura.user)
    page = office.get(publish_page(gathering))
    words = page.content.decode()
    assert "<b>17名</b>に送ります" in words and "ほかに1名は" in words and "公開して17名にメールを送る" in words
    assert [language for language, _letter in page.context["letters"]] == ["ja", "en"]
    done = office.post(publish_page(gathering), {"mail": "yes"}, follow=True)
    assert "17名にメールを送ります。" in done.content.decode()
    assert rows() == 18


def test_the_office_may_publish_without_the_mail_and_write_later(
    gathering: Gathering, cast: Cast, office: Client
) -> None:
    done = office.post(publish_page(gathering), {"mail": "no"}, follow=True)
    gathering.report.refresh_from_db()
    assert (gathering.report.state, rows()) == (ReportState.PUBLISHED, 0)
    assert "メールを送ります" not in done.content.decode()
    reports.take_back(gathering.report, by=cast.miyake.user)
    office.post(publish_page(gathering), {"mail": "yes"})
    assert rows() == 18


def test_where_all_were_told_the_page_offers_no_mail(gathering: Gathering, cast: Cast, office: Client) -> None:
    reports.publish(gathering.report, by=cast.miyake.user)
    OutgoingMail.objects.filter(kind=PUBLISHED).update(state=MailState.SENT)
    reports.take_back(gathering.report, by=cast.miyake.user)
    page = office.get(publish_page(gathering)).content.decode()
    assert "メールは送りません。" in page and 'value="yes"' not in page
    done = office.post(publish_page(gathering), {"mail": "no"}, follow=True)
    assert "レポートを全メンバーに公開しました。" in done.content.decode()


def test_eighteen_mails_take_as_many_questions_as_one(gathering: Gathering, cast: Cast) -> None:
    with CaptureQueriesContext(connection) as first:
        reports.publish(gathering.report, by=cast.miyake.user)
    OutgoingMail.objects.exclude(user_id=cast.mori.user_id).update(state=MailState.SENT)
    reports.take_back(gathering.report, by=cast.miyake.user)
    with CaptureQueriesContext(connection) as second:
        reports.publish(gathering.report, by=cast.miyake.user)
    assert (rows(), len(first)) == (1, len(second))
