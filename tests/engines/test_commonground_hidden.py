"""A hidden fact never changes output or order."""

from dataclasses import replace

from commonground_reference import Reference, crowds, everything, kinds, persons, stripped
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Kind, Network, Person, Stint

quick = settings(max_examples=25, derandomize=True, deadline=None)


@quick
@given(crowds(most=6))
def test_hidden_facts_are_as_if_never_told(people):
    told_less = [stripped(person, person.hidden) for person in people]
    assert everything(Ground(Network.of(people)), people) == everything(Ground(Network.of(told_less)), people)


@quick
@given(st.data())
def test_changing_a_hidden_fact_changes_nothing(data):
    people = data.draw(crowds(most=6))
    one = data.draw(st.sampled_from(people))
    other = data.draw(persons(one.id, private=False))
    hidden = one.hidden
    stints = tuple(
        replace(
            stint,
            **{
                kind.name.lower(): getattr(other.stints[place], kind.name.lower()) if place < len(other.stints) else 3
                for kind in hidden
                if kind <= Kind.MANAGER
            },
        )
        for place, stint in enumerate(one.stints)
    )
    facts = tuple(fact for fact in one.facts if fact[0] not in hidden)
    facts += tuple(fact for fact in other.facts if fact[0] in hidden)
    changed = [replace(one, stints=stints, facts=facts) if person is one else person for person in people]
    assert everything(Ground(Network.of(people)), people) == everything(Ground(Network.of(changed)), people)


@quick
@given(st.data())
def test_who_opted_out_is_as_if_never_there(data):
    people = data.draw(crowds(most=6))
    out = data.draw(persons(41))
    without, with_them = Ground(Network.of(people)), Ground(Network.of([*people, replace(out, opted_out=True)]))
    assert everything(without, people) == everything(with_them, people)
    assert with_them.top(41, 5) == ()
    assert all(with_them.between(41, person.id).facts == () for person in people)


@quick
@given(st.data())
def test_what_is_for_colleagues_is_hidden_from_all_others(data):
    people = data.draw(crowds(least=3, most=6))
    teller = data.draw(st.sampled_from(people))
    viewer = data.draw(st.sampled_from([person for person in people if person is not teller]))
    plain = Reference(people)
    assume(not teller.opted_out and not viewer.opted_out)
    assume(not {t for t in plain.tokens[teller.id] & plain.tokens[viewer.id] if t[0] == Kind.SITE})
    told_less = [stripped(person, person.near) if person is teller else person for person in people]
    before, after = Ground(Network.of(people)), Ground(Network.of(told_less))
    assert before.top(viewer.id, 9) == after.top(viewer.id, 9)
    assert before.between(viewer.id, teller.id) == after.between(viewer.id, teller.id)
    for person in people:
        if person is not teller and person is not viewer:
            assert before.between(viewer.id, person.id) == after.between(viewer.id, person.id)


@quick
@given(st.data())
def test_masks_are_as_if_never_told(data):
    people = data.draw(crowds(most=6))
    ids = [person.id for person in people]
    masks = data.draw(st.dictionaries(st.sampled_from(ids), kinds, max_size=4))
    told_less = [stripped(person, masks.get(person.id, ())) for person in people]
    masked, less = Ground(Network.of(people)), Ground(Network.of(told_less))
    assert masked.group(ids, masks) == less.group(ids)
    for one in ids:
        for other in ids:
            if one != other:
                assert masked.between(one, other, masks) == less.between(one, other)


def test_there_is_something_to_hide():
    """The properties above would hold in a world without facts: here hiding and masking do take something away."""
    shared = (Stint(site=1, manager=7, start=201004, end=201203),)
    others = [Person(number, (Stint(site=2),)) for number in range(10, 20)]
    open_to_all = Ground(Network.of([Person(1, shared), Person(2, shared), *others]))
    hiding = Ground(Network.of([Person(1, shared, hidden=frozenset({Kind.MANAGER})), Person(2, shared), *others]))
    assert [fact.kind for fact in open_to_all.between(1, 2).facts] == [Kind.SITE, Kind.MANAGER]
    assert [fact.kind for fact in hiding.between(1, 2).facts] == [Kind.SITE]
    assert [fact.kind for fact in open_to_all.between(1, 2, {2: {Kind.SITE}}).facts] == [Kind.MANAGER]


def test_masking_a_third_person_changes_the_weights_alone():
    """Five were there; for a question in which two of them hide it, three were."""
    place = (Stint(site=1, start=201004, end=201203),)
    wish = ((Kind.SEEKS, 3), (Kind.OFFERS, 3))
    people = [*(Person(number, place, wish) for number in range(1, 6)), *(Person(number) for number in range(20, 40))]
    masks = {4: {Kind.SITE, Kind.SEEKS}, 5: {Kind.SITE, Kind.SEEKS, Kind.OFFERS}}
    told_less = [stripped(person, masks.get(person.id, ())) for person in people]
    masked = Ground(Network.of(people)).between(1, 2, masks)
    assert masked == Ground(Network.of(told_less)).between(1, 2)
    assert {fact.kind: fact.holders for fact in masked.facts} == {Kind.SITE: 3, Kind.SEEKS: 4}
    assert masked.units > Ground(Network.of(people)).between(1, 2).units


def test_colleagues_are_told_and_strangers_not():
    near = frozenset({Kind.INTEREST})
    golf = ((Kind.INTEREST, 5),)
    people = [
        Person(1, (Stint(site=1),), golf, near=near),
        Person(2, (Stint(site=1),), golf),
        Person(3, (Stint(site=2),), golf),
        *(Person(number) for number in range(10, 20)),
    ]
    ground = Ground(Network.of(people))
    assert [fact.kind for fact in ground.between(1, 2).facts] == [Kind.SITE, Kind.INTEREST]
    assert ground.between(1, 3).facts == ()
    assert [fact.people for fact in ground.group([1, 2, 3]) if fact.kind == Kind.INTEREST] == [(2, 3)]
