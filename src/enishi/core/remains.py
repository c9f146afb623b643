"""What an erasure leaves beside the tables: the pages that SQLite's log of writes still holds."""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_PATIENCE = 500  # milliseconds for which readers are waited for: writers wait as long


def forget_writes(database: BaseDatabaseWrapper = connection) -> int:
    """Fold SQLite's write-ahead log into the database and empty it; returns 1 when that was done.

    The log is written over from its beginning, but never shortened: a quiet network would keep a name in it for weeks after
    its row is gone. Where somebody is reading, nothing is emptied and the next hour tries again. 0 inside a transaction, and
    on PostgreSQL, whose log is its operator's.
    """
    if database.vendor != "sqlite" or database.in_atomic_block:
        return 0
    with database.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
        try:
            busy, _pages, _folded = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return int(not busy)
