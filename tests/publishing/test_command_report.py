"""`enishi report facts SERIES`."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from cast import Cast
from enishi.publishing.queries import figures
from factories.gatherings import make_held, say

from .conftest import Gathering


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", "facts", *arguments, stdout=out)
    return out.getvalue()


def test_by_number_title_or_english_title(gathering: Gathering) -> None:
    expected = figures.of_series(gathering.series).as_data()
    for words in (str(gathering.series.pk), "顔合わせ会", "First gathering", " 顔合わせ会 "):
        assert json.loads(run(words, "--json")) == expected


def test_by_a_title_that_was_cut(gathering: Gathering) -> None:
    gathering.series.title_ja = "会" * 80
    gathering.series.save()
    assert json.loads(run("会" * 90, "--json"))["people"] == 9


def test_a_table_for_people(cast: Cast, noon: datetime) -> None:
    series = make_held([cast.nakamura, cast.mori], [cast.nakamura])
    say(series, cast.mori, satisfaction=4)
    assert run(str(series.pk)).splitlines() == [
        "sessions: 2",
        "per session:",
        "       2  1",
        "       1  2",
        "smallest: 1",
        "largest: 2",
        "attendances: 3",
        "people: 2",
        "repeaters: 1",
        "countries: 日本",
        "routes:",
        "       2  退職時に案内された",
        "fields:",
        "       1  医療ベンチャー",
        "       1  製薬会社",
        "want theme:",
        "next theme:",
        "quote consent:",
        "       1  none",
        "satisfaction mean: 4.0",
    ]


@pytest.mark.parametrize("words", ["無い会", "999999", "", "-1", "9" * 40, "1; drop table"])
def test_an_unknown_series_is_said_clearly(gathering: Gathering, words: str) -> None:
    with pytest.raises(CommandError) as caught:
        run("--json", "--", words)
    assert str(caught.value).startswith(("There is no series", "No series is named"))


def test_two_of_one_title_are_not_guessed_at(gathering: Gathering, cast: Cast) -> None:
    second = make_held([cast.mori])
    with pytest.raises(CommandError, match=f"Give the number of one of them: {gathering.series.pk}, {second.pk}"):
        run("顔合わせ会")
