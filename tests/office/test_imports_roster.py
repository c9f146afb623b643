"""How a roster row is read, rule by rule, and a file as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from enishi.office.imports import headings, roster, tables
from enishi.office.imports.dates_ja import ReadDate, read_date


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is refused is read here in its source language."""
    with translation.override("en"):
        yield


ASAGI = Path(__file__).resolve().parents[3] / "shared" / "data" / "asagi"
HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,異動歴,タイムゾーン"


def judge(*lines: str, header: str = HEADER) -> list[roster.Row]:
    table = tables.read(("\r\n".join([header, *lines]) + "\r\n").encode())
    return list(roster.read_rows(table.rows, headings.guess(table.header), zone="Asia/Tokyo"))


def row(**cells: str) -> roster.Row:
    values = {
        "number": "0001", "name": "森 由紀子", "kana": "モリ ユキコ", "email": "mori@mail.example",
        "joined": "2008/4/1", "left": "2020/3/31", "stints": "", "zone": "", **cells,
    }  # fmt: skip
    return judge(",".join('"' + cell.replace('"', '""') + '"' for cell in values.values()))[0]


@pytest.mark.skipif(
    not ASAGI.exists(), reason="the first network's data (../shared/data/asagi) is not beside this checkout"
)
def test_the_first_network_comes_out_as_expected() -> None:
    table = tables.read((ASAGI / "roster.csv").read_bytes())
    verdict = roster.check(roster.read_rows(table.rows, headings.guess(table.header), zone="Asia/Tokyo"))
    assert table.encoding == "cp932"
    assert verdict == json.loads((ASAGI / "expected_roster.json").read_text())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2008/4/1", date(2008, 4, 1)),
        ("2008-04-01", date(2008, 4, 1)),
        ("2008.04.01", date(2008, 4, 1)),
        ("20080401", date(2008, 4, 1)),
        ("2008年4月1日", date(2008, 4, 1)),
        ("２００８／０４／０１", date(2008, 4, 1)),
        (" H20.4.1 ", date(2008, 4, 1)),
        ("平成20年4月1日", date(2008, 4, 1)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("S64.1.7", date(1989, 1, 7)),
        ("昭和59年4月1日", date(1984, 4, 1)),
        ("令和2年9月30日", date(2020, 9, 30)),
        ("㍻20年4月1日", date(2008, 4, 1)),
        ("2020/2/29", date(2020, 2, 29)),
    ],
)
def test_a_day_is_read_in_every_style(text: str, day: date) -> None:
    assert read_date(text) == ReadDate(day)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ReadDate(None, "empty")),
        (" \u3000", ReadDate(None, "empty")),
        ("2008/4", ReadDate(None, "not a date")),
        ("平成20年4月1日x", ReadDate(None, "not a date")),
        ("2008/4-1", ReadDate(None, "not a date")),
        ("退職済", ReadDate(None, "not a date")),
        ("2010/02/30", ReadDate(None, "no such day")),
        ("20101301", ReadDate(None, "no such day")),
        ("平成0年4月1日", ReadDate(None, "no such day")),
        ("平成32年3月31日", ReadDate(date(2020, 3, 31), "era had ended")),
        ("S64.1.8", ReadDate(date(1989, 1, 8), "era had ended")),
        ("平成31年4月30日", ReadDate(date(2019, 4, 30))),
    ],
)
def test_a_day_that_cannot_be_says_why(text: str, found: ReadDate) -> None:
    assert read_date(text) == found


@given(st.text(max_size=30))
def test_reading_a_day_never_fails(text: str) -> None:
    found = read_date(text)
    assert (found.value is None) == (found.fault in {"empty", "not a date", "no such day"})


