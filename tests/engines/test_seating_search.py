"""The search keeps its books right: what an exchange is said to cost is what it costs when all is counted afresh."""

from __future__ import annotations

import numpy as np
import pytest
from seating_help import task

from enishi.engines.seating.anneal import Annealer
from enishi.engines.seating.cycles import polish
from enishi.engines.seating.prices import helly, problem, scatter, usual

LANGUAGES = (["ja"], ["ja", "en"], ["en", "zh"], ["zh", "ja"])


def annealer(copies: int) -> Annealer:
    people = [{"id": p, "host": p % 3 == 0, "langs": LANGUAGES[p % 4], "dept": p % 5} for p in range(23)]
    instance = task(
        23,
        3,
        min=4,
        max=5,
        people=people,
        host_per_table=True,
        common_language=True,
        history=[[p, p + 6] for p in range(17)],
        affinity=[[p, p + 1, 1.5] for p in range(22)],
        locks=[[1, 7, 2]],
    )
    rng = np.random.Generator(np.random.PCG64(7))
    seats = np.stack([scatter(instance, 5, rng) for _ in range(copies)])
    assert (seats == 23).any()
    found = problem(instance, usual(instance), seats[0], 0, 0.0)
    assert found.masks
    return Annealer(found, seats, seed=3)


@pytest.mark.parametrize("copies", [1, 2])
def test_costs_after_many_exchanges_are_those_counted_afresh(copies: int) -> None:
    one = annealer(copies)
    one.abreast = min(one.abreast, 1)
    before = one.costs.copy()
    for _ in range(200):
        one.step(3.0)
    assert (one.costs != before).all()
    again = Annealer(one.problem, one.seats, seed=4)
    assert one.costs == pytest.approx(again.costs, abs=0.05)
    assert np.array_equal(one.joining, again.joining)
    assert np.array_equal(one.sitting, again.sitting)
    assert (np.sort(one.seats[0].reshape(3, -1), axis=1)[:, :23] == np.arange(23)).all()


def test_rings_of_exchanges_only_ever_lower_the_cost() -> None:
    one = annealer(1)
    before = float(one.costs[0])
    polish(one, 60, lambda part: 1.0)
    assert one.cost(0) < before
    assert one.cost(0) == pytest.approx(Annealer(one.problem, one.seats, seed=4).cost(0), abs=0.05)


@pytest.mark.parametrize(
    ("sets", "shared"),
    [
        (["ja", "ja en", "en"], True),
        (["ja en", "en zh", "zh ja"], False),
        (["ja en zh", "en zh", "zh ja"], True),
        (["ja", "", "en"], True),
    ],
)
def test_sharing_two_by_two_may_or_may_not_be_sharing_all_together(sets: list[str], shared: bool) -> None:
    assert helly([frozenset(one.split()) for one in sets]) is shared
