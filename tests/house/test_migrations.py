"""Migrations are named by people, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

SRC = Path(__file__).resolve().parents[2] / "src" / "enishi"


def test_every_migration_has_a_name() -> None:
    files = [path.stem for path in SRC.glob("*/migrations/0*.py")]
    assert len(files) >= 6
    assert [name for name in files if re.search(r"_auto_|_initial$|\d{8}", name)] == []


@pytest.mark.django_db
def test_none_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
