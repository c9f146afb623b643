"""A crowd with rules is dealt out to halls, and what no search finds at once is found by trying everything."""

from __future__ import annotations

import importlib

import pytest
from seating_help import assert_seated, task

from enishi.engines.seating import Infeasible, solve
from enishi.engines.seating.halls import halls

module = importlib.import_module("enishi.engines.seating.solve")


def people(n: int) -> list[dict[str, object]]:
    return [{"id": p, "host": p % 3 == 0, "langs": ["ja"] if p % 7 else ["ja", "en"], "dept": p % 11} for p in range(n)]


def test_halls_share_hosts_and_keep_together_who_must_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.engines.seating.halls.LARGEST_HALL", 30)
    whole = task(100, 2, min=4, max=5, people=people(100), host_per_table=True, keep_together=[[1, 98], [98, 50]])
    parts = halls(whole)
    assert sorted(p for part in parts for p in part.members) == list(range(100))
    assert [part.instance.n for part in parts] == [25] * 4
    assert all(sum(person.host for person in part.instance.people) >= 5 for part in parts)
    assert any({1, 50, 98} <= set(part.members) for part in parts)


def test_a_crowd_with_rules_is_planned_hall_by_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.engines.seating.halls.LARGEST_HALL", 30)
    monkeypatch.setattr(module, "LARGEST_SEARCH", 60)
    sizes = [6, 6, 5, 5, *[4] * 12]
    whole = task(70, 2, sizes=sizes, people=people(70), host_per_table=True, common_language=True, keep_apart=[[0, 1]])
    answer = solve(whole, seconds=0.3, deadline=60)
    assert_seated(answer.plan, 70, sizes)
    assert (answer.method, answer.broken) == ("search in halls", ())


def test_a_crowd_with_locks_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_SEARCH", 60)
    with pytest.raises(ValueError, match="leave the locks out"):
        solve(task(70, 2, min=4, max=5, people=people(70), locks=[[0, 1, 2]]), seconds=0.1)


def test_who_says_nothing_about_the_place_can_be_in_either() -> None:
    some = [{"id": p, "where": "online"} if p < 2 else {"id": p} for p in range(9)]
    assert solve(task(9, 1, sizes=[3, 3, 3], people=some), seconds=0.1, deadline=60).broken == ()


def test_more_tables_are_set_where_three_must_be_apart() -> None:
    hall = task(20, 2, min=5, max=20, keep_apart=[[5, 7], [5, 14], [7, 14]])
    answer = solve(hall, seconds=0.1, deadline=60)
    assert answer.broken == ()
    assert len([table for table in answer.plan[0] if table]) >= 3


def test_a_round_that_the_search_cannot_seat_is_tried_out() -> None:
    langs = ["en zh", "en", "en zh", "ja", "en", "en zh", "zh ja", "ja", "en zh"]
    some = [{"id": p, "langs": words.split()} for p, words in enumerate(langs)]
    hall = task(9, 3, sizes=[2, 5, 2], people=some, common_language=True, keep_together=[[0, 5]])
    assert solve(hall, seconds=0.05, deadline=60).broken == ()


def test_a_round_without_anybody_clashes_with_fixed_tables_only() -> None:
    away = [{"id": p, "rounds": []} for p in range(4)]
    assert solve(task(4, 2, min=2, max=4, people=away), seconds=0.1).plan == ((), ())
    with pytest.raises(Infeasible, match="0 people but its tables seat 4"):
        solve(task(4, 2, sizes=[2, 2], people=away), seconds=0.1)


def test_rings_end_however_dear_the_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enishi.engines.seating.prices.AGAIN", 5e6)
    answer = solve(task(10, 4, sizes=[5, 3, 2], history=[[0, 1]]), seconds=0.2, seed=1, deadline=60)
    assert answer.score.repeats > 0


def test_one_table_of_ten_thousand_and_two_of_a_thousand() -> None:
    one = solve(task(10_000, 2, sizes=[10_000], people=people(10_000), host_per_table=True), seconds=0.3)
    assert (one.share, one.broken) == (1.0, ())
    two = solve(task(2000, 3, sizes=[1000, 1000]), seconds=0.3)
    assert_seated(two.plan, 2000, [1000, 1000])
    assert two.method == "lot"
    assert two.share > 0.8


def test_a_small_task_ends_when_nothing_can_be_better() -> None:
    told: list[object] = []

    def tell(progress: object) -> bool:
        told.append(progress)
        return True

    answer = solve(task(4, 2, sizes=[2, 2], history=[[0, 1]]), seconds=60, progress=tell)
    assert (answer.score.repeats, answer.score.met_before) == (0, 0)
    assert len(told) < 10
