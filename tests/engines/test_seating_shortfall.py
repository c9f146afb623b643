"""Which rounds of a plan miss a goal."""

from enishi.engines.seating import read
from enishi.engines.seating.score import least_same
from enishi.engines.seating.shortfall import short_rounds

FIRST = ((0, 1), (2, 3))
SECOND = ((0, 2), (1, 3))


def _task(**more: object) -> dict[str, object]:
    people = [{"id": p, "dept": dept} for p, dept in enumerate("abba")]
    return {"kind": "rounds", "n": 4, "rounds": 2, "sizes": [2, 2], "people": people, **more}


def test_a_plan_that_reaches_every_goal_has_no_short_round() -> None:
    assert short_rounds(read(_task()), (FIRST, SECOND)) == ()


def test_the_later_round_of_a_repeat_is_short() -> None:
    assert short_rounds(read(_task()), (FIRST, FIRST)) == (1,)


def test_rounds_with_old_acquaintances_or_broken_rules_are_short() -> None:
    assert short_rounds(read(_task(history=[[0, 2]])), (FIRST, SECOND)) == (1,)
    assert short_rounds(read(_task(keep_apart=[[2, 3]])), (FIRST, SECOND)) == (0,)


def test_a_round_with_more_of_one_trait_than_needed_is_short() -> None:
    assert short_rounds(read(_task()), (FIRST, ((0, 3), (1, 2)))) == (1,)


def test_the_fewest_of_one_trait_reckons_with_small_tables() -> None:
    people = [{"id": p, "dept": "a" if p < 5 else p} for p in range(9)]
    task = read({"kind": "rounds", "n": 9, "rounds": 1, "sizes": [4, 4, 1], "people": people})
    assert least_same(task, (((0, 1, 5, 6), (2, 3, 7, 8), (4,)),), "dept") == 2
    assert least_same(task, (((0, 1, 2, 5), (3, 6, 7, 8), (4,)),), "dept") == 2
    more = [{"id": p, "dept": "a" if p < 7 else p} for p in range(9)]
    task = read({"kind": "rounds", "n": 9, "rounds": 1, "sizes": [4, 4, 1], "people": more})
    assert least_same(task, (((0, 1, 2, 7), (3, 4, 5, 8), (6,)),), "dept") == 6
