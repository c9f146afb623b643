"""The order of a Japanese list of names: 五十音, by reading, family name first (JIS X 4061)."""

from __future__ import annotations

from functools import lru_cache

from .folding import normal
from .kana import hiragana, is_kana
from .person import PersonName
from .romaji import letters
from .variants import unify

_BASE = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼゔぱぴぷぺぽぁぃぅぇぉっゃゅょゎゕゖ",
    "かきくけこさしすせそたちつてとはひふへほうはひふへほあいうえおつやゆよわかけ",
)
_VOICED, _HALF_VOICED = set("がぎぐげござじずぜぞだぢづでどばびぶべぼゔ"), set("ぱぴぷぺぽ")
_SMALL = set("ぁぃぅぇぉっゃゅょゎゕゖ")
_VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
_VOWEL_OF = {kana: vowel for vowel, row in _VOWELS.items() for kana in row}


def gojuon_key(person: PersonName) -> str:
    """A key that sorts people by reading, family name before given name, as plain strings compare.

    Within a part, unvoiced kana come before voiced ones only where all else is equal, and ー sorts as the vowel before
    it; people of the same reading stay together by their kanji. People without a reading come after all others, by their Latin letters.
    """
    family = _reading(person.family_kana, person.family)
    given = _reading(person.given_kana, person.given)
    name = f"{person.family} {person.given}"
    if (family or not person.family.strip()) and (given or not person.given.strip()):
        (base_f, marks_f), (base_g, marks_g) = _levels(family), _levels(given)
        return f"0{base_f} {marks_f} {base_g} {marks_g} {unify(name)}"
    latin = letters(person.roman or name).replace("'", "")
    return f"1{latin or '~'}  {unify(name)}"


def _reading(kana: str, name: str) -> str:
    text = normal(kana or name)
    return hiragana(text).replace(" ", "").replace("・", "") if is_kana(text) else ""


@lru_cache(maxsize=65536)
def _levels(kana: str) -> tuple[str, str]:
    """The bare kana, and one sign a kana for what was taken off (small, voiced, half-voiced)."""
    base = kana.translate(_BASE)
    bare: list[str] = []
    marks: list[str] = []
    for at, char in enumerate(base):
        bare.append(_VOWEL_OF.get(bare[-1], char) if char == "ー" and bare else char)
        marks.append(_mark(kana[at]))
    return "".join(bare), "".join(marks)


def _mark(char: str) -> str:
    if char == "ー":
        return "0"
    return "1" if char in _SMALL else "3" if char in _VOICED else "4" if char in _HALF_VOICED else "2"
