"""Ceilings that no plan can pass: told with every answer, checked against every plan of small tasks."""

from __future__ import annotations

from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from seating_help import met, task

from enishi.engines.seating import broken, solve
from enishi.engines.seating.bounds import forced_repeats, may_meet, pairs_bound

RULES: dict[str, Any] = {"host_per_table": True, "common_language": True}


def speakers(spoken: list[list[str]], hosts: set[int]) -> list[dict[str, Any]]:
    return [{"id": p, "langs": langs, "host": p in hosts} for p, langs in enumerate(spoken)]


def test_one_host_of_a_language_is_met_in_every_round() -> None:
    people = speakers([["en"], *[["en", "ja"]] * 4, *[["ja"]] * 10], {1, 8, 9})
    instance = task(15, 3, sizes=[5] * 3, people=people, **RULES)
    assert may_meet(instance) == 15 * 14 // 2 - 10  # person 0 and those of Japanese alone
    assert forced_repeats(instance) == 4  # 12 seats beside four friends: eight meetings too many, one person's half
    answer = solve(instance, seconds=0.4, seed=1)
    assert (answer.broken, answer.bound) == ((), min(pairs_bound(instance), 90 - 4))
    assert answer.score.distinct_pairs <= answer.bound


def test_hosts_kept_apart_are_no_hosts_of_his() -> None:
    people = speakers([["ja"]] * 12, {0, 1, 2, 3})
    assert forced_repeats(task(12, 3, sizes=[3] * 4, people=people, **RULES)) == 0
    apart = [[5, 0], [5, 1]]
    assert forced_repeats(task(12, 3, sizes=[3] * 4, people=people, keep_apart=apart, **RULES)) == 1


def test_five_who_share_two_hosts_meet_one_another() -> None:
    people = speakers([*[["en"]] * 5, *[["en", "ja"]] * 12, *[["ja"]] * 7], {5, 6, 20, 21, 22})
    instance = task(24, 3, sizes=[6] * 4, people=people, **RULES)
    assert forced_repeats(instance) == 5  # of the five, each meets two hosts in three rounds
    two = speakers([*[["en"]] * 8, *[["en", "ja"]] * 12, *[["ja"]] * 4], {0, 1, 20, 21, 22})
    assert forced_repeats(task(24, 3, sizes=[6] * 4, people=two, **RULES)) == 3 * 12 - 28  # four and four, of 28 pairs


def rounds_of(people: tuple[int, ...], size: int) -> list[tuple[tuple[int, ...], ...]]:
    """Every way to seat them at tables of this size."""
    if not people:
        return [()]
    first, rest = people[0], people[1:]
    return [
        ((first, *others), *tables)
        for others in combinations(rest, size - 1)
        for tables in rounds_of(tuple(p for p in rest if p not in others), size)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_passes_the_bound(seed: int) -> None:
    chance = Random(seed)
    people = speakers(
        [chance.choice([["ja"], ["en", "ja"], ["en"]]) for _ in range(6)], set(chance.sample(range(6), 4))
    )
    apart = [list(pair) for pair in combinations(range(6), 2) if chance.random() < 0.1]
    instance = task(6, 3, sizes=[2] * 3, people=people, keep_apart=apart, **RULES)
    alone = task(6, 1, sizes=[2] * 3, people=people, keep_apart=apart, **RULES)
    good = [tables for tables in rounds_of(tuple(range(6)), 2) if not broken(alone, (tables,))]
    for plan in product(good, repeat=3):
        counts = met(plan)
        assert len(counts) <= pairs_bound(instance)
        assert counts.total() - len(counts) >= forced_repeats(instance)
