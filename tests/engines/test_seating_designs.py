"""The known designs: every stored or computed one is proved by counting who meets whom."""

from __future__ import annotations

import pytest
from seating_help import met

from enishi.engines.seating.designs.best import design
from enishi.engines.seating.designs.matrices import STORED, difference_matrix, latin_squares
from enishi.engines.seating.designs.quasi import PRODUCTS, QUASI, columns_of, transversal_design
from enishi.engines.seating.designs.rings import Field, Ring, field
from enishi.engines.seating.designs.starter_data import STARTERS
from enishi.engines.seating.designs.starters import starter


def assert_nobody_meets_twice(rounds: list[list[list[int]]], tables: int, seats: int) -> None:
    for one in rounds:
        assert sorted(p for table in one for p in table) == list(range(tables * seats))
        assert [len(table) for table in one] == [seats] * tables
    assert max(met(rounds).values()) == 1


@pytest.mark.parametrize("q", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_a_field_can_divide_and_distributes(q: int) -> None:
    f: Field = field(q)
    for x in range(1, q):
        assert sorted(f.mul(x, y) for y in range(q)) == list(range(q))
        assert f.add(x, f.neg(x)) == 0
        for y in range(q):
            assert f.mul(x, f.add(y, 1)) == f.add(f.mul(x, y), x)


def test_there_is_no_field_with_six_elements() -> None:
    with pytest.raises(ValueError, match="no field with 6 elements"):
        field(6)


def test_elements_spaced_in_a_ring_differ_by_units() -> None:
    ring = Ring(15)
    for a in ring.spaced(3):
        for b in ring.spaced(3):
            if a < b:
                difference = next(d for d in range(15) if ring.add(a, d) == b)
                assert sorted(ring.mul(difference, x) for x in range(15)) == list(range(15))


@pytest.mark.parametrize("tables", range(2, 26))
@pytest.mark.parametrize("seats", range(2, 9))
def test_no_design_repeats_a_pair(tables: int, seats: int) -> None:
    wanted = min(14, (tables * seats - 1) // (seats - 1))
    rounds = design(tables, seats, wanted)
    assert 1 <= len(rounds) <= wanted
    assert_nobody_meets_twice(rounds, tables, seats)


@pytest.mark.parametrize(
    ("tables", "seats", "rounds"),
    [
        (5, 3, 7),  # Kirkman's fifteen schoolgirls
        (7, 3, 10),
        (9, 3, 13),
        (13, 3, 19),
        (15, 3, 22),
        (6, 3, 8),
        (8, 3, 11),
        (20, 3, 29),
        (4, 4, 5),
        (6, 4, 7),
        (7, 4, 9),
        (8, 4, 10),
        (10, 4, 13),
        (13, 4, 17),
        (5, 5, 6),
        (7, 7, 8),
        (8, 8, 9),
        (9, 9, 10),
        (25, 5, 31),
        (16, 4, 21),
        (10, 10, 4),
        (12, 6, 13),
        (12, 12, 7),
        (15, 5, 16),
        (20, 5, 21),
        (11, 3, 16),
        (23, 3, 34),
        (35, 3, 52),
        (40, 3, 59),
        (38, 3, 56),
        (32, 3, 47),
        (21, 5, 21),
        (46, 3, 46),
        (30, 3, 44),
        (42, 3, 62),
        (22, 4, 22),
        (34, 4, 34),
        (14, 14, 4),
        (22, 22, 5),
    ],
)
def test_famous_designs_are_complete(tables: int, seats: int, rounds: int) -> None:
    found = design(tables, seats, rounds)
    assert len(found) == rounds
    assert_nobody_meets_twice(found, tables, seats)


@pytest.mark.parametrize(("tables", "seats"), sorted(STARTERS))
def test_every_stored_starter_turns_into_a_plan(tables: int, seats: int) -> None:
    m, _, bases = STARTERS[tables, seats]
    rounds = starter(tables, seats, 1000)
    assert len(rounds) == m * len(bases)
    assert_nobody_meets_twice(rounds, tables, seats)


@pytest.mark.parametrize("order", sorted(STORED))
def test_rows_of_a_stored_matrix_differ_by_every_element(order: int) -> None:
    matrix = difference_matrix(order, len(STORED[order][1]))
    assert matrix is not None
    add, rows = matrix
    minus = {x: next(y for y in range(order) if add(x, y) == 0) for x in range(order)}
    for i, row in enumerate(rows):
        for other in rows[:i]:
            assert {add(x, minus[y]) for x, y in zip(row, other, strict=True)} == set(range(order))


@pytest.mark.parametrize(
    ("order", "count"),
    [(3, 2), (4, 3), (9, 8), (10, 2), (12, 5), (15, 4), (20, 4), (6, 1), (14, 2), (22, 3), (30, 2), (21, 4)],
)
def test_latin_squares_are_orthogonal(order: int, count: int) -> None:
    squares = latin_squares(order)
    assert len(squares) == count
    for k, one in enumerate(squares):
        assert all(sorted(line) == list(range(order)) for line in [*one, *map(list, zip(*one, strict=True))])
        for other in squares[:k]:
            cells = {(x, y) for a, b in zip(one, other, strict=True) for x, y in zip(a, b, strict=True)}
            assert len(cells) == order * order


@pytest.mark.parametrize("g", sorted([*QUASI, *PRODUCTS]))
def test_two_points_of_a_stored_transversal_design_share_one_block(g: int) -> None:
    blocks = transversal_design(g)
    assert len(blocks) == g * g
    for i in range(columns_of(g)):
        for j in range(i):
            assert len({(block[i], block[j]) for block in blocks}) == g * g
