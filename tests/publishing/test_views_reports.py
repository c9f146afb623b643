"""Reports as members read them: what is there, what is not, and how it goes away."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import Cast
from enishi.core import clock
from enishi.events.choices import SeriesState, SessionState
from enishi.feedback.actions import consents
from enishi.feedback.models import Answer
from enishi.publishing.actions import reports
from factories.gatherings import add_session, make_held, say

from .conftest import Gathering


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(getattr(member, "user", member))
    return client


@pytest.fixture
def published(gathering: Gathering, cast: Cast) -> Gathering:
    keys = [(answer.pk, "noticed") for answer in Answer.objects.filter(series=gathering.series).order_by("pk")]
    reports.choose_voices(gathering.report, chosen=keys, by=cast.miyake.user)
    reports.publish(gathering.report, by=cast.miyake.user)
    return gathering


def page_url(gathering: Gathering) -> str:
    return reverse("publishing:report", args=[gathering.report.pk])


def pdf_url(gathering: Gathering) -> str:
    return reverse("publishing:report-pdf", args=[gathering.report.pk])


def words(answer: Any) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).replace("\n", "")


def test_a_member_reads_and_takes_it_along(published: Gathering, cast: Cast) -> None:
    client = signed_in(cast.nakamura)
    page = client.get(page_url(published))
    assert page.status_code == 200
    body = page.content.decode()
    for said in ("0番目の気づきです", "参加 0子さん", "1番目の気づきです", "製薬会社"):
        assert said in body
    for hidden in ("2番目の気づきです", "病院", "行政機関", "参加 1子"):
        assert hidden not in body
    pdf = client.get(pdf_url(published))
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert pdf.headers["Content-Disposition"].startswith("attachment; filename")
    assert "no-store" in pdf.headers["Cache-Control"]
    assert "0番目の気づきです" in words(pdf)
    assert "2番目の気づきです" not in words(pdf)


def test_a_draft_is_not_there_for_members(gathering: Gathering, cast: Cast) -> None:
    never_was = signed_in(cast.nakamura).get(reverse("publishing:report", args=[10**6]))
    for url in (page_url(gathering), pdf_url(gathering)):
        found = signed_in(cast.nakamura).get(url)
        assert found.status_code == 404
        assert _without_number(found) == _without_number(never_was)
    reports.publish(gathering.report, by=cast.miyake.user)
    assert signed_in(cast.nakamura).get(page_url(gathering)).status_code == 200


def _without_number(answer: Any) -> str:
    import re

    body = re.sub(r"[0-9A-F]{6}", "", answer.content.decode())
    return re.sub(r'name="(next|csrfmiddlewaretoken)" value="[^"]*"', "", body)


def test_the_office_gets_the_pdf_of_a_draft(gathering: Gathering, cast: Cast) -> None:
    assert signed_in(cast.miyake).get(pdf_url(gathering)).status_code == 200
    assert signed_in(cast.fujii).get(pdf_url(gathering)).status_code == 404


def test_visitors_applicants_and_those_who_left_read_nothing(published: Gathering, cast: Cast) -> None:
    for url in (reverse("publishing:reports"), page_url(published), pdf_url(published)):
        assert Client().get(url).status_code == 302
        assert signed_in(cast.applicant).get(url).status_code == 404
        assert signed_in(cast.mori).get(url).status_code == 200
    cast.mori.left_at = clock.now()
    cast.mori.save()
    for url in (reverse("publishing:reports"), page_url(published), pdf_url(published)):
        assert signed_in(cast.mori).get(url).status_code == 404


def test_withdrawn_is_gone_from_page_and_pdf(published: Gathering, cast: Cast) -> None:
    client = signed_in(cast.nakamura)
    assert "0番目の気づきです" in client.get(page_url(published)).content.decode()
    answer = Answer.objects.get(series=published.series, member=published.people[0])
    consents.give(answer, field="noticed", attribution="none")
    assert "0番目の気づきです" not in client.get(page_url(published)).content.decode()
    assert "0番目の気づきです" not in words(client.get(pdf_url(published)))
    assert "3番目の気づきです" in words(client.get(pdf_url(published)))


def test_the_page_leads_to_the_next_session(published: Gathering, cast: Cast) -> None:
    assert signed_in(cast.nakamura).get(page_url(published)).context["next_session"] is None
    coming = make_held(title_ja="新年会", state=SeriesState.ANNOUNCED)
    ahead = clock.now() + timedelta(days=20)
    session = add_session(coming, 1, [], state=SessionState.OPEN, starts_at=ahead, closes_at=ahead)
    assert signed_in(cast.nakamura).get(page_url(published)).context["next_session"] == session


def test_no_more_than_twelve_questions_whoever_came(published: Gathering, cast: Cast) -> None:
    client = signed_in(cast.nakamura)
    with CaptureQueriesContext(connection) as found:
        client.get(page_url(published))
    assert len(found) <= 12, [query["sql"][:90] for query in found]


def test_the_list_asks_the_same_for_one_and_three(published: Gathering, cast: Cast) -> None:
    client = signed_in(cast.nakamura)
    with CaptureQueriesContext(connection) as one:
        assert published.report.title in client.get(reverse("publishing:reports")).content.decode()
    for number in range(2):
        series = make_held([cast.nakamura, cast.mori], title_ja=f"第{number}会")
        reports.publish(reports.draft(series), by=cast.miyake.user)
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(reverse("publishing:reports")).context["page_obj"]) == 3
    assert len(one) == len(three)


def test_the_tables_are_called_by_what_they_hold(published: Gathering, cast: Cast) -> None:
    client = signed_in(cast.nakamura)
    assert "参加した方と、やってみたいこと" in client.get(page_url(published)).content.decode()
    Answer.objects.update(want_theme=None, next_theme=None)
    page = client.get(page_url(published)).content.decode()
    assert ">参加した方</h2>" in page
    assert "やってみたいこと</h2>" not in page


def test_two_people_are_not_counted_out_loud(cast: Cast, noon: object) -> None:
    series = make_held([cast.nakamura, cast.mori])
    say(series, cast.mori, satisfaction=2, noticed="よい会でした", quote="anonymous")
    report = reports.draft(series)
    reports.publish(report, by=cast.miyake.user)
    page = signed_in(cast.jansen).get(reverse("publishing:report", args=[report.pk]))
    assert page.status_code == 200
    assert [figure.value for figure in page.context["article"].big_figures] == ["1"]
    assert page.context["article"].charts == []


def test_english_for_an_english_reader(published: Gathering, cast: Cast) -> None:
    page = signed_in(cast.jansen).get(page_url(published)).content.decode()
    assert "Report: First gathering" in page
    assert "people came" in page
    assert "さん" not in page


def test_a_story_cannot_act(published: Gathering, cast: Cast) -> None:
    story = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://x.example/p.png) **太字**"
    reports.edit(published.report, title_ja="<b>題</b>", title_en="", story_ja=story, story_en="", by=None)
    body = signed_in(cast.nakamura).get(page_url(published)).content.decode()
    assert "<strong>太字</strong>" in body
    for hostile in ("<script>alert", 'href="javascript', "<img", "<b>題"):
        assert hostile not in body


def test_only_get(published: Gathering, cast: Cast) -> None:
    assert signed_in(cast.nakamura).post(page_url(published)).status_code == 405
    assert signed_in(cast.nakamura).post(pdf_url(published)).status_code == 405
