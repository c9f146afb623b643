"""The small-number guard against someone who knows everything published, and the method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enishi.publishing.guard import Published, Raw, Table, guarded, joined

ASAGI = Raw(
    sizes=(9, 7, 6, 3),
    visits=(21, 3, 1),
    answers=21,
    by_people={
        "routes": {"employee": 10, "search": 5, "invited": 3, "told": 3},
        "fields": {"pharma": 6, "venture": 5, "consulting": 4, "free": 3, "clinic": 1, "state": 1, "school": 1},
        "countries": {"日本": 16, "アメリカ": 4, "オランダ": 1},
    },
    by_answers={"want": {"a": 8, "b": 6, "c": 4, "d": 3}, "next": {"a": 10, "b": 5, "c": 4, "d": 2}},
    scores=(5,) * 11 + (4,) * 10,
)
few = settings(max_examples=120, derandomize=True, deadline=None)


def test_the_first_gathering() -> None:
    seen = guarded(ASAGI, 3)
    assert seen == Published(
        sessions=4,
        people=21,
        attendances=25,
        repeaters=None,  # 25 − 21 − 3 = 1: somebody alone came three times
        sizes=(9, 7, 6, 3),
        smallest=3,
        largest=9,
        answers=21,
        tables={
            "routes": Table({"employee": 10, "search": 5, "invited": 3, "told": 3}),
            "fields": Table({"pharma": 6, "venture": 5, "consulting": 4, "free": 3}, rest=3, joined=True),
            "countries": Table({"日本": 16}, rest=5, joined=True),
            "want": Table({"a": 8, "b": 6, "c": 4, "d": 3}),
            "next": Table({"a": 10, "b": 5}, rest=6, joined=True),
        },
        mean=4.52,
        mean_digits=2,
    )


# --- tables


@pytest.mark.parametrize(
    ("cells", "total", "shown"),
    [
        ({"a": 5, "b": 4}, 9, Table({"a": 5, "b": 4})),
        ({"a": 5, "b": 2}, 7, None),
        ({"a": 5, "b": 4, "c": 2}, 11, Table({"a": 5}, 6, True)),
        ({"a": 5, "b": 1, "c": 2}, 8, Table({"a": 5}, 3, True)),
        ({"a": 5, "b": 4}, 10, Table({"a": 5}, 5, True)),
        ({"a": 5, "b": 4}, 12, Table({"a": 5, "b": 4}, 3)),
        ({"a": 5, "b": 0}, 5, Table({"a": 5})),
        ({"a": 2}, 2, None),
        ({}, 5, None),
    ],
)
def test_a_table_is_joined(cells: dict[str, int], total: int, shown: Table | None) -> None:
    assert joined(cells, total, 3) == shown


@lru_cache(maxsize=64)
def worlds_of_table(names: int, total: int, threshold: int) -> dict[object, list[tuple[int, ...]]]:
    """Every way `total` people can fall on the names (and on silence), by what the guard then publishes."""
    found: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(total + 1), repeat=names):
        if sum(counts) <= total:
            table = joined(dict(zip("abcd", counts, strict=False)), total, threshold)
            found[_key(table)].append((*counts, total - sum(counts)))
    return found


def _key(table: Table | None) -> object:
    return None if table is None else (tuple(sorted(table.cells.items())), table.rest)


@few
@given(names=st.integers(1, 4), total=st.integers(3, 11), threshold=st.integers(2, 4), data=st.data())
def test_nobody_works_out_a_small_cell_of_a_table(names: int, total: int, threshold: int, data: st.DataObject) -> None:
    assume(total >= threshold)
    seen, states = data.draw(
        st.sampled_from(sorted(worlds_of_table(names, total, threshold).items(), key=lambda each: repr(each[0])))
    )
    if seen is None:
        return  # nothing is published
    table = joined(dict(zip("abcd", states[0], strict=False)), total, threshold)
    assert table is not None
    assert min(table.cells.values()) >= threshold
    assert table.rest == 0 or table.rest >= threshold
    hidden = [place for place in range(names + 1) if place == names or "abcd"[place] not in table.cells]
    for chosen in _subsets(hidden):
        possible = {sum(state[place] for place in chosen) for state in states}
        assert len(possible) > 1 or not 0 < possible.pop() < threshold


def _subsets(places: list[int]) -> Iterator[list[int]]:
    for picks in product((False, True), repeat=len(places)):
        yield [place for place, pick in zip(places, picks, strict=True) if pick]


def test_a_table_keeps_what_it_can() -> None:
    table = joined({"a": 9, "b": 8, "c": 7, "d": 1}, 25, 3)
    assert table == Table({"a": 9, "b": 8}, 8, True)


# --- sessions and visits


def partitions(total: int, parts: int, largest: int) -> Iterator[tuple[int, ...]]:
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(min(largest, total), -1, -1):
        for rest in partitions(total - first, parts - 1, first):
            yield (first, *rest)


def can_be(sizes: tuple[int, ...], visits: tuple[int, ...]) -> bool:
    """Tried out, not argued: give each session its people, always those who have most visits left."""
    left = [sum(1 for came in visits if came > person) for person in range(visits[0])]
    for size in sorted(sizes, reverse=True):
        left.sort(reverse=True)
        if size > len(left) or (size and left[size - 1] == 0):
            return False
        left = [visits_left - (place < size) for place, visits_left in enumerate(left)]
    return not any(left)


@lru_cache(maxsize=8)
def worlds_of_series(sessions: int, people: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Every state of a series: people a session, and how many came to one session or more, two or more …"""
    return [
        (sizes, (people, *again))
        for sizes in product(range(people + 1), repeat=sessions)
        if sum(sizes) >= people
        for again in partitions(sum(sizes) - people, sessions - 1, people)
        if can_be(sizes, (people, *again))
    ]


