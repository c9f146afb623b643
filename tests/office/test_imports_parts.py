"""A roster that has family and given name in two columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from enishi.office.imports import headings, roster, tables

HEADER = "社員番号,姓,名,セイ,メイ,入社日,退職日"
DAYS = "2008/4/1,2020/3/31"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is refused is read here in its source language."""
    with translation.override("en"):
        yield


def judge(*lines: str, header: str = HEADER) -> list[roster.Row]:
    table = tables.read("\r\n".join([header, *lines]).encode())
    return list(roster.read_rows(table.rows, headings.guess(table.header), zone="Asia/Tokyo"))


def parts(row: roster.Row) -> tuple[str, str, str, str]:
    assert row.person is not None
    return row.person.family_name, row.person.given_name, row.person.family_name_kana, row.person.given_name_kana


@pytest.mark.parametrize(
    "header",
    [
        ["姓", "名", "セイ", "メイ"],
        ["姓", "名", "せい", "めい"],
        ["姓", "名", "姓カナ", "名カナ"],
        ["姓（漢字）", "名（漢字）", "姓（フリガナ）", "名（フリガナ）"],
        ["姓", "名", "フリガナ（姓）", "フリガナ（名）"],
        ["氏", "名", "カナ氏", "カナ名"],
        ["苗字", "名前", "苗字ふりがな", "名前ふりがな"],
        ["名字", "名前", "名字 ｶﾅ", "名前 ｶﾅ"],
        ["姓", "名", "フリガナ", "フリガナ"],
        ["Last name", "First name", "Last name kana", "First name kana"],
        ["FAMILY_NAME", "GIVEN_NAME", "family_name_kana", "given_name_kana"],
        ["Family", "Given", "family_kana", "given_kana"],
    ],
)
def test_the_parts_are_known_by_their_headings(header: list[str]) -> None:
    known = {"employee_number": 0, "family_name": 1, "given_name": 2, "family_kana": 3, "given_kana": 4}
    assert headings.guess(["社員番号", *header]) == known


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["姓", "氏名", "名", "セイ", "フリガナ", "メイ"], {"name": 2, "kana": 5}),
        (["名字", "名前", "社員氏名"], {"name": 3}),
        (["姓", "名", "名前"], {"name": 3}),
        (["名前", "名前カナ"], {"name": 1, "kana": 2}),
        (["氏名", "セイ", "メイ"], {"name": 1, "family_kana": 2, "given_kana": 3}),
        (["氏名", "セイ"], {"name": 1}),
        (["氏名", "旧姓", "名"], {"name": 1}),
        (["名", "フリガナ", "姓", "フリガナ"], {"given_name": 1, "given_kana": 2, "family_name": 3, "family_kana": 4}),
        (["姓", "名", "フリガナ"], {"family_name": 1, "given_name": 2, "kana": 3}),
    ],
)
def test_a_whole_name_goes_first_and_half_a_reading_is_none(header: list[str], columns: dict[str, int]) -> None:
    assert headings.guess(["社員番号", *header]) == {"employee_number": 0, **columns}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("社員番号,姓,フリガナ", "heading 「名」 was"),
        ("社員番号,名,フリガナ", "heading 「姓」 was"),
        ("社員番号,フリガナ", "heading 「氏名」 (or 「姓」 and 「名」) was"),
        ("姓,名", "heading 「社員番号」 was"),
    ],
)
def test_what_is_missing_is_said(header: str, words: str) -> None:
    with pytest.raises(tables.BrokenFile) as refused:
        judge("1,2", header=header)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("髙田,学,ﾀｶﾀﾞ,まなぶ", ("髙田", "学", "タカダ", "マナブ")),
        (" 﨑山\u3000, 𠮷男 ,サキヤマ,ヨシオ", ("﨑山", "𠮷男", "サキヤマ", "ヨシオ")),
        ("\ufa10本,恵,ツカモト,メグミ", ("\ufa10本", "恵", "ツカモト", "メグミ")),
        ("ドゥ ラ クルス,由紀子,ドゥ ラ クルス,ユキコ", ("ドゥ ラ クルス", "由紀子", "ドゥ ラ クルス", "ユキコ")),
        ("van den Berg,Anna Maria,,", ("van den Berg", "Anna Maria", "", "")),
        ("Jansen,Laura,ヤンセン,ローラ", ("Jansen", "Laura", "ヤンセン", "ローラ")),
    ],
)
def test_the_parts_go_in_as_they_are(cells: str, found: tuple[str, str, str, str]) -> None:
    [row] = judge(f"1,{cells},{DAYS}")
    assert (row.verdict, row.why, parts(row)) == ("accepted", "", found)


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        ("森,,モリ,", "森,モリ"),
        (",由紀子,,ユキコ", "由紀子,ユキコ"),
        ("森 由紀子,,モリ ユキコ,", "森 由紀子,モリ ユキコ"),
        ("Madonna,,,", "Madonna,"),
        (",,モリ,ユキコ", ",モリ ユキコ"),
        ("森,由紀子,,", "森 由紀子,"),
        ("森,由紀子,Mori,ユキコ", "森 由紀子,Mori ユキコ"),
        (f"{'森' * 30},{'林' * 30},,", f"{'森' * 30} {'林' * 30},"),
        ("森\x01,由紀子,,", "森\x01 由紀子,"),
    ],
)
def test_a_row_is_judged_as_if_the_name_stood_in_one_column(cells: str, whole: str) -> None:
    [row] = judge(f"1,{cells},{DAYS}")
    [same] = judge(f"1,{whole},{DAYS}", header="社員番号,氏名,フリガナ,入社日,退職日")
    assert (row.verdict, row.why) == (same.verdict, same.why)
    assert row.person == same.person


def test_one_part_alone_is_remarked_upon() -> None:
    rows = judge(f"1,森,,モリ,,{DAYS}", f"2,,,,,{DAYS}", ",,,,,,")
    assert [(row.verdict, row.why) for row in rows] == [
        ("warned", "name: not split"),
        ("rejected", "name: empty"),
        ("skipped", "row: empty"),
    ]
