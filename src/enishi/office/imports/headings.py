"""Which column of a file holds what, by its heading."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from enishi.office.imports.broken import BrokenFile

# field → headings by which a column is known (compared after NFKC, without spaces, in lower case)
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


def guess(header: list[str]) -> dict[str, int]:
    """Field → column, by the headings. Raises `BrokenFile` when number or name has no column."""
    folded = [_fold_heading(cell) for cell in header]
    columns: dict[str, int] = {}
    for name, known in KNOWN.items():
        for heading in known:
            if _fold_heading(heading) in folded:
                columns[name] = folded.index(_fold_heading(heading))
                break
    require(columns)
    return columns


def require(columns: dict[str, int]) -> None:
    missing = [KNOWN[name][0] for name in REQUIRED if name not in columns]
    if missing:
        raise BrokenFile(
            _("No column with the heading %(missing)s was found. The first line of the table has to name the columns.")
            % {"missing": "、".join(f"「{each}」" for each in missing)}
        )


def _fold_heading(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
