"""Search keys: tokens to store with a person, and tokens to look up for what someone typed."""

from __future__ import annotations

from functools import lru_cache

from .folding import fold, normal
from .kana import is_kana, kana_code, short_code
from .parts import script
from .person import PersonName
from .query import parse
from .readings import family_readings, given_readings
from .romaji import romaji_codes

_ESTIMATES = 4  # readings kept for a name whose reading was not told


def keys(person: PersonName) -> tuple[str, ...]:
    """The tokens to store for a person: folded writings, and sounds in plain Latin letters.

    Each part stands alone and in the whole name, family name first; former and middle names and a Latin spelling have
    their own. Where no reading was told, the likeliest estimates stand in. Any form that `match` takes in full is
    found by looking up `query_keys` of it; a part of a word is found through `bigrams` of the tokens.
    """
    tokens: dict[str, None] = {}
    given, given_sounds = _forms(person.given, person.given_kana, "given")
    for family, kana in ((person.family, person.family_kana), (person.former_family, person.former_family_kana)):
        if not family and not kana:
            continue
        folded, sounds = _forms(family, kana, "family")
        for token in (*folded, *sounds):
            tokens[token] = None
        for token in folded:
            for other in given:
                tokens[token + other] = None
        for token in sounds:
            for other in given_sounds:
                tokens[token + other] = None
    for token in (*given, *given_sounds):
        tokens[token] = None
    for word in (person.middle + " " + person.roman).split():
        tokens[fold(word)] = None
        for token in _latin_sounds(word):
            tokens[token] = None
    return tuple(tokens)


@lru_cache(maxsize=32768)
def query_keys(query: str) -> tuple[str, ...]:
    """The tokens to look up for what someone typed, each word with its folded form and its possible sounds.

    A person can match only if at least one of these is among the person's `keys`, or is part of one.
    """
    tokens: dict[str, None] = {}
    for typed in parse(query):
        for word in (*typed.words, "".join(typed.words)):
            tokens[fold(word)] = None
            for token in _sounds(word):
                tokens[token] = None
    return tuple(tokens)


def _sounds(word: str) -> tuple[str, ...]:
    kind = script(word)
    if kind == "kana":
        return (short_code(kana_code(normal(word))),)
    return _latin_sounds(word) if kind == "latin" else ()


@lru_cache(maxsize=32768)
def _latin_sounds(word: str) -> tuple[str, ...]:
    return tuple(sorted({short_code(code) for code in romaji_codes(word)}))


@lru_cache(maxsize=65536)
def _forms(text: str, kana: str, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Folded writings and sounds of one part."""
    plain, reading = normal(text), normal(kana)
    folded = tuple(dict.fromkeys(filter(None, (fold(text), fold(kana)))))
    if reading or is_kana(plain):
        readings: tuple[str, ...] = (reading or plain,)
    elif script(plain) == "latin":
        return folded, _latin_sounds(plain)
    else:
        readings = (family_readings if kind == "family" else given_readings)(plain)[:_ESTIMATES]
    return folded, tuple(dict.fromkeys(short_code(kana_code(reading)) for reading in readings))
