"""One person at a time, or all at once: the same ground."""

import pytest
from commonground_reference import crowds, everything, pairs_among, persons
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Kind, Network, Person, Stint

quick = settings(max_examples=25, derandomize=True, deadline=None)


@quick
@given(st.data())
def test_changes_lead_where_building_leads(data):
    people = {person.id: person for person in data.draw(crowds(most=5))}
    met = set(data.draw(pairs_among(list(people.values()))))
    blocks = set(data.draw(pairs_among(list(people.values()))))
    ground = Ground(Network.of(people.values(), met, blocks))
    for _ in range(data.draw(st.integers(1, 8))):
        change_something(data, ground, people, met, blocks)
    built = Ground(Network.of(people.values(), met, blocks))
    expected = everything(built, people.values())
    assert everything(ground, people.values()) == expected
    assert everything(ground.settled(), people.values()) == expected
    assert len(ground) == len(built)


def change_something(data, ground, people, met, blocks):
    number = data.draw(st.integers(0, 45))
    step = data.draw(st.sampled_from(("put", "put", "remove", "meet", "block", "unblock")))
    if step == "put":
        person = data.draw(persons(number))
        (ground.change if number in people else ground.add)(person)
        people[number] = person
    elif step == "remove" and people:
        number = data.draw(st.sampled_from(sorted(people)))
        ground.remove(number)
        del people[number]
        for pairs in (met, blocks):
            pairs -= {pair for pair in pairs if number in pair}
    elif len(people) > 1:
        pair = tuple(sorted(data.draw(st.permutations(sorted(people)))[:2]))
        {"meet": ground.meet, "block": ground.block}.get(step, ground.unblock)(*pair)
        pairs = met if step == "meet" else blocks
        pairs -= {pair, pair[::-1]}
        if step in ("meet", "block"):
            pairs.add(pair)


@quick
@given(st.data())
def test_the_order_of_telling_does_not_matter(data):
    people = data.draw(crowds(most=6))
    shuffled = data.draw(st.permutations(people))
    assert everything(Ground(Network.of(people)), people) == everything(Ground(Network.of(shuffled)), people)


def test_somebody_brings_years_the_network_had_not_seen():
    old = (Stint(site=1, start=199504, end=199803),)
    ground = Ground(Network.of([Person(1, (Stint(site=1, start=201004, end=201203),)), Person(9)]))
    ground.add(Person(2, old))
    ground.add(Person(3, old, near=frozenset({Kind.SITE})))
    ground.add(Person(4, (Stint(site=1, start=203004, end=203203),)))
    assert ground.between(2, 3).facts[0].years == (1995, 1996, 1997, 1998)
    assert [found.person for found in ground.top(2, 3)] == [3, 1, 4]


def test_facts_for_colleagues_count_nowhere_when_told_later_either():
    place, golf = (Stint(site=1, start=201004, end=201203),), ((Kind.INTEREST, 5), (Kind.SEEKS, 2))
    near = frozenset({Kind.SITE, Kind.INTEREST, Kind.SEEKS})
    people = [Person(number, place, golf, near=near if number > 3 else frozenset()) for number in range(1, 9)]
    people += [Person(9, facts=((Kind.OFFERS, 2),)), *(Person(number) for number in range(20, 30))]
    ground = Ground(Network.of(people[-1:]))
    for person in people[:-1]:
        ground.add(person)
    built = Ground(Network.of(people))
    assert {fact.kind: fact.holders for fact in ground.between(1, 2).facts} == {Kind.SITE: 3, Kind.INTEREST: 3}
    assert everything(ground, people) == everything(built, people)
    for number in (1, 5):
        ground.remove(number)
    people = [person for person in people if person.id not in (1, 5)]
    assert everything(ground, people) == everything(Ground(Network.of(people)), people)


def test_many_changes_outgrow_every_reserve():
    ground = Ground(Network.of([Person(0), Person(1)]))
    people = [Person(0), Person(1)]
    for number in range(2, 2600):
        person = Person(number, (Stint(site=number % 5, department=number),), ((Kind.COHORT, number // 3),))
        ground.add(person)
        people.append(person)
    built = Ground(Network.of(people))
    for number in (2, 3, 1500, 2599):
        assert ground.top(number, 4) == built.top(number, 4) != ()


def test_a_change_keeps_whom_one_met():
    place = (Stint(site=1),)
    ground = Ground(Network.of([Person(1, place), Person(2, place), Person(3)], met=[(1, 2)]))
    ground.change(Person(1, place, ((Kind.REGION, 1),)))
    assert ground.top(1, 3) == ()
    ground.remove(2)
    ground.add(Person(2, place))
    assert [found.person for found in ground.top(1, 3)] == [2]


def test_a_ground_knows_who_is_in_it():
    ground = Ground(Network.of([Person(1), Person(2, opted_out=True)]))
    assert 1 in ground
    assert 2 in ground
    assert 3 not in ground
    ground.remove(1)
    assert 1 not in ground
    assert ground.changes == 1


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda ground: ground.add(Person(1)), "Person 1 is already in the network: use change()"),
        (lambda ground: ground.change(Person(8)), "No person 8 in this network: add them first, or leave them out"),
        (lambda ground: ground.remove(8), "No person 8 in this network: add them first, or leave them out"),
        (lambda ground: ground.meet(1, 1), "Person 1 is named twice: a pair needs two people"),
    ],
)
def test_a_change_that_cannot_be_says_why(act, sentence):
    ground = Ground(Network.of([Person(1), Person(2)]))
    with pytest.raises(ValueError) as refusal:
        act(ground)
    assert str(refusal.value) == sentence
