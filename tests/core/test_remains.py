"""After an erasure no file of the database holds the words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import ConnectionHandler

from enishi.config.settings import SQLITE
from enishi.core import remains

NAME = "𠮷野花子"
OTHERS = 50


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: Any) -> Iterator[Any]:
    """A file as a network has it, with one name among others, written down for good."""
    made = ConnectionHandler({"default": {**SQLITE, "NAME": str(tmp_path / "enishi.sqlite3")}})["default"]
    django_db_blocker.unblock()
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE person (name TEXT)")
        cursor.executemany(
            "INSERT INTO person VALUES (%s)", [[f"{NAME if n == 7 else 'another'} {n}"] for n in range(OTHERS)]
        )
    remains.forget_writes(made)
    yield made
    made.close()
    django_db_blocker.restore()


def holding(tmp_path: Path) -> list[str]:
    return [path.name for path in sorted(tmp_path.iterdir()) if NAME.encode() in path.read_bytes()]


def test_what_is_erased_stands_in_no_file(database: Any, tmp_path: Path) -> None:
    assert holding(tmp_path) == ["enishi.sqlite3"]
    with database.cursor() as cursor:
        cursor.execute("UPDATE person SET name = name || %s WHERE name LIKE %s", ["さん", f"{NAME}%"])
        cursor.execute("DELETE FROM person WHERE name LIKE %s", [f"{NAME}%"])
    assert holding(tmp_path) != []  # the log of writes has it still
    assert remains.forget_writes(database) == 1
    assert holding(tmp_path) == []
    with database.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM person").fetchone()[0] == OTHERS - 1


def test_a_reader_is_not_disturbed(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remains, "_PATIENCE", 1)
    reader = sqlite3.connect(tmp_path / "enishi.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM person").fetchone() == (OTHERS,)
    with database.cursor() as cursor:
        cursor.execute("DELETE FROM person WHERE name LIKE %s", [f"{NAME}%"])
    assert remains.forget_writes(database) == 0
    assert reader.execute("SELECT count(*) FROM person").fetchone() == (OTHERS,)
    reader.close()
    assert remains.forget_writes(database) == 1
    assert holding(tmp_path) == []


def test_the_patience_of_other_statements_stays(database: Any) -> None:
    remains.forget_writes(database)
    with database.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000
