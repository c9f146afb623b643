"""Writes `zone_table.tsv`, the list of zones that people choose from: `python -m enishi.core.make_zone_table`.

Places and countries come from the tz database (zone.tab, links in tzdata.zi), names from the CLDR as Babel carries it.
Zones of one country that show the same hours all year are one entry, under the city that people know best; the others,
and every older name, stand in its last column. Run it again when `tests/core/test_zones.py` says the list is behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global

TABLE = Path(__file__).with_name("zone_table.tsv")
# Where the first of the tz database's own order is not the city that most people would look for.
KNOWN_BEST = {
    "America/Manaus", "America/Mazatlan", "America/Punta_Arenas", "America/Rio_Branco", "America/Sao_Paulo",
    "America/Whitehorse", "Asia/Magadan", "Asia/Tashkent", "Asia/Yakutsk", "Australia/Adelaide", "Australia/Sydney",
    "Europe/Samara",
}  # fmt: skip
# The CLDR's long names, where a list wants the short one.
SHORT_JA = {
    "US": "アメリカ",
    "HK": "香港",
    "MO": "マカオ",
    "PS": "パレスチナ",
    "CD": "コンゴ民主共和国",
    "CG": "コンゴ共和国",
}
SHORT_EN = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine"}


def rows() -> Iterator[tuple[str, str, str, str, str, str]]:
    """(zone, city in English and Japanese, country in English and Japanese, other names) of each entry."""
    others = _links()
    ja, en = Locale("ja"), Locale("en")
    for country, zones in _entries():
        best = next((zone for zone in zones if zone in KNOWN_BEST), zones[0])
        names = {name for zone in zones for name in (zone, *others.get(zone, ()))}
        yield (
            best,
            _city(en, best, others) or best.split("/")[-1].replace("_", " "),
            _city(ja, best, others),
            SHORT_EN.get(country) or en.territories[country],
            SHORT_JA.get(country) or ja.territories[country],
            " ".join(sorted(names - {best})),
        )


def write() -> None:
    """Sorted by zone, so that a change of the tz database is a small difference."""
    lines = sorted("\t".join(row) for row in rows())
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _entries() -> Iterator[tuple[str, list[str]]]:
    """(country, its zones with the same hours)."""
    groups: dict[tuple[str, tuple[timedelta | None, ...]], list[str]] = {}
    for country, _place, zone, *_words in _lines("zone.tab"):
        if not zone.startswith("Antarctica/") or country != "AQ":
            groups.setdefault((country, _hours(zone)), []).append(zone)
    yield from ((country, zones) for (country, _same), zones in groups.items())


def _hours(zone: str) -> tuple[timedelta | None, ...]:
    """Its offset on each Sunday of two years from the start of this one."""
    start, here = datetime(datetime.now(UTC).year, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    return tuple((start + timedelta(weeks=week)).astimezone(here).utcoffset() for week in range(104))


def _links() -> dict[str, list[str]]:
    """Zone → its other names: older spellings, and what the CLDR calls it. A place of its own in zone.tab is no other name."""
    own = {zone for _country, _place, zone, *_words in _lines("zone.tab")}
    pairs = {words[2]: words[1] for words in _words("tzdata.zi") if words[0] == "L"}
    pairs |= get_global("zone_aliases")  # which knows of what place an older name was, where tz only knows of its hours
    found: dict[str, list[str]] = {}
    for alias, zone in sorted(pairs.items()):
        if alias not in own and zone in own:
            found.setdefault(zone, []).append(alias)
    return found


def _city(locale: Locale, zone: str, others: dict[str, list[str]]) -> str:
    """As the CLDR names it, which may be under an older name of the zone."""
    for name in (zone, *others.get(zone, ())):
        city: str = (locale.time_zones.get(name) or {}).get("city", "")
        if city:
            return city.removesuffix("時間")
    return ""


def _lines(name: str) -> Iterator[list[str]]:
    for line in _text(name):
        if line and not line.startswith("#"):
            yield line.split("\t")


def _words(name: str) -> Iterable[list[str]]:
    return [line.split() for line in _text(name) if line and not line.startswith("#")]


def _text(name: str) -> list[str]:
    return (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    write()
