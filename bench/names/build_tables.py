"""Build `tables/*_unicode.txt` of the names engine from Unicode's Unihan database.

    .venv/bin/python bench/names/build_tables.py UNIHAN_FOLDER

UNIHAN_FOLDER holds Unihan_Variants.txt, Unihan_OtherMappings.txt and Unihan_Readings.txt (UAX #38). Run it again when
Unicode adds characters that names need; the results are kept in the repository.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import jaconv

TABLES = Path(__file__).parents[2] / "src/enishi/engines/names/tables"
Fields = dict[str, dict[str, str]]


def main(folder: Path) -> None:
    variants = _read(folder / "Unihan_Variants.txt")
    mappings = _read(folder / "Unihan_OtherMappings.txt")
    readings = _read(folder / "Unihan_Readings.txt")
    _write("variants_unicode.txt", _variant_lines(variants, mappings))
    _write("readings_unicode.txt", _reading_lines(readings, mappings))
    _write("pinyin_unicode.txt", _pinyin_lines(readings, mappings))


def _variant_lines(variants: Fields, mappings: Fields) -> list[str]:
    """`common form, other form` for name kanji with an old form, and for simplified forms unknown to JIS."""
    in_japan = set(mappings["kJis0"]) | set(mappings["kJIS0213"])
    pairs = {char: target[0] for char, value in mappings["kJinmeiyoKanji"].items() if (target := _chars(value))}
    pairs |= {char: target[0] for char, value in mappings["kJoyoKanji"].items() if (target := _chars(value))}
    for char, value in variants["kTraditionalVariant"].items():
        targets = [target for target in _chars(value) if target != char]
        if char not in in_japan and len(targets) == 1 and targets[0] in mappings["kJis0"]:
            pairs.setdefault(char, targets[0])
    return [f"{target}{char}" for char, target in sorted(pairs.items(), key=lambda pair: pair[::-1])]


def _reading_lines(readings: Fields, mappings: Fields) -> list[str]:
    """`kanji<TAB>readings` in hiragana, on readings first."""
    lines = []
    for char in sorted(mappings["kJis0"]):
        found = [*readings["kJapaneseOn"].get(char, "").split(), *readings["kJapaneseKun"].get(char, "").split()]
        if found:
            lines.append(f"{char}\t{' '.join(jaconv.alphabet2kana(word.lower()) for word in found)}")
    return lines


def _pinyin_lines(readings: Fields, mappings: Fields) -> list[str]:
    """`syllable<TAB>kanji`, tones left out, the customary reading of each kanji only."""
    found: dict[str, str] = defaultdict(str)
    for char in sorted(mappings["kJis0"]):
        for syllable in readings["kMandarin"].get(char, "").split()[:1]:
            plain = "".join(c for c in unicodedata.normalize("NFD", syllable) if not unicodedata.combining(c))
            found[plain] += char
    return [f"{syllable}\t{chars}" for syllable, chars in sorted(found.items())]


def _read(path: Path) -> Fields:
    fields: Fields = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            fields[field][chr(int(code[2:], 16))] = value
    return fields


def _chars(value: str) -> list[str]:
    return [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]


def _write(name: str, lines: list[str]) -> None:
    head = "# From the Unihan database (UAX #38), © Unicode, Inc., under the licence in NOTICE-unicode.txt.\n"
    (TABLES / name).write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
