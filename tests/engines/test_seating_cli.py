"""The command line: the answer's JSON, clear words and exit codes for what cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from enishi.engines.seating.cli import main

SHARED = Path(__file__).parents[3] / "shared" / "data" / "seating"


def run(tmp_path: Path, data: object, *options: str) -> int:
    path = tmp_path / "task.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return main(["solve", str(path), *options])


def test_prints_rounds_and_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"kind": "rounds", "n": 9, "rounds": 4, "sizes": [3, 3, 3]}, "--seed", "7") == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["rounds"]) == 4
    assert (answer["distinct_pairs"], answer["bound"], answer["share"], answer["seed"]) == (36, 36, 1.0, 7)
    assert answer["broken"] == []


def test_clashing_rules_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = {"kind": "rounds", "n": 3, "rounds": 1, "sizes": [3], "keep_apart": [[0, 1], [1, 2]]}
    assert run(tmp_path, data) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "These clash: keep 0 and 1 apart; table sizes." in captured.err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "signup"}, "not a seating task"),
        ({"n": 0}, '"n" is 0'),
        ({"rounds": "two"}, "\"rounds\" is 'two'"),
        ({"sizes": []}, '"sizes" must be'),
        ({"sizes": None}, "gives no table sizes"),
        ({"keep_apart": [[0, 0]]}, '"keep_apart" holds [0, 0]'),
        ({"history": [[0, 77]]}, '"history" holds [0, 77]'),
        ({"locks": [[9, 0, 0]]}, '"locks" holds [9, 0, 0]'),
        ({"affinity": [[0, 1]]}, '"affinity" holds [0, 1]'),
        ({"people": [{"id": 3}]}, '"people" must list each id'),
        ({"people": [{"id": 0}, {"id": 0}]}, "0 comes twice"),
        ({"people": [{"id": 0}, {"id": "1"}]}, "'1' is no such number"),
        ({"people": [{"id": 0}]}, "1 is missing"),
        ({"host_per_table": "false"}, "give true or false"),
        ({"companions": 2}, '"companions" is 2'),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], words: str
) -> None:
    assert run(tmp_path, {"kind": "rounds", "n": 4, "rounds": 1, "sizes": [2, 2], **change}) == 2
    assert words in capsys.readouterr().err


def test_a_slip_in_a_key_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(tmp_path, {"kind": "rounds", "n": 4, "rounds": 1, "sizes": [2, 2], "keepapart": [[0, 1]], "name": "x"}) == 0
    )
    assert capsys.readouterr().err == 'enishi seating: "keepapart" is passed over; did you mean "keep_apart"?\n'


def test_null_lists_are_empty_ones(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("people", "history", "keep_apart", "locks", "affinity", "mix", "companions"))
    assert run(tmp_path, {"kind": "rounds", "n": 4, "rounds": 1, "sizes": [2, 2], **nothing}) == 0


@pytest.mark.parametrize("text", ["{", "[]", '"x"'])
def test_what_is_no_task_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert run(tmp_path, text) == 2
    assert capsys.readouterr().err.startswith("enishi seating: ")


def test_a_missing_file_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "/nowhere/task.json"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_designs_need_no_numpy() -> None:
    code = (
        "import sys; from enishi.engines.seating import read, solve;"
        "solve(read({'kind': 'rounds', 'n': 100, 'rounds': 4, 'sizes': [10] * 10}));"
        "sys.exit('numpy' in sys.modules or 'django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


GOALS = {
    "seed_21x4_free_sizes": 210,
    "full_27x4_free_sizes": 351,
    "kirkman_15_5x3x7": 105,
    "golf_5x5x6": 300,
    "golf_7x7x8": 1176,
    "golf_8x4x9": 432,
    "golf_8x4x10": 480,
    "golf_10x10x4": 1800,
    "a_21_7x3x10": 210,
    "b_100_5x20x5": 1000,
    "c_1000_6x6": 14970,
    "d_10000_8x5": 175000,
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared instances are not beside this checkout")
@pytest.mark.parametrize("name", sorted(GOALS))
def test_the_scorer_agrees(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(SHARED / f"{name}.json"), "--seconds", "1"]) == 0
    solution = tmp_path / "solution.json"
    solution.write_text(capsys.readouterr().out, encoding="utf-8")
    command = [sys.executable, str(SHARED / "check.py"), str(SHARED / f"{name}.json"), str(solution)]
    scored = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert scored["distinct_pairs"] == GOALS[name]
    assert scored["violations"] == {}


AWKWARD = {
    "langs": {"people": [{"id": 0, "langs": 3}, {"id": 1}]},
    "where": {"people": [{"id": 0, "where": [["room"]]}, {"id": 1}]},
    "rounds": {"people": [{"id": 0, "rounds": 1.5}, {"id": 1}]},
    "people": {"people": [{"id": 0}, {"id": 0}]},
    "mix": {"mix": [[]]},
    "affinity": {"affinity": [[0, 1, float("inf")]]},
    "locks": {"locks": [[0, 5, 0]]},
    "keep_apart": {"keep_apart": [[0, 0]]},
    "history": {"history": "0,1"},
    "sizes": {"sizes": [True, 1]},
    "min": {"min": 3, "max": 2, "sizes": None},
}


@pytest.mark.parametrize("key", AWKWARD)
def test_awkward_entries_are_named_in_one_sentence(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "task.json"
    file.write_text(json.dumps({"kind": "rounds", "n": 2, "rounds": 2, "sizes": [2], **AWKWARD[key]}), encoding="utf-8")
    assert main(["solve", str(file)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f'"{key}"' in said.err or f"{key} " in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("seconds", ["-1", "0", "nan", "inf"])
def test_seconds_that_cannot_be_are_refused(seconds: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", str(tmp_path / "none.json"), "--seconds", seconds]) == 2
    assert "give a number above 0" in capsys.readouterr().err
