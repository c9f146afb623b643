"""Starters of Kirkman systems in three layers: see `kirkman`. Found by computer search, proved by the tests."""

from __future__ import annotations

# q people in each of three layers: (one round, tables of three one after another; pairs a-b of its other rounds)
LAYERED: dict[int, tuple[str, str]] = {
    11: (
        "0 17 31 1 2 8 3 26 28 4 6 20 5 12 13 7 10 23 9 18 27 11 19 24 14 16 21 15 25 30 22 29 32",
        "0-6 1-7 2-8 4-0 10-1",
    ),
    23: (
        "0 22 37 1 5 65 2 9 14 3 6 49 4 19 21 7 20 46 8 17 36 10 27 28 11 51 68 12 32 39 13 29 64 15 24 48 16 "
        "52 60 18 30 43 23 25 31 26 40 44 33 45 54 34 47 59 35 50 53 38 41 55 42 58 62 56 61 63 57 66 67",
        "0-4 1-0 3-3 6-19 7-5 8-7 10-22 11-11 13-6 21-10 22-8",
    ),
}
