"""Hours and polls: the best choice against trying all, clock changes, who is left out, votes over zones."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.scheduling import Member, Vote, choose_hours, poll_totals, week_of_hours

ZONES = ["Asia/Tokyo", "Europe/Amsterdam", "America/New_York", "America/Los_Angeles", "Pacific/Auckland"]
HUMANE = (time(7, 30), time(22, 30))


def level(member, start, minutes):
    """Told again, plainly: 2 wished, 1 humane, 0 neither."""
    local, end = (t.astimezone(ZoneInfo(member.zone)) for t in (start, start + timedelta(minutes=minutes)))
    for begin, until in member.wishes:
        clock = local.time()
        if (begin <= clock < until) if begin <= until else not (until <= clock < begin):
            return 2
    humane = HUMANE[0] <= local.time() and end.time() <= HUMANE[1] and local.date() == end.date()
    return int(humane and not member.only_wishes)


def value(members, chosen, minutes=60):
    best = [(max((level(m, h, minutes) for h in chosen), default=0), m.weight) for m in members]
    return sum(w for b, w in best if b), sum(w for b, w in best if b == 2)


members = st.builds(
    Member,
    id=st.integers(),
    zone=st.sampled_from(ZONES),
    wishes=st.lists(st.tuples(*[st.sampled_from([time(6), time(9), time(12), time(20)])] * 2), max_size=2).map(tuple),
    only_wishes=st.booleans(),
    weight=st.integers(0, 3),
)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(members, max_size=8), st.sets(st.integers(0, 167), min_size=1, max_size=7), st.integers(1, 3))
def test_no_choice_reaches_more(people, picked, k):
    week = week_of_hours(date(2026, 3, 23), "Asia/Tokyo")  # Europe changes its clocks in it
    candidates = [week[h] for h in picked]
    hours = choose_hours(people, candidates, k)
    best = max(value(people, c) for c in combinations(candidates, min(k, len(candidates))))
    assert hours.proven
    assert (hours.reached, hours.wished) == value(people, hours.chosen) == best
    assert hours.bound == best[0]
    assert len(hours.chosen) == min(k, len(candidates))
    reachable = {id(m) for m in people if any(level(m, h, 60) for h in hours.chosen)}
    assert len(hours.left_out) == len(people) - len(reachable)


def test_a_thousand_members_and_a_whole_week_are_proven():
    parts = [(time(7), time(9)), (time(12), time(13)), (time(18), time(21)), (time(21), time(23))]
    people = [Member(i, ZONES[i % 5], (parts[i % 4],) if i % 3 else (), only_wishes=i % 7 == 1) for i in range(1000)]
    hours = choose_hours(people, week_of_hours(date(2026, 3, 23), "Asia/Tokyo"), 5)
    assert hours.proven
    assert hours.reached == 1000 - sum(bool(m) for m in hours.left_out)


def test_the_hour_moves_with_the_clock():
    home = Member(1, "Europe/Amsterdam")
    winter, summer = (datetime(2026, 3, day, 5, 30, tzinfo=UTC) for day in (28, 29))  # 06:30, then 07:30
    assert choose_hours([home], [winter, summer], 1).chosen == (summer,)
    assert choose_hours([home], [winter], 1).left_out[0].reason == "never"


def test_a_session_must_end_in_the_humane_part_too():
    late = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)  # 21:30 in Tokyo
    assert choose_hours([Member(1, "Asia/Tokyo")], [late], 1, minutes=60).reached == 1
    assert choose_hours([Member(1, "Asia/Tokyo")], [late], 1, minutes=61).reached == 0


def test_who_is_left_out_and_why():
    tokyo = [Member(i, "Asia/Tokyo") for i in range(3)]
    york, owl = Member(7, "America/New_York"), Member(8, "Asia/Tokyo", ((time(3), time(4)),), only_wishes=True)
    noon, night = datetime(2026, 6, 1, 3, tzinfo=UTC), datetime(2026, 6, 1, 17, tzinfo=UTC)
    hours = choose_hours([*tokyo, york, owl], [noon + timedelta(hours=1), night], 1)
    assert hours.chosen == (noon + timedelta(hours=1),)
    assert [(m.member, m.reason, m.instead) for m in hours.left_out] == [
        (7, "outvoted", night),
        (8, "never", None),
    ]
    assert f"{hours.left_out[0].local:%H:%M}" == "00:00"


def test_wishes_settle_what_reach_leaves_open():
    early = Member(1, "Asia/Tokyo", ((time(8), time(9)),))
    hours = [datetime(2026, 6, 1, h, tzinfo=ZoneInfo("Asia/Tokyo")) for h in (10, 8, 20)]
    assert choose_hours([early, Member(2, "Asia/Tokyo")], hours, 1).chosen == (hours[1],)


@pytest.mark.parametrize(
    ("monday", "zone", "size"),
    [
        (date(2026, 3, 23), "Asia/Tokyo", 168),
        (date(2026, 3, 23), "Europe/Amsterdam", 167),
        (date(2026, 10, 19), "Europe/Amsterdam", 169),
    ],
)
def test_a_week_has_the_hours_it_has(monday, zone, size):
    assert len(set(week_of_hours(monday, zone))) == size


def test_hours_asked_for_wrongly():
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="at least"):
        choose_hours([], [now], 0)
    with pytest.raises(ValueError, match="no candidate hours"):
        choose_hours([], [], 1)
    with pytest.raises(ValueError, match="no time zone"):
        choose_hours([], [datetime(2026, 6, 1)], 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        choose_hours([Member(1, "Asia/Tokyo", weight=-1)], [now], 1)
    assert choose_hours([], [now], 3).chosen == (now,)


def test_a_poll_is_added_up_over_zones():
    noon, evening = datetime(2026, 12, 10, 3, tzinfo=UTC), datetime(2026, 12, 10, 11, tzinfo=UTC)
    tokyo, york = "Asia/Tokyo", "America/New_York"
    votes = [
        Vote(1, tokyo, noon, "yes"),
        Vote(2, york, noon, "yes"),
        Vote(3, york, noon, "no"),
        Vote(1, tokyo, evening, "no"),
        Vote(1, tokyo, evening.astimezone(ZoneInfo(york)), "yes"),  # changed their mind, told another way
        Vote(2, york, evening, "yes"),
    ]
    first, second = poll_totals([evening, noon], votes)
    assert (first.starts_at, first.yes, first.no, first.silent, first.at_night) == (noon, 2, 1, 0, 0)
    assert (second.starts_at, second.yes, second.silent, second.at_night) == (evening, 2, 1, 1)
    assert [(z.zone, z.yes, z.no, z.hour.day_shift, z.hour.part) for z in first.zones] == [
        (york, 1, 1, -1, "day"),
        (tokyo, 1, 0, 0, "day"),
    ]


def test_a_vote_on_no_date_of_the_poll_is_refused():
    day = datetime(2026, 12, 10, 3, tzinfo=UTC)
    with pytest.raises(ValueError, match="not a date of this poll"):
        poll_totals([day], [Vote(1, "Asia/Tokyo", day + timedelta(1), "yes")])
    with pytest.raises(ValueError, match="no answer"):
        poll_totals([day], [Vote(1, "Asia/Tokyo", day, "perhaps")])
