"""How a roster row is read: the rules, one function a field, and a verdict a row.

A row is *accepted*, *warned* (kept, and said), *duplicate*, *rejected* or *skipped*; `why` begins with `field: fault`.
Characters of names are never changed, not even by NFC: U+FA10 stays U+FA10.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from enishi.core import zones
from enishi.core.person import is_latin
from enishi.office.imports import parts
from enishi.office.imports.dates_ja import read_date

Verdict = Literal["accepted", "warned", "duplicate", "rejected", "skipped"]

_LONGEST = {
    "employee_number": 40, "name": 60, "kana": 60, "email": 254,
    "manager": 120, "employer": 200, "title": 200, "country": 60, "timezone": 64, "route": 120,
}  # fmt: skip
_STINT = re.compile(r"(\d{4})/(\d{2})-(\d{4})/(\d{2})\s+(.+?)\s*\(([^()]+)\)", re.ASCII)
_KANA = re.compile(r"[ァ-ヺー・ヽヾ\s]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Stint:
    """Months as `YYYY-MM`."""

    start: str
    end: str
    department: str
    site: str


@dataclass(frozen=True)
class Person:
    """One roster row as it is stored; `route` is the file's own word."""

    employee_number: str
    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    email: str
    joined_on: date | None
    left_on: date | None
    stints: tuple[Stint, ...]
    manager: str
    employer: str
    title: str
    country: str
    timezone: str
    route: str


@dataclass(frozen=True)
class Row:
    """`number` is the 1-based data row; `person` is there for accepted and warned rows."""

    number: int
    verdict: Verdict
    why: str
    person: Person | None = None
    employee_number: str = ""


@dataclass
class _Faults:
    rejected: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)


def read_rows(rows: Iterable[list[str]], columns: dict[str, int], *, zone: str) -> Iterator[Row]:
    """Judge every row in order. `zone` (IANA) is the network's; numbers already kept make a later row a duplicate."""
    kept: set[str] = set()
    for number, cells in enumerate(rows, start=1):
        if not any(cell.strip() for cell in cells):
            yield Row(number, "skipped", "row: empty")
            continue
        values = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        row = _judge(number, values, kept, zone)
        if row.person is not None:
            kept.add(row.person.employee_number)
        yield row


def check(rows: Iterable[Row]) -> dict[str, Any]:
    """The whole verdict as plain data: `tally`, `rows` by number, `people` by employee number."""
    judged = list(rows)
    return {
        "tally": dict(Counter(row.verdict for row in judged)),
        "rows": {str(row.number): {"verdict": row.verdict, "why": row.why} for row in judged},
        "people": {row.person.employee_number: as_data(row.person) for row in judged if row.person},
    }


def as_data(person: Person) -> dict[str, Any]:
    """A person as plain values: days as `YYYY-MM-DD` (null when not known), stints as objects."""
    data = dict(vars(person))
    data["joined_on"] = person.joined_on.isoformat() if person.joined_on else None
    data["left_on"] = person.left_on.isoformat() if person.left_on else None
    data["stints"] = [dict(vars(stint)) for stint in person.stints]
    return data


def _judge(number: int, cells: dict[str, str], kept: set[str], zone: str) -> Row:
    faults = _Faults()
    values, pairs = parts.joined(cells), parts.pairs(cells)
    employee_number = values.get("employee_number", "").strip()
    if not employee_number:
        faults.rejected.append("employee_number: empty")
    elif employee_number in kept:
        return Row(number, "duplicate", "employee_number: in an earlier row", employee_number=employee_number)
    _check_text(values, faults)
    family, given = _name(values["name"], pairs.get("name"), faults)
    latin = is_latin(values["name"])
    family_kana, given_kana = _kana(values["kana"], pairs.get("kana"), latin, faults)
    email = _email(values.get("email", ""), faults)
    joined_on, left_on = _days(values.get("joined_on", ""), values.get("left_on", ""), faults)
    stints = _stints(values.get("stints", ""), faults)
    timezone = _timezone(values.get("timezone", ""), zone, faults)
    if faults.rejected:
        return Row(number, "rejected", "; ".join(faults.rejected), employee_number=employee_number[:40])
    person = Person(
        employee_number=employee_number,
        family_name=family,
        given_name=given,
        family_name_kana=family_kana,
        given_name_kana=given_kana,
        email=email,
        joined_on=joined_on,
        left_on=left_on,
        stints=stints,
        timezone=timezone,
        **{name: values.get(name, "").strip() for name in ("manager", "employer", "title", "country", "route")},
    )
    verdict: Verdict = "warned" if faults.warned else "accepted"
    return Row(number, verdict, "; ".join(faults.warned), person, employee_number)


