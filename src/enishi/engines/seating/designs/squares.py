"""Square halls: as many tables as seats a table (or fewer seats), by mutually orthogonal Latin squares.

People are the cells of a square (some of its rows where a table has fewer seats); the rounds are its columns, the
symbols of each Latin square and, for a full square, its rows.
"""

from __future__ import annotations

from .matrices import latin_squares

Rounds = list[list[list[int]]]


def squares(tables: int, seats: int, wanted: int) -> Rounds:
    """Columns, symbols, then rows where tables = seats. Person of row i and column x: i·tables + x."""
    if seats > tables:
        return []
    g = tables
    rounds: Rounds = [[[i * g + x for i in range(seats)] for x in range(g)]]
    for square in latin_squares(g):
        if len(rounds) >= wanted:
            return rounds
        tables_of: list[list[int]] = [[] for _ in range(g)]
        for i in range(seats):
            for x in range(g):
                tables_of[square[i][x]].append(i * g + x)
        rounds.append(tables_of)
    if seats == g and len(rounds) < wanted:
        rounds.append([[i * g + x for x in range(g)] for i in range(g)])
    return rounds
