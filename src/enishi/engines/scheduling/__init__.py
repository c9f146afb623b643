"""Hours and places: which hours suit scattered people, who sits in which session, and its calendar text."""

from .calendar import CalendarEntry, calendar_text, stable_uid
from .draw import draw_order
from .places import Closed, LeftOut, Person, Places, Plan, Session, Weights
from .scores import Broken, broken_rules, score
from .signup import Progress, solve
from .zones import LocalHour, local_hour

__all__ = [
    "Broken",
    "CalendarEntry",
    "Closed",
    "LeftOut",
    "LocalHour",
    "Person",
    "Places",
    "Plan",
    "Progress",
    "Session",
    "Weights",
    "broken_rules",
    "calendar_text",
    "draw_order",
    "local_hour",
    "score",
    "solve",
    "stable_uid",
]
