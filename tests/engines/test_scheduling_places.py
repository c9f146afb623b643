"""Seats: the best plan against brute force, every rule kept, the lot replayable, the answer as the checker reads it."""

import json
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enishi.engines.scheduling import Person, Places, Session, Weights, cli, draw_order, solve
from enishi.engines.scheduling.arrays import arrays_of
from enishi.engines.scheduling.board import Board
from enishi.engines.scheduling.bound import Prices, bound_from
from enishi.engines.scheduling.first_answer import fill
from enishi.engines.scheduling.instance import places_from
from enishi.engines.scheduling.scores import broken_rules, score

DATA = Path(__file__).parents[3] / "shared" / "data" / "seating"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared instances are not beside this checkout")


@st.composite
def small_places(draw):
    sessions = tuple(
        Session(s, draw(st.integers(0, 2)), draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(LANG))
        for s in range(draw(st.integers(0, 3)))
    )
    ids = [s.id for s in sessions]
    people = tuple(
        Person(
            id=p,
            available=frozenset(draw(st.sets(st.sampled_from(ids)))) if ids else frozenset(),
            languages=frozenset(draw(st.sets(LANG, min_size=1))),
            preference={s: draw(st.integers(-1, 3)) for s in ids},
            first_timer=draw(st.booleans()),
            wanted=draw(st.integers(0, 3)),
            host=draw(st.integers(0, 2)) > 0,
        )
        for p in range(draw(st.integers(0, 5)))
    )
    pairs = list(combinations(range(len(people)), 2))
    apart = tuple(draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True))) if pairs else ()
    some = [Weights(), Weights(1000, 300, 20, 7), Weights(5, 3, 20, 2.5), Weights(1, 300, 0, -5)]
    weights = draw(st.sampled_from(some))
    return Places(sessions, people, apart, weights)


LANG = st.sampled_from(["ja", "ja", "en"])


def best_by_trying_all(places):
    ways = [
        [c for k in range(max(0, p.wanted) + 1) for c in combinations(places.eligible(p), k)] for p in places.people
    ]
    best = 0.0
    for choice in product(*ways):
        seats = {s.id: [] for s in places.sessions}
        for person, sessions in zip(places.people, choice, strict=True):
            for s in sessions:
                seats[s].append(person.id)
        plan = {s: tuple(sitting) for s, sitting in seats.items()}
        if not broken_rules(places, plan):
            best = max(best, score(places, plan))
    return best


@settings(max_examples=120, derandomize=True, deadline=None)
@given(small_places())
def test_no_plan_is_better_than_the_one_proven(places):
    plan = solve(places, seed=1)
    assert broken_rules(places, plan.seats) == []
    assert plan.score == pytest.approx(score(places, plan.seats))
    assert plan.proven
    assert plan.score == pytest.approx(best_by_trying_all(places))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(small_places(), st.lists(st.integers(0, 900), min_size=12, max_size=12))
