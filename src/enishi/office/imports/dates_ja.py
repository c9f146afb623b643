"""Dates as Japanese offices write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# Era → (letter, year before its first, last day). The dates are those of the Era Name Law's cabinet orders.
_ERAS = {
    "昭和": (1925, date(1989, 1, 7)),
    "平成": (1988, date(2019, 4, 30)),
    "令和": (2018, date.max),
}
_LETTERS = {"S": "昭和", "H": "平成", "R": "令和"}

_WESTERN = re.compile(r"(\d{4})(?:([/.-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_ERA = re.compile(
    r"(昭和|平成|令和|[SHR])(\d{1,2}|元)(?:([/.-])(\d{1,2})\3(\d{1,2})|年(\d{1,2})月(\d{1,2})日)",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True)
class ReadDate:
    """`value` is the day, or None with the `fault`; a fault beside a value is a warning (`era had ended`)."""

    value: date | None
    fault: str = ""


def read_date(text: str) -> ReadDate:
    """Read a day: 2008/4/1, 2008-04-01, 2008.04.01, 20080401, 2008年4月1日, H20.4.1, 平成20年4月1日, 平成元年….

    Faults: `empty`, `not a date`, `no such day`; `era had ended` beside the day it would be (平成32年 = 2020).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        return ReadDate(None, "empty")
    if match := _WESTERN.fullmatch(folded):
        year, _sep, m1, d1, m2, d2 = match.groups()
        return _day(int(year), int(m1 or m2), int(d1 or d2))
    if match := _COMPACT.fullmatch(folded):
        return _day(*(int(part) for part in match.groups()))
    if match := _ERA.fullmatch(folded):
        era, year, _sep, m1, d1, m2, d2 = match.groups()
        before, last = _ERAS[_LETTERS.get(era.upper(), era)]
        count = 1 if year == "元" else int(year)
        if count == 0:
            return ReadDate(None, "no such day")
        found = _day(before + count, int(m1 or m2), int(d1 or d2))
        return ReadDate(found.value, "era had ended") if found.value and found.value > last else found
    return ReadDate(None, "not a date")


def _day(year: int, month: int, day: int) -> ReadDate:
    try:
        return ReadDate(date(year, month, day))
    except ValueError:
        return ReadDate(None, "no such day")
