"""What someone typed, taken apart: words in order, former name, what stood in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .folding import normal

_BRACKETS = re.compile(r"[(\[【〔<「『]([^)\]】〕>」』]*)[)\]】〕>」』]?")
_FORMER = re.compile(
    r"(?:旧姓名?|旧氏名?|旧名|(?:^|(?<=[\s,、]))旧|\b(?:former(?:ly)?(?: name)?|n[eé]e|maiden name)\b)"
    r"\s*[:=は]?\s*([^\s,、・:]+)",
    re.IGNORECASE,
)
_CURRENT = re.compile(r"^(?:現姓?|新姓|now|currently|present)\s*[:=は]?\s*(.+)", re.IGNORECASE)
_WORD_BREAKS = re.compile(r"[\s・･,、;/_|=]+|(?<=[^\W\d])\.(?=[^\W\d])|(?<=\w)\.(?=\s|$)")
_MAIL_DOMAIN = re.compile(r"@[\w.-]*$")
_MOST_WORDS = 12  # さ い と う, letter by letter, is still a name; more words than these are text
_HONORIFIC_WORDS = {
    "mr", "mrs", "ms", "miss", "dr", "prof", "san", "sama", "kun", "chan", "sensei", "shi", "phd", "md", "mba", "esq",
    "sir", "さん", "さま", "様", "殿", "氏", "君", "くん", "ちゃん", "先生", "先輩", "部長", "課長", "社長", "係長",
    "主任", "教授", "博士", "どの", "ドクター", "サン", "サマ",
}  # fmt: skip
_HONORIFIC_ENDING = re.compile(
    "(?<=.)(?:さん|さま|様|殿|氏|君|くん|ちゃん|先生|先輩|部長|課長|社長|係長|主任|教授|博士|サン|サマ|[-'](?:san|sama|kun|sensei))$"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """`words` in the order typed; `former` when a former family name was named; `comma` when the first word ends in one.

    `aside` is what stood in brackets and is no former name: a reading, another writing, a current name.
    """

    words: tuple[str, ...]
    former: str = ""
    aside: tuple[str, ...] = ()
    comma: bool = False


def parse(text: str) -> tuple[Typed, ...]:
    """The ways to understand a typed name, the plainest first; none when there is no letter in it."""
    plain = _MAIL_DOMAIN.sub("", normal(text)).strip()
    former, aside = "", []
    for inside in _BRACKETS.findall(plain):
        if found := _FORMER.search(inside):
            former = found[1]
        elif inside.strip():
            current = _CURRENT.match(inside.strip())
            aside.append(current[1] if current else inside.strip())
    main = _BRACKETS.sub(" ", plain)
    found = _FORMER.search(main)
    if found and (main[: found.start()].strip(" ,、・") or not former):
        former, main = found[1], (main[: found.start()] + " " + main[found.end() :])
    words = tuple(word for word in _WORD_BREAKS.split(main) if any(char.isalpha() for char in word))
    if len(words) > _MOST_WORDS:
        words = ("".join(words),)
    if not words and former:
        words, former = (former,), ""
    if not words:
        return ()
    typed = Typed(words, former, tuple(aside), comma=bool(re.match(r"\s*\S+\s*[,、]\s*\S", main)))
    without = _without_honorifics(words)
    return (typed, replace(typed, words=without)) if without != words else (typed,)


def _without_honorifics(words: tuple[str, ...]) -> tuple[str, ...]:
    kept = [word for word in words if word.casefold() not in _HONORIFIC_WORDS]
    if kept:
        kept[-1] = _HONORIFIC_ENDING.sub("", kept[-1])
    return tuple(kept) if kept else words
