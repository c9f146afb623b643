"""Shared set-up: the data marker, a clock that can stand still, and the cast."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from cast import Cast, build

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # a Tuesday, 12:00 in Tokyo

# What a test leaves behind is freed by counting references; looking for circles after every 700 objects was a sixth of the time.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """Modules, templates to come and tests themselves stay to the end: they need not be looked through again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the database is a test of data, and runs on both databases."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"db", "transactional_db", "cast", "network"} and not item.get_closest_marker("browser"):
            item.add_marker("data")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (CI), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("ENISHI_NOTHING_SKIPPED"):
        return
    for report in reporter.stats.get("skipped", []):
        reporter.write_line(f"SKIPPED, and nothing may be: {report.nodeid} {report.longrepr}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The house's clock stands at Tuesday 24 November 2026, 12:00 in Tokyo (03:00 UTC)."""
    from enishi.core import clock

    with clock.at(NOON):
        yield NOON


@pytest.fixture
def network(db: Any) -> Any:
    """The network of the cast, named and set up."""
    from cast import make_network

    return make_network()


@pytest.fixture
def cast(db: Any) -> Cast:
    """The office's three and the alumni; see cast.py."""
    return build()


@pytest.fixture(autouse=True)
def _fresh_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The kept settings of one test are not the next one's, and each request reads them: a count of questions is one number."""
    from enishi.core import network

    monkeypatch.setattr(network, "FRESH_FOR", 0.0)
    network.forget()
    yield
    network.forget()


@pytest.fixture(scope="session", autouse=True)
def _audit_can_be_emptied_between_tests() -> Iterator[None]:
    """A test with real transactions empties all tables afterwards; on SQLite the audit's guard has to step aside for that."""
    from django.db.backends.sqlite3.base import DatabaseOperations

    guard = import_module("enishi.core.migrations.0002_audit_only_added_to")
    original = DatabaseOperations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        drop = ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"]
        return [*drop, *original(self, *args, **kwargs), *guard.SQLITE]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
