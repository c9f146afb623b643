"""The office's desk: who may, and what each press does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.core.models import AuditEntry
from enishi.feedback.choices import ThemeKind
from enishi.feedback.models import Answer
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import quotes
from enishi.publishing.queries import reports as reading
from factories.gatherings import make_held, theme

from .conftest import Gathering

WORDS = {"title_ja": "秋の会", "story_ja": "本文", "title_en": "", "story_en": ""}


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.miyake.user)
    return client


def url(name: str, *arguments: int) -> str:
    return reverse(f"publishing:{name}", args=arguments)


def test_only_the_office(gathering: Gathering, cast: Cast) -> None:
    pk, answer = gathering.report.pk, Answer.objects.all()[0].pk
    other = make_held([cast.mori])
    client = Client()
    assert client.get(url("office-reports")).status_code == 302
    for who in (cast.nakamura, cast.fujii):
        client.force_login(who.user)
        for page in ("office-report", "office-report-preview", "office-report-publish"):
            assert client.get(url(page, pk)).status_code == 403
        assert client.get(url("office-reports")).status_code == 403
        for action in ("office-report", "office-report-voices", "office-report-publish", "office-report-take-back"):
            assert client.post(url(action, pk), WORDS).status_code == 403
        assert client.post(url("office-report-themes", pk, answer)).status_code == 403
        assert client.post(url("office-report-create", other.pk)).status_code == 403
    assert Report.objects.count() == 1
    assert gathering.report.state == ReportState.DRAFT


def test_the_desk_shows_raw_beside_published(gathering: Gathering, office: Client) -> None:
    page = office.get(url("office-report", gathering.report.pk))
    assert page.status_code == 200
    desk = page.context["desk"]
    assert [(line.raw, line.shown) for line in desk.lines[:4]] == [("3", "3"), ("9", "9"), ("14", "14"), ("4", "")]
    fields = desk.tables[2]
    assert [(line.label, line.raw, line.shown) for line in fields.lines] == [
        ("製薬会社", "4", "4"),
        ("医療ベンチャー", "3", ""),
        ("病院", "1", ""),
        ("行政機関", "1", ""),
        ("その他・回答なし", "", "5"),
    ]
    assert [choice.quote.text for choice in desk.choices] == [f"{n}番目の気づきです" for n in (0, 1, 3, 4, 6, 7)]


def test_words_are_saved_and_a_fault_keeps_them(gathering: Gathering, office: Client) -> None:
    page = url("office-report", gathering.report.pk)
    assert office.post(page, WORDS).status_code == 303
    gathering.report.refresh_from_db()
    assert (gathering.report.title, gathering.report.story) == ("秋の会", "本文")
    for wrong in ({"title_ja": ""}, {"title_ja": "題" * 121}, {"story_ja": "x" * 20001}, {"title_en": "a\x00"}):
        answer = office.post(page, {**WORDS, "story_en": "kept", **wrong})
        assert answer.status_code == 422
        assert answer.context["form"]["story_en"].value() == "kept"
    gathering.report.refresh_from_db()
    assert gathering.report.title == "秋の会"


def test_voices_in_the_order_of_their_numbers(gathering: Gathering, office: Client) -> None:
    keys = {answer.member_id: f"{answer.pk}-noticed" for answer in Answer.objects.all()}
    first, second, refused = (keys[gathering.people[n].pk] for n in (0, 1, 2))
    data: dict[str, Any] = {
        "voice": [first, refused, second, "x-noticed", "9" * 30 + "-noticed", "1", ""],
        f"order-{first}": "2",
        f"order-{second}": "1",
        f"order-{refused}": "x",
    }
    assert office.post(url("office-report-voices", gathering.report.pk), data).status_code == 303
    article = reading.article(gathering.report)
    assert [quote.text for quote in article.quotes] == ["1番目の気づきです", "0番目の気づきです"]
    assert all(isinstance(quote, quotes.Quote) for quote in article.quotes)


def test_voices_in_the_report_stand_first_and_the_rest_is_folded_by_question(
    gathering: Gathering, office: Client
) -> None:
    address = url("office-report", gathering.report.pk)
    quotable = office.get(address).context["desk"].choices
    key = quotable[-1].quote.key
    office.post(url("office-report-voices", gathering.report.pk), {"voice": [key]})
    answer = office.get(address)
    desk, page = answer.context["desk"], answer.content.decode()
    assert [choice.quote.key for choice in desk.choices if choice.place] == [key]
    assert sum(len(choices) for _about, choices in desk.left_out) == len(quotable) - 1
    assert page.count('name="voice"') == len(quotable)
    assert page.index(f'value="{key}"') < page.index('class="rp-more"')


def test_a_theme_is_corrected(gathering: Gathering, office: Client) -> None:
    answer = Answer.objects.get(member=gathering.people[0])
    other = theme(ThemeKind.WANT, "横のつながり")
    where = url("office-report-themes", gathering.report.pk, answer.pk)
    done = office.post(where, {"want_theme": other.pk, "next_theme": ""})
    assert done.status_code == 303 and done["Location"].endswith(f"#answer-{answer.pk}")
    page = office.get(done["Location"].partition("#")[0]).content.decode()
    assert re.findall(r'id="answer-(\d+)"><details open>', page) == [str(answer.pk)]  # the corrected one alone
    answer.refresh_from_db()
    assert (answer.want_theme, answer.next_theme) == (other, None)
    office.post(where, {"want_theme": "99999"})
    answer.refresh_from_db()
    assert answer.want_theme == other


def test_an_answer_of_another_series_is_not_found(gathering: Gathering, cast: Cast, office: Client) -> None:
    from factories.gatherings import say

    other = say(make_held([cast.mori]), cast.mori, want="情報交換")
    assert office.post(url("office-report-themes", gathering.report.pk, other.pk), {}).status_code == 404
    other.refresh_from_db()
    assert other.want_theme is not None


def test_publishing_asks_first(gathering: Gathering, office: Client) -> None:
    page = url("office-report-publish", gathering.report.pk)
    asked = office.get(page)
    assert "メンバー18名" in asked.content.decode()
    gathering.report.refresh_from_db()
    assert gathering.report.state == ReportState.DRAFT
    assert office.post(page).status_code == 303
    assert office.post(page).status_code == 303
    gathering.report.refresh_from_db()
    assert gathering.report.state == ReportState.PUBLISHED
    assert AuditEntry.objects.filter(verb="report.published").count() == 1
    office.post(url("office-report-take-back", gathering.report.pk))
    gathering.report.refresh_from_db()
    assert gathering.report.state == ReportState.DRAFT


def test_a_preview_is_what_members_get(gathering: Gathering, office: Client) -> None:
    page = office.get(url("office-report-preview", gathering.report.pk))
    assert page.status_code == 200
    assert "プレビューです" in page.content.decode()
    assert "行政機関" not in page.content.decode()


def test_a_report_can_be_begun_by_hand(cast: Cast, noon: object, office: Client) -> None:
    held, never = make_held([cast.nakamura]), make_held(title_ja="開かなかった会")
    assert "会は開かれましたが" in office.get(url("office-reports")).content.decode()
    made = office.post(url("office-report-create", held.pk))
    assert made.headers["Location"] == url("office-report", Report.objects.get().pk)
    assert office.post(url("office-report-create", never.pk)).status_code == 404
    office.post(url("office-report-create", held.pk))
    assert Report.objects.count() == 1


def test_lists_ask_the_same_for_one_and_three(gathering: Gathering, cast: Cast, office: Client) -> None:
    from enishi.publishing.actions import reports

    with CaptureQueriesContext(connection) as one:
        listed = office.get(url("office-reports")).context["page_obj"]
    assert [(report, report.answers) for report in listed] == [(gathering.report, 9)]
    for number in range(2):
        reports.draft(make_held([cast.nakamura], title_ja=f"第{number}会"))
    with CaptureQueriesContext(connection) as three:
        office.get(url("office-reports"))
    assert len(one) == len(three)


def test_unknown_reports_are_not_found(office: Client) -> None:
    for page in ("office-report", "office-report-preview", "office-report-publish"):
        assert office.get(url(page, 999)).status_code == 404
    assert office.post(url("office-report-voices", 999)).status_code == 404
