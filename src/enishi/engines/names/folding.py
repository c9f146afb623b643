"""Folding: one form for every writing of the same text, for comparing and for search."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .kana import KATAKANA_TO_HIRAGANA, SMALL_TO_LARGE
from .variants import VARIANTS, unify

_DASHES_AFTER_KANA = re.compile("(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−ｰ～〜~]+")
_REPEATED_KANA = re.compile("([ぁ-ゖァ-ヺ])([ゝゞヽヾ])")
_SPACES = re.compile(r"\s+")
# Voice marks that stand apart join their kana; signs that nobody sees, as copied text has them, go.
_SIGNS = str.maketrans(
    {"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"}
    | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", "")
)
_LATIN_WITH_MARKS = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_BREAKS = str.maketrans({**dict.fromkeys("・,、;/_", " "), **dict.fromkeys("'’‘`´ʼ.-‐‑", None)})
_V_SOUNDS = re.compile("ゔ[ぁぃぇぉ]")
_V_VOWELS = {"ゔぁ": "ば", "ゔぃ": "び", "ゔぇ": "べ", "ゔぉ": "ぼ"}
_PLAIN_KANA = SMALL_TO_LARGE | str.maketrans("ぢづゐゑをゔ", "じずいえおぶ")
_A_ROW, _I_ROW, _U_ROW = (
    "あかさたなはまやらわがざだばぱ",
    "いきしちにひみりぎじびぴ",
    "うくすつぬふむゆるぐずぶぷ",
)
_E_ROW, _O_ROW = "えけせてねへめれげぜでべぺ", "おこそとのほもよろごぞどぼぽ"
_LONG = re.compile(f"(?<=[{_A_ROW}{_I_ROW}{_U_ROW}{_E_ROW}{_O_ROW}])[おえー]")
_VOWEL_AFTER = (
    {(kana, "ー"): vowel for vowel, row in zip("あいういう", (_A_ROW, _I_ROW, _U_ROW, _E_ROW, _O_ROW), strict=True) for kana in row}
    | {(kana, "お"): "う" for kana in _O_ROW}
    | {(kana, "え"): "い" for kana in _E_ROW}
)  # fmt: skip
# Text of nothing but common kanji, kana and single spaces, as nearly all names are, needs no general normalisation.
_PLAIN = re.compile("[ぁ-んゕゖァ-ンヵヶー一-鿿]+(?: [ぁ-んゕゖァ-ンヵヶー一-鿿]+)*")
_HIRAGANA_NAMES: dict[int, int | str] = {**KATAKANA_TO_HIRAGANA, **VARIANTS}
_FOLDED = {
    **VARIANTS,
    **{code: kana.translate(_PLAIN_KANA) for code in range(0x3041, 0x3097) if (kana := chr(code))},
    **{code: chr(to).translate(_PLAIN_KANA) for code, to in KATAKANA_TO_HIRAGANA.items()},
}


def normal(text: str) -> str:
    """One width, one composition, one kind of space and of long mark; letters, kanji and kana keep their form.

    Unicode NFKC (UAX #15) does the width and composition; it also replaces CJK compatibility ideographs.
    """
    if _PLAIN.fullmatch(text):
        return text
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    text = _REPEATED_KANA.sub(_repeated, text)
    return _SPACES.sub(" ", _DASHES_AFTER_KANA.sub("ー", text)).strip()


def written(text: str) -> str:
    """How a name is written, apart from variants: kanji unified, katakana as hiragana, Latin letters lower-case."""
    if _PLAIN.fullmatch(text):
        return text.translate(_HIRAGANA_NAMES)
    return unify(normal(text)).translate(KATAKANA_TO_HIRAGANA).casefold()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """One search form for all writings of a text; folding twice gives the same as folding once.

    Width, kanji variants, hiragana and katakana, small kana, long vowels (おおの, おーの and おうの are one),
    じ and ぢ, and the case and accents of Latin letters no longer matter. Kanji and kana stay different.
    """
    if _PLAIN.fullmatch(text):
        return _LONG.sub(_long_vowel, text.translate(_FOLDED))
    folded = written(text)
    if folded.isascii():
        return _SPACES.sub(" ", folded.translate(_BREAKS)).strip()
    if _LATIN_WITH_MARKS.search(folded):
        folded = _LATIN_WITH_MARKS.sub(_without_marks, folded)
    if "ゔ" in folded:
        folded = _V_SOUNDS.sub(lambda found: _V_VOWELS[found.group()], folded)
    folded = _LONG.sub(_long_vowel, folded.translate(_PLAIN_KANA))
    return _SPACES.sub(" ", folded.translate(_BREAKS)).strip()


def bigrams(text: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters of a folded text, each once, in order; a lone character is its own token.

    Words are taken one by one, so a pair never reaches over a space. An index of these tokens answers a query
    of two characters, which a trigram index cannot; a query of one character needs a prefix look-up.
    """
    found: dict[str, None] = {}
    for word in fold(text).split():
        if len(word) == 1:
            found[word] = None
        for at in range(len(word) - 1):
            found[word[at : at + 2]] = None
    return tuple(found)


def _repeated(found: re.Match[str]) -> str:
    """すゞ is すず: the mark repeats the kana before it, ゞ with a voice mark."""
    kana, mark = found.groups()
    voice = "\u3099" if mark in "ゞヾ" else ""
    return kana + unicodedata.normalize("NFC", kana + voice)


def _long_vowel(found: re.Match[str]) -> str:
    char = found.group()
    return _VOWEL_AFTER.get((found.string[found.start() - 1], char), char)


def _without_marks(found: re.Match[str]) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", found.group()) if not unicodedata.combining(char))
