"""What there is to do once a session is over: the apps above say it, each a button on the session's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from enishi.events.models import EventSeries
from enishi.members.models import Member


@dataclass(frozen=True)
class Deed:
    """One button: its words, and its address for this person and series, empty where there is nothing to do."""

    words: str | Promise
    address: Callable[[Member, EventSeries], str]


_deeds: list[Deed] = []


def register(deed: Deed) -> None:
    """Called from an app's `ready`."""
    if deed not in _deeds:
        _deeds.append(deed)


def open_to(member: Member, series: EventSeries) -> list[tuple[str | Promise, str]]:
    """(words, address) of what this person may do now."""
    found = [(deed.words, deed.address(member, series)) for deed in _deeds]
    return [(words, address) for words, address in found if address]
