"""Names from outside Japan: between Latin letters and the kana that stand for them.

Frequent names come from a table. For the others the consonants are compared, after the ways English spelling and kana
are known to part (th and ス, v and ブ, l and r, a silent r or h): a rough measure, worth little more than a guess.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from .kana import kana_code
from .variants import table_lines, unify

_TO_SOUND = [
    (r"^kn", "n"), (r"^wr", "r"), (r"^x", "z"), (r"sch|sh", "s"), (r"tch|ch", "t"), (r"ph", "h"), (r"th", "s"), (r"ts", "t"),
    (r"ck|q", "k"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"g(?=[eiy])", "z"), (r"j", "z"), (r"ng\b", "n"),
    (r"gh", ""), (r"v", "b"), (r"l", "r"), (r"f", "h"), (r"d(?=i)", "z"), (r"m(?=[bp])", "n"),
]  # fmt: skip


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in table_lines("foreign_names.txt"):
        for entry in line.split():
            latin, _, readings = entry.partition(":")
            found[latin] = found.get(latin, frozenset()) | {kana_code(kana) for kana in readings.split("/")}
    return found


def foreign_codes(word: str) -> frozenset[str]:
    """The codes of sounds in use for a well-known foreign name; empty for any other."""
    return _table().get(word, frozenset())


def is_foreign_family(codes: tuple[str, ...]) -> bool:
    """Whether a family name sounds like a Chinese or Korean one in the table (キム, チェン), so its given name may be too."""
    return not _table_codes().isdisjoint(codes)


@cache
def _table_codes() -> frozenset[str]:
    return frozenset().union(*_table().values())


def pinyin(name: str) -> str:
    """A name in kanji as Chinese reads it (Unihan kMandarin), without tones; empty when a sign has no reading."""
    syllables = [_syllables().get(char, "") for char in unify(name)]
    return "".join(syllables) if all(syllables) else ""


@cache
def _syllables() -> dict[str, str]:
    lines = (line.split("\t") for line in table_lines("pinyin_unicode.txt"))
    return {char: syllable for syllable, chars in lines for char in chars}


@lru_cache(maxsize=8192)
def sounds_alike(word: str, code: str) -> bool:
    """Whether a foreign name in Latin letters may be the kana of a code: same consonants, same kind of start."""
    spelled, spoken = _latin_consonants(word), _code_consonants(code)
    if not spoken or len(spelled.replace("r", "")) < 2:
        return False
    return spelled == spoken or (spelled.replace("r", "") == spoken.replace("r", "") and word[0] not in "aiueo")


def _latin_consonants(word: str) -> str:
    for pattern, sound in _TO_SOUND:
        word = re.sub(pattern, sound, word)
    return _once(re.sub("[aiueowyh']", "", word))


def _code_consonants(code: str) -> str:
    return _once(re.sub("[aiueoAIUEOwyhq]", "", code).replace("N", "n"))


def _once(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)
