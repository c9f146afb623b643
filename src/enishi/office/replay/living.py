"""A whole story in a data folder of its own: founded, played and told; and room made for the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction

from enishi.core import audit, network
from enishi.core.models import AuditEntry
from enishi.events.models import EventSeries
from enishi.office.replay import founding, playing, telling
from enishi.office.replay.story import Story
from enishi.publishing.models import Report

FOUNDED, TOLD = timedelta(days=200), timedelta(days=3)  # before the first session, after the last
VERB = "story.replayed"


@transaction.atomic
def live(story: Story) -> tuple[EventSeries, Report]:
    """The network, the story, its report: all or nothing. Wants a database without a network."""
    plan = story.gathering
    founding.found_network(plan)
    _owner, officer, _host = founding.make_office(plan.begins - FOUNDED)
    series = playing.play(story, office=officer)
    report = telling.publish(series, by=officer.user, at=plan.ends + TOLD)
    audit.record(VERB, by=officer.user, about=series)
    return series, report


def lived_here() -> Path | None:
    """The database file of a folder in which a story was lived through; None for any other network."""
    here = network.find()
    if here is None or not here.is_demo or connection.vendor != "sqlite":
        return None
    file = Path(str(connection.settings_dict["NAME"]))
    return file if file.is_file() and AuditEntry.objects.filter(verb=VERB).exists() else None


@contextmanager
def set_aside(database: Path, *, make: Callable[[], object]) -> Iterator[None]:
    """Put a new, empty database in the place of this one; the old one comes back when what is done inside fails."""
    before = database.with_name(f"{database.name}.before")
    _close()
    database.replace(before)
    try:
        make()
        yield
    except BaseException:
        _close()
        before.replace(database)
        network.forget()
        raise
    before.unlink()


def _close() -> None:
    """Without a connection SQLite has brought everything home into the one file."""
    connection.close()
    network.forget()
