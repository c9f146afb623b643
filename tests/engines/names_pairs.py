"""The list of pairs that the benchmark measures with, read once for the tests."""

from __future__ import annotations

from pathlib import Path

from enishi.engines.names import PersonName
from enishi.engines.names.cli import read_person

SOURCE = Path(__file__).parents[2] / "bench/names/pairs.tsv"


def _read() -> list[tuple[PersonName, str, bool]]:
    rows = [line.split("\t") for line in SOURCE.read_text("utf-8").splitlines()]
    return [(read_person(person), typed, label == "same") for person, typed, label in rows]


PAIRS = _read()
