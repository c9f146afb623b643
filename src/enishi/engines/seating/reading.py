"""Read a task from its JSON form and refuse what is not one, in one clear sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import inf
from typing import Any

from .model import Instance, Lock, Pair, Person

LARGEST = 20_000
HEAVIEST = 1e6
"""Ties and weights beyond this would drown all others in the search's arithmetic."""
ANYWHERE = frozenset(("room", "online"))
KNOWN = {"id", "host", "langs", "where", "rounds"}
KEYS = [
    "kind",
    "n",
    "rounds",
    "sizes",
    "min",
    "max",
    "people",
    "history",
    "keep_apart",
    "keep_together",
    "locks",
    "affinity",
    "mix",
    "host_per_table",
    "common_language",
    "companions",
]


def read(data: Mapping[str, Any]) -> Instance:
    """JSON object of kind "rounds" → Instance. Raises ValueError, one sentence: what, why, what to do."""
    if not isinstance(data, Mapping) or data.get("kind") != "rounds":
        raise ValueError('This is not a seating task: give a JSON object with "kind": "rounds".')
    n, rounds = _whole(data, "n", 1, LARGEST), _whole(data, "rounds", 1, 200)
    sizes = _sizes(data, n)
    least, most = (0, 0) if sizes else (_whole(data, "min", 1, None), _whole(data, "max", 1, None))
    if not sizes and least > most:
        raise ValueError(f'"min" is {least} and "max" is {most}: no table fits; give min ≤ max.')
    people = _people(data.get("people") or [], n, rounds)
    _flags(data, "The task", "host_per_table", "common_language")
    together = _pairs(data, "keep_together", n)
    return Instance(
        n=n,
        rounds=rounds,
        sizes=sizes,
        least=least,
        most=max(1, min(most, n)),
        people=people,
        history=_pairs(data, "history", n),
        apart=_pairs(data, "keep_apart", n),
        together=together,
        locks=_locks(data, n, rounds),
        affinity=_affinity(data, n),
        mix=_mix(data),
        host_per_table=bool(data.get("host_per_table")) and bool(people),
        common_language=bool(data.get("common_language")) and bool(people),
        one_place=any(person.places for person in people),
        companions=_share(data, "companions", 0.5),
    )


