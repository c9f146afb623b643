"""Solving: plain tasks reach their bound, rich ones keep their rules, the same seed gives the same plan."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seating_help import assert_seated, met, task

from enishi.engines.seating import Plan, Progress, broken, score, solve


@pytest.mark.parametrize(
    ("n", "rounds", "sizes", "pairs"),
    [
        (15, 7, [3] * 5, 105),
        (32, 10, [4] * 8, 480),
        (100, 4, [10] * 10, 1800),
        (99, 6, [5] * 19 + [4], 1176),
        (1000, 6, [6] * 165 + [5] * 2, 14970),
        (23, 5, [4] * 5 + [3], 165),
    ],
)
def test_plain_tasks_reach_their_bound(n: int, rounds: int, sizes: list[int], pairs: int) -> None:
    answer = solve(task(n, rounds, sizes=sizes), seconds=1, deadline=60)
    assert_seated(answer.plan, n, sizes)
    assert (answer.score.distinct_pairs, answer.bound, answer.share) == (pairs, pairs, 1.0)
    assert len(met(answer.plan)) == pairs
    assert [len(table) for table in answer.plan[0]] == sizes
    assert answer.method == "design"


@pytest.mark.parametrize(("n", "least", "most", "rounds"), [(21, 3, 9, 4), (27, 3, 9, 4), (12, 3, 6, 3), (8, 2, 8, 2)])
def test_free_sizes_let_everybody_meet(n: int, least: int, most: int, rounds: int) -> None:
    answer = solve(task(n, rounds, min=least, max=most), seconds=1, deadline=60)
    assert not answer.broken
    assert answer.score.distinct_pairs == n * (n - 1) // 2


def test_search_finds_what_no_stored_design_has() -> None:
    answer = solve(task(22, 3, sizes=[6, 6, 5, 5]), seconds=1, seed=1, deadline=60)
    assert_seated(answer.plan, 22, [6, 6, 5, 5])
    assert answer.method == "search"
    assert answer.score.distinct_pairs >= 130


def test_a_design_is_carried_on_by_search() -> None:
    answer = solve(task(36, 4, sizes=[6] * 6), seconds=1, deadline=60)
    assert answer.method.endswith("search")
    assert answer.score.distinct_pairs > 3 * 90 + 60


def network(n: int = 36) -> dict[str, Any]:
    """People with hosts, two languages, departments, places and history."""
    people = [
        {
            "id": p,
            "host": p % 4 == 0,
            "langs": ["en"] if p < 4 else ["ja", "en"] if p < 18 else ["ja"],
            "dept": p % 7 if p % 3 else 0,
            "where": ["room", "online"] if p < 18 else "room",
        }
        for p in range(n)
    ]
    return {
        "people": people,
        "host_per_table": True,
        "common_language": True,
        "history": [[p, p + 18] for p in range(n - 18)],
        "keep_apart": [[0, 9], [1, 10], [20, 30]],
        "affinity": [[p, (p * 5 + 3) % n, 1.0 + p % 3] for p in range(n) if p != (p * 5 + 3) % n],
    }


def test_a_rich_network_keeps_every_rule() -> None:
    instance = task(36, 3, min=4, max=5, keep_together=[[5, 6]], locks=[[1, 7, 2]], **network())
    answer = solve(instance, seconds=0.5, seed=3, deadline=60)
    assert answer.broken == broken(instance, answer.plan) == ()
    assert 7 in answer.plan[1][2]
    assert all(any({5, 6} <= set(table) for table in tables) for tables in answer.plan)
    repeats = {pair for pair, times in met(answer.plan).items() if times > 1}
    assert repeats == {(5, 6)}
    assert answer.score.met_before == 0


def test_the_same_seed_gives_the_same_plan() -> None:
    instance = task(36, 3, min=4, max=5, **network())
    first, again, other = (solve(instance, seconds=0.3, seed=seed, deadline=60).plan for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_the_slider_goes_from_new_faces_to_old_companions() -> None:
    ties = [
        score(instance, solve(instance, seconds=0.3, deadline=60).plan).affinity
        for companions in (0.0, 0.5, 1.0)
        for instance in [task(36, 3, min=4, max=5, companions=companions, **network())]
    ]
    assert ties[0] < ties[1] <= ties[2]


def test_people_who_come_for_some_rounds_are_seated_in_those() -> None:
    people = [{"id": p, "rounds": [0] if p < 4 else [0, 1]} for p in range(20)]
    answer = solve(task(20, 2, min=3, max=5, people=people), seconds=0.5, deadline=60)
    assert not answer.broken
    assert [sum(map(len, tables)) for tables in answer.plan] == [20, 16]


def test_room_and_online_are_never_mixed() -> None:
    people = [{"id": p, "where": "online" if p < 8 else "room"} for p in range(20)]
    answer = solve(task(20, 2, sizes=[4] * 5, people=people), seconds=0.5, deadline=60)
    assert not answer.broken
    assert all(len({p < 8 for p in table}) == 1 for tables in answer.plan for table in tables)


def test_progress_is_told_and_can_stop_the_search() -> None:
    told: list[Progress] = []

    def stop_at_once(progress: Progress) -> bool:
        told.append(progress)
        return False

    answer = solve(task(36, 3, min=4, max=5, **network()), seconds=60, progress=stop_at_once)
    assert len(told) == 1
    assert 0 < told[0].share < 0.5
    assert [len([p for t in tables for p in t]) for tables in answer.plan] == [36] * 3


@pytest.mark.parametrize(("n", "sizes"), [(1, [1]), (2, [2]), (2, [1, 1]), (9, [9])])
def test_the_smallest_halls_and_one_enormous_table(n: int, sizes: list[int]) -> None:
    answer = solve(task(n, 2, sizes=sizes), seconds=0.2, deadline=60)
    assert_seated(answer.plan, n, sizes)
    assert not answer.broken


def test_ten_thousand_people_for_twenty_rounds() -> None:
    answer = solve(task(10_000, 20, sizes=[8] * 1250))
    assert answer.share == 1.0


def best_two_rounds(n: int, size: int) -> int:
    """Most distinct pairs of two rounds with equal tables, by trying every second round."""
    first = [tuple(range(k, k + size)) for k in range(0, n, size)]
    pairs = set(met([first]))
    return max(
        len(pairs | set(met([[order[k : k + size] for k in range(0, n, size)]]))) for order in permutations(range(n))
    )


@pytest.mark.parametrize(("n", "size"), [(4, 2), (6, 3), (6, 2), (8, 4)])
def test_small_tasks_equal_brute_force(n: int, size: int) -> None:
    answer = solve(task(n, 2, sizes=[size] * (n // size)), seconds=0.3, deadline=60)
    best = best_two_rounds(n, size)
    assert answer.score.distinct_pairs == best <= answer.bound


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.data())
def test_any_small_task_is_answered_within_its_bound(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(2, 5), min_size=1, max_size=5))
    rounds = data.draw(st.integers(1, 4))
    n = sum(sizes)
    answer = solve(task(n, rounds, sizes=sizes), seconds=0.05, deadline=60)
    assert_seated(answer.plan, n, sizes)
    assert answer.score.distinct_pairs == len(met(answer.plan)) <= answer.bound


def test_the_plan_of_a_stranger_is_scored_and_judged() -> None:
    instance = task(6, 2, sizes=[3, 3], keep_apart=[[0, 1]], history=[[3, 4]])
    plan: Plan = (((0, 1, 2), (3, 4, 5)), ((0, 3, 5), (1, 2, 4)))
    assert [b.rule for b in broken(instance, plan)] == ["keep 0 and 1 apart"]
    figures = score(instance, plan)
    assert (figures.pairs_seated, figures.distinct_pairs, figures.repeats, figures.met_before) == (12, 10, 2, 1)
    with pytest.raises(ValueError, match="Round 1 does not seat everyone"):
        broken(instance, (plan[0], ((0, 3, 5), (1, 2, 2))))


def test_people_about_whom_nothing_matters_are_seated_by_a_design() -> None:
    people = [{"id": p, "host": p == 0, "langs": ["ja"], "cohort": 1990 + p} for p in range(15)]
    answer = solve(task(15, 7, sizes=[3] * 5, people=people), seconds=0.1)
    assert (answer.method, answer.share) == ("design", 1.0)


def test_a_small_hall_has_a_table_more_where_people_would_meet_twice() -> None:
    people = [{"id": p, "dept": p % 4} for p in range(40)]
    answer = solve(
        task(40, 4, min=4, max=5, people=people, history=[[0, p] for p in range(1, 25)]), seconds=0.6, seed=1
    )
    assert (answer.broken, answer.score.repeats, answer.score.met_before) == ((), 0, 0)
    assert len(answer.plan[0]) > 8
    assert answer.share == 1.0
