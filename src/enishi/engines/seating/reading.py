"""Read a task from its JSON form and refuse what is not one, in one clear sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .model import Instance, Lock, Pair, Person

LARGEST = 20_000
KNOWN = {"id", "host", "langs", "where", "rounds"}


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


def _whole(data: Mapping[str, Any], key: str, low: int, high: int | None) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < low or (high and value > high):
        limit = f"from {low} to {high}" if high else f"of at least {low}"
        raise ValueError(f'"{key}" is {value!r}: give a whole number {limit}.')
    return value


def _share(data: Mapping[str, Any], key: str, usual: float) -> float:
    value = data.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f'"{key}" is {value!r}: give a number from 0 to 1.')
    return float(value)


def _sizes(data: Mapping[str, Any], n: int) -> tuple[int, ...]:
    given = data.get("sizes")
    if given is None:
        if "min" not in data or "max" not in data:
            raise ValueError('The task gives no table sizes: add "sizes", or both "min" and "max".')
        return ()
    if not isinstance(given, Sequence) or not all(isinstance(s, int) and s > 0 for s in given) or not given:
        raise ValueError('"sizes" must be a list of whole numbers above 0, one for each table.')
    if len(given) > n:
        raise ValueError(f"There are {len(given)} tables for {n} people: give at most one table a person.")
    return tuple(given)


def _people(given: Any, n: int, rounds: int) -> tuple[Person, ...]:
    if not given:
        return ()
    if not isinstance(given, Sequence) or not all(isinstance(row, Mapping) for row in given):
        raise ValueError('"people" must be a list of objects, each with an "id".')
    rows = {row.get("id"): row for row in given}
    if len(rows) != len(given) or set(rows) != set(range(n)):
        raise ValueError(f'"people" must list each id from 0 to {n - 1} exactly once; it has {len(given)} rows.')
    return tuple(_person(rows[p], p, rounds) for p in range(n))


def _person(row: Mapping[str, Any], p: int, rounds: int) -> Person:
    there = row.get("rounds")
    if there is not None and not all(isinstance(r, int) and 0 <= r < rounds for r in there):
        raise ValueError(f"Person {p} attends rounds {there}: give round numbers from 0 to {rounds - 1}.")
    where = row.get("where")
    places = frozenset([where] if isinstance(where, str) else where or ())
    if not places <= {"room", "online"}:
        raise ValueError(f'Person {p} is "where": {where!r}: say "room", "online" or both in a list.')
    return Person(
        id=p,
        host=bool(row.get("host")),
        languages=frozenset(row.get("langs") or ()),
        places=places or frozenset(("room", "online")) if where is not None else frozenset(),
        traits={key: value for key, value in row.items() if key not in KNOWN},
        rounds=None if there is None else frozenset(there),
    )


def _rows(data: Mapping[str, Any], key: str, shape: str, good: Callable[[Any], bool]) -> list[Any]:
    rows = data.get(key) or []
    if not isinstance(rows, Sequence):
        raise ValueError(f'"{key}" must be a list of {shape}.')
    for row in rows:
        if not isinstance(row, Sequence) or not good(row):
            raise ValueError(f'"{key}" holds {row!r}: each entry must be {shape}.')
    return list(rows)


def _is_pair(row: Any, n: int) -> bool:
    return all(isinstance(p, int) and 0 <= p < n for p in row[:2]) and len(row) >= 2 and row[0] != row[1]


def _pairs(data: Mapping[str, Any], key: str, n: int) -> frozenset[Pair]:
    shape = f"a pair of two different people from 0 to {n - 1}"
    rows = _rows(data, key, shape, lambda row: len(row) == 2 and _is_pair(row, n))
    return frozenset((min(a, b), max(a, b)) for a, b in rows)


def _affinity(data: Mapping[str, Any], n: int) -> dict[Pair, float]:
    shape = f"[person, other person, number], people from 0 to {n - 1}"
    rows = _rows(
        data, "affinity", shape, lambda row: len(row) == 3 and _is_pair(row, n) and isinstance(row[2], int | float)
    )
    return {(min(a, b), max(a, b)): float(v) for a, b, v in rows}


def _locks(data: Mapping[str, Any], n: int, rounds: int) -> tuple[Lock, ...]:
    shape = f"[round, person, table], rounds from 0 to {rounds - 1}, people from 0 to {n - 1}"
    rows = _rows(
        data,
        "locks",
        shape,
        lambda row: (
            len(row) == 3 and all(isinstance(x, int) and x >= 0 for x in row) and row[0] < rounds and row[1] < n
        ),
    )
    return tuple(Lock(*row) for row in sorted(set(map(tuple, rows))))


def _mix(data: Mapping[str, Any]) -> dict[str, float]:
    given = data.get("mix", {"dept": 1.0})
    if isinstance(given, Sequence) and not isinstance(given, str):
        given = dict.fromkeys(given, 1.0)
    if not isinstance(given, Mapping) or not all(isinstance(v, int | float) and v >= 0 for v in given.values()):
        raise ValueError('"mix" must name the traits to mix, as a list or with a weight ≥ 0 each.')
    return {str(name): float(weight) for name, weight in given.items()}
