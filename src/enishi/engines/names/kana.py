"""Kana to a code of sounds.

The code is made of plain letters, one spelling for each mora whatever the romanisation (し is always `si`, じ and ぢ are
both `zi`), `N` for ん, `q` for っ, and a capital vowel for a long one: さとう is `satO`, おおの is `Ono`, おの is `ono`.
えい, ええ and えー are all `ei`. Two names sound alike when `same_sound` of their codes is equal.

Mora inventory: ISO 3602:1989 (Kunrei), with the sounds of 外来語の表記 (Cabinet notice No. 2, 1991) merged into the
nearest native mora.
"""

from __future__ import annotations

import re
from functools import lru_cache

KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
SMALL_TO_LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "s": "さしすせそ",
    "t": "たちつてと",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "m": "まみむめも",
    "r": "らりるれろ",
    "g": "がぎぐげご",
    "z": "ざじずぜぞ",
    "d": "だぢづでど",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}
_SINGLE = {kana: row + vowel for row, line in _ROWS.items() for kana, vowel in zip(line, "aiueo", strict=True)} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "N", "っ": "q",
    "ぢ": "zi", "づ": "zu", "ゔ": "bu", "ゎ": "wa", "ゕ": "ka", "ゖ": "ke", "ー": "-",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo",
}  # fmt: skip
_PALATAL = {
    first + small: row + "y" + vowel
    for row, first in zip(
        ["k", "s", "t", "n", "h", "m", "r", "g", "z", "z", "b", "p"], "きしちにひみりぎじぢびぴ", strict=True
    )
    for small, vowel in zip("ゃゅょぇ", "auoe", strict=True)
}
_FOREIGN = {
    "ゔぁ": "ba", "ゔぃ": "bi", "ゔぇ": "be", "ゔぉ": "bo", "てぃ": "ti", "でぃ": "zi", "とぅ": "tu", "どぅ": "zu",
    "でゅ": "zyu", "てゅ": "tyu", "いぇ": "e", "うぃ": "ui", "うぇ": "ue", "うぉ": "uo", "ふぁ": "fa", "ふぃ": "fi",
    "ふぇ": "fe", "ふぉ": "fo", "くぁ": "ka", "くぃ": "kui", "ぐぁ": "ga", "つぁ": "tua", "しぇ": "sye",
}  # fmt: skip
_CODES = _SINGLE | _PALATAL | _FOREIGN
_MORA = re.compile("|".join(sorted(map(re.escape, _CODES), key=len, reverse=True)))
_LONG_WITH_MARK = re.compile("([aiueo])-")
_MARKED = {"a": "A", "i": "I", "u": "U", "e": "ei", "o": "O"}
_SAME_SOUND = str.maketrans("ÂÔ", "AO")
_LONG_PAIRS = (("oo", "O"), ("ou", "O"), ("uu", "U"), ("aa", "Â"), ("ii", "I"), ("ee", "ei"))
# One kana at a time, in either script; a small letter is marked, so that きゃ comes out as ki*ya.
_ONE_BY_ONE = {
    ord(script): ("*" if kana in "ぁぃぅぇぉゃゅょゎ" else "") + code
    for kana, code in _SINGLE.items()
    if len(kana) == 1
    for script in (kana, chr(ord(kana) + (0x60 if kana != "ー" else 0)))
}
_NOT_CODE = re.compile(r"[^a-zNq-]")
_KANA_ONLY = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")


def is_kana(text: str) -> bool:
    """Whether the text is kana and nothing else (spaces and middle dots are allowed)."""
    return _KANA_ONLY.fullmatch(text) is not None


def hiragana(text: str) -> str:
    """Katakana to hiragana; every other character stays."""
    return text.translate(KATAKANA_TO_HIRAGANA)


def raw_code(kana: str) -> str:
    """The code of kana before long vowels are joined; characters that are not kana are dropped."""
    code = kana.translate(_ONE_BY_ONE).replace("i*y", "y")
    if code.isascii() and "*" not in code and code.isalpha():
        return code
    return _NOT_CODE.sub("", _MORA.sub(lambda found: _CODES[found.group()], hiragana(kana)))


def join_long(raw: str) -> str:
    """Write long vowels of a raw code as capitals: `satou` becomes `satO`.

    `Â` for ああ and `Ô` for おお at the end sound like `A` and `O`, but no romanisation leaves them short (まさあき is
    not Masaki, よこお is not Yoko).
    """
    if "-" in raw:
        raw = _LONG_WITH_MARK.sub(lambda found: _MARKED[found[1]], raw).replace("-", "")
    ends_in_oo = raw.endswith("oo")
    for pair, long in _LONG_PAIRS:
        raw = raw.replace(pair, long)
    return raw[:-1] + "Ô" if ends_in_oo and raw.endswith("O") else raw


def same_sound(code: str) -> str:
    """The code without the difference between long vowels that may be left short in Latin letters and others."""
    return code.translate(_SAME_SOUND)


@lru_cache(maxsize=65536)
def kana_code(kana: str) -> str:
    """The code of sounds of a reading in any kana."""
    return join_long(raw_code(kana))


@lru_cache(maxsize=8192)
def large_code(kana: str) -> str:
    """The code when small letters are read as large ones, as bank and HR systems often store them (キヨウコ)."""
    return join_long(raw_code(hiragana(kana).translate(SMALL_TO_LARGE)))


def short_code(code: str) -> str:
    """The code in lower-case Latin letters without long marks, for indexes: `satO` and `sato` are both `sato`."""
    if "q" in code:
        code = re.sub("q(.)", r"\1\1", code).replace("q", "")
    return same_sound(code).replace("I", "ii").lower()
