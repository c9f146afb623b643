"""`enishi names match PAIRS.tsv`: try the matcher on a list of pairs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from .folding import normal
from .kana import hiragana, is_kana
from .matching import match
from .person import PersonName
from .readings import family_readings, split_family

USAGE = "usage: enishi names match PAIRS.tsv   (lines: 姓 名|セイ メイ<TAB>what someone typed; - reads standard input)"
_FORMER = re.compile(r"\s*[(\[（［](?:旧姓名?|旧氏|旧)?\s*[:：]?\s*([^)\]）］]*)[)\]）］]|\s+旧姓\s*[:：]?\s*(\S+)")


def main(argv: list[str]) -> int:
    """Print `score<TAB>same` or `score<TAB>different` for each line; 2 when a line or the file cannot be read.

    Empty lines and lines that start with # are left out, and so is anything after a second tab.
    """
    if argv in (["-h"], ["--help"], ["match", "-h"], ["match", "--help"]):
        print(USAGE)
        return 0
    if len(argv) != 2 or argv[0] != "match":
        print(USAGE, file=sys.stderr)
        return 2
    try:
        lines = enumerate(_lines(argv[1]), start=1)
        answers = [_answer(line, at) for at, line in lines if line.strip() and not line.startswith("#")]
    except ValueError as trouble:
        print(f"enishi names: {trouble}", file=sys.stderr)
        return 2
    sys.stdout.writelines(f"{answer}\n" for answer in answers)
    return 0


def read_person(text: str) -> PersonName:
    """A person from `姓 名` or `姓 名|セイ メイ`; a former family name may stand in brackets (佐藤(旧姓 鈴木) 花子).

    Raises ValueError when there is no name.
    """
    name, _, reading = text.partition("|")
    plain, former = _take_former(normal(name))
    kana, former_kana = _take_former(normal(reading))
    words, kana_words = _words(plain), _words(kana)
    if len(words) == 1 and not is_kana(words[0]) and not words[0].isascii():
        words = list(filter(None, split_family(words[0])))
    if not words:
        raise ValueError("There is no name before the tab: write 姓 名, or 姓 名|セイ メイ.")
    family_kana, given_kana = _split_reading(kana_words, words)
    several = len(words) > 2 and (words[0].isascii() or is_kana(words[-1]) or is_kana(words[1]))
    return PersonName(
        family=words[0],
        given=words[1] if several else "".join(words[1:]),
        family_kana=family_kana,
        given_kana=given_kana.split()[0] if several and given_kana else given_kana.replace(" ", ""),
        former_family=former,
        former_family_kana=former_kana,
        middle=" ".join(words[2:]) if several else "",
    )


def _words(text: str) -> list[str]:
    """The words of a name; a middle dot counts where no space does (ジョン・スミス)."""
    words = text.split()
    return words if len(words) != 1 else list(filter(None, words[0].split("・")))


def _split_reading(kana_words: list[str], words: list[str]) -> tuple[str, str]:
    """Family and given reading; one that was written without a space is cut where the family name's reading ends."""
    if len(kana_words) != 1 or len(words) < 2:
        return (kana_words[0], " ".join(kana_words[1:])) if kana_words else ("", "")
    reading = hiragana(kana_words[0])
    known = [kana for kana in family_readings(words[0]) if reading.startswith(kana) and kana != reading]
    size = len(max(known, key=len)) if known else len(reading) * len(words[0]) // len(words[0] + words[1])
    return kana_words[0][:size], kana_words[0][size:]


def _take_former(text: str) -> tuple[str, str]:
    found = _FORMER.search(text)
    if found is None:
        return text, ""
    former = (found[1] or found[2] or "").strip()
    return (text[: found.start()] + " " + text[found.end() :]).strip(), former


def _lines(source: str) -> Iterable[str]:
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as trouble:
        reason = (trouble.strerror or "it cannot be read").lower()
        raise ValueError(f"{source} cannot be read ({reason}): give the path of a tab-separated file, or -.") from None
    except UnicodeDecodeError as trouble:
        line = raw[: trouble.start].count(b"\n") + 1
        raise ValueError(f"{source} is not UTF-8 (line {line}): save it as UTF-8 and try again.") from None
    return text.replace("\r\n", "\n").split("\n")


def _answer(line: str, at: int) -> str:
    person, *rest = line.split("\t")
    if not rest:
        raise ValueError(f"Line {at} has no tab: write 姓 名|セイ メイ, a tab, and what someone typed.")
    try:
        found = match(rest[0], read_person(person))
    except ValueError as trouble:
        raise ValueError(f"Line {at}: {trouble}") from None
    return f"{found.score:.3f}\t{'same' if found.same else 'different'}"
