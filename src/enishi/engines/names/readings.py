"""Readings that a name in kanji may have, when nobody told the reading.

Three tables, most certain first: whole family names and whole given names with their usual readings, readings of
single kanji in family and in given names, and the Unihan database (kJapaneseOn, kJapaneseKun) for kanji that are in
neither. The estimate is a list, the likeliest reading first; it can contain a reading nobody uses, so a match by
estimate is worth less than a match by a reading that was told.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product

from .kana import hiragana, is_kana
from .variants import table_lines, unify

LIMIT = 400  # readings of one part of a name
_WHOLE = re.compile("([^ぁ-ん]+)([ぁ-んー/]+)")
_VOICED = str.maketrans("かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだじずでどばびぶべぼ")


@lru_cache(maxsize=32768)
def family_readings(family: str) -> tuple[str, ...]:
    """Hiragana readings of a family name, likeliest first; empty when there is none to be guessed."""
    return _readings(unify(family), "family_names.txt", _kanji()[0], voiced=True)


@lru_cache(maxsize=32768)
def given_readings(given: str) -> tuple[str, ...]:
    """Hiragana readings of a given name, likeliest first; empty when there is none to be guessed."""
    return _readings(unify(given), "given_names.txt", _kanji()[1], voiced=False)


def split_family(text: str) -> tuple[str, str]:
    """Cut a name written without a space into family and given name, by the longest family name that is known."""
    known = _whole("family_names.txt")
    unified = unify(text)
    if len(unified) != len(text):
        return text, ""
    for size in range(min(4, len(text) - 1), 0, -1):
        if unified[:size] in known:
            return text[:size], text[size:]
    kanji = next((at for at, char in enumerate(text) if is_kana(char)), 0)
    if kanji:
        return text[:kanji], text[kanji:]
    return (text[:2], text[2:]) if len(text) > 2 else (text[:1], text[1:])


def _readings(name: str, table: str, kanji: dict[str, tuple[str, ...]], *, voiced: bool) -> tuple[str, ...]:
    whole = _whole(table)
    if name in whole:
        return whole[name]
    if not name or is_kana(name):
        return (hiragana(name),) if name else ()
    found = _from_longer_pieces(name, table, kanji, voiced=voiced)
    choices: list[tuple[str, ...]] = []
    for at, char in enumerate(name):
        options = _options(char, name[:at], kanji)
        if voiced and at:
            options = (*options, *(changed for o in options if (changed := o[0].translate(_VOICED) + o[1:]) != o))
        choices.append(options)
    single = ("".join(choice) for choice in _likeliest(choices)) if all(choices) else ()
    return tuple(dict.fromkeys(islice((*found, *single), LIMIT)))


def _from_longer_pieces(name: str, table: str, kanji: dict[str, tuple[str, ...]], *, voiced: bool) -> tuple[str, ...]:
    """Readings with a known name inside: 健三郎 is 健 and 三郎, 東久保 is 東 and 久保."""
    whole = _whole(table)
    for size in range(len(name) - 1, 1, -1):
        for left, right in ((name[:-size], name[-size:]), (name[:size], name[size:])):
            if (left in whole and len(left) == size) or (right in whole and len(right) == size):
                pieces = (_readings(piece, table, kanji, voiced=voiced)[:12] for piece in (left, right))
                return tuple("".join(pair) for pair in product(*pieces))
    return ()


def _options(char: str, before: str, kanji: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if is_kana(char):
        return ("が", "け", "か") if char in "ヶケ" and before else (hiragana(char),)
    return kanji.get(char) or _unihan().get(char, ())


def _likeliest(choices: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """All combinations, those with the first options first."""
    ranked = product(*(enumerate(options[: 8 if len(choices) > 1 else 32]) for options in choices))
    found = sorted(islice(ranked, 4096), key=lambda combination: sum(rank for rank, _ in combination))
    return [tuple(option for _, option in combination) for combination in found]


@cache
def _whole(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in table_lines(table):
        for entry in line.split():
            match = _WHOLE.fullmatch(entry)
            if match is None:
                raise ValueError(f"The table {table} has an entry that is not kanji and kana: {entry}.")
            name = unify(match[1])
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *match[2].split("/"))))
    return found


@cache
def _kanji() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Readings of single kanji in family names and in given names."""
    family: dict[str, tuple[str, ...]] = {}
    given: dict[str, tuple[str, ...]] = {}
    for line in table_lines("kanji_readings.txt"):
        for entry in line.split():
            char, in_family, in_given = (entry + "::").split(":")[:3]
            for table, readings in ((family, in_family), (given, in_given)):
                if readings:
                    table.setdefault(unify(char), tuple(filter(None, readings.split("/"))))
    return family | {c: r for c, r in given.items() if c not in family}, given | {
        c: r for c, r in family.items() if c not in given
    }


@cache
def _unihan() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in table_lines("readings_unicode.txt"):
        char, words = line.split("\t")
        if unify(char) == char:
            found[char] = tuple(words.split())
    return found
