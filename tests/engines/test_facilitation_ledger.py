"""Any ledger: one state however it arrives, the same at any moment, and fair whatever people press."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.facilitation import Agenda, Event, Room, Segment, gini, replay

START = datetime(2026, 12, 10, 3, tzinfo=UTC)
AGENDA = Agenda(
    (
        Segment("check-in", 5, "circle", 60, ("a", "b")),
        Segment("topic", 5, "least_spoken"),
        Segment("free", 5, "free"),
        Segment("greeting", 1),
        Segment("again", 5, "circle"),
    ),
    seed=1,
)
PEOPLE = st.integers(1, 5)
OWN = ["joined", "left", "dropped", "returned", "hand_raised", "hand_lowered", "passed", "put_off"]
OWN += ["listening", "joining_in", "done", "hand_raised", "joined", "returned"]
PRESSES = ["next", "next", "next", "segment_next", "paused", "resumed", "minute_added", "extended"]
PRESSES += ["prompt_next", "prompt_edited", "removed", "readmitted", "handed_over", "gave", "ended"]


@st.composite
def ledgers(draw, kinds=tuple(OWN + PRESSES), by=(None, 1, 2)):
    """Five people join, the meeting starts, then up to sixty things happen, some seconds apart."""
    events = [Event(k, START, "joined", k, first_timer=k < 3) for k in range(1, 6)]
    events.append(Event(6, START, "started"))
    at = START
    step = st.tuples(st.sampled_from(kinds), PEOPLE, st.integers(0, 100), st.sampled_from(by))
    for number, (kind, person, seconds, presser) in enumerate(draw(st.lists(step, min_size=20, max_size=60)), 7):
        at += timedelta(seconds=seconds)
        events.append(Event(number, at, kind, person, presser if kind in PRESSES else person, text="x"))
    return events


@settings(max_examples=20, derandomize=True, deadline=None)
@given(ledgers(), st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_one_state(events, chance):
    shuffled = events + chance.sample(events, len(events) // 2)  # some arrive twice
    chance.shuffle(shuffled)
    for now in (events[-1].at, events[len(events) // 2].at + timedelta(seconds=50)):
        assert replay(AGENDA, shuffled, now) == replay(AGENDA, events, now)


@settings(max_examples=20, derandomize=True, deadline=None)
@given(ledgers())
def test_a_room_that_goes_on_is_the_ledger_replayed_at_any_moment(events):
    room = Room(AGENDA)
    for k, event in enumerate(events):
        room.apply(event)
        following = events[k + 1].at if k + 1 < len(events) else event.at + timedelta(minutes=9)
        for now in (event.at, event.at + (following - event.at) / 2, following):
            state = room.state(now)  # asking changes nothing
            assert state == replay(AGENDA, events[: k + 1], now)
            if now < following:
                assert state == replay(AGENDA, events, now)


TURNS = ("next",) * 4 + ("hand_raised",) * 3 + ("dropped", "returned", "passed", "put_off", "segment_next")


@settings(max_examples=80, derandomize=True, deadline=None)
@given(ledgers(TURNS, by=(None,)))
def test_nobody_speaks_twice_before_all_who_wish_have_once(events):
    room = Room(AGENDA)
    for event in events:
        before = (room.speaker, room.segment)
        room.apply(event)
        speaker = room.speaker
        if speaker is None or (speaker, room.segment) == before or not speaker.turns:
            continue
        for guest in room.guests.values():
            wishes = not guest.passed if room.running.order == "circle" else guest.hand is not None
            assert guest is speaker or guest.turns or not (guest.takes_part and wishes)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(ledgers(TURNS, by=(None,)), st.integers(0, 4))
def test_passing_never_costs_a_place(events, which):
    now = events[-1].at
    before = replay(AGENDA, events, now)
    waiting = [p for p in before.people if p.in_front is not None and not p.turns and p.status != "away"]
    if not waiting or before.segment not in (0, 4):  # elsewhere a hand is the place, and a pass lowers it
        return
    person = waiting[which % len(waiting)].id
    number = events[-1].number
    passed = [*events, Event(number + 1, now, "passed", person)]
    again = [*passed, Event(number + 2, now, "hand_raised", person)]
    assert person not in replay(AGENDA, passed, now).line
    assert replay(AGENDA, again, now).line == before.line
    assert [p.place for p in replay(AGENDA, again, now).people] == [p.place for p in before.people]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(ledgers(tuple(k for k in OWN + PRESSES if k != "ended")), st.integers(0, 100_000))
def test_nobody_is_cut_by_the_clock(events, seconds):
    now = events[-1].at
    before = replay(AGENDA, events, now)
    after = replay(AGENDA, events, now + timedelta(seconds=seconds))
    if before.speaker is not None and before.person(before.speaker).status != "away":
        assert after.speaker == before.speaker
    assert (after.segment, after.phase) == (before.segment, before.phase)


@settings(max_examples=20, derandomize=True, deadline=None)
@given(ledgers())
def test_time_adds_up_and_the_line_holds_whom_it_should(events):
    state = replay(AGENDA, events, events[-1].at + timedelta(seconds=30))
    span = (events[-1].at - START).total_seconds() + 30
    assert sum(p.spoken for p in state.people) <= span + 1e-6
    assert all(p.spoken >= p.spoken_here >= 0 for p in state.people)
    assert len(set(state.line)) == len(state.line)
    assert state.speaker not in state.line
    assert state.next is None or state.next in state.line
    assert 0 <= state.fairness < 1
    assert set(state.ignored) <= {e.number for e in events}
    for person in state.people:
        assert (person.in_front is not None) == (person.id in state.line)
        assert person.place is None or person.status not in ("left", "removed")


PLAIN = {"started", "next", "segment_next", "paused", "resumed", "minute_added", "prompt_next", "ended"}


@settings(max_examples=20, derandomize=True, deadline=None)
@given(ledgers())
def test_the_host_may_press_just_what_has_an_effect(events):
    now = events[-1].at
    state = replay(AGENDA, events, now)
    for kind in PLAIN:
        pressed = [*events, Event(events[-1].number + 1, now, kind)]
        assert (kind in state.host_may) == (events[-1].number + 1 not in replay(AGENDA, pressed, now).ignored)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 1e6), max_size=9))
def test_gini_is_the_mean_difference(times):
    total, n = sum(times), len(times)
    expected = sum(abs(a - b) for a in times for b in times) / (2 * n * total) if total else 0
    assert abs(gini(times) - expected) < 1e-9


def test_a_long_meeting_reads_the_same_backwards():
    chance = random.Random(5)
    events = [Event(k, START, "joined", k) for k in range(1, 10)] + [Event(10, START, "started")]
    for number in range(11, 3000):
        at = START + timedelta(seconds=number)
        events.append(Event(number, at, chance.choice(["next", "hand_raised", "passed"]), chance.randint(1, 9)))
    now = events[-1].at
    assert replay(AGENDA, events[::-1], now) == replay(AGENDA, events, now)
