"""Latin spellings of Japanese to the codes of sounds they may stand for.

Takes Hepburn (with ō, ô, oh, oo or ou, or nothing for a long vowel), the passport rule of the Ministry of Foreign
Affairs (旅券法施行規則: Hepburn, long vowels dropped or `OH`), Kunrei and Nihon-shiki (ISO 3602:1989), and input-method
spelling. A spelling can be ambiguous (`Kenichi` is けにち or けんいち), so the answer is a set.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice, product

from .kana import join_long, same_sound

_LIMIT = 96  # codes for one word; a real name stays far below
_LONGEST = 48  # letters; longer words are no names and could branch without end


def _syllables() -> dict[str, str]:
    table: dict[str, str] = {vowel: vowel for vowel in "aiueo"}
    rows = {c: c for c in "kstnhmrgzbp"} | {"l": "r", "v": "b"}
    for spelled, row in rows.items():
        table |= {spelled + vowel: row + vowel for vowel in "aiueo"}
        table |= {spelled + "y" + vowel: row + "y" + vowel for vowel in "aueo"}
    table |= {"d" + vowel: "d" + vowel for vowel in "aeo"} | {
        "di": "zi",
        "du": "zu",
        "dzu": "zu",
        "dsu": "zu",
    }
    for start, row in (("sh", "s"), ("ch", "t"), ("cy", "t"), ("j", "z"), ("jy", "z"), ("dy", "z")):
        table |= {start + vowel: row + "y" + vowel for vowel in "aueo"}
    table |= {"shi": "si", "chi": "ti", "ji": "zi", "tsu": "tu", "fu": "hu", "dji": "zi"}
    table |= {"tsa": "tua", "fa": "fa", "fi": "fi", "fe": "fe", "fo": "fo", "fyu": "hyu"}
    table |= {"ya": "ya", "yu": "yu", "yo": "yo", "ye": "e", "yi": "i"}
    table |= {"wa": "wa", "wi": "ui", "we": "ue", "wo": "o", "wu": "u", "kwa": "ka", "gwa": "ga"}
    table |= {"ca": "ka", "cu": "ku", "co": "ko", "ci": "si", "ce": "se"}
    return table


_SYLLABLES = _syllables()
# What people write on purpose, although no system would.
_CUSTOM = {
    "joe": "jou", "george": "jouji", "ray": "rei", "lay": "rei", "may": "mei", "kay": "kei", "amy": "eimi",
    "yuri": "yuri", "mary": "mari", "emily": "emiri", "jay": "jei", "john": "jon", "jon": "jon", "ann": "an",
    "anne": "an", "anna": "anna", "emma": "emma", "hannah": "hanna", "sarah": "sara", "karen": "karen",
    "lynn": "rin", "kate": "keito", "dan": "dan", "alice": "arisu", "thomas": "toomasu",
}  # fmt: skip
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_MARKS = {"\u0304": "-", "\u0302": "-", "\u0306": "-"}  # macron, circumflex, breve


def letters(text: str) -> str:
    """Lower-case ASCII letters, apostrophes for any mark inside a word, and `-` after a vowel with a macron."""
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text).lower().translate(_UNDECOMPOSED):
        if "a" <= char <= "z":
            kept.append(char)
        elif char in _MARKS:
            kept.append(_MARKS[char])
        elif not unicodedata.combining(char) and kept and kept[-1] != "'":
            kept.append("'")
    return "".join(kept).strip("'")


def plain_letters(text: str) -> str:
    """Lower-case ASCII letters and nothing else."""
    return letters(text).replace("'", "").replace("-", "")


@lru_cache(maxsize=16384)
def romaji_codes(text: str) -> frozenset[str]:
    """All codes of sounds that a word in Latin letters may stand for; empty when it is no Japanese spelling.

    A code holds a capital vowel where the spelling marks a long one, and a small vowel where it is silent about it.
    """
    word = letters(text)
    if not word or len(word) > _LONGEST:
        return frozenset()
    raws = set(_raw(word.replace("yeo", "yo")))  # Korean: Suhyeon
    if word in _CUSTOM:
        raws |= set(_raw(_CUSTOM[word]))
    codes: set[str] = set()
    for raw in sorted(raws):
        codes |= _long_or_not(raw)
        if len(codes) > _LIMIT:
            break
    return frozenset(codes)


def _raw(word: str) -> list[str]:
    """Every reading of a word, as raw codes (long vowels not joined yet)."""
    done: dict[int, list[str]] = {len(word): [""]}

    def read(at: int) -> list[str]:
        if at not in done:
            found = [code + rest for code, step in _steps(word, at) for rest in read(at + step)]
            done[at] = found[:_LIMIT]
        return done[at]

    return read(0)


def _steps(word: str, at: int) -> list[tuple[str, int]]:
    """What may come next at a position: pairs of code and letters used."""
    char = word[at]
    following = word[at + 1 : at + 2]
    if char == "'":
        return [("", 1)]
    if char == "-":
        return [("-", 1)]
    spellings = (word[at : at + size] for size in range(1, min(4, len(word) - at) + 1))
    steps = [(_SYLLABLES[spelling], len(spelling)) for spelling in spellings if spelling in _SYLLABLES]
    if char == "n":
        steps.append(("N", 1))
        if following == "n":
            steps.append(("N", 2))
    elif char == "m" and following and following in "bmpf":
        steps.append(("N", 1))
    elif char == "h" and _marks_long_vowel(word, at):
        steps.append(("-" if word[at - 1] in "ou" else "", 1))
    if following and _doubled(word, at):
        steps.append(("q", 1))
    return steps


def _marks_long_vowel(word: str, at: int) -> bool:
    """Whether an h may stand for a long vowel: Ohno, Satoh, and before another vowel after an o or u (Ohishi)."""
    before, after = word[at - 1 : at], word[at + 1 : at + 2]
    return before in ("o", "u") or (before in ("a", "e") and (not after or after not in "aiueo-"))


def _doubled(word: str, at: int) -> bool:
    char, following = word[at], word[at + 1]
    return char in "kstcpgdbzj" if char == following else word.startswith("tch", at)


def _long_or_not(raw: str) -> set[str]:
    """Codes of a raw code, each `ou`, `oo` and `uu` read as one long vowel or as two."""
    pieces: list[tuple[str, ...]] = []
    at = 0
    while at < len(raw):
        pair = raw[at : at + 2]
        if pair in ("ou", "oo", "uu", "aa", "ii"):
            pieces.append((pair[0].upper(), pair))
            at += 2
        elif pair == "ee":
            pieces.append(("ei", "I"))
            at += 2
        elif pair in ("o-", "u-", "a-", "i-", "e-"):
            pieces.append((join_long(pair),))
            at += 2
        else:
            pieces.append((raw[at],))
            at += 1
    return {"".join(choice).replace("-", "") for choice in islice(product(*pieces), _LIMIT)}


def spells(roman_code: str, kana_code: str) -> bool:
    """Whether a code from Latin letters can stand for a code from kana: a long a, o or u may be left unmarked."""
    if len(roman_code) != len(kana_code):
        return False
    pairs = zip(same_sound(roman_code), same_sound(kana_code), kana_code, strict=True)
    return all(r == k or (kept in "AOU" and r == k.lower()) for r, k, kept in pairs)
