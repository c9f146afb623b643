"""What a command finds where `bin/run` was never started."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection


def make() -> None:
    """Make the tables where there are none, so that a command answers on a fresh clone too."""
    if not _any():
        call_command("migrate", verbosity=0)


def require() -> None:
    """Raise where there are none. For what runs beside others: two that migrate at once trip over one another."""
    if not _any():
        raise CommandError("This data folder has no tables yet. Run “enishi migrate” first, or start with bin/run.")


def _any() -> bool:
    return "django_migrations" in connection.introspection.table_names()
