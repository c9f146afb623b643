"""From draft to published: what the office does, and what withdrawal undoes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cast import Cast
from enishi.core import clock
from enishi.core.models import AuditEntry
from enishi.events.actions import sessions, signups
from enishi.events.choices import SessionState
from enishi.feedback.actions import answers, consents
from enishi.feedback.models import Answer
from enishi.members.choices import ProfileField, Visibility
from enishi.members.models import FieldVisibility
from enishi.publishing import signals
from enishi.publishing.actions import reports
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import reports as reading
from factories.events import START, make_series
from factories.gatherings import add_session, make_held, say

from .conftest import Gathering


def quotes(report: Report) -> list[tuple[str, str]]:
    return [(quote.text, quote.signed) for quote in reading.article(report).quotes]


def answer_of(gathering: Gathering, number: int) -> Answer:
    return Answer.objects.get(series=gathering.series, member=gathering.people[number])


def test_the_last_session_over_makes_a_draft(cast: Cast, noon: datetime) -> None:
    series = make_series(sessions=2, minimum=1)
    first, second = series.sessions.order_by("number")
    for session in (first, second):
        signups.sign_up(session, member=cast.nakamura)
    with clock.at(START + timedelta(hours=2)):
        sessions.close(first)
    assert not Report.objects.exists()
    with clock.at(START + timedelta(days=3)):
        sessions.close(second)
    report = Report.objects.get()
    assert (report.series, report.state, report.title_ja) == (series, ReportState.DRAFT, "顔合わせ会のレポート")
    assert report.story_ja.startswith("2026年12月10日（木）〜12月12日（土）に、")
    assert "進行：" in report.story_ja
    assert report.title_en == "Report: Get-together"


def test_no_draft_of_what_was_not_held(cast: Cast, noon: datetime) -> None:
    series = make_held()
    add_session(series, 1, [cast.nakamura], state=SessionState.NOT_HELD)
    assert reports.draft_when_over(series) is None
    add_session(series, 2, [cast.nakamura])
    assert reports.draft_when_over(series) is not None
    assert reports.draft_when_over(series) == Report.objects.get()


def test_the_opening_of_a_series_that_was_not_held_says_so(cast: Cast, noon: datetime) -> None:
    series = make_series(sessions=2)
    series.sessions.update(state=SessionState.NOT_HELD)
    report = reports.draft(series)
    assert (report.story_ja, report.story_en) == (
        "「顔合わせ会」は開かれませんでした。",
        "“Get-together” did not take place.",
    )


def test_the_opening_of_a_series_to_come_is_its_programme(cast: Cast, noon: datetime) -> None:
    assert reports.draft(make_series()).story_ja.startswith("進行：")


def test_chosen_voices_stand_in_the_offices_order(gathering: Gathering, cast: Cast) -> None:
    chosen = [(answer_of(gathering, n).pk, "noticed") for n in (4, 0)]
    assert reports.choose_voices(gathering.report, chosen=chosen, by=cast.miyake.user) == 2
    assert quotes(gathering.report) == [
        ("4番目の気づきです", "参加した方"),  # three at 医療ベンチャー hide the two who work alone
        ("0番目の気づきです", "参加 0子さん"),
    ]
    assert reports.choose_voices(gathering.report, chosen=chosen[1:], by=cast.miyake.user) == 1
    assert quotes(gathering.report) == [("0番目の気づきです", "参加 0子さん")]


def test_what_may_not_be_quoted_cannot_be_chosen(gathering: Gathering, cast: Cast) -> None:
    silent = answer_of(gathering, 2)
    wrong = [(silent.pk, "noticed"), (answer_of(gathering, 0).pk, "liked"), (10**9, "noticed"), (silent.pk, "salary")]
    assert reports.choose_voices(gathering.report, chosen=wrong, by=cast.miyake.user) == 0
    assert quotes(gathering.report) == []
    consents.give(silent, field="noticed", attribution="named")
    assert reports.choose_voices(gathering.report, chosen=wrong, by=cast.miyake.user) == 1


def test_a_voice_of_another_series_cannot_be_chosen(gathering: Gathering, cast: Cast) -> None:
    other = make_held([cast.mori])
    theirs = say(other, cast.mori, noticed="別の会のことば", quote="named")
    assert reports.choose_voices(gathering.report, chosen=[(theirs.pk, "noticed")], by=cast.miyake.user) == 0


def test_a_withdrawn_voice_is_gone_at_once_and_comes_back_only_when_allowed_again(
    gathering: Gathering, cast: Cast
) -> None:
    answer = answer_of(gathering, 0)
    reports.choose_voices(gathering.report, chosen=[(answer.pk, "noticed")], by=cast.miyake.user)
    assert len(quotes(gathering.report)) == 1
    consents.give(answer, field="noticed", attribution="none", by=gathering.people[0].user)
    assert quotes(gathering.report) == []
    consents.give(answer, field="noticed", attribution="anonymous", by=gathering.people[0].user)
    assert quotes(gathering.report) == [("0番目の気づきです", "参加した方（製薬会社）")]


def test_a_changed_sentence_is_not_quoted_until_allowed(gathering: Gathering, cast: Cast) -> None:
    answer = answer_of(gathering, 0)
    reports.choose_voices(gathering.report, chosen=[(answer.pk, "noticed")], by=cast.miyake.user)
    say(gathering.series, gathering.people[0], noticed="書き直したことば", quote=None)
    assert quotes(gathering.report) == []
    say(gathering.series, gathering.people[0], noticed="書き直したことば", quote="named")
    assert quotes(gathering.report) == [("書き直したことば", "参加 0子さん")]


def test_who_leaves_takes_the_voice_along(gathering: Gathering, cast: Cast) -> None:
    chosen = [(answer_of(gathering, n).pk, "noticed") for n in (0, 3)]
    reports.choose_voices(gathering.report, chosen=chosen, by=cast.miyake.user)
    answers.erase_of(gathering.people[0])
    assert quotes(gathering.report) == [("3番目の気づきです", "参加 3子さん")]


def test_an_anonymous_voice_names_no_small_field_and_no_hidden_one(gathering: Gathering, cast: Cast) -> None:
    alone = answer_of(gathering, 7)  # the only one at 病院
    hiding = answer_of(gathering, 1)  # one of four at 製薬会社
    for each in (alone, hiding):
        consents.give(each, field="noticed", attribution="anonymous")
    chosen = [(alone.pk, "noticed"), (hiding.pk, "noticed")]
    reports.choose_voices(gathering.report, chosen=chosen, by=cast.miyake.user)
    assert [signed for _, signed in quotes(gathering.report)] == ["参加した方", "参加した方（製薬会社）"]
    FieldVisibility.objects.create(member=gathering.people[1], field=ProfileField.EMPLOYER, level=Visibility.OFFICE)
    assert [signed for _, signed in quotes(gathering.report)] == ["参加した方", "参加した方"]


def test_publishing_is_announced_once(gathering: Gathering, cast: Cast) -> None:
    heard: list[Report] = []

    def hear(report: Report, **_: object) -> None:
        heard.append(report)

    signals.report_published.connect(hear)
    try:
        for _ in range(2):
            reports.publish(gathering.report, by=cast.miyake.user)
    finally:
        signals.report_published.disconnect(hear)
    assert heard == [gathering.report]
    assert AuditEntry.objects.filter(verb="report.published").count() == 1
    assert gathering.report.published_at == clock.now()
    reports.take_back(gathering.report, by=cast.miyake.user)
    assert gathering.report.state == ReportState.DRAFT


def test_a_report_needs_a_japanese_title(gathering: Gathering, cast: Cast) -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="Give the report a Japanese title"):
        reports.edit(gathering.report, title_ja=" ", title_en="", story_ja="", story_en="", by=cast.miyake.user)
    reports.edit(gathering.report, title_ja="題", title_en="", story_ja="本文", story_en="", by=cast.miyake.user)
    gathering.report.refresh_from_db()
    assert (gathering.report.title, gathering.report.story) == ("題", "本文")
