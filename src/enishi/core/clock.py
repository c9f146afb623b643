"""What time it is, in one place.

Every rule asks `now()`. A replay of a past series, and the tests, put another time in its place with `at()`.
Instants are aware and in UTC; a zone enters only where a person reads or types an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_instead: ContextVar[datetime | None] = ContextVar("enishi_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _instead.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The present day where the zone (an IANA name) is."""
    return now().astimezone(ZoneInfo(zone)).date()


def local(instant: datetime, zone: str) -> datetime:
    """The same instant as the wall clock shows it in the zone (an IANA name)."""
    return instant.astimezone(ZoneInfo(zone))


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside the block the present is `instant` (aware)."""
    if instant.tzinfo is None:
        raise ValueError("A time without a zone says no instant. Give an aware datetime.")
    token = _instead.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _instead.reset(token)


def today_here(instant: datetime) -> date:
    """The day of an instant as the network counts days."""
    from enishi.core import dates

    return local(instant, dates.network_zone()).date()
