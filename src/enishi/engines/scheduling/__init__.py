"""Hours and places: which hours suit scattered people, who sits in which session, and its calendar text."""

from .calendar import CalendarEntry, calendar_text, stable_uid
from .zones import LocalHour, local_hour

__all__ = ["CalendarEntry", "LocalHour", "calendar_text", "local_hour", "stable_uid"]