def slips(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Keys that say nothing here but look like one that does, each with that one."""
    near = [(key, get_close_matches(key, KEYS, 1, 0.75)) for key in data if key not in KEYS]
    return [(key, found[0]) for key, found in near if found]


def _whole(data: Mapping[str, Any], key: str, low: int, high: int | None) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < low or (high and value > high):
        limit = f"from {low} to {high}" if high else f"of at least {low}"
        raise ValueError(f'"{key}" is {value!r}: give a whole number {limit}.')
    return value


def _flags(row: Mapping[str, Any], where: str, *keys: str) -> None:
    for key in keys:
        if row.get(key) not in (None, True, False):
            raise ValueError(f'{where} has "{key}": {row[key]!r}: give true or false.')


def _share(data: Mapping[str, Any], key: str, usual: float) -> float:
    value = usual if data.get(key) is None else data[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f'"{key}" is {value!r}: give a number from 0 to 1.')
    return float(value)


def _sizes(data: Mapping[str, Any], n: int) -> tuple[int, ...]:
    given = data.get("sizes")
    if given is None:
        if "min" not in data or "max" not in data:
            raise ValueError('The task gives no table sizes: add "sizes", or both "min" and "max".')
        return ()
    if not _is_list(given) or not given or not all(_is_number(s, 1) for s in given):
        raise ValueError('"sizes" must be a list of whole numbers above 0, one for each table.')
    if len(given) > n:
        raise ValueError(f"There are {len(given)} tables for {n} people: give at most one table a person.")
    return tuple(given)


def _people(given: Any, n: int, rounds: int) -> tuple[Person, ...]:
    if not given:
        return ()
    if not _is_list(given) or not all(isinstance(row, Mapping) for row in given):
        raise ValueError('"people" must be a list of objects, each with an "id".')
    rows: dict[int, Mapping[str, Any]] = {}
    for row in given:
        who = row.get("id")
        if not _is_number(who, 0, n) or who in rows:
            wrong = "comes twice" if _is_number(who, 0, n) else "is no such number"
            raise ValueError(f'"people" must list each id from 0 to {n - 1} exactly once; {who!r} {wrong}.')
        rows[who] = row
    if len(rows) < n:
        missing = next(p for p in range(n) if p not in rows)
        raise ValueError(f'"people" must list each id from 0 to {n - 1} exactly once; {missing} is missing.')
    people = [_person(rows[p], p, rounds) for p in range(n)]
    if any(person.places for person in people):  # who says nothing can be in either
        people = [replace(person, places=person.places or ANYWHERE) for person in people]
    return tuple(people)


def _person(row: Mapping[str, Any], p: int, rounds: int) -> Person:
    there = row.get("rounds")
    if there is not None and not (_is_list(there) and all(_is_number(r, 0, rounds) for r in there)):
        raise ValueError(f"Person {p} attends rounds {there!r}: give a list of round numbers from 0 to {rounds - 1}.")
    _flags(row, f"Person {p}", "host")
    spoken, where = row.get("langs"), row.get("where")
    languages, places = _names(spoken), _names(where)
    if languages is None:
        raise ValueError(f'Person {p} has "langs": {spoken!r}: give a list of names, for example ["ja", "en"].')
    if places is None or not places <= {"room", "online"}:
        raise ValueError(f'Person {p} is "where": {where!r}: say "room", "online" or both in a list.')
    traits = {key: value for key, value in row.items() if key not in KNOWN}
    for key, value in traits.items():
        if isinstance(value, Mapping | list):
            traits[key] = repr(value)
    return Person(
        id=p,
        host=bool(row.get("host")),
        languages=languages,
        places=places or ANYWHERE if where is not None else frozenset(),
        traits=traits,
        rounds=None if there is None else frozenset(there),
    )


def _names(given: Any) -> frozenset[str] | None:
    """One name or a list of them; None for anything else."""
    names = [given] if isinstance(given, str) else given or []
    return frozenset(names) if _is_list(names) and all(isinstance(name, str) for name in names) else None


def _is_list(given: Any) -> bool:
    return isinstance(given, Sequence) and not isinstance(given, str)


def _is_number(given: Any, low: int, end: float = inf) -> bool:
    """A whole number from `low` up to, and not including, `end`."""
    return isinstance(given, int) and not isinstance(given, bool) and low <= given < end


def _rows(data: Mapping[str, Any], key: str, shape: str, good: Callable[[Any], bool]) -> list[Any]:
    rows = data.get(key) or []
    if not _is_list(rows):
        raise ValueError(f'"{key}" must be a list; each entry must be {shape}.')
    for row in rows:
        if not _is_list(row) or not good(row):
            raise ValueError(f'"{key}" holds {row!r}: each entry must be {shape}.')
    return list(rows)


def _is_pair(row: Any, n: int) -> bool:
    return len(row) >= 2 and all(_is_number(p, 0, n) for p in row[:2]) and row[0] != row[1]


def _pairs(data: Mapping[str, Any], key: str, n: int) -> frozenset[Pair]:
    shape = f"a pair of two different people from 0 to {n - 1}"
    rows = _rows(data, key, shape, lambda row: len(row) == 2 and _is_pair(row, n))
    return frozenset((min(a, b), max(a, b)) for a, b in rows)


def _affinity(data: Mapping[str, Any], n: int) -> dict[Pair, float]:
    shape = f"[person, other person, number], people from 0 to {n - 1}"
    rows = _rows(data, "affinity", shape, lambda row: len(row) == 3 and _is_pair(row, n) and _is_weight(row[2]))
    return {(min(a, b), max(a, b)): float(v) for a, b, v in rows}


def _is_weight(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and abs(given) <= HEAVIEST


def _locks(data: Mapping[str, Any], n: int, rounds: int) -> tuple[Lock, ...]:
    shape = f"[round, person, table], rounds from 0 to {rounds - 1}, people from 0 to {n - 1}"
    ends = (rounds, n, inf)
    rows = _rows(
        data,
        "locks",
        shape,
        lambda row: len(row) == 3 and all(_is_number(x, 0, end) for x, end in zip(row, ends, strict=True)),
    )
    return tuple(Lock(*row) for row in sorted(set(map(tuple, rows))))


def _mix(data: Mapping[str, Any]) -> dict[str, float]:
    given = data.get("mix")
    if given is None:
        given = {"dept": 1.0}
    if _is_list(given) and all(isinstance(name, str) for name in given):
        given = dict.fromkeys(given, 1.0)
    if not isinstance(given, Mapping) or not all(_is_weight(v) and v >= 0 for v in given.values()):
        raise ValueError('"mix" must name the traits to mix, as a list or with a weight ≥ 0 each.')
    return {str(name): float(weight) for name, weight in given.items()}
