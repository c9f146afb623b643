"""Nobody is shown too often."""

import pytest
from commonground_reference import Reference, crowds
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Network, Person, Stint, spread

quick = settings(max_examples=20, derandomize=True, deadline=None)


@quick
@given(crowds(most=14), st.integers(1, 3), st.integers(1, 4), st.booleans())
def test_pairs_are_taken_from_the_best_down(people, k, cap, fast):
    plain = Reference(people)
    found = spread(Ground(Network.of(people)), k, cap, fast)
    lists = {person: [] for person in plain.people}
    shown = dict.fromkeys(plain.people, 0)
    every_pair = [
        (-plain.units(one, other), one, other) for one in plain.people for other in plain.people if one != other
    ]
    for units, one, other in sorted(every_pair):
        if units and len(lists[one]) < k and shown[other] < cap:
            lists[one].append((other, -units))
            shown[other] += 1
    assert table(found) == lists
    assert found.most == max(shown.values(), default=0)


@quick
@given(crowds(least=3, most=14), st.integers(1, 3), st.integers(1, 4))
def test_the_report_counts_what_the_lists_say(people, k, cap):
    plain = Reference(people)
    found = spread(Ground(Network.of(people)), k, cap, fast=False)
    free = {person: plain.top(person, k) for person in plain.people}
    capped = table(found)
    best = sum(units for wishes in free.values() for _, units in wishes)
    total = sum(units for wishes in capped.values() for _, units in wishes)
    assert found.loss == pytest.approx(1 - total / best if best else 0)
    for lists, coverage, most in (
        (capped, found.coverage, found.most),
        (free, found.coverage_without, found.most_without),
    ):
        shown = [other for wishes in lists.values() for other, _ in wishes]
        assert coverage == pytest.approx(len(set(shown)) / max(len(plain.people), 1)) or not plain.people
        assert most == max((shown.count(other) for other in shown), default=0)
    assert found.short == sum(len(capped[person]) < len(free[person]) for person in free)


def test_a_star_of_the_network_is_shared_out():
    """Everybody's best is person 0; under a cap of two the others meet each other instead."""
    star = Person(0, (Stint(site=1, start=200004, end=202003), Stint(department=1)))
    people = [star, *(Person(number, (Stint(site=1, start=200004, end=201003),)) for number in range(1, 9))]
    people += [Person(number) for number in range(20, 40)]
    free, capped = (spread(Ground(Network.of(people)), 1, cap, fast=False) for cap in (99, 2))
    assert free.most == free.most_without == 8
    assert free.loss == 0
    assert capped.most == 2
    assert capped.most_without == 8
    assert capped.coverage > capped.coverage_without
    assert capped.short == 0


def test_long_wishes_are_fetched_when_short_ones_run_out():
    """All are alike, so everyone wishes for the same few first, far beyond the lists fetched ahead."""
    people = [Person(number, (Stint(site=1),)) for number in range(60)] + [Person(number) for number in range(60, 90)]
    found = spread(Ground(Network.of(people)), 1, 1, fast=False)
    assert found.most == 1
    assert (found.others >= 0).sum() >= 59


def test_a_cap_below_one_is_refused():
    with pytest.raises(ValueError, match="The cap is 0: let everybody be shown to one person at least"):
        spread(Ground(Network.of([])), 1, 0)


def test_a_network_of_nobody_is_covered():
    found = spread(Ground(Network.of([])), 2, 2)
    assert (found.loss, found.coverage, found.most, found.others.shape) == (0, 1, 0, (0, 2))


def table(found):
    rows = zip(found.people.tolist(), found.others.tolist(), found.units.tolist(), strict=True)
    return {
        person: [pair for pair in zip(others, units, strict=True) if pair[0] >= 0] for person, others, units in rows
    }