@lru_cache(maxsize=8)
def by_publication(
    sessions: int, people: int, threshold: int
) -> dict[object, list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    found = defaultdict(list)
    for sizes, visits in worlds_of_series(sessions, people):
        found[published_attendance(guarded(Raw(sizes, visits, 0), threshold))].append((sizes, visits))
    return found


def published_attendance(seen: Published) -> tuple[object, ...]:
    return (seen.attendances, seen.repeaters, seen.sizes, seen.smallest, seen.largest)


def counts(sizes: tuple[int, ...], visits: tuple[int, ...]) -> list[int]:
    """Every number of people that has a name: of the fullest session, not of it …, by visits."""
    sizes = tuple(sorted(sizes, reverse=True))
    exactly = [up - more for up, more in zip(visits, (*visits[1:], 0), strict=True)]
    return [*sizes, *(visits[0] - size for size in sizes), *visits, *exactly]


def agrees(seen: Published, sizes: tuple[int, ...], visits: tuple[int, ...]) -> bool:
    again = visits[1] if len(visits) > 1 else 0
    return (
        seen.attendances in (None, sum(sizes))
        and seen.repeaters in (None, again)
        and seen.sizes in (None, sizes)
        and seen.smallest in (None, min(sizes))
        and seen.largest in (None, max(sizes))
    )


@pytest.mark.parametrize(("sessions", "people"), [(1, 5), (2, 8), (3, 6), (4, 4)])
@pytest.mark.parametrize("threshold", [2, 3])
def test_nobody_works_out_who_came_how_often(sessions: int, people: int, threshold: int) -> None:
    """All states of small series, each attacked with everything that it publishes."""
    for seen_key, states in by_publication(sessions, people, threshold).items():
        seen = guarded(Raw(*states[0], 0), threshold)
        assert published_attendance(seen) == seen_key
        shown = (seen.repeaters, seen.smallest, seen.attendances)
        assert all(value >= threshold for value in shown if value is not None)
        fitting = [counts(*state) for state in worlds_of_series(sessions, people) if agrees(seen, *state)]
        for possible in map(set, zip(*fitting, strict=True)):
            assert len(possible) > 1 or not 0 < possible.pop() < threshold, (states, seen)


@pytest.mark.parametrize(
    ("sizes", "visits", "shown"),
    [
        ((5,), (5,), (5, None, (5,), 5, 5)),
        ((5, 4), (9, 0), (9, None, (5, 4), 4, 5)),
        ((6, 5), (10, 1), (None, None, None, None, None)),  # 11 − 10: one came twice
        ((6, 6), (9, 3), (12, 3, (6, 6), 6, 6)),
        ((7, 6), (9, 4), (None, 4, None, None, None)),  # 9 − 7: two missed the fuller session
        ((6, 2), (8, 0), (None, None, None, None, None)),  # two people in one session
        ((9, 7, 6, 3), (21, 3, 1, 0), (25, None, (9, 7, 6, 3), 3, 9)),
    ],
)
def test_what_is_shown_of_attendance(
    sizes: tuple[int, ...], visits: tuple[int, ...], shown: tuple[object, ...]
) -> None:
    assert published_attendance(guarded(Raw(sizes, visits, 0), 3)) == shown


def test_many_sessions_do_not_take_long() -> None:
    sizes = tuple(9 - n % 5 for n in range(40))
    came = sum(sizes)
    seen = guarded(Raw(sizes, (came - 30, 20, 8, 2), 0), 3)
    assert seen.sizes == sizes


# --- answers


@pytest.mark.parametrize(
    ("people", "answers", "shown"),
    [(21, 21, 21), (21, 20, None), (21, 19, None), (21, 18, 18), (21, 3, 3), (21, 2, None), (21, 0, None)],
)
def test_the_number_of_answers_tells_of_no_few_silent(people: int, answers: int, shown: int | None) -> None:
    assert guarded(Raw((people,), (people,), answers), 3).answers == shown


@few
@given(
    people=st.integers(3, 12),
    silent=st.integers(0, 12),
    want=st.lists(st.integers(0, 5), min_size=1, max_size=3),
    next_=st.lists(st.integers(0, 5), min_size=1, max_size=3),
)
def test_tables_of_answers_tell_of_no_few_silent(people: int, silent: int, want: list[int], next_: list[int]) -> None:
    answers = people - silent
    assume(answers >= max(sum(want), sum(next_), 0))
    named = {"want": dict(zip("abc", want, strict=False)), "next": dict(zip("abc", next_, strict=False))}
    seen = guarded(Raw((people,), (people,), answers, by_answers=named), 3)
    bases = {people} | ({answers} if seen.answers is not None else set())
    for table in seen.tables.values():
        total = sum(table.cells.values()) + table.rest
        assert total in bases  # no third total from which the silent could be subtracted
        assert table.rest == 0 or table.rest >= 3
    if seen.answers is not None:
        assert people - answers == 0 or people - answers >= 3


# --- the mean


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([5, 4], (None, 0)),
        ([5, 4, 3], (4.0, 2)),
        ([5] * 10, (5.0, 2)),
        ([5] * 9 + [4], (None, 0)),  # 4.90 of ten: one alone gave less
        ([1] * 9 + [2], (None, 0)),
        ([5] * 30 + [4], (5.0, 1)),  # 4.97 → 5.0, which all could have given
        ([5] * 11 + [4] * 10, (4.52, 2)),
    ],
)
def test_a_mean_tells_of_no_few(scores: list[int], shown: tuple[float | None, int]) -> None:
    count = max(len(scores), 3)
    seen = guarded(Raw((count,), (count,), len(scores), scores=tuple(scores)), 3)
    assert (seen.mean, seen.mean_digits) == shown