def test_any_prices_give_a_true_bound(places, numbers):
    import numpy as np

    arrays = arrays_of(places, 0)
    size = len(arrays.capacity)
    prices = Prices(
        *(np.array(numbers[k : k + size], float) for k in (0, 3, 6)),
        apart=np.full(len(arrays.apart), float(numbers[9])),
        entry=np.full(len(arrays.person), float(numbers[10] // 9)),
    )
    assert bound_from(arrays, prices)[0] >= best_by_trying_all(places) - 1e-6


@settings(max_examples=150, derandomize=True, deadline=None)
@given(small_places())
def test_the_first_answer_keeps_every_rule(places):
    arrays = arrays_of(places, 0)
    board = Board(arrays)
    fill(board)
    seats = {s.id: tuple(arrays.people[p].id for p in board.sitting[k]) for k, s in enumerate(places.sessions)}
    assert broken_rules(places, seats) == []
    assert board.score() == pytest.approx(score(places, seats))


@settings(max_examples=80, derandomize=True, deadline=None)
@given(small_places(), st.integers(0, 5))
def test_no_luckier_person_could_have_a_seat_at_the_same_score(places, seed):
    plan = solve(places, seed=seed)
    luck = {person: k for k, person in enumerate(plan.draw)}
    for s, sitting in plan.seats.items():
        for inside, outside in product(sitting, plan.draw):
            if outside not in sitting and luck[outside] < luck[inside]:
                seats = {**plan.seats, s: tuple({*sitting, outside} - {inside})}
                assert broken_rules(places, seats) or score(places, seats) < plan.score


def alike(people, capacity, **changes):
    """So many people with one and the same claim to one session."""
    claims = [Person(p, frozenset({0}), first_timer=True, host=True, **changes) for p in range(people)]
    return Places((Session(0, 0, capacity),), tuple(claims))


def test_equal_claims_are_drawn_by_the_seed_alone():
    for seed in range(10):
        plan = solve(alike(12, 5), seed=seed)
        assert set(plan.seats[0]) == set(draw_order(range(12), seed)[:5])
        assert [out.person for out in plan.left_out] == list(draw_order(range(12), seed)[5:])
    assert len({solve(alike(12, 5), seed=seed).seats[0] for seed in range(10)}) > 5


def test_the_draw_is_the_order_of_published_digests():
    digest = subprocess.run(["sha256sum"], input=b"7:42", capture_output=True, check=True).stdout[:64].decode()
    other = subprocess.run(["sha256sum"], input=b"7:43", capture_output=True, check=True).stdout[:64].decode()
    assert draw_order([42, 43], 7) == ((42, 43) if digest < other else (43, 42))


def test_the_answer_does_not_depend_on_the_order_of_the_people():
    places = places_from(made_up(60, 8))
    turned = Places(places.sessions, places.people[::-1], places.keep_apart, places.weights)
    assert solve(places, seed=3).seats == solve(turned, seed=3).seats


def test_why_a_session_is_closed_and_a_person_has_no_seat():
    sessions = (
        Session(0, 0, 4, 3, "ja"),
        Session(1, 1, 4, 1, "ja"),
        Session(2, 2, 0, 1, "ja"),
        Session(3, 3, 1, 1, "ja"),
    )
    speaks = frozenset({"ja"})
    people = (
        Person(10, frozenset({0}), speaks, host=True),
        Person(11, frozenset({1}), speaks),
        Person(12, frozenset({1}), frozenset({"en"})),
        Person(13, frozenset(), speaks),
        Person(14, frozenset({3}), speaks, host=True, first_timer=True),
        Person(15, frozenset({3}), speaks, host=True),
        Person(16, frozenset({3}), speaks, wanted=0),
    )
    plan = solve(Places(sessions, people))
    assert {c.session: (c.reason, c.able, c.able_hosts, c.missing) for c in plan.closed} == {
        0: ("too_few", 1, 1, 2),
        1: ("no_host", 1, 0, 0),
        2: ("no_capacity", 0, 0, 1),
    }
    assert {out.person: out.reason for out in plan.left_out} == {
        10: "sessions_closed",
        11: "sessions_closed",
        12: "language",
        13: "no_session_fits",
        15: "full",
        16: "wants_none",
    }


def test_nobody_and_nothing_is_a_plan_too():
    plan = solve(Places((), ()))
    assert (plan.seats, plan.score, plan.bound, plan.proven, plan.gap) == ({}, 0.0, 0.0, True, 0.0)


def test_without_time_there_is_still_a_plan_and_an_honest_bound():
    places = places_from(made_up(120, 16))
    heard = []
    plan = solve(places, seconds=0.0, progress=heard.append)
    best = solve(places)
    assert broken_rules(places, plan.seats) == []
    assert plan.score <= best.score <= plan.bound
    assert heard[0].score >= 0.95 * best.score
    assert solve(places, cancelled=lambda: True).score <= best.score
    assert best.unhurried
    assert not plan.unhurried


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.1])
def test_a_hard_sign_up_cut_short_is_honest(seconds):
    places = places_from(made_up(150, 60))
    plan = solve(places, seconds=seconds)
    assert broken_rules(places, plan.seats) == []
    assert plan.score <= plan.bound
    assert plan.proven == (plan.gap < 1e-9)


@pytest.mark.parametrize(
    ("sessions", "people", "apart", "words"),
    [
        ([Session(1, 0, 3), Session(1, 1, 3)], [], [], "share the id 1"),
        ([Session(1, 0, -3)], [], [], "negative capacity"),
        ([], [Person(1, frozenset())] * 2, [], "share the id 1"),
        ([], [Person(1, frozenset())], [(1, 2)], "does not name two"),
        ([], [Person(1, frozenset())], [(1, 1)], "does not name two"),
    ],
)
def test_places_that_contradict_themselves_are_refused(sessions, people, apart, words):
    with pytest.raises(ValueError, match=words):
        Places(tuple(sessions), tuple(people), tuple(apart))


