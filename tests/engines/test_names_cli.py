"""`enishi names match`, and the example of the README."""

from __future__ import annotations

import doctest
import io
import sys
from pathlib import Path

import pytest

import enishi.engines.names as names
from enishi.engines.names import PersonName
from enishi.engines.names.cli import main, read_person


def run(tmp_path: Path, text: str | bytes) -> int:
    file = tmp_path / "pairs.tsv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return main(["match", str(file)])


def test_one_answer_for_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "渡邉 健|ワタナベ ケン\t渡辺健\n小野 一|オノ ハジメ\tOhno Hajime\n") == 0
    assert capsys.readouterr().out == "0.970\tsame\n0.000\tdifferent\n"


def test_windows_files_and_a_missing_reading_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "\ufeff佐藤 健\tSato Ken\r\n".encode()) == 0
    assert capsys.readouterr().out.endswith("\tsame\n")


def test_an_empty_query_is_different(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "佐藤 健\t\n") == 0
    assert capsys.readouterr().out == "0.000\tdifferent\n"


def test_comments_empty_lines_and_further_columns_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "# who\ttyped\n\n佐藤 健\t佐藤健\tsame\n\n佐藤 健\t加藤健\n") == 0
    assert capsys.readouterr().out == "1.000\tsame\n0.000\tdifferent\n"


def test_an_empty_file_gives_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "") == 0
    assert capsys.readouterr().out == ""


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("佐藤 健\t佐藤健\n".encode())))
    assert main(["match", "-"]) == 0
    assert capsys.readouterr().out == "1.000\tsame\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"\xff\xfe\n", "not UTF-8"),
        ("佐藤 健 Sato\n", "Line 1 has no tab"),
        ("佐藤 健\tSato\n|サトウ\tSato\n", "Line 2"),
        ("佐藤 健\t" + "あ" * 300 + "\n", "at most 200"),
    ],
)
def test_a_bad_file_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | bytes, sentence: str
) -> None:
    assert run(tmp_path, text) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err
    assert told.err.count("\n") == 1


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["match", "/nowhere/pairs.tsv"]) == 2
    assert capsys.readouterr().err.startswith("enishi names: /nowhere/pairs.tsv cannot be read")


@pytest.mark.parametrize("argv", [[], ["match"], ["sort", "x"], ["match", "a", "b"]])
def test_wrong_arguments_print_the_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "usage" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "usage" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("佐藤 健|サトウ ケン", PersonName("佐藤", "健", "サトウ", "ケン")),
        ("佐藤　健", PersonName("佐藤", "健")),
        ("佐藤健|サトウ ケン", PersonName("佐藤", "健", "サトウ", "ケン")),
        ("佐藤 健|サトウケン", PersonName("佐藤", "健", "サトウ", "ケン")),
        ("山田(旧姓 中村) 咲|ヤマダ(ナカムラ) サキ", PersonName("山田", "咲", "ヤマダ", "サキ", "中村", "ナカムラ")),
        ("山田 咲 旧姓中村", PersonName("山田", "咲", former_family="中村")),
        ("Garcia Maria Luisa", PersonName("Garcia", "Maria", middle="Luisa")),
        ("佐藤 マリー 花子|サトウ マリー ハナコ", PersonName("佐藤", "マリー", "サトウ", "マリー", middle="花子")),
        ("ジョン・スミス|ジョン・スミス", PersonName("ジョン", "スミス", "ジョン", "スミス")),
        ("松たか子", PersonName("松", "たか子")),
    ],
)
def test_a_person_is_read_from_a_line(text: str, person: PersonName) -> None:
    assert read_person(text) == person


def test_the_example_of_the_readme_runs() -> None:
    readme = Path(names.__file__).with_name("README.md")
    result = doctest.testfile(str(readme), module_relative=False)
    assert result.attempted >= 8
    assert result.failed == 0