@few
@given(st.lists(st.integers(1, 5), min_size=3, max_size=40))
def test_a_shown_mean_is_the_mean(scores: list[int]) -> None:
    seen = guarded(Raw((len(scores),), (len(scores),), len(scores), scores=tuple(scores)), 3)
    if seen.mean is not None:
        assert seen.mean == round(sum(scores) / len(scores), seen.mean_digits)


# --- all of it


def test_fewer_people_than_the_threshold_are_not_counted_at_all() -> None:
    assert guarded(Raw((2,), (2,), 2, {"routes": {"a": 2}}, {"want": {"a": 2}}, (5, 5)), 3) == Published(sessions=1)
    assert guarded(Raw((), (), 0), 3) == Published(sessions=0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: guarded(ASAGI, 1), "protects nobody"),
        (lambda: Raw((3,), (4,), 0), "add up"),
        (lambda: Raw((3, 3), (2, 4), 0), "k\\+1 times"),
        (lambda: Raw((3,), (3,), 4), "more answers"),
        (lambda: Raw((3,), (3,), 3, {"routes": {"a": 4}}), "each person once"),
        (lambda: Raw((3,), (3,), 2, {}, {"want": {"a": 3}}), "each person once"),
    ],
)
def test_counts_that_cannot_be_are_refused(make: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make()  # type: ignore[operator]
