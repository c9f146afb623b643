"""Search keys: tokens to store with a person, and tokens to look up for what someone typed."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold, normal
from .foreign import foreign_codes
from .kana import is_kana, kana_code, short_code
from .parts import script
from .person import PersonName
from .query import parse
from .readings import family_readings, given_readings, split_family
from .romaji import plain_letters, romaji_codes

_SEAM = re.compile("-|(?<=[一-鿿々])(?=[ぁ-ゖァ-ヶ])|(?<=[ぁ-ゖァ-ヶ])(?=[一-鿿])")
_ESTIMATES = 4  # readings kept for a name whose reading was not told


def keys(person: PersonName) -> tuple[str, ...]:
    """The tokens to store for a person: folded writings, and sounds in plain Latin letters.

    Each part stands alone and in the whole name, family name first; former and middle names and a Latin spelling have
    their own. Where no reading was told, the likeliest estimates stand in. Look up `query_keys` of what was typed;
    `bigrams` of the tokens serve a query that stops in the middle of a word.
    """
    given, given_sounds = _forms(person.given, person.given_kana, "given")
    if person.middle:
        middle, middle_sounds = _forms(person.middle, "", "given")
        given, given_sounds = (*given, *middle), (*given_sounds, *middle_sounds)
    tokens: dict[str, None] = {}
    for family, kana in ((person.family, person.family_kana), (person.former_family, person.former_family_kana)):
        if family or kana:
            folded, sounds = _forms(family, kana, "family")
            tokens.update(dict.fromkeys((*folded, *sounds)))
            tokens.update(dict.fromkeys([token + other for token in folded for other in given]))
            tokens.update(dict.fromkeys([token + other for token in sounds for other in given_sounds]))
    tokens.update(dict.fromkeys((*given, *given_sounds)))
    for word in person.roman.split():
        tokens.update(dict.fromkeys((fold(word), *_latin_sounds(word))))
    return tuple(tokens)


@lru_cache(maxsize=32768)
def query_keys(query: str) -> tuple[str, ...]:
    """The tokens to look up for what someone typed, each word with its folded form and its possible sounds.

    A person who matches has at least one of these among the `keys`, but for initials and slips of the finger.
    """
    tokens: dict[str, None] = {}
    for typed in parse(query):
        pieces = [piece for word in typed.words for piece in _pieces(word)]
        for word in filter(None, (*typed.words, "".join(typed.words), *pieces, typed.former, *typed.aside)):
            tokens.update(dict.fromkeys((fold(word), *_sounds(word))))
    return tuple(tokens)


@lru_cache(maxsize=4096)
def query_words(query: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The ways to understand what someone typed: each a tuple of its words, each word as the tokens that may stand for it.

    Narrower than `query_keys`, for a list that is searched while someone types: a person fits whose `keys` have, for every
    word of one way, a token that begins with one of that word's. Initials, slips of the finger and two names typed as one
    in the order given-family need `query_keys` and `match`.
    """
    ways: dict[tuple[tuple[str, ...], ...], None] = {}
    for typed in parse(query):
        words = [
            tuple(dict.fromkeys(filter(None, (fold(word), *_sounds(word))))) for word in (*typed.words, typed.former)
        ]
        if found := tuple(filter(None, words)):
            ways[found] = None
    return tuple(ways)


def _pieces(word: str) -> list[str]:
    """Where a word has a seam: at a hyphen, between kanji and kana, and after a known family name."""
    pieces = _SEAM.split(word)
    if len(pieces) == 1 and script(word) == "kanji":
        pieces = list(filter(None, split_family(word)))
    return pieces if len(pieces) > 1 else []


def _sounds(word: str) -> tuple[str, ...]:
    kind = script(word)
    if kind == "kana":
        return (short_code(kana_code(normal(word))),)
    return _latin_sounds(word) if kind == "latin" else ()


@lru_cache(maxsize=32768)
def _latin_sounds(word: str) -> tuple[str, ...]:
    return tuple(sorted({short_code(code) for code in romaji_codes(word) | foreign_codes(plain_letters(word))}))


@lru_cache(maxsize=65536)
def _forms(text: str, kana: str, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded writings and sounds of one part."""
    written, read = fold(text), fold(kana) if kana else ""
    folded = (written, read) if written and read and written != read else (written or read,)
    if kana:
        sound = short_code(kana_code(normal(kana)))
        return folded, (sound,) if sound else ()
    plain = normal(text)
    if is_kana(plain):
        readings: tuple[str, ...] = (plain,)
    elif script(plain) == "latin":
        return (folded if plain else ()), _latin_sounds(plain)
    else:
        readings = (family_readings if kind == "family" else given_readings)(plain)[:_ESTIMATES]
    return folded, tuple(dict.fromkeys(short_code(kana_code(reading)) for reading in readings))
