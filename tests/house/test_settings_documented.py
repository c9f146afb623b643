"""The operators' page of settings is the table in `config/env.py`, word for word."""

from __future__ import annotations

from pathlib import Path

from enishi.config import env

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operators" / "configuration.md"


def test_the_page_holds_the_table() -> None:
    rows = [f"| `{each.name}` | `{each.default}` | {each.meaning} |" for each in env.TABLE]
    text = PAGE.read_text()
    assert [row for row in rows if row not in text] == []
