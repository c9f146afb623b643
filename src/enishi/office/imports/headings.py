"""Which column of a file holds what, by its heading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from enishi.office.imports.broken import BrokenFile
from enishi.office.imports.parts import PARTS, lacking, used
from enishi.office.imports.roster import to_katakana


def _kana_of(*words: str) -> tuple[str, ...]:
    """姓カナ, 姓(フリガナ), フリガナ(姓), カナ姓 …"""
    forms = ("{0}{1}", "{0}({1})", "{1}{0}", "{1}({0})")
    return tuple(form.format(word, kana) for word in words for kana in ("カナ", "フリガナ") for form in forms)


# field → headings by which a column is known (compared after NFKC, without spaces, in lower case, hiragana as katakana)
KNOWN: dict[str, tuple[str, ...]] = {
    "employee_number": (
        "社員番号",
        "従業員番号",
        "職員番号",
        "社員コード",
        "社員no",
        "社員no.",
        "社員id",
        "employee_number",
        "employee number",
        "employee id",
    ),
    "name": ("氏名", "名前", "社員氏名", "氏名(漢字)", "漢字氏名", "name", "full name"),
    "family_name": (
        "姓",
        "名字",
        "苗字",
        "氏",
        "姓(漢字)",
        "漢字姓",
        "last name",
        "last_name",
        "family name",
        "family_name",
        "family",
        "surname",
    ),
    "given_name": (
        "名",
        "名(漢字)",
        "漢字名",
        "first name",
        "first_name",
        "given name",
        "given_name",
        "given",
        "forename",
    ),
    "kana": (
        "フリガナ",
        "ふりがな",
        "氏名カナ",
        "氏名(カナ)",
        "氏名フリガナ",
        "氏名(フリガナ)",
        "カナ氏名",
        "カナ",
        "kana",
        *_kana_of("氏名", "名前"),
    ),
    "family_kana": (
        "セイ",
        *_kana_of("姓", "名字", "苗字", "氏"),
        "family_kana",
        "family_name_kana",
        "last_name_kana",
        "family name kana",
        "last name kana",
    ),
    "given_kana": (
        "メイ",
        *_kana_of("名"),
        "given_kana",
        "given_name_kana",
        "first_name_kana",
        "given name kana",
        "first name kana",
    ),
    "email": (
        "メールアドレス",
        "個人メールアドレス",
        "メールアドレス(個人)",
        "メール",
        "eメール",
        "電子メール",
        "email",
        "e-mail",
        "mail",
    ),
    "joined_on": ("入社年月日", "入社日", "joined_on", "joined on", "hire date"),
    "left_on": ("退職年月日", "退職日", "退社日", "left_on", "left on", "leave date"),
    "stints": ("異動歴", "異動履歴", "職歴", "在籍歴", "stints"),
    "manager": ("上司", "上長", "manager"),
    "employer": ("現在の勤務先", "勤務先", "employer"),
    "title": ("現在の職種", "職種", "title"),
    "country": ("居住国", "国", "country"),
    "timezone": ("タイムゾーン", "timezone", "time zone"),
    "route": ("登録のきっかけ", "きっかけ", "route"),
}
REQUIRED = ("employee_number", "name")
# 名前 is the whole name; beside 姓 or 名字 it is the given name alone
BESIDE_FAMILY = {"given_name": ("名前",), "given_kana": _kana_of("名前")}


def guess(header: list[str]) -> dict[str, int]:
    """Field → column, by the headings. Raises `BrokenFile` when number or name has no column."""
    folded = [_fold_heading(cell) for cell in header]
    columns = {name: at for name, known in KNOWN.items() if (at := _find(folded, known)) is not None}
    for whole, (family, given) in PARTS.items():
        if family in columns and given not in columns:
            _take_given(columns, folded, whole, given)
    _take_twins(columns, folded)
    columns = used(columns)
    if not set(PARTS["kana"]) <= set(columns):
        columns = {name: at for name, at in columns.items() if name not in PARTS["kana"]}
    require(columns)
    return columns


def missing(columns: Mapping[str, int]) -> list[str]:
    """Fields that need a column too: the number, the name (whole, or by both parts), the other part of a reading."""
    begun = {whole for whole, parts in PARTS.items() if set(parts) & set(columns)}
    return [name for name in REQUIRED if name not in columns and name not in begun] + lacking(columns)


def require(columns: Mapping[str, int]) -> None:
    without = missing(columns)
    if without:
        raise BrokenFile(
            _("No column with the heading %(missing)s was found. The first line of the table has to name the columns.")
            % {"missing": "、".join(map(_called, without))}
        )


def _called(name: str) -> str:
    if name not in PARTS:
        return f"「{KNOWN[name][0]}」"
    whole, family, given = (KNOWN[each][0] for each in (name, *PARTS[name]))
    return _("「%(whole)s」 (or 「%(family)s」 and 「%(given)s」)") % {"whole": whole, "family": family, "given": given}


def _take_given(columns: dict[str, int], folded: list[str], whole: str, given: str) -> None:
    """名前 beside 名字 is the given name, and no whole one."""
    at = _find(folded, BESIDE_FAMILY[given])
    if at is None:
        return
    columns[given] = at
    if columns.get(whole) == at:
        del columns[whole]
        again = _find(folded, [known for known in KNOWN[whole] if known not in BESIDE_FAMILY[given]])
        if again is not None:
            columns[whole] = again


def _take_twins(columns: dict[str, int], folded: list[str]) -> None:
    """姓, フリガナ, 名, フリガナ: two columns of one heading are the readings of the parts, in their order."""
    if "kana" not in columns or "name" in columns or not set(PARTS["name"]) <= set(columns):
        return
    twins = [at for at, heading in enumerate(folded) if heading == folded[columns["kana"]]]
    if len(twins) == 2:
        parts = sorted(zip(PARTS["name"], PARTS["kana"], strict=True), key=lambda pair: columns[pair[0]])
        columns.update({kana: at for (_name, kana), at in zip(parts, twins, strict=True)})
        del columns["kana"]


def _find(folded: list[str], known: Iterable[str]) -> int | None:
    """The column of the first of these headings that the file has."""
    for heading in map(_fold_heading, known):
        if heading in folded:
            return folded.index(heading)
    return None


def _fold_heading(text: str) -> str:
    return to_katakana("".join(unicodedata.normalize("NFKC", text).split()).lower())