@pytest.mark.parametrize(
    ("cells", "verdict", "why"),
    [
        ({}, "accepted", ""),
        ({"number": " \u3000"}, "rejected", "employee_number: empty"),
        ({"name": "\u3000"}, "rejected", "name: empty"),
        ({"name": "長曽我部元親"}, "warned", "name: not split"),
        ({"kana": ""}, "warned", "kana: empty"),
        ({"kana": "もり幸子"}, "warned", "kana: not kana"),
        ({"name": "Laura Jansen", "kana": ""}, "accepted", ""),
        ({"email": ""}, "accepted", ""),
        ({"email": "not-an-address"}, "rejected", "email: not an address"),
        ({"joined": ""}, "warned", "joined_on: empty"),
        ({"left": ""}, "warned", "left_on: empty"),
        ({"joined": "someday"}, "rejected", "joined_on: not a date"),
        ({"left": "2010/02/30"}, "rejected", "left_on: no such day"),
        ({"left": "2001/1/1"}, "rejected", "left_on: before joined_on"),
        ({"left": "平成32年3月31日"}, "warned", "left_on: era had ended"),
        ({"stints": "2008/04-2010/03 薬事部(本社); 留学中"}, "warned", "stints: not read"),
        ({"stints": "2008/13-2010/03 薬事部(本社)"}, "warned", "stints: not read"),
        ({"zone": "Mars/Olympus"}, "warned", "timezone: unknown"),
        ({"zone": "Europe/Amsterdam"}, "accepted", ""),
        ({"kana": "", "zone": "x/y"}, "warned", "kana: empty; timezone: unknown"),
        ({"name": "森" * 70 + " 由紀子"}, "rejected", "name: too long"),
        ({"name": "森\x01 由紀子"}, "rejected", "name: control character"),
    ],
)
def test_each_fault_has_its_verdict(cells: dict[str, str], verdict: str, why: str) -> None:
    found = row(**cells)
    assert (found.verdict, found.why) == (verdict, why)
    assert (found.person is not None) == (verdict in {"accepted", "warned"})


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        ("髙﨑\u3000 𠮷太", "髙﨑", "𠮷太"),
        ("一 二", "一", "二"),
        ("森 由紀子 マリア", "森", "由紀子 マリア"),
        ("Mary Ann Smith", "Smith", "Mary Ann"),
        ("José O’Neill", "O’Neill", "José"),
        ("山田 John", "山田", "John"),
        ("Madonna", "Madonna", ""),
        ("\ufa10本 恵", "\ufa10本", "恵"),
    ],
)
def test_names_are_split_and_never_changed(name: str, family: str, given_name: str) -> None:
    person = row(name=name, kana="").person
    assert person is not None
    assert (person.family_name, person.given_name) == (family, given_name)


@pytest.mark.parametrize(
    ("kana", "folded"), [("ﾓﾘ ﾕｷｺ", "ユキコ"), ("もり\u3000ゆきこ", "ユキコ"), ("ｶﾞｯｺｳ ｳﾞｨﾄﾞ", "ヴィド")]
)
def test_readings_become_katakana(kana: str, folded: str) -> None:
    person = row(kana=kana).person
    assert person is not None
    assert person.given_name_kana == folded


def test_an_address_is_folded() -> None:
    person = row(email=" ＭＯＲＩ@Mail.Example ").person
    assert person is not None
    assert person.email == "mori@mail.example"


def test_a_number_keeps_its_zeros_and_counts_once() -> None:
    rows = judge(
        "007,森 由紀子,モリ ユキコ,,,,,", "007,佐伯 美香,サエキ ミカ,,,,,", ",,,,,,,", "7,大西 仁,オオニシ ジン,,,,,"
    )
    assert [(each.number, each.verdict) for each in rows] == [
        (1, "warned"),
        (2, "duplicate"),
        (3, "skipped"),
        (4, "warned"),
    ]


def test_a_row_after_a_rejected_one_with_its_number_is_no_duplicate() -> None:
    rows = judge("007,,モリ ユキコ,,,,,", "007,佐伯 美香,サエキ ミカ,,2008/4/1,2020/3/31,,")
    assert [each.verdict for each in rows] == ["rejected", "accepted"]


def test_a_formula_is_text() -> None:
    header = HEADER + ",現在の勤務先"
    [found] = judge("1,森 由紀子,モリ ユキコ,,2008/4/1,2020/3/31,,,＝HYPERLINK(1)", header=header)
    assert found.person is not None
    assert found.person.employer == "＝HYPERLINK(1)"
