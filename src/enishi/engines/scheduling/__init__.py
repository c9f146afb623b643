"""Hours and places: which hours suit scattered people, who sits in which session, and its calendar text."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calendar import CalendarEntry, calendar_text, stable_uid
    from .draw import draw_order
    from .hours import Hours, Member, Missed, choose_hours, week_of_hours
    from .places import Closed, LeftOut, Person, Places, Plan, Session, Weights
    from .polls import DateTotal, Vote, ZoneTotal, poll_totals
    from .repair import Move, Repair, repairs
    from .scores import Broken, broken_rules, score
    from .signup import Progress, solve
    from .zones import LocalHour, local_hour

__all__ = [
    "Broken",
    "CalendarEntry",
    "Closed",
    "DateTotal",
    "Hours",
    "LeftOut",
    "LocalHour",
    "Member",
    "Missed",
    "Move",
    "Person",
    "Places",
    "Plan",
    "Progress",
    "Repair",
    "Session",
    "Vote",
    "Weights",
    "ZoneTotal",
    "broken_rules",
    "calendar_text",
    "choose_hours",
    "draw_order",
    "local_hour",
    "poll_totals",
    "repairs",
    "score",
    "solve",
    "stable_uid",
    "week_of_hours",
]

# Read at first use: a page that tells an hour does not load the solver of places.
_HOMES = {
    "calendar": {"CalendarEntry", "calendar_text", "stable_uid"},
    "draw": {"draw_order"},
    "hours": {"Hours", "Member", "Missed", "choose_hours", "week_of_hours"},
    "places": {"Closed", "LeftOut", "Person", "Places", "Plan", "Session", "Weights"},
    "polls": {"DateTotal", "Vote", "ZoneTotal", "poll_totals"},
    "repair": {"Move", "Repair", "repairs"},
    "scores": {"Broken", "broken_rules", "score"},
    "signup": {"Progress", "solve"},
    "zones": {"LocalHour", "local_hour"},
}


def __getattr__(name: str) -> Any:
    for module, held in _HOMES.items():
        if name in held:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"{__name__} has no {name!r}")
