"""The operators' page of settings is the table in `config/env.py`, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from enishi.config import env

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operators" / "configuration.md"


def test_the_page_holds_the_table() -> None:
    rows = [f"| `{each.name}` | `{each.default}` | {each.meaning} |" for each in env.TABLE]
    text = PAGE.read_text()
    assert [row for row in rows if row not in text] == []


def test_an_unset_variable_has_the_default() -> None:
    assert env.read({}) == {
        each.name: each.default if each.kind != "path" else Path(each.default).resolve() for each in env.TABLE
    }


def test_a_value_is_read_by_its_kind() -> None:
    given = {"ENISHI_DATA": "/srv/enishi", "ENISHI_HTTPS": "Yes", "ENISHI_TRUSTED_PROXIES": " 2 ", "ENISHI_DEBUG": ""}
    read = env.read(given)
    assert {name: read[name] for name in given} == {
        "ENISHI_DATA": Path("/srv/enishi"),
        "ENISHI_HTTPS": True,
        "ENISHI_TRUSTED_PROXIES": 2,
        "ENISHI_DEBUG": False,
    }


@pytest.mark.parametrize("name, value", [("ENISHI_HTTPS", "maybe"), ("ENISHI_MAIL_PER_SECOND", "many")])
def test_a_value_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(env.SettingError, match=f"{name} is “{value}”. Write "):
        env.read({name: value})


def test_a_data_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(env.SettingError, match="file/data cannot be used"):
        env.secret_key(tmp_path / "file" / "data", "")
    assert len(env.secret_key(tmp_path / "folder", "")) > 50
