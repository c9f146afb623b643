"""Clashing rules: named, as few as possible, with the least to give up; proofs agree with trying everything."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seating_help import task

from enishi.engines.seating import Infeasible, solve
from enishi.engines.seating.conflict import smallest_clash
from enishi.engines.seating.exact import seatable
from enishi.engines.seating.rules import hall, rules_of

SIZES = "table sizes"


def clash(n: int, **rest: Any) -> Infeasible:
    with pytest.raises(Infeasible) as caught:
        solve(task(n, rest.pop("rounds", 1), **rest), seconds=0.5)
    return caught.value


def test_five_hosts_for_six_tables() -> None:
    people = [{"id": p, "host": p < 5} for p in range(30)]
    found = clash(30, sizes=[5] * 6, people=people, host_per_table=True)
    assert found.rules == ("a host at every table", SIZES)
    assert found.give_up == ("a host at every table (let 1 table do without, or name 1 more as host)",)
    assert "6 tables and 5 who can be host" in str(found)


def test_two_must_nots_in_a_group_of_three() -> None:
    found = clash(3, sizes=[3], keep_apart=[[0, 1], [1, 2]])
    assert found.rules == ("keep 0 and 1 apart", SIZES)
    assert found.give_up == ("keep 0 and 1 apart", "keep 1 and 2 apart")


def test_contradictory_locks() -> None:
    found = clash(6, sizes=[3, 3], locks=[[0, 1, 0], [0, 1, 1], [0, 2, 0]])
    assert found.rules == ("lock person 1 at table 0 in round 0", "lock person 1 at table 1 in round 0")
    assert found.give_up == ("lock person 1 at table 0 in round 0",)


def test_too_many_locked_to_one_table() -> None:
    found = clash(6, sizes=[3, 3], locks=[[0, p, 0] for p in range(4)])
    assert len(found.rules) == 5
    assert SIZES in found.rules


def test_everyone_kept_apart() -> None:
    found = clash(20, sizes=[5] * 4, keep_apart=[list(pair) for pair in combinations(range(20), 2)])
    assert len(found.rules) == 1 + 10  # five people for four tables: ten pairs, and the sizes
    assert len(found.give_up) == 4 * 10


def test_a_chain_of_wishes_too_long_for_any_table() -> None:
    found = clash(8, sizes=[4, 4], keep_together=[[0, 1], [1, 2], [2, 3], [3, 4], [5, 6]])
    assert found.rules == (*(f"keep {p} and {p + 1} together" for p in range(4)), SIZES)
    assert len(found.give_up) == 1


def test_together_and_apart() -> None:
    found = clash(9, sizes=[3] * 3, keep_together=[[0, 1], [1, 2]], keep_apart=[[0, 2], [3, 4]])
    assert found.rules == ("keep 0 and 2 apart", "keep 0 and 1 together", "keep 1 and 2 together")


def test_somebody_nobody_can_talk_to() -> None:
    people = [{"id": p, "langs": ["en"] if p == 4 else ["ja"]} for p in range(9)]
    found = clash(9, min=3, max=3, people=people, common_language=True)
    assert found.rules == ("a common language at every table", SIZES)
    assert "person 4 shares a language with only 0 others" in str(found)


@pytest.mark.parametrize(
    ("n", "sizes", "words"),
    [
        (10, {"sizes": [3, 3]}, "10 people but its tables seat 6"),
        (4, {"min": 3, "max": 3}, "4 people cannot sit at tables of 3 to 3"),
        (2, {"min": 3, "max": 5}, "fewer people (2) than a table needs (3)"),
    ],
)
def test_sizes_that_cannot_hold_the_people(n: int, sizes: dict[str, Any], words: str) -> None:
    found = clash(n, **sizes)
    assert words in str(found)
    assert found.rules == (SIZES, "everyone seated once")


PAIR = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    apart=st.lists(PAIR, max_size=9),
    together=st.lists(PAIR, max_size=3),
    locks=st.lists(st.tuples(st.just(0), st.integers(0, 6), st.integers(0, 2)), max_size=3),
    hosts=st.integers(2, 7),
)
def test_refused_exactly_when_trying_everything_fails(
    apart: list[Any], together: list[Any], locks: list[Any], hosts: int
) -> None:
    people = [{"id": p, "host": p < hosts} for p in range(7)]
    rules = {"keep_apart": apart, "keep_together": together, "locks": locks}
    instance = task(7, 1, sizes=[3, 2, 2], people=people, host_per_table=True, **rules)
    one = hall(instance, 0)
    possible = seatable(one, rules_of(instance, 0), patience=10**6)
    core = smallest_clash(one, rules_of(instance, 0), full=True)
    assert bool(core) != possible
    if core:
        assert seatable(one, core, patience=10**6) is False
    for rule in core:
        assert seatable(one, core - {rule}, patience=10**6) is True


def test_a_lock_for_a_round_that_nobody_attends() -> None:
    people = [{"id": p, "rounds": [0]} for p in range(8)]
    found = clash(8, rounds=2, min=3, max=4, people=people, locks=[[1, 0, 0]])
    assert found.rules == found.give_up == ("lock person 0 at table 0 in round 1",)
    assert "nobody comes" in str(found)


def test_a_lock_to_a_table_that_is_not_there() -> None:
    found = clash(8, min=3, max=4, locks=[[0, 0, 5]])
    assert found.rules == ("lock person 0 at table 5 in round 0", SIZES)
    assert "its tables are 0 to 1" in str(found)


def test_one_host_for_more_than_a_table_of_one_language() -> None:
    spoken = [["nl"]] * 6 + [["nl", "ja"]] * 6 + [["ja"]] * 12
    people = [{"id": p, "langs": spoken[p], "host": p == 6 or p > 18} for p in range(24)]
    rules = {"host_per_table": True, "common_language": True}
    found = clash(24, sizes=[6] * 4, people=people, **rules)
    assert found.rules == ("a host at every table", "a common language at every table", SIZES)
    people[7]["host"] = True
    assert not solve(task(24, 1, sizes=[6] * 4, people=people, **rules), seconds=0.5).broken


def test_pairs_that_fit_no_table_by_twos() -> None:
    pairs = [[2 * k, 2 * k + 1] for k in range(31)]
    found = clash(90, sizes=[3] * 30, keep_together=pairs)
    assert len(found.rules) == 32
    assert len(found.give_up) == 1