def _check_text(values: dict[str, str], faults: _Faults) -> None:
    """A text that no cell of a roster has: far too long, or with control characters inside."""
    for name, text in values.items():
        bare = text.strip()
        if len(bare) > _LONGEST.get(name, 20000):
            faults.rejected.append(f"{name}: too long")
        elif CONTROL.search(bare):
            faults.rejected.append(f"{name}: control character")


def split_name(name: str, *, last_is_family: bool) -> tuple[str, str]:
    """(family, given). Japanese: at the first run of spaces; Latin: the last word is the family name."""
    bare = name.strip()
    if last_is_family:
        words = re.split(r"\s+", bare)
        given = bare[: len(bare) - len(words[-1])].strip()
        return words[-1], given
    family, *rest = re.split(r"\s+", bare, maxsplit=1)
    return family, rest[0] if rest else ""


def _name(text: str, pair: tuple[str, str] | None, faults: _Faults) -> tuple[str, str]:
    if not text.strip():
        faults.rejected.append("name: empty")
        return "", ""
    latin = is_latin(text)
    family, given = pair or split_name(text, last_is_family=latin)
    if not given and not latin:
        faults.warned.append("name: not split")
    return family, given


def _kana(text: str, pair: tuple[str, str] | None, latin: bool, faults: _Faults) -> tuple[str, str]:
    folded = _fold_kana(text)
    if not folded:
        if not latin:
            faults.warned.append("kana: empty")
        return "", ""
    if not _KANA.fullmatch(folded):
        faults.warned.append("kana: not kana")
    if pair:
        return _fold_kana(pair[0]), _fold_kana(pair[1])
    return split_name(folded, last_is_family=latin)


def _fold_kana(text: str) -> str:
    return to_katakana(unicodedata.normalize("NFKC", text)).strip()


def to_katakana(text: str) -> str:
    """Hiragana (with ゝゞ) becomes katakana; all else stays."""
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" or char in "ゝゞ" else char for char in text)


def _email(text: str, faults: _Faults) -> str:
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    if folded:
        try:
            validate_email(folded)
        except ValidationError:
            faults.rejected.append("email: not an address")
    return folded


def _days(joined: str, left: str, faults: _Faults) -> tuple[date | None, date | None]:
    days = []
    for name, text in (("joined_on", joined), ("left_on", left)):
        found = read_date(text)
        if found.fault:
            kept = found.value is not None or found.fault == "empty"
            (faults.warned if kept else faults.rejected).append(f"{name}: {found.fault}")
        days.append(found.value)
    if days[0] and days[1] and days[1] < days[0]:
        faults.rejected.append("left_on: before joined_on")
    return days[0], days[1]


def _stints(text: str, faults: _Faults) -> tuple[Stint, ...]:
    found = []
    unread = False
    for part in text.split(";"):
        if not part.strip():
            continue
        stint = _stint(part.strip())
        if stint is None:
            unread = True
        else:
            found.append(stint)
    if unread:
        faults.warned.append("stints: not read")
    return tuple(found)


def _stint(part: str) -> Stint | None:
    match = _STINT.fullmatch(part)
    if match is None:
        return None
    from_year, from_month, to_year, to_month, department, site = match.groups()
    start, end = (int(from_year), int(from_month)), (int(to_year), int(to_month))
    if not (1 <= start[1] <= 12 and 1 <= end[1] <= 12 and start <= end):
        return None
    return Stint(f"{start[0]:04}-{start[1]:02}", f"{end[0]:04}-{end[1]:02}", department.strip(), site.strip())


def _timezone(text: str, zone: str, faults: _Faults) -> str:
    name = text.strip()
    if not name:
        return zone
    if not zones.is_zone(name):
        faults.warned.append("timezone: unknown")
        return zone
    return name
