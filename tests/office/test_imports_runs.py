"""From a file to the roster and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import translation

from cast import Cast
from enishi.accounts.actions import roster as roster_actions
from enishi.accounts.models import ErasureRecord, ImportRun, RosterEntry
from enishi.accounts.queries import erasures
from enishi.core import clock
from enishi.core.models import AuditEntry
from enishi.office.imports import runs


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """What is refused is read here in its source language."""
    with translation.override("en"):
        yield


HEADER = "社員番号,氏名,フリガナ,メールアドレス,入社年月日,退職年月日,現在の勤務先\r\n"
FIRST = (
    HEADER
    + "001,髙田 学,タカダ マナブ,t@mail.example,2008/4/1,2020/3/31,病院\r\n002,,x,,,,\r\n003,森 葵,モリ アオイ,,2008/4/1,2020/3/31,\r\n"
).encode()
SECOND = (HEADER + "001,髙田 学,タカダ マナブ,t@mail.example,2008/4/1,2020/3/31,=大学\r\n").encode()


def bring(content: bytes, cast: Cast) -> tuple[ImportRun, roster_actions.Outcome]:
    run = runs.check(content, file_name="leavers.csv", by=cast.miyake.user)
    return run, runs.carry_out(run, content, by=cast.miyake.user)


def numbers() -> list[str]:
    return list(RosterEntry.objects.order_by("employee_number").values_list("employee_number", flat=True))


def test_good_rows_come_in_and_bad_ones_are_listed(cast: Cast) -> None:
    run, outcome = bring(FIRST, cast)
    assert (outcome.created, outcome.changed, outcome.unchanged) == (2, 0, 0)
    assert numbers() == ["001", "003"]
    assert run.report == [{"row": 2, "verdict": "rejected", "why": "name: empty", "number": "002"}]
    assert run.tally == {"accepted": 2, "rejected": 1}
    assert run.content is None
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["roster.checked", "roster.imported"]


def test_checking_alone_brings_nothing_in(cast: Cast) -> None:
    runs.check(FIRST, file_name="leavers.csv", by=cast.miyake.user)
    assert numbers() == []


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    bring(FIRST, cast)
    before = list(RosterEntry.objects.order_by("pk").values())
    assert bring(FIRST, cast)[1] == roster_actions.Outcome(0, 0, 2, ())
    assert list(RosterEntry.objects.order_by("pk").values()) == before


def test_a_changed_row_is_changed_and_restored_by_undo(cast: Cast) -> None:
    bring(FIRST, cast)
    run, outcome = bring(SECOND, cast)
    assert (outcome.created, outcome.changed) == (0, 1)
    assert RosterEntry.objects.get(employee_number="001").employer == "=大学"
    assert roster_actions.undo(run, by=cast.miyake.user) == roster_actions.Undone(0, 1, ())
    assert RosterEntry.objects.get(employee_number="001").employer == "病院"


def test_undo_takes_new_rows_out_but_names_those_someone_was_admitted_on(cast: Cast) -> None:
    run, _ = bring(FIRST, cast)
    cast.mori.roster_entry = RosterEntry.objects.get(employee_number="003")
    cast.mori.save()
    assert roster_actions.undo(run, by=cast.miyake.user) == roster_actions.Undone(1, 0, ("003",))
    assert numbers() == ["003"]


def test_undo_ends_after_a_day(cast: Cast) -> None:
    run, _ = bring(FIRST, cast)
    with clock.at(clock.now() + timedelta(hours=24, seconds=1)), pytest.raises(ValidationError, match="24 hours"):
        roster_actions.undo(run, by=cast.miyake.user)
    with clock.at(clock.now() + timedelta(hours=23, minutes=59)):
        assert roster_actions.undo(run, by=cast.miyake.user).removed == 2


def test_a_run_is_imported_once(cast: Cast) -> None:
    run, _ = bring(FIRST, cast)
    with pytest.raises(ValidationError, match="imported already"):
        runs.carry_out(run, FIRST, by=cast.miyake.user)


def test_who_was_erased_does_not_come_back(cast: Cast) -> None:
    ErasureRecord.objects.create(employee_number_hash=erasures.number_hash("003"))
    run, outcome = bring(FIRST, cast)
    assert outcome.erased == (3,)
    assert numbers() == ["001"]
    assert run.report[-1]["why"] == "row: erased at the person's request"


def test_a_file_that_is_not_imported_is_forgotten_after_a_day(cast: Cast) -> None:
    run = runs.check(FIRST, file_name="leavers.csv")
    assert roster_actions.forget_files() == 0
    with clock.at(clock.now() + timedelta(hours=25)):
        assert roster_actions.forget_files() == 1
    run.refresh_from_db()
    assert run.content is None


def test_names_are_found_by_their_keys(cast: Cast) -> None:
    bring(FIRST, cast)
    entry = RosterEntry.objects.get(employee_number="001")
    assert entry.name_keys.startswith("|")
    assert (entry.family_name, entry.given_name) == ("髙田", "学")


def test_the_command_checks_and_imports(cast: Cast, tmp_path, capsys) -> None:
    path = tmp_path / "leavers.csv"
    path.write_bytes(FIRST)
    call_command("roster", "check", str(path))
    assert numbers() == []
    call_command("roster", "import", str(path))
    assert capsys.readouterr().out.splitlines()[-1] == "2 new, 0 changed, 0 unchanged"
    assert numbers() == ["001", "003"]


@pytest.mark.parametrize("step", ["check", "import"])
def test_the_command_says_that_there_are_no_rows(
    step: str, db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "leavers.csv"
    path.write_bytes(FIRST.splitlines()[0])
    call_command("roster", step, str(path))
    assert capsys.readouterr().out.startswith("The file holds a line of headings and no row below it.")


def test_the_command_prints_json_and_nothing_else(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "leavers.csv"
    path.write_bytes(FIRST)
    call_command("roster", "import", str(path), as_json=True)
    assert json.loads(capsys.readouterr().out) == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "tally": {"accepted": 2, "rejected": 1},
        "rows": {"2": {"verdict": "rejected", "why": "name: empty"}},
    }
