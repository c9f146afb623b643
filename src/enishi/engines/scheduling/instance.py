"""Sign-up instances as JSON: reading what is asked, writing what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from math import isfinite
from typing import Any

from .places import Person, Places, Plan, Session, Weights

LARGEST = 10**9
"""Numbers beyond this (or that are none, as JSON's Infinity) are a slip."""


def places_from(data: Any) -> Places:
    """Read an instance of kind "signup". Raises ValueError, one sentence: what, why, what to do.

    `sessions`: id, day, hour_jst, cap, min, lang. `people`: id, langs, avail, pref, first_timer, want, host.
    `keep_apart`: pairs. `weights`: first_timer, returning, extra_seat, preference. Times that nobody can tell
    apart (same day and hour) are one slot; a session that names no language is open to all. Sessions and pairs of
    people that are no longer there are passed over.
    """
    if not isinstance(data, Mapping) or data.get("kind", "signup") != "signup":
        raise ValueError('This is no sign-up instance; give a JSON object with "kind": "signup".')
    sessions = tuple(_session(_Entry("sessions", k, row)) for k, row in enumerate(_list(data, "sessions")))
    people = tuple(_person(_Entry("people", k, row)) for k, row in enumerate(_list(data, "people")))
    known = {p.id for p in people}
    pairs = tuple(_pair(row) for row in _list(data, "keep_apart", []))
    apart = tuple((a, b) for a, b in pairs if a != b and a in known and b in known)
    return Places(sessions, people, apart, _weights(data.get("weights")))


def answer_of(plan: Plan) -> dict[str, dict[str, list[int]]]:
    """The plan as {"sessions": {"0": [person, ...]}}; a closed session has an empty list."""
    return {"sessions": {str(session): list(sitting) for session, sitting in sorted(plan.seats.items())}}


class _Entry:
    """One row of a list, and where it stands, so that what is wrong can be told."""

    def __init__(self, name: str, number: int, row: Any) -> None:
        self.where = f'Entry {number} of "{name}"'
        if not isinstance(row, Mapping):
            raise ValueError(f"{self.where} is {row!r}: give an object with its fields by name.")
        self.row = row

    def whole(self, key: str, usual: int | None = None) -> int:
        """A whole number."""
        return int(self._read(key, usual, _is_whole, "a whole number"))

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        return bool(self._read(key, False, lambda v: v in (True, False), "true or false"))

    def ids(self, key: str) -> frozenset[int]:
        """A list of whole numbers."""
        return frozenset(map(int, self._read(key, None, lambda v: _all(v, _is_whole), "a list of whole numbers")))

    def words(self, key: str, usual: list[str]) -> frozenset[str]:
        """A list of words; one word alone is a list of one."""
        given = self._read(key, usual, lambda v: isinstance(v, str) or _all(v, _is_word), "a list of words")
        return frozenset([given] if isinstance(given, str) else given)

    def points(self, key: str) -> dict[int, float]:
        """An object of numbers by session id; ids that are none are passed over, as are sessions not there."""
        good = "an object of numbers by session id"
        given = self._read(key, {}, lambda v: isinstance(v, Mapping) and _all(v.values(), _is_number), good)
        return {int(one): float(value) for one, value in given.items() if str(one).lstrip("-").isdecimal()}

    def word(self, key: str, usual: str) -> str:
        """A word."""
        return str(self._read(key, usual, _is_word, "a word"))

    def _read(self, key: str, usual: Any, good: Callable[[Any], bool], what: str) -> Any:
        given = self.row.get(key, usual)
        if given is None and usual is not None:
            return usual
        if not good(given):
            said = f"has no {key!r}" if key not in self.row else f"has {key!r}: {given!r}"
            raise ValueError(f"{self.where} {said}: give {what}.")
        return given


def _session(entry: _Entry) -> Session:
    row, number = entry.row, entry.whole("id")
    slot = (row["day"], row.get("hour_jst")) if "day" in row else (row.get("utc", number),)
    told = tuple(part if isinstance(part, str | int | float) else repr(part) for part in slot)
    return Session(number, told, entry.whole("cap"), entry.whole("min", 1), entry.word("lang", ""))


def _person(entry: _Entry) -> Person:
    return Person(
        id=entry.whole("id"),
        available=entry.ids("avail"),
        languages=entry.words("langs", [""]) | {""},
        preference=entry.points("pref"),
        first_timer=entry.flag("first_timer"),
        wanted=entry.whole("want", 1),
        host=entry.flag("host"),
    )


def _pair(row: Any) -> tuple[int, int]:
    if not _all(row, _is_whole) or len(row) != 2:
        raise ValueError(f'"keep_apart" holds {row!r}: each entry must be a pair of people\'s ids.')
    return int(row[0]), int(row[1])


def _weights(given: Any) -> Weights:
    known = [one.name for one in fields(Weights)]
    if given is None:
        return Weights()
    if not isinstance(given, Mapping) or not set(given) <= set(known) or not _all(given.values(), _is_number):
        raise ValueError(f'"weights" is {given!r}: give numbers for any of {", ".join(known)}.')
    return Weights(**{key: float(value) for key, value in given.items()})


def _list(data: Mapping[str, Any], key: str, usual: list[Any] | None = None) -> list[Any]:
    given = data.get(key, usual)
    if given is None and usual is not None:
        return usual
    if not isinstance(given, list):
        raise ValueError(f'"{key}" is {"not there" if key not in data else repr(given)}: give a list.')
    return given


def _all(given: Any, good: Callable[[Any], bool]) -> bool:
    return not isinstance(given, str | Mapping) and hasattr(given, "__iter__") and all(map(good, given))


def _is_whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and abs(given) <= LARGEST


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given) and abs(given) <= LARGEST


def _is_word(given: Any) -> bool:
    return isinstance(given, str)