def made_up(people, sessions):
    """An instance as JSON would hold it, scarce in hosts and seats."""
    return {
        "kind": "signup",
        "sessions": [
            {"id": s, "day": s // 3, "hour_jst": 12 + s % 2, "cap": 4 + s % 3, "min": 3, "lang": "ja"}
            for s in range(sessions)
        ],
        "people": [
            {
                "id": p,
                "langs": ["ja"] if p % 7 else ["en"],
                "avail": [s for s in range(sessions) if (p * 7 + s * 11) % 5 < 2],
                "pref": {str(s): (p + s) % 4 for s in range(sessions)},
                "first_timer": p % 3 > 0,
                "want": 1 + p % 3,
                "host": p % 6 == 1,
            }
            for p in range(people)
        ],
        "keep_apart": [[p, p + 5] for p in range(0, people - 5, 9)],
    }


def run_cli(path, capsys, *options):
    assert cli.main(["solve", str(path), *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_first_answer_sends_the_only_host_where_most_wait():
    sessions = (Session(0, 0, 6), Session(1, 1, 6))
    guests = [Person(p, frozenset({0 if p < 3 else 1}), first_timer=True) for p in range(1, 8)]
    heard = []
    plan = solve(Places(sessions, (Person(0, frozenset({0, 1}), host=True), *guests)), progress=heard.append)
    assert plan.seats == {0: (), 1: (0, 3, 4, 5, 6, 7)}
    assert heard[0].score == plan.bound


@needs_data
@pytest.mark.parametrize(("name", "best"), [("signup_60x8", 30_580), ("signup_500x40_b", 310_390)])
def test_the_command_answers_as_the_checker_reads_it(name, best, tmp_path, capsys):
    answer = run_cli(DATA / f"{name}.json", capsys, "--seed", "4")
    (tmp_path / "answer.json").write_text(json.dumps(answer))
    command = [sys.executable, str(DATA / "check.py"), str(DATA / f"{name}.json"), str(tmp_path / "answer.json")]
    result = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (result["score"], result["violations"]) == (best, {})


def test_the_command_reads_and_writes_json(tmp_path, capsys):
    instance = tmp_path / "instance.json"
    instance.write_text(json.dumps(made_up(40, 6)))
    answer = run_cli(instance, capsys, "--seconds", "5")
    places = places_from(made_up(40, 6))
    seats = {int(s): tuple(sitting) for s, sitting in answer["sessions"].items()}
    assert broken_rules(places, seats) == []
    assert score(places, seats) == solve(places).score


def test_a_session_without_a_language_is_open_to_all_and_what_stays_closed_is_told(tmp_path, capsys):
    sessions = [{"id": 0, "cap": 2}, {"id": 1, "cap": 2, "min": 3}]
    people = [{"id": p, "langs": ["ja"], "avail": [0, 1], "host": True} for p in range(3)]
    (tmp_path / "task.json").write_text(json.dumps({"kind": "signup", "sessions": sessions, "people": people}))
    assert cli.main(["solve", str(tmp_path / "task.json")]) == 0
    said = capsys.readouterr()
    assert len(json.loads(said.out)["sessions"]["0"]) == 2
    assert "closed: 1 no capacity" in said.err
    assert "without a seat: 1 full" in said.err


@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "rounds"}', '{"kind": "signup", "sessions": [{}]}', "{}"])
def test_what_is_no_instance_is_refused_in_one_line(text, tmp_path, capsys):
    (tmp_path / "bad.json").write_text(text)
    assert cli.main(["solve", str(tmp_path / "bad.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


WRONG = {
    '"sessions" is not there': {"people": []},
    "'cap': None": {"sessions": [{"id": 0, "cap": None}], "people": []},
    "has no 'avail'": {"sessions": [], "people": [{"id": 0}]},
    "'want': inf": {"sessions": [], "people": [{"id": 0, "avail": [], "want": float("inf")}]},
    '"keep_apart" holds [0]': {"sessions": [], "people": [], "keep_apart": [[0]]},
    "give numbers for any of first_timer": {"sessions": [], "people": [], "weights": {"seat": 1}},
    "'host': 'no': give true or false": {"sessions": [], "people": [{"id": 0, "avail": [], "host": "no"}]},
    "share the id 3": {"sessions": [{"id": 3, "cap": 1}, {"id": 3, "cap": 1}], "people": []},
}


@pytest.mark.parametrize("words", WRONG)
def test_an_entry_that_cannot_be_is_named(words, tmp_path, capsys):
    (tmp_path / "bad.json").write_text(json.dumps({"kind": "signup", **WRONG[words]}))
    assert cli.main(["solve", str(tmp_path / "bad.json")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_times_of_odd_shapes_are_still_times():
    sessions = [{"id": k, "day": [1], "hour_jst": 12 + k / 2, "cap": 2} for k in range(3)]
    places = places_from({"sessions": [*sessions, {"id": 9, "day": [1], "hour_jst": 12.0, "cap": 2}], "people": []})
    assert [one.slot == places.sessions[0].slot for one in places.sessions] == [True, False, False, True]
