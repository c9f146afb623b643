"""Folders to replay: a small series of a made-up company, awkward in the one way that a test is about."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROSTER = (
    "社員番号", "氏名", "フリガナ", "メールアドレス", "入社年月日", "退職年月日",
    "現在の勤務先", "居住国", "タイムゾーン", "登録のきっかけ",
)  # fmt: skip
VOICES = (
    "employee_number", "noticed", "want_theme", "want", "liked", "next_theme", "next", "quote_consent", "satisfaction",
)  # fmt: skip


def person(number: int, **cells: str) -> dict[str, str]:
    """A leaver; the number is written with its zeros."""
    values = (f"{number:03}", f"客 {number}子", "キャク", f"guest{number}@mail.example", "2004/4/1", "2011/9/30")
    return {**dict(zip(ROSTER, (*values, "病院", "日本", "", "検索して見つけた"), strict=True)), **cells}


def session(number: int, starts_at: str, **fields: Any) -> dict[str, Any]:
    return {"number": number, "starts_at": starts_at, "minutes": 60, **fields}


def voice(number: str, **cells: str) -> dict[str, str]:
    return {**dict.fromkeys(VOICES, ""), "employee_number": number, "quote_consent": "none", **cells}


def write(
    folder: Path,
    *,
    people: Sequence[Mapping[str, str]] = (),
    sessions: Sequence[Any] = (),
    signups: Sequence[tuple[Any, str]] = (),
    voices: Sequence[Mapping[str, str]] = (),
    encoding: str = "utf-8",
    **gathering: Any,
) -> Path:
    """A whole folder; `encoding` is that of the three tables."""
    data = {
        "title": "顔合わせ会",
        "purpose": "まずは顔を合わせる",
        "timezone": "Asia/Tokyo",
        "capacity": {"min": 3, "max": 9},
        "sessions": list(sessions) or [session(1, "2021-05-11T12:00")],
        **gathering,
    }
    folder.mkdir(exist_ok=True)
    (folder / "gathering.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    crowd = list(people) or [person(n) for n in range(1, 13)]
    tables = {
        "roster.csv": (ROSTER, [[row[name] for name in ROSTER] for row in crowd]),
        "signups.csv": (("session", "employee_number"), signups),
        "voices.csv": (VOICES, [[row[name] for name in VOICES] for row in voices]),
    }
    for name, (header, rows) in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        (folder / name).write_bytes(text.getvalue().encode(encoding))
    return folder


def several(number: int, people: Sequence[int]) -> list[tuple[Any, str]]:
    """Sign-ups of these people for one session, in this order."""
    return [(number, f"{each:03}") for each in people]
