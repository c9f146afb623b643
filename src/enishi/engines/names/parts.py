"""One part of a name (family, given, middle) against one piece of what was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .folding import normal, written
from .foreign import foreign_codes, sounds_alike
from .kana import is_kana, kana_code, large_code, same_sound
from .readings import family_readings, given_readings
from .romaji import letters, plain_letters, romaji_codes, spells

_HIRAGANA = re.compile("[ぁ-ゖ]")
_KATAKANA = re.compile("[ァ-ヺー・]+")
_KANJI = re.compile("[\u3400-\u9fff々〆ヶ\uf900-\ufaff\U00020000-\U0003ffff]")
# Signs that look like a kanji and are typed, scanned or dictated for it.
_LOOKALIKES = str.maketrans("ーニハエカタトロミ夕力工口卜八二三一", "一二八工力夕卜口三夕力工口卜八二三一")
_LOOKALIKE_KANA = str.maketrans("にはえかたとろみがけゖゕ", "二八工力夕卜口三ヶヶヶヵ")


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a piece fits a part: `score` from 0 to 1 and a code that says by what."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a name with everything it can be compared by; made once for each text, so told apart by identity."""

    text: str
    written: str
    codes: tuple[str, ...]
    told: bool
    latin: str
    foreign: bool


@lru_cache(maxsize=65536)
def part(text: str, kana: str, kind: str) -> Part:
    """The forms of a part; `kind` is "family" or "given" and chooses how a missing reading is estimated."""
    text, kana = normal(text), normal(kana)
    latin = letters(text) if text and not _KANJI.search(text) and not is_kana(text) else ""
    told = bool(kana) or is_kana(text)
    if latin:
        readings: tuple[str, ...] = (kana,) if kana else ()
        codes = tuple(dict.fromkeys([*map(kana_code, readings), *sorted(romaji_codes(text))]))
    elif told:
        codes = (kana_code(kana or text),)
    else:
        readings = family_readings(text) if kind == "family" else given_readings(text)
        codes = tuple(dict.fromkeys(map(kana_code, readings)))
    return Part(text, written(text), codes, told, latin, foreign=bool(latin) or _KATAKANA.fullmatch(text) is not None)


def script(piece: str) -> str:
    """What a piece is written in: "kanji" (also when mixed with kana), "kana" or "latin"."""
    if _KANJI.search(piece):
        return "kanji"
    return "kana" if is_kana(piece) else "latin"


@lru_cache(maxsize=65536)
def fit(piece: str, target: Part) -> Fit | None:
    """How a piece fits a part, or None when it is something else."""
    if not piece or not (target.written or target.codes):
        return None
    if piece == target.text:
        return Fit(1.0, "exact")
    kind = script(piece)
    if kind == "kanji":
        return _fit_written(piece, target)
    if kind == "kana":
        return _fit_kana(piece, target)
    return _fit_latin(piece, target)


def _fit_written(piece: str, target: Part) -> Fit | None:
    typed = written(piece)
    if typed == target.written:
        return Fit(0.97, "kanji-variant")
    if _lookalike(typed) == _lookalike(target.written):
        return Fit(0.8, "lookalike")
    if len(typed) <= 8 and _HIRAGANA.search(typed) and _is_part_kana(typed, target):
        return Fit(0.75 if target.told else 0.7, "part-kana")
    return None


def _is_part_kana(typed: str, target: Part) -> bool:
    """Whether a kanji name was typed with some of its kanji as kana (渡なべ)."""
    kanji = iter(target.written)
    if not all(char in kanji for char in typed if _KANJI.match(char)):
        return False
    readings = (*family_readings(typed), *given_readings(typed))
    return not {kana_code(reading) for reading in readings}.isdisjoint(target.codes)


def _lookalike(text: str) -> str:
    return text.translate(_LOOKALIKE_KANA).translate(_LOOKALIKES)


def _fit_kana(piece: str, target: Part) -> Fit | None:
    if written(piece) == target.written:
        return Fit(0.98, "kana")
    code = kana_code(piece)
    if target.latin and code in foreign_codes(target.latin):
        return Fit(0.9, "foreign-name")
    if same_sound(code) in {same_sound(known) for known in target.codes}:
        return Fit(0.95, "kana") if target.told else Fit(0.8, "kana-estimated")
    if target.told and large_code(piece) in {large_of(code) for code in target.codes}:
        return Fit(0.85, "kana-folded")
    if _lookalike(written(piece)) == _lookalike(target.written):
        return Fit(0.7, "lookalike")
    return None


def large_of(code: str) -> str:
    """A code as it would be if small kana had been stored as large ones."""
    return re.sub("([kstnhmrgzbp])y([auoAUOe])", r"\1iy\2", code).replace("q", "tu")


def _fit_latin(piece: str, target: Part) -> Fit | None:
    word = plain_letters(piece)
    if not word:
        return None
    if target.latin and _same_letters(piece, target.text):
        return Fit(0.97, "latin")
    if len(word) == 1:
        return Fit(0.66, "initial") if word in initials(target) else None
    spelled = romaji_codes(piece)
    if any(spells(roman, code) for code in target.codes for roman in spelled):
        return Fit(0.93, "romaji") if target.told else Fit(0.78, "romaji-estimated")
    if foreign_codes(word).intersection(target.codes):
        return Fit(0.9, "foreign-name") if target.told else Fit(0.75, "foreign-name")
    if (
        target.foreign
        and not (spelled or foreign_codes(word))
        and any(sounds_alike(word, code) for code in target.codes)
    ):
        return Fit(0.65, "foreign-sound")
    return None


def _same_letters(piece: str, text: str) -> bool:
    """Whether two Latin writings are one, with Müller as Muller or as Mueller."""
    plain, spelled_out = ({plain_letters(one), plain_letters(one.translate(_UMLAUTS))} for one in (piece, text))
    return not plain.isdisjoint(spelled_out)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_INITIALS = {"s": "s", "t": "tc", "h": "hf", "z": "zj", "k": "kc", "r": "rl", "b": "bv", "N": "n", "d": "d"}


def initials(target: Part) -> set[str]:
    """The letters that may stand for a part."""
    found = {target.latin[0]} if target.latin else set()
    for code in map(same_sound, target.codes):
        head = code[:1]
        found |= set(_INITIALS.get(head, head.lower()))
    return found
