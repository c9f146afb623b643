"""Slips of the finger in Latin letters.

A word that no romanisation can have produced is no other person's name, so it may be this one's with one slip. A word
that reads well is taken at its word: Ogawa is not Okawa, and Sato is not Seto.
"""

from __future__ import annotations

import re

from .parts import Part
from .romaji import plain_letters, romaji_codes

_SHORTEST = 4  # letters; a slip in a shorter word leaves too little to tell by


def is_slip(piece: str, target: Part) -> bool:
    """Whether a Latin word that is no Japanese spelling is one slip away from a usual spelling of a part."""
    word = plain_letters(piece)
    if len(word) < _SHORTEST or romaji_codes(piece):
        return False
    return any(one_slip(word, spelling) for code in target.codes[:8] for spelling in usual_spellings(code))


def usual_spellings(code: str) -> tuple[str, ...]:
    """The passport spelling of a code, and the one that writes every long vowel out."""
    base = re.sub("q(.)", r"\1\1", code).replace("N", "n").replace("tti", "tchi")
    for kunrei, hepburn in (
        ("sy", "sh"), ("ty", "ch"), ("zy", "j"), ("si", "shi"), ("ti", "chi"), ("tu", "tsu"), ("hu", "fu"), ("zi", "ji"),
        ("sI", "shii"), ("tI", "chii"), ("zI", "jii"), ("tU", "tsuu"), ("hU", "fuu"),
    ):  # fmt: skip
        base = base.replace(kunrei, hepburn)
    base = base.replace("Â", "aa").replace("Ô", "oo")
    full = base.replace("O", "ou").replace("U", "uu").replace("A", "aa").replace("I", "ii")
    return (base.replace("I", "ii").lower(), full, base.replace("O", "oh").replace("I", "ii").lower())


def one_slip(a: str, b: str) -> bool:
    """Whether one letter changed, left out or put in, or two neighbours swapped, makes the texts equal."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    swapped = len(rest_b) > 1 and rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return swapped or rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]
