"""Time zones as people know them: by their city, in the reader's language.

`zone_table.tsv` holds one entry a zone that differs, with its names and whatever else the zone is called; it is made by
`make_zone_table`, so that no page waits for the CLDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import get_language
from django.utils.translation import gettext as _

# What most members abroad choose, in the order of the clock from Japan westwards.
COMMON = (
    "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Asia/Taipei", "Asia/Singapore", "Asia/Bangkok", "Asia/Kolkata",
    "Europe/Berlin", "Europe/Amsterdam", "Europe/Paris", "Europe/Zurich", "Europe/London", "America/New_York",
    "America/Chicago", "America/Los_Angeles", "Pacific/Honolulu", "Australia/Sydney",
)  # fmt: skip
Choice = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """One entry: an IANA name, city and country in both languages, and the other names that mean the same hours."""

    zone: str
    city_en: str
    city_ja: str
    country_en: str
    country_ja: str
    others: tuple[str, ...]

    def city(self, language: str) -> str:
        return self.city_ja if language == "ja" else self.city_en

    def label(self, language: str) -> str:
        """アムステルダム（オランダ）; a city that is its country stands alone."""
        city, country = self.city(language), self.country_ja if language == "ja" else self.country_en
        if city == country:
            return city
        return f"{city}（{country}）" if language == "ja" else f"{city} ({country})"


def is_zone(name: str) -> bool:
    """Is it an IANA name that the installed zone data knows?"""
    return name in _known()


def entry(name: str) -> str:
    """The name under which a zone stands in the list: Asia/Calcutta → Asia/Kolkata. A zone that has no entry stays."""
    return _entries().get(name, name)


def is_listed(zone: str) -> bool:
    """Has it an entry of its own?"""
    return zone in _places()


def others(zone: str) -> tuple[str, ...]:
    """What else an entry of the list is called, by browsers and by older lists."""
    place = _places().get(zone)
    return place.others if place else ()


def city(zone: str) -> str:
    """The zone's city in the reader's language: `Europe/Amsterdam` → アムステルダム."""
    return _city(zone, _language())


def groups() -> list[tuple[str, list[Choice]]]:
    """(region, [(IANA name, city and country)]) for a select, in the reader's language; what is chosen most comes first."""
    language = _language()
    found = [
        (_("Often chosen"), [(zone, _places()[zone].label(language)) for zone in COMMON]),
        (_("Asia"), _choices(language, "Asia")),
        (_("Europe"), _choices(language, "Europe", "Arctic")),
        (_("North and South America"), _choices(language, "America")),
        (_("Oceania and the Pacific"), _choices(language, "Australia", "Pacific", "Antarctica")),
        (_("Africa"), _choices(language, "Africa")),
        (_("Islands of the Atlantic and Indian Ocean"), _choices(language, "Atlantic", "Indian")),
    ]
    return [(region, list(choices)) for region, choices in found]


@lru_cache(maxsize=32)
def _choices(language: str, *regions: str) -> tuple[Choice, ...]:
    places = [place for place in _places().values() if place.zone.split("/")[0] in regions and place.zone not in COMMON]
    return tuple(sorted(((place.zone, place.label(language)) for place in places), key=lambda pair: pair[1]))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Read once: the standard library walks the zone files at every call."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _places() -> dict[str, Place]:
    lines = Path(__file__).with_name("zone_table.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    return {zone: Place(zone, en, ja, in_en, in_ja, tuple(rest.split())) for zone, en, ja, in_en, in_ja, rest in cells}


@lru_cache(maxsize=1)
def _entries() -> dict[str, str]:
    return {name: place.zone for place in _places().values() for name in (place.zone, *place.others)}


@lru_cache(maxsize=2048)
def _city(zone: str, language: str) -> str:
    if zone in _places():
        return _places()[zone].city(language)
    if zone == "UTC":
        return "UTC"
    from babel.dates import get_timezone_location  # for a zone that came from elsewhere and has no entry of its own

    name: str = get_timezone_location(ZoneInfo(zone), locale=language, return_city=True)
    untranslated = language == "ja" and name.isascii()
    return _city(entry(zone), language) if untranslated and entry(zone) != zone else name


def _language() -> str:
    return (get_language() or "ja")[:2]
