"""The best k: against the plain computation, in every way of asking."""

import numpy as np
import pytest
from commonground_reference import Reference, crowds, pairs_among
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Kind, Network, Person, Rarity, Stint

quick = settings(max_examples=35, derandomize=True, deadline=None)


def pairs(suggestions):
    return [(found.person, found.units) for found in suggestions]


def lists(ground, k, fast):
    found = {}
    for batch in ground.every(k, fast):
        for person, others, units in zip(
            batch.people.tolist(), batch.others.tolist(), batch.units.tolist(), strict=True
        ):
            found[person] = [pair for pair in zip(others, units, strict=True) if pair[0] >= 0]
    return found


@quick
@given(st.data())
def test_the_best_are_those_of_the_plain_computation(data):
    people = data.draw(crowds())
    met, blocks = data.draw(pairs_among(people)), data.draw(pairs_among(people))
    k = data.draw(st.integers(1, 6))
    excluded = data.draw(st.sets(st.sampled_from([person.id for person in people]), max_size=2))
    ground, plain = Ground(Network.of(people, met, blocks)), Reference(people)
    for person in people:
        never = {other for pair in met + blocks if person.id in pair for other in pair}
        expected = plain.top(person.id, k, never | excluded)
        assert pairs(ground.top(person.id, k, excluded)) == expected


@quick
@given(st.data())
def test_everybody_at_once_gives_what_each_would_get(data):
    people = data.draw(crowds(least=0, most=10))
    ground = Ground(Network.of(people, data.draw(pairs_among(people)), data.draw(pairs_among(people))))
    k = data.draw(st.integers(1, 4))
    expected = {person.id: pairs(ground.top(person.id, k)) for person in people if not person.opted_out}
    assert lists(ground, k, fast=False) == expected
    assert lists(ground, k, fast=True) == expected


def test_a_question_leaves_no_trace():
    """The columns that questions share are zero again; else later searches would do needless work."""
    people = crowded(300, 4)
    ground = Ground(Network.of(people))
    assert any(ground.top(person.id, 3) for person in people)
    assert not any(column.any() for column in ground._index.scratch())


def test_some_people_are_served_alone():
    people = crowded(60, 9)
    ground = Ground(Network.of(people))
    wanted = [people[3].id, people[1].id, people[1].id]
    for fast in (False, True):
        (batch,) = ground.every(2, fast, wanted)
        assert batch.people.tolist() == sorted(set(wanted))
        assert [pairs(ground.top(person, 2)) for person in batch.people.tolist()] == [
            list(zip(others, units, strict=True))
            for others, units in zip(batch.others.tolist(), batch.units.tolist(), strict=True)
        ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_long_lists_are_searched_exactly(seed):
    """Large enough for rounds, scouts and narrowing; few values, so that ties are many."""
    people = crowded(900, seed)
    ground, plain = Ground(Network.of(people)), Reference(people)
    fast = lists(ground, 7, fast=True)
    for person in people[::30]:
        expected = plain.top(person.id, 7)
        assert pairs(ground.top(person.id, 7)) == expected
        assert fast.get(person.id, []) == expected


@pytest.mark.parametrize("rarity", [Rarity(1, 0), Rarity(1, 1), Rarity(3, 2), Rarity(16, 16)])
def test_the_weights_are_the_callers(rarity):
    people = crowded(60, 9)
    ground, plain = Ground(Network.of(people), rarity), Reference(people, rarity.plain, rarity.yearly)
    for person in people:
        assert pairs(ground.top(person.id, 5)) == plain.top(person.id, 5)
    assert lists(ground, 5, fast=True) == {number: plain.top(number, 5) for number in plain.people}


def test_equal_people_come_by_id():
    twins = [Person(number, (Stint(site=1),)) for number in (9, 3, 7, 5)]
    ground = Ground(Network.of([*twins, Person(1), Person(2)]))
    assert [found.person for found in ground.top(7, 2)] == [3, 5]


def test_bits_are_the_surprise_in_bits():
    people = [Person(number, (Stint(site=1 if number < 4 else 2),)) for number in range(16)]
    (first, *_) = Ground(Network.of(people)).top(0, 5)
    assert first.bits == pytest.approx(2)  # 4 of 16 were at the site


def test_years_told_twice_count_once():
    """Short stints within a long one at the same site, told apart."""
    spans = ((200004, 201003), (200204, 200303), (200504, 200603))
    nested = tuple(Stint(site=1, start=start, end=end) for start, end in spans)
    people = [Person(1, nested), Person(2, nested[:1]), Person(3, nested[1:]), *(Person(n) for n in range(10, 20))]
    plain, told_later = Reference(people), Ground(Network.of(people[3:]))
    for person in people[:3]:
        told_later.add(person)
    for ground in (Ground(Network.of(people)), told_later):
        assert pairs(ground.top(1, 3)) == plain.top(1, 3)
        assert lists(ground, 3, fast=True)[1] == plain.top(1, 3)


def test_what_everybody_shares_suggests_nobody():
    people = [Person(number, (Stint(organisation=0),)) for number in range(5)]
    assert Ground(Network.of(people)).top(0, 3) == ()


def test_seeking_meets_offering_only():
    people = [
        Person(1, facts=((Kind.SEEKS, 4),)),
        Person(2, facts=((Kind.SEEKS, 4),)),
        Person(3, facts=((Kind.OFFERS, 4),)),
        *(Person(number) for number in range(10, 20)),
    ]
    ground = Ground(Network.of(people))
    assert [found.person for found in ground.top(1, 5)] == [3]
    assert [found.person for found in ground.top(3, 5)] == [1, 2]


def test_a_network_of_nobody_and_of_one_answers():
    assert list(Ground(Network.of([])).every(3, fast=False)) == []
    assert list(Ground(Network.of([])).every(3, fast=True)) == []
    assert Ground(Network.of([Person(4, (Stint(site=1),))])).top(4, 3) == ()


def crowded(count, seed):
    rng = np.random.default_rng(seed)

    def person(number):
        stints = []
        for _ in range(rng.integers(1, 4)):
            start = int(rng.integers(2000, 2006))
            site, department = (int(rng.zipf(1.7)) % 12 for _ in range(2))
            manager = int(rng.integers(0, count // 10))
            stints.append(Stint(0, site, department, manager, start * 100 + 4, (start + 3) * 100 + 3))
        facts = tuple((kind, int(rng.zipf(1.8)) % 8) for kind in (Kind.INTEREST, Kind.SEEKS, Kind.OFFERS))
        hidden = frozenset({Kind.SITE} if rng.random() < 0.1 else ())
        near = frozenset({Kind.MANAGER, Kind.INTEREST} if rng.random() < 0.2 else ())
        return Person(number * 3, tuple(stints), facts, hidden, near, bool(rng.random() < 0.05))

    return [person(number) for number in rng.permutation(count).tolist()]
