"""A live room told as a story: the circle, passes, drops, the host's presses, the clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from enishi.engines.facilitation import Agenda, Event, Room, Segment, draw_circle, gini, replay

NOON = datetime(2026, 12, 10, 3, tzinfo=UTC)
MORI, SATO, ABE, ITO, HOST = 1, 2, 3, 4, 9

AGENDA = Agenda(
    (
        Segment("greeting", 8),
        Segment("check-in", 12, "circle", 180, ("then", "now")),
        Segment("topic", 15, "least_spoken", 120),
        Segment("free", 5, "free"),
        Segment("closing", 5, "circle"),
    ),
    seed=4,
)


class Story:
    """Writes a ledger: `at(minute, kind, ...)`; minutes may be fractions."""

    def __init__(self, agenda=AGENDA):
        self.agenda, self.events = agenda, []

    def at(self, minute, kind, person=None, **more):
        self.events.append(Event(len(self.events) + 1, NOON + timedelta(minutes=minute), kind, person, **more))
        return self

    def gather(self, *people, first_timers=()):
        for person in people:
            self.at(0, "joined", person, first_timer=person in first_timers)
        return self.at(0, "joined", HOST, observer=True).at(0, "handed_over", HOST)

    def state(self, minute):
        return replay(self.agenda, self.events, NOON + timedelta(minutes=minute))


def check_in(*people, **more):
    """A story whose check-in begins at minute 0; the circle is the drawn order."""
    story = Story(Agenda(AGENDA.segments[1:], seed=4)).gather(*people, **more)
    return story.at(0, "started", by=HOST)


def circle(*people):
    return draw_circle(people, 4, lambda one: True)


def test_the_lobby_waits_for_the_host():
    state = Story().gather(MORI, SATO).state(1)
    assert (state.phase, state.segment, state.host, state.line) == ("lobby", None, HOST, ())
    assert state.person(MORI).status == "lobby"
    assert state.person(HOST).status == "listening"
    assert "started" in state.host_may
    assert "next" not in state.host_may


def test_the_circle_is_drawn_once_and_everybody_speaks_in_it():
    story = check_in(MORI, SATO, ABE)
    order = circle(MORI, SATO, ABE)
    assert story.state(0).line == tuple(order)
    assert story.state(0).speaker is None
    for turn, person in enumerate(order):
        story.at(turn, "next", by=HOST)
        assert story.state(turn).speaker == person
        assert story.state(turn).line == tuple(order[turn + 1 :])
    state = story.at(3, "next", by=HOST).state(3)
    assert (state.speaker, state.line) == (None, ())
    assert [p.spoken for p in state.people[:3]] == [60, 60, 60]
    assert state.fairness == 0
    assert story.at(4, "started", by=HOST).state(4).ignored == (11,)


@pytest.mark.parametrize("seed", range(12))
def test_first_timers_do_not_begin_and_late_comers_come_last(seed):
    story = Story(Agenda(AGENDA.segments[1:], seed=seed))
    story.gather(MORI, SATO, ABE, first_timers=(MORI, SATO)).at(0, "started").at(1, "joined", ITO)
    line = story.state(1).line
    assert line[0] == ABE
    assert line[-1] == ITO
    assert set(line) == {MORI, SATO, ABE, ITO}


def test_when_all_are_first_timers_the_drawn_order_stays():
    line = check_in(MORI, SATO, ABE, first_timers=(MORI, SATO, ABE)).state(0).line
    assert line == tuple(draw_circle([MORI, SATO, ABE], 4, lambda one: False))


def test_a_pass_is_silent_and_costs_no_place():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "passed", b).at(0, "next", by=HOST)
    assert story.state(0).line == (c,)
    assert story.at(1, "hand_raised", b).state(1).line == (b, c)
    story.at(2, "done", a).at(2.5, "passed", b)  # called, and passes again
    assert (story.state(3).speaker, story.state(3).person(b).turns) == (c, 0)
    assert [p.place for p in story.state(3).people if p.id == b] == [1]


def test_a_turn_put_off_comes_after_the_others():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "put_off", a)
    assert (story.state(1).speaker, story.state(1).line) == (b, (c, a))
    story.at(1, "put_off", c)
    assert story.state(1).line == (a, c)


def test_one_who_only_listens_is_not_called_until_they_join_in():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "listening", b)
    assert story.state(0).line == (a, c)
    assert story.state(0).person(b).status == "listening"
    assert story.at(1, "joining_in", b).state(1).line == (a, b, c)


def test_a_short_drop_keeps_the_turn_and_stops_the_clock():
    a, b, _ = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "dropped", a)
    assert (story.state(2.49).speaker, story.state(2.49).turn_seconds) == (a, 60)
    assert story.state(2.49).person(a).status == "away"
    story.at(2.49, "returned", a)
    assert (story.state(3.49).speaker, story.state(3.49).turn_seconds) == (a, 120)
    assert story.state(3.49).line[0] == b


def test_after_ninety_seconds_the_turn_passes_and_the_place_is_at_the_end():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "dropped", a)
    state = story.state(2.5)
    assert (state.speaker, state.line, state.turn_seconds) == (b, (c,), 0)
    assert state.person(a).place is None
    assert story.state(3).turn_seconds == 30  # from the moment the turn passed, not from when it was seen
    assert story.at(4, "returned", a).state(4).line == (c, a)
    assert story.state(4).person(a).turns == 0


def test_whoever_is_cut_off_while_waiting_keeps_the_place_and_is_passed_over():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(0.5, "dropped", b).at(1, "done", a)
    assert (story.state(1).speaker, story.state(1).line) == (c, (b,))
    assert story.state(1).next is None
    assert story.at(1.5, "joined", b).state(1.5).next == b  # opened the page again


def test_nobody_has_a_second_turn_while_a_first_is_owed_to_one_cut_off():
    a, b = circle(MORI, SATO)
    story = check_in(MORI, SATO).at(0, "next", by=HOST).at(0.5, "dropped", b).at(1, "done", a)
    story.at(1, "hand_raised", a).at(1.2, "next", by=HOST)
    assert story.state(1.2).speaker is None
    assert story.state(1.2).line == (b, a)
    assert story.at(2.1, "next", by=HOST).state(2.1).speaker == a  # the place has been given up by then


def test_hands_go_by_turns_then_by_least_spoken_then_by_time():
    story = check_in(MORI, SATO, ABE)
    a, b, c = circle(MORI, SATO, ABE)
    story.at(0, "next", by=HOST).at(3, "next", by=HOST).at(4, "next", by=HOST).at(6, "segment_next", by=HOST)
    for person in (a, b, c):
        story.at(7, "hand_raised", person)
    assert story.state(7).line == (b, c, a)  # 1, 2 and 3 minutes so far
    story.at(8, "next", by=HOST).at(9, "hand_raised", b)
    assert (story.state(9).speaker, story.state(9).line) == (b, (c, a))
    story.at(10, "done", b).at(11, "hand_raised", b)
    assert (story.state(11).speaker, story.state(11).line) == (c, (a, b))
    assert story.at(12, "hand_lowered", a).state(12).line == (b,)


def test_free_hands_go_as_they_go_up():
    story = Story(Agenda((Segment("free", 5, "free"),))).gather(MORI, SATO, ABE).at(0, "started")
    story.at(1, "hand_raised", SATO).at(2, "hand_raised", MORI).at(2, "next", by=HOST)
    assert (story.state(3).speaker, story.state(3).line) == (SATO, (MORI,))


def test_the_host_may_give_the_floor_to_anyone_here():
    a, _, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "gave", c, by=HOST)
    assert story.state(1).speaker == c
    assert story.state(1).person(a).turns == 1


def test_pauses_stop_every_clock_but_the_delay():
    story = check_in(MORI, SATO).at(0, "next", by=HOST).at(1, "paused", by=HOST)
    state = story.state(4)
    assert (state.phase, state.turn_seconds, state.segment_seconds) == ("paused", 60, 60)
    assert state.person(state.speaker).status == "paused"
    story.at(4, "resumed", by=HOST)
    assert (story.state(5).turn_seconds, story.state(5).segment_seconds, story.state(5).delay) == (120, 120, 0)
    assert story.state(14).delay == 120  # of 12 planned minutes, 14 have gone by


def test_a_minute_more_and_a_longer_part():
    story = check_in(MORI, SATO).at(0, "next", by=HOST)
    assert (story.state(0).turn_allowance, story.state(0).segment_allowance) == (180, 720)
    story.at(1, "minute_added", by=HOST).at(1, "extended", by=HOST, minutes=5)
    assert (story.state(1).turn_allowance, story.state(1).segment_allowance) == (240, 1020)
    assert story.at(2, "next", by=HOST).state(2).turn_allowance == 180


def test_being_ahead_and_behind_the_plan():
    story = Story().gather(MORI, SATO).at(0, "started", by=HOST)
    assert story.state(8).delay == 0
    assert story.state(10).delay == 120
    story.at(5, "segment_next", by=HOST)
    assert story.state(6).delay == -180
    assert story.at(20, "segment_next", by=HOST).state(20).delay == 0
    assert story.at(36, "ended", by=HOST).state(99).delay == 60
    assert story.state(99).phase == "ended"


def test_prompts_are_edited_and_turned_live():
    story = check_in(MORI).at(1, "prompt_next", by=HOST).at(2, "prompt_edited", by=HOST, index=1, text="today")
    assert (story.state(2).prompts, story.state(2).prompt) == (("then", "today"), 1)
    assert (story.state(1).prompts, story.state(1).prompt) == (("then", "now"), 1)
    assert story.at(3, "prompt_edited", by=HOST, index=7, text="x").state(3).ignored == (7,)


def test_one_removed_is_out_until_readmitted_and_comes_back_at_the_end():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "removed", a, by=HOST, text="shouting")
    assert (story.state(1).speaker, story.state(1).line) == (b, (c,))
    story.at(2, "joined", a).at(2, "hand_raised", a)
    assert story.state(2).person(a).status == "removed"
    story.at(3, "readmitted", a, by=HOST).at(3, "joined", a)
    assert story.state(3).person(a).status == "spoken"
    assert story.state(3).person(a).place == 2


def test_the_host_is_handed_over_and_others_cannot_press():
    story = check_in(MORI, SATO).at(0, "next", by=SATO)
    assert story.state(0).speaker is None
    story.at(1, "handed_over", SATO, by=HOST).at(1, "next", by=SATO).at(1, "next", by=HOST)
    assert (story.state(1).host, story.state(1).ignored) == (SATO, (6, 9))
    assert story.state(1).speaker is not None
    assert "next" in story.state(1).may(SATO)
    assert "next" not in story.state(1).may(HOST)


def test_leaving_gives_the_floor_on_and_keeps_the_time_spoken():
    a, b, _ = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(1, "left", a)
    state = story.state(1)
    assert (state.speaker, state.person(a).status, state.person(a).spoken) == (b, "left", 60)
    assert state.fairness == pytest.approx(gini([60, 0, 0]))


def test_what_a_person_may_do():
    a, b, c = circle(MORI, SATO, ABE)
    story = check_in(MORI, SATO, ABE).at(0, "next", by=HOST).at(0, "listening", c)
    state = story.state(0)
    assert state.may(a) == ("done", "put_off", "passed", "left")
    assert state.may(b) == ("hand_raised", "put_off", "passed", "listening", "left")
    assert state.may(c) == ("joining_in", "left")
    assert state.may(HOST)[:2] == ("left", "next")
    assert state.may(77) == ()


def test_before_the_first_event_and_after_the_last():
    empty = replay(AGENDA, [], NOON)
    assert (empty.phase, empty.people, empty.fairness) == ("lobby", (), 0)
    story = check_in(MORI).at(0, "next", by=HOST).at(1, "ended", by=HOST).at(2, "next", by=HOST)
    assert (story.state(5).speaker, story.state(5).segment_seconds) == (None, 60)
    assert story.state(5).ignored == (7,)
    assert story.state(5).host_may == ()


def test_the_ledger_cannot_contradict_itself():
    two = [Event(1, NOON, "joined", MORI), Event(1, NOON, "joined", SATO)]
    with pytest.raises(ValueError, match="Two different events have the number 1"):
        replay(AGENDA, two, NOON)
    with pytest.raises(ValueError, match="no time zone"):
        replay(AGENDA, [Event(1, datetime(2026, 1, 1), "joined", 1)], NOON)  # noqa: DTZ001
    with pytest.raises(ValueError, match="no kind of event"):
        replay(AGENDA, [Event(1, NOON, "sang", 1)], NOON)
    room = Room(AGENDA)
    room.apply(Event(5, NOON, "joined", MORI))
    with pytest.raises(ValueError, match="in order"):
        room.apply(Event(4, NOON, "joined", SATO))


@pytest.mark.parametrize(
    ("segments", "words"),
    [((), "no segment"), ((Segment("x", -1),), "negative"), ((Segment("x", 1, "none", -1),), "negative")],
)
def test_an_agenda_that_cannot_be(segments, words):
    with pytest.raises(ValueError, match=words):
        Agenda(segments)


@pytest.mark.parametrize(
    ("times", "expected"),
    [([], 0), ([0, 0], 0), ([5, 5, 5], 0), ([0, 10], 0.5), ([0, 0, 0, 8], 0.75), ([1, 2, 3], 2 / 9)],
)
def test_gini(times, expected):
    assert gini(times) == pytest.approx(expected)


def test_gini_of_a_negative_time():
    with pytest.raises(ValueError, match="negative"):
        gini([1, -1])


def test_an_order_of_turns_that_there_is_none_of():
    with pytest.raises(ValueError, match="'spiral'; give one of circle, least_spoken, free, none"):
        Agenda((Segment("x", 1, "spiral"),))
