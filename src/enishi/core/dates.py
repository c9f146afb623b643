"""Dates, hours and names as Japanese and English readers write them (house style: docs/developers/design.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enishi.core import clock, network, zones

_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


def network_zone() -> str:
    here = network.find()
    return here.zone if here else "Asia/Tokyo"


def day(value: date | datetime, *, year: bool | None = None, weekday: bool = True) -> str:
    """12月10日（木） / Thu 10 Dec; the year only when it is not this year's (or as `year` says)."""
    with_year = (value.year != clock.today(network_zone()).year) if year is None else year
    if japanese():
        head = f"{value.year}年" if with_year else ""
        tail = f"（{_WEEKDAYS_JA[value.weekday()]}）" if weekday else ""
        return f"{head}{value.month}月{value.day}日{tail}"
    head = f"{_WEEKDAYS_EN[value.weekday()]} " if weekday else ""
    tail = f" {value.year}" if with_year else ""
    return f"{head}{value.day} {_MONTHS_EN[value.month - 1]}{tail}"


def month(year: int | None, month_: int | None) -> str:
    """2009年4月 / Apr 2009; only the year when the month is not known."""
    if year is None:
        return ""
    if japanese():
        return f"{year}年" + (f"{month_}月" if month_ else "")
    return (f"{_MONTHS_EN[month_ - 1]} " if month_ else "") + str(year)


def hour(value: datetime | time) -> str:
    """24 hours, no leading zero: 9:05."""
    return f"{value.hour}:{value.minute:02d}"


def hours(start: datetime, end: datetime) -> str:
    """18:00〜19:00 / 18:00–19:00."""
    dash = "〜" if japanese() else "–"
    return f"{hour(start)}{dash}{hour(end)}"


def zone_words(zone: str) -> str:
    """日本時間 for Tokyo, otherwise the city."""
    return _("Japan time") if zone == "Asia/Tokyo" else zones.city(zone)


def zone_of_network() -> str:
    """日本時間（ネットワークの時間帯）: the first choice where someone says in which zone they live."""
    return _("%(zone)s (the network's)") % {"zone": zone_words(network_zone())}


@dataclass(frozen=True)
class When:
    """A span as it is shown: first in the network's zone, then, if it differs, where the reader is."""

    start: datetime
    day: str
    hours: str
    zone: str
    leaf_month: str
    leaf_day: str
    leaf_weekday: str
    here: str = ""
    here_city: str = ""
    here_note: str = ""

    @property
    def sentence(self) -> str:
        """One line for mails and lists."""
        first = _("%(day)s %(hours)s (%(zone)s)") % {"day": self.day, "hours": self.hours, "zone": self.zone}
        return f"{first} / {self.here_city} {self.here}" if self.here else first


def note(local: datetime, base: datetime) -> str:
    """早朝, 深夜, 翌日, 前日 as they apply: outside 7:30–22:30, or another date than the network's."""
    words = []
    if local.date() < base.date():
        words.append(_("the day before"))
    if local.date() > base.date():
        words.append(_("the next day"))
    minutes = local.hour * 60 + local.minute
    if minutes >= 22 * 60 + 30 or minutes < 4 * 60:
        words.append(_("late at night"))
    elif minutes < 7 * 60 + 30:
        words.append(_("early morning"))
    return ("・" if japanese() else ", ").join(words)


def when(start: datetime, end: datetime, reader_zone: str = "") -> When:
    """How to show start–end (aware) to a reader in `reader_zone` (IANA; empty: the network's)."""
    base_zone = network_zone()
    first, last = clock.local(start, base_zone), clock.local(end, base_zone)
    parts = {"here": "", "here_city": "", "here_note": ""}
    zone = reader_zone or base_zone
    mine, mine_end = clock.local(start, zone), clock.local(end, zone)
    if mine.utcoffset() != first.utcoffset():
        shift = "" if mine.date() == first.date() else day(mine) + " "
        parts = {
            "here": shift + hours(mine, mine_end),
            "here_city": zones.city(zone),
            "here_note": note(mine, first),
        }
    return When(
        start=first,
        day=day(first),
        hours=hours(first, last),
        zone=zone_words(base_zone),
        leaf_month=f"{first.month}月" if japanese() else _MONTHS_EN[first.month - 1],
        leaf_day=str(first.day),
        leaf_weekday=_WEEKDAYS_JA[first.weekday()] if japanese() else _WEEKDAYS_EN[first.weekday()],
        **parts,
    )


def person(name: str) -> str:
    """さん in Japanese; nothing in English."""
    return f"{name}さん" if japanese() else name
