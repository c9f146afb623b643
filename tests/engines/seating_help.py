"""Shared by the tests of the seating engine: small tasks and an independent count of meetings."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

from enishi.engines.seating import Instance, Plan, read


def task(n: int, rounds: int, **rest: Any) -> Instance:
    """A task from its JSON form."""
    return read({"kind": "rounds", "n": n, "rounds": rounds, **rest})


def met(plan: Any) -> Counter[tuple[int, int]]:
    """How often each pair shares a table, counted the slow way."""
    return Counter(pair for tables in plan for table in tables for pair in combinations(sorted(table), 2))


def assert_seated(plan: Plan, n: int, sizes: list[int]) -> None:
    """Everyone once a round, at tables of these sizes."""
    for tables in plan:
        assert sorted(p for table in tables for p in table) == list(range(n))
        assert sorted(len(table) for table in tables if table) == sorted(sizes)
