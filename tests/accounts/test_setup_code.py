"""The console's code: one owner, one use, ten tries, one day."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from cast import Cast
from enishi.accounts.actions import setup_code
from enishi.core import clock, limits
from enishi.core.models import SetupCode


def test_the_command_prints_a_code_and_keeps_its_hash(db: None) -> None:
    out, hint = StringIO(), StringIO()
    call_command("setup_code", stdout=out, stderr=hint)
    code = out.getvalue().strip()
    assert re.fullmatch(r"[A-Z2-9]{4}(-[A-Z2-9]{4}){3}", code)
    assert "http://testserver/setup/" in hint.getvalue()
    row = SetupCode.objects.get()
    assert code.replace("-", "") not in repr(vars(row)) and code not in repr(vars(row))
    assert setup_code.prove(code, ip="192.0.2.1") == row.pk


def test_it_says_for_which_folder_the_code_is(db: None, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path / "var"
    first, second = StringIO(), StringIO()
    call_command("setup_code", stdout=StringIO(), stderr=first)
    (tmp_path / "var-empty").mkdir()
    (tmp_path / "var-empty" / "enishi.sqlite3").touch()
    call_command("setup_code", stdout=StringIO(), stderr=second)
    assert f"data folder: {tmp_path / 'var'}" in first.getvalue()
    assert "var-empty" not in first.getvalue()
    assert f"enishi --data {tmp_path / 'var-empty'} setup_code" in second.getvalue()


def test_a_start_with_an_owner_is_told_so_in_peace(cast: Cast) -> None:
    out = StringIO()
    call_command("setup_code", "--if-needed", stdout=out)
    assert out.getvalue() == "This network has its owner, who signs in at http://testserver/sign-in/\n"
    assert not SetupCode.objects.exists()


def test_a_start_without_an_owner_gets_its_code(db: None) -> None:
    call_command("setup_code", "--if-needed", stdout=StringIO(), stderr=StringIO())
    assert SetupCode.objects.count() == 1


def test_a_network_with_an_owner_gets_no_code(cast: Cast) -> None:
    with pytest.raises(CommandError, match="has an owner already"):
        call_command("setup_code", stdout=StringIO(), stderr=StringIO())
    with pytest.raises(ValidationError):
        setup_code.issue()
    assert not SetupCode.objects.exists()


def test_any_width_and_case_opens(db: None) -> None:
    code = setup_code.issue()
    wide = "".join(chr(ord(c) + 0xFEE0) if c != "-" else "ー" for c in code.lower())
    assert setup_code.prove(wide, ip="192.0.2.1")


def test_a_newer_code_ends_the_older(db: None) -> None:
    old, new = setup_code.issue(), setup_code.issue()
    assert setup_code.prove(old, ip="192.0.2.1") is None
    assert setup_code.prove(new, ip="192.0.2.1")


def test_ten_tries_whatever_the_place(db: None) -> None:
    code = setup_code.issue()
    for number in range(10):
        assert setup_code.prove("wrong", ip=f"192.0.2.{number}") is None
    assert setup_code.prove(code, ip="192.0.2.99") is None


def test_ten_tries_an_hour_from_one_place(db: None, noon: object) -> None:
    for _ in range(10):
        setup_code.prove("wrong", ip="192.0.2.1")
    with pytest.raises(limits.TooMany):
        setup_code.prove("wrong", ip="192.0.2.1")


def test_a_day_later_it_is_over(db: None, noon: object) -> None:
    code = setup_code.issue()
    number = SetupCode.objects.get().pk
    with clock.at(clock.now() + timedelta(hours=23)):
        assert setup_code.is_open(number)
    with clock.at(clock.now() + timedelta(hours=24)):
        assert setup_code.prove(code, ip="192.0.2.1") is None
        assert not setup_code.take(number)


def test_it_is_taken_once(db: None) -> None:
    setup_code.issue()
    number = SetupCode.objects.get().pk
    assert [setup_code.take(number), setup_code.take(number)] == [True, False]
