"""Time zones as people know them: by their city, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import get_language


def is_zone(name: str) -> bool:
    """Is it an IANA name that the installed zone data knows?"""
    return name in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Read once: the standard library walks the zone files at every call."""
    return frozenset(available_timezones())


def city(zone: str) -> str:
    """The zone's city in the reader's language: `Europe/Amsterdam` → アムステルダム."""
    return _city(zone, (get_language() or "ja")[:2])


@lru_cache(maxsize=2048)
def _city(zone: str, language: str) -> str:
    if zone == "UTC":
        return "UTC"
    from babel.dates import get_timezone_location  # the first page of a start asks for no city

    name: str = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
    return name


@lru_cache(maxsize=4)
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """(IANA name, city) of every place zone, sorted by city, for a select."""
    places = {
        "Africa",
        "America",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "Antarctica",
    }
    found = [(name, f"{_city(name, language)} ({name})") for name in _known() if name.split("/")[0] in places]
    return tuple(sorted(found, key=lambda pair: pair[1]))
