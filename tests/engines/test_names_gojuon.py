"""五十音 order."""

from __future__ import annotations

from random import Random

import pytest

from enishi.engines.names import PersonName, gojuon_key


def people(*readings: str) -> list[PersonName]:
    return [PersonName(*reading.split(), *reading.split()) for reading in readings]


@pytest.mark.parametrize(
    "ordered",
    [
        ("アイダ ケン", "イトウ ケン", "ウエダ ケン", "カトウ ケン", "ワダ ケン"),
        ("ハタ アイ", "ハダ アイ", "ハタケ アイ"),
        ("ホンダ アイ", "ホンダ ケン", "ホンダ ワカ"),
        ("サト ワタル", "サトウ アイ"),
        ("ヒロタ アイ", "ヒロタ アヅサ", "ビロタ アイ"),
        ("キヨウ アイ", "キヨタ アイ"),
        ("オーノ アキ", "オオノ アイ", "オカ アイ"),
    ],
)
def test_readings_sort_as_a_roster_does(ordered: tuple[str, ...]) -> None:
    expected = people(*ordered)
    mixed = list(expected)
    Random(1).shuffle(mixed)
    assert sorted(mixed, key=gojuon_key) == expected


def test_script_and_width_of_the_reading_do_not_matter() -> None:
    keys = {
        gojuon_key(PersonName("佐藤", "健", *kana)) for kana in (("サトウ", "ケン"), ("さとう", "けん"), ("ｻﾄｳ", "ｹﾝ"))
    }
    assert len(keys) == 1


def test_one_reading_keeps_its_kanji_together() -> None:
    rows = [PersonName(family, "一", "イトウ", "ハジメ") for family in ("伊東", "伊藤", "伊東", "伊藤")]
    assert [p.family for p in sorted(rows, key=gojuon_key)] == ["伊東", "伊東", "伊藤", "伊藤"]


def test_people_without_a_reading_come_last_by_their_latin_letters() -> None:
    told = PersonName("渡辺", "ん", "ワタナベ", "ン")
    smith, adams = PersonName("Smith", "John"), PersonName("Ádams", "Ann")
    silent, half = PersonName("佐藤", "健"), PersonName("安藤", "健", given_kana="ケン")
    assert sorted([half, silent, smith, told, adams], key=gojuon_key) == [told, adams, smith, silent, half]


def test_a_name_in_kana_is_its_own_reading() -> None:
    assert gojuon_key(PersonName("さとう", "けん")).startswith("0さとう")


def test_the_key_is_plain_text_for_a_database() -> None:
    assert "\0" not in gojuon_key(PersonName("佐藤", "健", "サトウ", "ケン"))
    assert gojuon_key(PersonName("佐藤", "健", "サトウ", "ケン")).isprintable()
