"""A report as files, exactly as members get them."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from cast import Cast
from enishi.feedback.actions import consents
from enishi.feedback.models import Answer
from enishi.publishing.actions import render, reports

from .conftest import Gathering


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


@pytest.fixture
def chosen(gathering: Gathering, cast: Cast) -> Gathering:
    keys = [(answer.pk, "noticed") for answer in Answer.objects.filter(series=gathering.series).order_by("pk")]
    reports.choose_voices(gathering.report, chosen=keys, by=cast.miyake.user)
    story = "## よい会でした\n\n$x$ と #import と <script>alert(1)</script> は文字です。"
    reports.edit(
        gathering.report, title_ja="秋のレポート", title_en="", story_ja=story, story_en="", by=cast.miyake.user
    )
    return gathering


def test_both_files_say_the_same(chosen: Gathering) -> None:
    html, pdf = render.report_files(chosen.report)
    text = words(pdf)
    for said in (
        "秋のレポート",
        "0番目の気づきです",
        "参加 0子さん",
        "参加した方（製薬会社）",
        "よい会でした",
        "製薬会社",
    ):
        assert said in html
        assert said in text
    for hidden in ("2番目の気づきです", "病院", "行政機関"):
        assert hidden not in html
        assert hidden not in text
    assert "#import" in text
    assert "&lt;script&gt;" in html


def test_the_html_loads_nothing(chosen: Gathering) -> None:
    html, _pdf = render.report_files(chosen.report)
    assert not re.search(r"<(script|link|img|iframe|object)\b", html)
    assert not re.search(r"\s(src|style|on\w+)=", html)
    assert "@layer reset" in html
    assert re.findall(r'href="(?!https?://)', html) == []


def test_a_withdrawn_voice_is_gone_from_both(chosen: Gathering) -> None:
    answer = Answer.objects.get(series=chosen.series, member=chosen.people[0])
    consents.give(answer, field="noticed", attribution="none")
    html, pdf = render.report_files(chosen.report)
    assert "0番目の気づきです" not in html
    assert "0番目の気づきです" not in words(pdf)
    assert "3番目の気づきです" in html
    assert "3番目の気づきです" in words(pdf)


def test_the_same_report_gives_the_same_files(chosen: Gathering) -> None:
    assert render.report_files(chosen.report) == render.report_files(chosen.report)


def test_only_for_members(chosen: Gathering) -> None:
    with pytest.raises(ValueError, match="viewer_kind='member'"):
        render.report_files(chosen.report, viewer_kind="public")
