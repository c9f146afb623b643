"""What two share, and what a group shares: facts with their reasons."""

import pytest
from commonground_reference import Reference, crowds, mate_of, pairs_among
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Kind, Network, Overlap, Person, Stint

quick = settings(max_examples=35, derandomize=True, deadline=None)
CROWD = tuple(Person(number) for number in range(100, 114))


@quick
@given(crowds(), st.data())
def test_a_tie_holds_every_shared_fact_and_nothing_else(people, data):
    ground, plain = Ground(Network.of(people)), Reference(people)
    one, other = (person.id for person in data.draw(st.permutations(people))[:2])
    tie = ground.between(one, other)
    assert tie == ground.between(other, one)
    assert tie.units == plain.units(one, other)
    expected = plain.shared(one, other) if {one, other} <= plain.people.keys() else set()
    assert tokens_told(tie.facts, one) == expected
    for fact in tie.facts:
        assert fact.units == sum(plain.worth(token) for token in tokens_of_fact(fact))
        assert fact.holders == max(len(plain.holders.get((fact.kind, fact.value, 0), ())), 2)


@quick
@given(crowds(), st.data())
def test_a_pair_is_a_group_of_two(people, data):
    blocks = data.draw(pairs_among(people))
    ground = Ground(Network.of(people, blocks=blocks))
    one, other = (person.id for person in data.draw(st.permutations(people))[:2])
    assert ground.group([one, other]) == ground.between(one, other).facts


@quick
@given(crowds(least=3))
def test_a_group_shares_what_its_pairs_share(people):
    """Without rules of privacy, the facts of a group are those of its pairs put together."""
    everyone = [Person(person.id, person.stints, person.facts) for person in people]
    ground, ids = Ground(Network.of(everyone)), [person.id for person in people]
    by_pairs = {}
    for one in ids:
        for other in ids:
            if one < other:
                for fact in ground.between(one, other).facts:
                    who = fact.people if fact.offering else ()
                    told = by_pairs.setdefault((fact.kind, fact.value, who), (set(), set()))
                    told[0].update(fact.people + fact.offering)
                    told[1].update(fact.years)
    found = ground.group(ids)
    assert by_pairs == {
        (fact.kind, fact.value, fact.people if fact.offering else ()): (
            set(fact.people + fact.offering),
            set(fact.years),
        )
        for fact in found
    }
    assert [fact.reach for fact in found] == sorted((fact.reach for fact in found), reverse=True)


def test_a_fact_tells_its_reason():
    one = Person(1, (Stint(site=4, start=200104, end=201003), Stint(site=5, start=201004, end=201503)))
    other = Person(2, (Stint(site=4, start=200901, end=201206),))
    (fact,) = Ground(Network.of([one, other, *CROWD])).between(2, 1).facts
    assert (fact.kind, fact.value, fact.people, fact.offering) == (Kind.SITE, 4, (1, 2), ())
    assert (fact.holders, fact.network) == (2, 16)
    assert fact.years == (2009, 2010)
    assert fact.months == Overlap(15, 15)
    assert fact.bits == pytest.approx(3 + 2 * 3 / 4)  # one in eight holds it; a year counts a quarter


def test_seeking_and_offering_name_their_sides():
    people = [
        Person(1, facts=((Kind.SEEKS, 7), (Kind.OFFERS, 7))),
        Person(2, facts=((Kind.OFFERS, 7),)),
        Person(3, facts=((Kind.SEEKS, 7),)),
        *CROWD,
    ]
    ground = Ground(Network.of(people))
    assert [(fact.people, fact.offering) for fact in ground.group([3, 2, 1])] == [((3,), (1, 2)), ((1,), (2,))]
    assert {fact.kind for fact in ground.group([3, 2, 1])} == {Kind.SEEKS}
    assert ground.between(2, 3).facts[0].months is None


def test_blocked_people_stand_in_no_fact_together():
    place = (Stint(site=1),)
    people = [*(Person(number, place) for number in (1, 2, 3, 4)), *CROWD]
    ground = Ground(Network.of(people, blocks=[(1, 2)]))
    assert ground.between(2, 1).facts == ()
    assert [fact.people for fact in ground.group([1, 2, 3, 4])] == [(3, 4)]
    assert ground.group([1, 2, 3]) == ()
    ground.unblock(2, 1)
    assert [fact.people for fact in ground.group([1, 2, 3])] == [(1, 2, 3)]


def test_who_seeks_is_not_sent_to_a_blocked_person():
    people = [
        Person(1, facts=((Kind.SEEKS, 7),)),
        Person(2, facts=((Kind.OFFERS, 7),)),
        Person(3, facts=((Kind.OFFERS, 7),)),
        *CROWD,
    ]
    ground = Ground(Network.of(people, blocks=[(2, 1)]))
    assert [(fact.people, fact.offering) for fact in ground.group([1, 2, 3])] == [((1,), (3,))]
    assert ground.group([1, 2]) == ()


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda ground: ground.between(1, 8), "No person 8 in this network: add them first, or leave them out"),
        (
            lambda ground: ground.between(1, 2, {8: {Kind.SITE}}),
            "No person 8 in this network: add them first, or leave",
        ),
        (lambda ground: ground.between(1, 1), "Person 1 is named twice: a pair needs two people"),
        (lambda ground: ground.group([1]), "A group of [1] has no two people or one twice: name each person once"),
        (lambda ground: ground.group([1, 2, 1]), "A group of [1, 2, 1] has no two people or one twice"),
        (lambda ground: ground.top(8, 3), "No person 8 in this network: add them first, or leave them out"),
        (lambda ground: ground.top(1, 0), "k is 0: ask for one person at least"),
        (lambda ground: ground.every(0), "k is 0: ask for one person at least"),
    ],
)
def test_a_question_without_an_answer_says_why(ask, sentence):
    with pytest.raises(ValueError) as refusal:
        ask(Ground(Network.of([Person(1), Person(2)])))
    assert str(refusal.value).startswith(sentence)


def tokens_of_fact(fact):
    return [(fact.kind, fact.value, year) for year in (0, *fact.years)]


def tokens_told(facts, one):
    """The facts as tokens of the first person, and each only once."""
    told = []
    for fact in facts:
        mine = tokens_of_fact(fact)
        told += mine if one in fact.people else [mate_of(token) for token in mine]
    assert len(told) == len(set(told))
    return set(told)
