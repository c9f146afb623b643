"""The raw figures of a series, in the shape of the file that leaves."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cast import Cast, make_member
from conftest import NOON
from enishi.accounts.choices import Route, route_of_words
from enishi.core import clock
from enishi.events.choices import SessionState
from enishi.events.models import Signup
from enishi.feedback.choices import ThemeKind
from enishi.members.choices import ProfileField, Visibility
from enishi.members.models import FieldVisibility
from enishi.publishing.queries import figures
from factories.gatherings import add_session, make_held, say, theme

ASAGI = Path(__file__).resolve().parents[3] / "shared" / "data" / "asagi"


def facts(series: Any) -> dict[str, Any]:
    return figures.of_series(series).as_data()


def test_a_small_series_counted_by_hand(cast: Cast, noon: datetime) -> None:
    series = make_held([cast.nakamura, cast.mori, cast.jansen], [cast.nakamura, cast.saeki])
    say(series, cast.nakamura, satisfaction=5, want="情報交換", next="飲み会", noticed="ことば", quote="named")
    say(series, cast.mori, satisfaction=4, want="情報交換", quote="anonymous", liked="よい会")
    say(series, cast.saeki, satisfaction=None, next="飲み会", liked="よい会")
    cast.mori.route = Route.INVITED
    cast.mori.save()
    assert facts(series) == {
        "sessions": 2,
        "per_session": {"1": 3, "2": 2},
        "smallest": 2,
        "largest": 3,
        "attendances": 5,
        "people": 4,
        "repeaters": 1,
        "countries": ["オランダ", "日本"],
        "routes": {"退職時に案内された": 3, "アルムナイに招待された": 1},
        "fields": {"製薬会社": 2, "医療ベンチャー": 1, "行政機関": 1},
        "want_theme": {"情報交換": 2},
        "next_theme": {"飲み会": 2},
        "quote_consent": {"named": 1, "anonymous": 1, "none": 1},
        "satisfaction_mean": 4.5,
    }


def test_a_series_that_never_met(cast: Cast, noon: datetime) -> None:
    assert facts(make_held()) == {
        "sessions": 0,
        "per_session": {},
        "smallest": 0,
        "largest": 0,
        "attendances": 0,
        "people": 0,
        "repeaters": 0,
        "countries": [],
        "routes": {},
        "fields": {},
        "want_theme": {},
        "next_theme": {},
        "quote_consent": {},
        "satisfaction_mean": None,
    }


def test_only_sessions_held_and_people_there_count(cast: Cast, noon: datetime) -> None:
    series = make_held([cast.nakamura, cast.mori])
    add_session(series, 2, [cast.jansen], state=SessionState.NOT_HELD)
    add_session(series, 3, [cast.saeki], state=SessionState.CANCELLED)
    say(series, cast.mori, satisfaction=1)
    assert facts(series)["people"] == 2
    Signup.objects.filter(member=cast.mori).update(attended=False)
    found = facts(series)
    assert (found["people"], found["per_session"], found["satisfaction_mean"]) == (1, {"1": 1}, None)
    Signup.objects.filter(member=cast.mori).update(attended=True)
    assert facts(series)["satisfaction_mean"] == 1.0


def test_what_a_person_hides_from_all_is_not_counted(cast: Cast, noon: datetime) -> None:
    series = make_held([cast.nakamura, cast.mori])
    FieldVisibility.objects.create(member=cast.mori, field=ProfileField.EMPLOYER, level=Visibility.ONLY_ME)
    FieldVisibility.objects.create(member=cast.nakamura, field=ProfileField.EMPLOYER, level=Visibility.OFFICE)
    found = facts(series)
    assert (found["fields"], found["countries"], found["people"]) == ({"医療ベンチャー": 1}, ["日本"], 2)


def test_empty_fields_are_no_value(cast: Cast, noon: datetime) -> None:
    nobody = make_member("無名", "氏", email="nobody@mail.example")
    found = facts(make_held([nobody, cast.mori]))
    assert (found["countries"], found["fields"]) == (["日本"], {"製薬会社": 1})


def test_a_retired_theme_still_counts(cast: Cast, noon: datetime) -> None:
    series = make_held([cast.nakamura])
    say(series, cast.nakamura, want="情報交換")
    old = theme(ThemeKind.WANT, "情報交換")
    old.retired_at = clock.now()
    old.save()
    assert facts(series)["want_theme"] == {"情報交換": 1}


def test_the_number_of_questions_does_not_grow_with_the_people(
    cast: Cast, noon: datetime, django_assert_num_queries: Any
) -> None:
    for number, people in enumerate(([cast.nakamura], [cast.nakamura, cast.mori, cast.jansen]), 1):
        series = make_held(people, title_ja=f"第{number}会")
        for person in people:
            say(series, person, noticed="ことば", want="情報交換", quote="named")
        with django_assert_num_queries(6):
            facts(series)


def test_the_first_gathering_comes_to_its_figures(db: Any) -> None:
    if not ASAGI.exists():
        pytest.skip("the shared data of the first gathering is not beside this tree")
    with clock.at(NOON):
        series = _asagi()
        assert facts(series) == json.loads((ASAGI / "expected_report.json").read_text(encoding="utf-8"))


def _asagi() -> Any:
    """Straight into the tables: the way through registration and sign-up is tested by the replay."""
    from cast import make_network

    make_network()
    rows = csv.DictReader(io.StringIO((ASAGI / "roster.csv").read_bytes().decode("cp932")))
    roster = {row["社員番号"].strip(): row for row in rows}
    signups: dict[int, list[str]] = {}
    for line in csv.DictReader((ASAGI / "signups.csv").open(encoding="utf-8")):
        signups.setdefault(int(line["session"]), []).append(line["employee_number"])
    members = {
        number: make_member(
            roster[number]["氏名"][:1],
            roster[number]["氏名"][1:],
            email=f"{number}@mail.example",
            employer=roster[number]["現在の勤務先"].strip(),
            country=roster[number]["居住国"].strip(),
            route=route_of_words(roster[number]["登録のきっかけ"].strip()),
        )
        for number in {each for people in signups.values() for each in people}
    }
    series = make_held(*([members[number] for number in people] for _, people in sorted(signups.items())))
    for line in csv.DictReader((ASAGI / "voices.csv").open(encoding="utf-8")):
        say(
            series,
            members[line["employee_number"]],
            satisfaction=int(line["satisfaction"]),
            noticed=line["noticed"],
            want=line["want_theme"],
            want_words=line["want"],
            liked=line["liked"],
            next=line["next_theme"],
            next_words=line["next"],
            quote=line["quote_consent"],
        )
    return series
