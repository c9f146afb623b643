"""People who can talk with few: their tables are planned first, so that they meet nobody twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from seating_help import assert_seated, met, task

from enishi.engines.seating import Instance, solve
from enishi.engines.seating.circles import circle, hold
from enishi.engines.seating.shapes import minority


def network(n: int = 48, few: int = 4, both: int = 24, **rest: Any) -> Instance:
    """`few` speak English alone, `both` two languages; every third person can be host."""
    people = [
        {
            "id": p,
            "langs": ["en"] if p < few else ["en", "ja"] if p < few + both else ["ja"],
            "host": p % 3 == 2,
            "dept": p % 5,
        }
        for p in range(n)
    ]
    rules = {"people": people, "host_per_table": True, "common_language": True}
    return task(n, 3, **rules, **({"min": 4, "max": 6} | rest if "sizes" not in rest else rest))


def going() -> bool:
    return False


def test_who_has_few_to_meet() -> None:
    assert minority(network()) == (0, 1, 2, 3)
    assert minority(network(few=0)) == ()
    assert minority(network(both=44, few=4)) == ()  # all others can talk with them
    assert minority(network(locks=[[0, 0, 0]])) == ()  # one of them has a place already
    assert minority(network(locks=[[0, 40, 0]])) == (0, 1, 2, 3)


@pytest.mark.parametrize("sizes", [{"min": 4, "max": 6}, {"sizes": [5] * 6 + [6] * 3}])
def test_nobody_meets_twice_at_their_tables(sizes: dict[str, Any]) -> None:
    instance = network(history=[[0, 1]], **sizes)
    found = circle(instance, [9], 3.0, 7, going)
    assert found is not None
    assert found.faults == 0
    for tables in found.rounds:
        seated = [p for table in tables for p in table]
        assert len(seated) == len(set(seated))
        assert {0, 1, 2, 3} <= set(seated)
        for table in tables:
            assert any(instance.people[p].host for p in table)
            assert all("en" in instance.people[p].languages for p in table)
    assert max(met(found.rounds).values()) == 1
    assert found == circle(instance, [9], 3.0, 7, going)


def test_their_tables_are_set_among_the_others() -> None:
    instance = network()
    found = circle(instance, [9], 3.0, 7, going)
    assert found is not None
    seats = np.full((2, 3, 9, 6), 48)
    for one in seats.reshape(-1, 54):
        one[:48] = np.random.default_rng(1).permutation(48)
    held = hold(seats, found, 48)
    for copy in seats:
        for r, tables in enumerate(copy):
            assert sorted(tables[tables < 48].tolist()) == list(range(48))
            for number, table in zip(found.shapes[r].numbers, found.rounds[r], strict=True):
                assert set(tables[number].tolist()) - {48} == set(table)
                assert held[r, number].all()


def test_a_plan_without_repeats_with_a_table_more_than_the_fewest() -> None:
    instance = network(n=60, few=3, both=17, min=4, max=5)
    answer = solve(instance, seconds=0.25, seed=1, deadline=60)
    assert (answer.broken, answer.score.repeats) == ((), 0)
    assert answer.plan == solve(instance, seconds=0.25, seed=1, deadline=60).plan
    for tables in answer.plan:
        assert_seated((tables,), 60, [len(table) for table in tables])


def test_who_has_a_place_or_does_not_come_is_not_at_their_tables() -> None:
    whole = network(few=2, locks=[[1, 8, 0], [2, 40, 5]], keep_together=[[9, 10]])
    people = tuple(replace(p, rounds=frozenset([0, 2])) if p.id in (11, 30) else p for p in whole.people)
    instance = replace(whole, people=people)
    found = circle(instance, [9], 3.0, 7, going)
    assert found is not None
    assert found.faults == 0
    assert all(not {0, 5} & set(shape.numbers) for shape in found.shapes)
    seated = [{p for table in tables for p in table} for tables in found.rounds]
    assert all({0, 1} <= who and not {8, 9, 10} & who for who in seated)
    assert 11 not in seated[1]
    assert solve(instance, seconds=0.25, seed=1, deadline=60).broken == ()


def test_they_are_planned_no_longer_when_there_is_enough() -> None:
    assert circle(network(), [8, 9], 3.0, 7, lambda: True) is None
