"""Folding: one form for every writing of the same text, for comparing and for search."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .kana import KATAKANA_TO_HIRAGANA, SMALL_TO_LARGE
from .variants import unify

_DASHES_AFTER_KANA = re.compile("(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−ｰ～〜~]+")
_SPACES = re.compile(r"\s+")
_SPACED_VOICE_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
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
_LONG = re.compile(f"(?<=[{_O_ROW}])[おー]|(?<=[{_E_ROW}])[えー]|(?<=[{_A_ROW}{_I_ROW}{_U_ROW}])ー")
_VOWEL_AFTER = dict.fromkeys(_O_ROW + _U_ROW, "う") | dict.fromkeys(_E_ROW + _I_ROW, "い") | dict.fromkeys(_A_ROW, "あ")


def normal(text: str) -> str:
    """One width, one composition, one kind of space and of long mark; letters, kanji and kana keep their form.

    Unicode NFKC (UAX #15) does the width and composition; it also replaces CJK compatibility ideographs.
    """
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    text = unicodedata.normalize("NFKC", text.translate(_SPACED_VOICE_MARKS))
    return _SPACES.sub(" ", _DASHES_AFTER_KANA.sub("ー", text)).strip()


def written(text: str) -> str:
    """How a name is written, apart from variants: kanji unified, katakana as hiragana, Latin letters lower-case."""
    return unify(normal(text)).translate(KATAKANA_TO_HIRAGANA).casefold()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """One search form for all writings of a text; folding twice gives the same as folding once.

    Width, kanji variants, hiragana and katakana, small kana, long vowels (おおの, おーの and おうの are one),
    じ and ぢ, and the case and accents of Latin letters no longer matter. Kanji and kana stay different.
    """
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


def _long_vowel(found: re.Match[str]) -> str:
    return _VOWEL_AFTER[found.string[found.start() - 1]]


def _without_marks(found: re.Match[str]) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", found.group()) if not unicodedata.combining(char))
