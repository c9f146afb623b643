"""A span of time as both languages write it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from django.utils.html import strip_tags

from cast import Cast

START = datetime(2026, 12, 8, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tue 8 Dec, 12:00–13:00 Japan timeAmsterdam 4:00–5:00 (early morning)"),
        ("ja", "12月8日（火）12:00〜13:00 日本時間アムステルダム 4:00〜5:00（早朝）"),
    ],
)
@pytest.mark.usefixtures("noon")
def test_day_and_hours_stand_apart_as_each_language_has_it(cast: Cast, language: str, words: str) -> None:
    reader = SimpleNamespace(user=SimpleNamespace(zone="Europe/Amsterdam"))
    template = engines["django"].from_string("{% when start end %}")
    with translation.override(language):
        page = template.render({"start": START, "end": START + timedelta(hours=1), "request": reader})
    assert strip_tags(page).strip() == words
