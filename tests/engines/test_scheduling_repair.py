"""Small sessions: saved by the fewest moves, merged, or closed; nobody is moved who did not say they could."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.scheduling import Move, Person, Places, Session, broken_rules, repairs, solve

MORI, SATO, ABE, ITO, UEDA, ENDO, OKA = range(1, 8)


def person(number, *sessions, **changes):
    return Person(number, frozenset(sessions), host=number in (MORI, ABE), **changes)


SESSIONS = (Session(10, "Mon", 4, 3), Session(20, "Tue", 4, 2))
PEOPLE = (
    person(MORI, 10),
    person(SATO, 10, 20),
    person(ABE, 10, 20),
    person(ITO, 10, 20),
    person(UEDA, 20),
    person(ENDO, 10),
)
PLACES = Places(SESSIONS, PEOPLE)
SEATS = {10: (MORI, SATO), 20: (ABE, ITO, UEDA)}


def test_somebody_without_a_seat_is_asked_before_anyone_moves():
    best = repairs(PLACES, SEATS, 10)[0]
    assert (best.kind, best.moves, best.stranded, best.proven) == ("fill", (Move(ENDO, None, 10),), (), True)


def test_one_who_can_be_spared_moves():
    alone = replace(PLACES, people=PEOPLE[:-1])
    best = repairs(alone, SEATS, 10)[0]
    assert (best.kind, best.moves) == ("fill", (Move(ITO, 20, 10),))  # not the host, not one who cannot


def test_a_chain_of_moves_is_found():
    tight = replace(
        PLACES,
        sessions=(SESSIONS[0], Session(20, "Tue", 4, 3)),
        people=(*PEOPLE[:-1], person(OKA, 20)),
    )
    best = repairs(tight, SEATS, 10)[0]
    assert best.kind == "fill"
    assert set(best.moves) == {Move(ITO, 20, 10), Move(OKA, None, 20)}


def test_otherwise_the_session_is_merged_or_closed():
    stuck = Places(
        (SESSIONS[0], Session(20, "Tue", 4, 2)),
        (person(MORI, 10, 20), person(SATO, 10, 20), person(ABE, 20), person(UEDA, 20)),
    )
    merge, *rest = repairs(stuck, {10: (MORI, SATO), 20: (ABE, UEDA)}, 10)
    assert merge.kind == "merge"
    assert merge.seats == {10: (), 20: (MORI, SATO, ABE, UEDA)}
    assert [way.kind for way in rest] == ["close"]


def test_closing_says_who_is_left_without_a_seat():
    stuck = Places(SESSIONS, (person(MORI, 10), person(SATO, 10, 20), person(ABE, 20), person(UEDA, 20)))
    (close,) = repairs(stuck, {10: (MORI, SATO), 20: (ABE, UEDA)}, 10)
    assert (close.kind, close.stranded) == ("close", (MORI,))
    assert Move(SATO, 10, 20) in close.moves
    assert Move(MORI, 10, None) in close.moves


def test_a_lonely_session_can_only_close():
    lonely = Places((SESSIONS[0],), (person(MORI, 10),))
    (close,) = repairs(lonely, {10: (MORI,)}, 10)
    assert (close.kind, close.stranded, close.seats) == ("close", (MORI,), {10: ()})


def test_a_session_nobody_knows():
    with pytest.raises(ValueError, match="no session 99"):
        repairs(PLACES, SEATS, 99)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.data())
def test_every_way_out_keeps_every_rule(data):
    sessions = tuple(Session(s, s % 3, 4, 2) for s in range(4))
    people = tuple(
        Person(
            p,
            frozenset(data.draw(st.sets(st.integers(0, 3), min_size=1))),
            host=p % 3 == 0,
            wanted=data.draw(st.integers(1, 2)),
        )
        for p in range(9)
    )
    places = Places(sessions, people, ((0, 1), (3, 4)))
    seats = dict(solve(places).seats)
    session = next((s for s, sitting in seats.items() if sitting), None)
    if session is None:
        return
    gone = seats[session][0]  # one does not come
    seats[session] = tuple(p for p in seats[session] if p != gone)
    places = replace(places, people=tuple(replace(p, available=frozenset()) if p.id == gone else p for p in people))
    seats = {s: tuple(p for p in sitting if p != gone) for s, sitting in seats.items()}
    hurt = {b.session for b in broken_rules(places, seats)} - {session}
    for way in repairs(places, seats, session):
        assert {b.session for b in broken_rules(places, way.seats)} <= hurt
        assert all(way.seats[s] == seats[s] for s in hurt)
        assert (way.kind == "fill") == bool(way.seats[session])
