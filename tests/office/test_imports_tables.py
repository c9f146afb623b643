"""A file as a whole: its encoding, its line of headings, workbooks, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation
from openpyxl import Workbook

from enishi.office.imports import headings, roster, tables, workbooks

HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,異動歴,タイムゾーン"
MORI = "1,森 由紀子,モリ ユキコ,,2008/4/1,2020/3/31,,"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is refused is read here in its source language."""
    with translation.override("en"):
        yield


def judge(content: bytes) -> list[roster.Row]:
    table = tables.read(content)
    return list(roster.read_rows(table.rows, headings.guess(table.header), zone="Asia/Tokyo"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]
)
def test_the_encoding_is_found(encoding: str) -> None:
    content = f"{HEADER}\r\n1,森 由紀子,モリ ユキコ,,2008/4/1,2020/3/31,,\r\n".encode(encoding)
    table = tables.read(content)
    assert [cell for line in table.rows for cell in line][1] == "森 由紀子"


@pytest.mark.parametrize("above", ["退職者名簿,,,,,,,", "退職者名簿\r\n\r\n2020年9月30日現在", "\r\n\r\n", "sep=,"])
def test_what_stands_above_the_headings_is_passed_over(above: str) -> None:
    assert [each.verdict for each in judge(f"{above}\r\n{HEADER}\r\n{MORI}\r\n".encode("cp932"))] == ["accepted"]


@pytest.mark.parametrize(("delimiter", "above"), [("\t", ""), (";", ""), (";", "sep=;\n"), ("\t", "退職者名簿\n")])
def test_the_delimiter_is_found(delimiter: str, above: str) -> None:
    table = "\n".join([HEADER, MORI]).replace(",", delimiter)
    assert [each.verdict for each in judge((above + table).encode())] == ["accepted"]


@pytest.mark.parametrize(
    ("number", "name"),
    [("社員ＮＯ．", "氏名（漢字）"), ("職員番号", "社員 氏名"), ("Employee ID", "Full name"), ("社員\n番号", "氏名")],
)
def test_a_column_is_known_by_other_headings(number: str, name: str) -> None:
    assert headings.guess(["退職日", name, number]) == {"employee_number": 2, "name": 1, "left_on": 0}


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_a_zero_byte_costs_its_own_row_alone(encoding: str) -> None:
    rows = judge(f"{HEADER}\r\n{MORI}\r\n2,佐\0伯 彩,,,,,,\r\n3\0,大西 仁,,,,,,\r\n4{MORI[1:]}\r\n".encode(encoding))
    assert [each.verdict for each in rows] == ["accepted", "rejected", "rejected", "accepted"]
    assert [each.why for each in rows[1:3]] == ["name: control character", "employee_number: control character"]
    assert rows[2].employee_number == "3\x01"  # PostgreSQL's JSON takes no zero


@pytest.mark.parametrize("end", ["", "\r\n", "\r\n\x1a", "\r\n\r\n"])
def test_how_a_file_ends_is_no_row(end: str) -> None:
    assert [each.verdict for each in judge((f"{HEADER}\r\n{MORI}" + end).encode("cp932"))] == ["accepted"]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for values in rows:
        book.active.append(values)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_like_a_csv() -> None:
    content = workbook(
        ["社員番号", "氏名", "フリガナ", "入社年月日", "退職年月日"],
        [12, "髙田 学", "ﾀｶﾀﾞ ﾏﾅﾌﾞ", date(2008, 4, 1), 20200331.0],
    )
    [found] = judge(content)
    assert found.person is not None
    assert (found.person.employee_number, found.person.joined_on, found.person.left_on) == (
        "12",
        date(2008, 4, 1),
        date(2020, 3, 31),
    )


def test_a_formula_that_was_never_reckoned_is_text() -> None:
    content = workbook(
        ["社員番号", "氏名", "現在の勤務先"],
        [1, "森 由紀子", '=HYPERLINK("http://mail.example")'],
        [2, "佐伯 美香", "@SUM"],
    )
    assert [each.person and each.person.employer for each in judge(content)] == [
        '=HYPERLINK("http://mail.example")',
        "@SUM",
    ]


def test_a_number_shown_with_zeros_keeps_them() -> None:
    book = Workbook()
    for values in (["社員番号", "氏名"], [123, "森 由紀子"]):
        book.active.append(values)
    book.active["A2"].number_format = "000000"
    out = io.BytesIO()
    book.save(out)
    assert [each.employee_number for each in judge(out.getvalue())] == ["000123"]


def test_a_cover_sheet_and_a_title_are_passed_over() -> None:
    book = Workbook()
    book.active.append(["この名簿について"])
    sheet = book.create_sheet("名簿")
    for values in (["退職者名簿"], [], ["社員番号", "氏名"], [1, "森 由紀子"]):
        sheet.append(values)
    out = io.BytesIO()
    book.save(out)
    assert [each.employee_number for each in judge(out.getvalue())] == ["1"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(9):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * (50 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "old Excel"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (b"just one line of prose", "not a table"),
        (b"a,b\n\x00\x01", "not a table"),
        (b"a,b\n\x81", "could not be read"),
        ("氏名,フリガナ\n森 由紀子,モリ ユキコ\n".encode(), "「社員番号」"),
        (f'{HEADER}\n1,"森 由紀子"\n2,"佐伯\n3,大西 仁\n'.encode(), "breaks off at line 3"),
    ],
)
def test_a_broken_file_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(tables.BrokenFile, match=words):
        judge(content)


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(tables.BrokenFile, match="400 MB"):
        tables.read(bomb())


def test_one_endless_cell_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(["社員番号", "氏名"], [1, "森 由紀子"], [2, "山" * 9000])
    monkeypatch.setattr(workbooks, "_PIECE", 1024)  # a megabyte, made small
    with pytest.raises(tables.BrokenFile, match="millions of characters"):
        tables.read(content)
    monkeypatch.undo()
    assert [bool(each.person) for each in judge(content)] == [True, False]  # too long a name, and that row alone
