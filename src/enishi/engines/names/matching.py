"""Is what someone typed this person's name?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .foreign import foreign_codes, is_foreign_family, pinyin
from .parts import Fit, Part, fit, part, script
from .person import PersonName
from .query import Typed, parse
from .romaji import letters, plain_letters, romaji_codes
from .typos import is_slip

SAME = 0.6  # a match with this score or more is the same name
LONGEST = 200  # characters; nobody's name, and longer text only costs time


@dataclass(frozen=True, slots=True)
class Match:
    """`score` from 0 to 1, whether that counts as the same name, and a code for the reason (not for display)."""

    score: float
    same: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A person's parts, ready to be compared."""

    families: tuple[tuple[Part, bool], ...]  # with whether it is a former name
    given: Part | None
    middle: Part | None
    givens: tuple[tuple[Part, str], ...]  # every way to write the given name, with a reason unless it is the plain one
    roman: tuple[str, ...]


def match(query: str, person: PersonName) -> Match:
    """Compare what someone typed with a person's name.

    Takes kanji in any variant, kana in any width, Latin letters in any romanisation, with or without spaces and commas,
    in either order, with titles, initials, middle and former names. A family name alone fits too, with a lower score.
    Raises ValueError when the query has more than 200 characters.
    """
    if len(query) > LONGEST:
        raise ValueError(f"The name typed has {len(query)} characters: type a name of at most {LONGEST}.")
    name = _name(person)
    best = max(
        (_understood(typed, name) for typed in parse(query)),
        key=lambda found: found.score,
        default=Fit(0.0, "nothing-typed"),
    )
    return Match(round(best.score, 3), best.score >= SAME, best.reason)


@lru_cache(maxsize=16384)
def _name(person: PersonName) -> _Name:
    families = []
    if person.family or person.family_kana:
        families.append((part(person.family or person.family_kana, person.family_kana, "family"), False))
    if person.former_family or person.former_family_kana:
        former = person.former_family or person.former_family_kana
        families.append((part(former, person.former_family_kana, "family"), True))
    given = middle = None
    givens: list[tuple[Part, str]] = []
    if person.given or person.given_kana:
        given = part(person.given or person.given_kana, person.given_kana, "given")
        if families and is_foreign_family(families[0][0].codes) and families[0][0].told:
            given = replace(given, foreign=True)
        givens.append((given, ""))
    if person.middle:
        middle = part(person.middle, "", "given")
        givens.append((middle, "middle-name"))
        if person.given:
            givens.append((part(f"{person.given}{_between(person.given)}{person.middle}", "", "given"), "middle-name"))
    roman = tuple(letters(word) for word in person.roman.split())
    return _Name(tuple(families), given, middle, tuple(givens), roman)


def _between(given: str) -> str:
    return " " if script(given) == "latin" else ""


def _understood(typed: Typed, name: _Name) -> Fit:
    """One way to understand the query against the name."""
    found = _better(_words(typed.words, name), _former_named(typed, name))
    if found.score >= SAME and any(_contradicts(aside, name) for aside in typed.aside):
        return Fit(0.4, "reading-differs")
    return found


def _words(words: tuple[str, ...], name: _Name) -> Fit:
    """The best of all ways to lay the words over the parts of the name."""
    found = _better(_both_parts(words, name), _own_spelling(words, name))
    if found.score < SAME:
        found = _better(found, _with_middle(words, name), _every_script(words, name))
    if found.score < SAME:
        found = _better(
            found, _one_part(words, name), _with_slip(words, name), _double_name(words, name), _in_pinyin(words, name)
        )
    return found


def _both_parts(words: tuple[str, ...], name: _Name) -> Fit:
    """Family and given name in either order, cut between words or, for a single word, anywhere."""
    best = _NONE
    if name.given is None:
        return best
    for left, right in _cuts(words):
        for family, is_former in name.families:
            for first, second, turned in ((left, right, False), (right, left, True)):
                a = fit(first, family)
                b = _fit_given(second, name) if a else None
                if a and b:
                    best = _better(best, _together(a, b, turned, is_former, first + second))
    return best


def _fit_given(piece: str, name: _Name) -> Fit | None:
    """The piece against the given name, the middle name, or both together."""
    for given, reason in name.givens:
        found = fit(piece, given)
        if found and not (reason and found.reason == "initial"):
            return Fit(found.score * 0.9, reason) if reason else found
    return None


def _cuts(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(words) == 1:
        word = words[0]
        yield from ((word[:at], word[at:]) for at in range(1, min(len(word), 48)) if _may_cut(word, at))
    for at in range(1, len(words)):
        yield _joined(words[:at]), _joined(words[at:])


def _may_cut(word: str, at: int) -> bool:
    """A lone letter cut off a joined Latin word is no initial (`Satok`), and a very long word is no name."""
    return script(word) != "latin" or (1 < at < len(word) - 1 and len(word) <= 40)


def _joined(words: tuple[str, ...]) -> str:
    """Words of one part; Latin ones keep a mark between them, so Ken Ichi does not become けに."""
    return ("'" if script(words[0]) == "latin" else "").join(words)


def _together(family: Fit, given: Fit, turned: bool, is_former: bool, typed: str) -> Fit:
    weaker = min(family, given, key=lambda found: found.score)
    score, reason = weaker.score, weaker.reason
    if family.reason == given.reason == "initial":
        return Fit(SAME, "initials")
    if turned and script(typed) != "latin":
        score, reason = score * 0.95, "reversed" if score > 0.9 else reason
    if is_former:
        score, reason = score * 0.92, "former-name"
    return Fit(max(score, SAME), reason)


def _own_spelling(words: tuple[str, ...], name: _Name) -> Fit:
    """The Latin name as the person writes it, in any order of its words."""
    if not name.roman:
        return _NONE
    typed = [letters(word) for word in words]
    if sorted(typed) == sorted(name.roman) or typed in (["".join(name.roman)], ["".join(reversed(name.roman))]):
        return Fit(0.96, "own-spelling")
    ends = {name.roman[0], name.roman[-1]}
    if len(typed) > 1 and len(name.roman) > len(typed) and set(typed) <= ends:
        return Fit(0.8, "own-spelling")
    if len(typed) == 1 and typed[0] in ends and len(typed[0]) > 1:
        return Fit(0.7, "own-spelling")
    orders = (name.roman, name.roman[::-1]) if len(typed) == len(name.roman) > 1 else ()
    if any(all(a == b or a == b[0] for a, b in zip(typed, order, strict=True)) for order in orders):
        return Fit(0.66 if max(map(len, typed)) > 1 else SAME, "initial")
    return _NONE


def _with_middle(words: tuple[str, ...], name: _Name) -> Fit:
    """Both parts and one word more: the middle name, its initial, or a middle name nobody told."""
    best = _NONE
    for at, word in enumerate(words if 2 < len(words) < 7 else ()):
        rest = _both_parts(words[:at] + words[at + 1 :], name)
        if rest.score < SAME:
            continue
        if name.middle and any(fit(word, given) for given, _ in name.givens):
            best = _better(best, Fit(max(SAME, rest.score * 0.97), "middle-name"))
        elif name.middle is None and script(word) == "latin" and _is_no_japanese_name(word):
            best = _better(best, Fit(max(SAME, rest.score * 0.72), "middle-unknown"))
    return best


def _is_no_japanese_name(word: str) -> bool:
    """Whether a word cannot be the rest of a Japanese given name (Ken Ichi): a lone letter, or a foreign name."""
    return len(word) == 1 or not romaji_codes(word) or bool(foreign_codes(plain_letters(word)))


def _every_script(words: tuple[str, ...], name: _Name) -> Fit:
    """The whole name given twice, say in kanji and in kana: both must fit."""
    groups: dict[str, tuple[str, ...]] = {}
    for word in words:
        groups[script(word)] = (*groups.get(script(word), ()), word)
    if len(groups) < 2:
        return _NONE
    return min((_both_parts(group, name) for group in groups.values()), key=lambda found: found.score)


def _with_slip(words: tuple[str, ...], name: _Name) -> Fit:
    """Both parts in Latin letters, one of them with a slip of the finger."""
    if len(words) < 2 or name.given is None or any(script(word) != "latin" for word in words):
        return _NONE
    for left, right in _cuts(words):
        for family, _ in name.families:
            for first, second in ((left, right), (right, left)):
                a, b = fit(first, family), fit(second, name.given)
                if (a and len(first) > 1 and is_slip(second, name.given)) or (
                    b and len(second) > 1 and is_slip(first, family)
                ):
                    return Fit(0.62, "one-slip")
    return _NONE


def _in_pinyin(words: tuple[str, ...], name: _Name) -> Fit:
    """A whole Chinese name in pinyin; a part alone could be a Japanese one (仁 is Ren, 蓮 is too)."""
    if name.given is None or len(words) < 2 or any(script(word) != "latin" for word in words):
        return _NONE
    typed = plain_letters("".join(words))
    for family, _ in name.families:
        first, second = pinyin(family.text), pinyin(name.given.text)
        if first and second and typed in (first + second, second + first):
            return Fit(0.75, "pinyin")
    return _NONE


def _double_name(words: tuple[str, ...], name: _Name) -> Fit:
    """A family name joined to another one by a hyphen (Sato-Suzuki Hanako)."""
    for at, word in enumerate(words if 1 < len(words) < 7 else ()):
        pieces = [piece for piece in word.split("-") if len(piece) > 1]
        if len(pieces) > 1 and script(word) == "latin":
            rest = words[:at] + words[at + 1 :]
            if any(_both_parts((piece, *rest), name).score > SAME for piece in pieces):
                return Fit(0.65, "double-name")
    return _NONE


def _one_part(words: tuple[str, ...], name: _Name) -> Fit:
    """Only the family name, or only the given name."""
    word, best = _joined(words), _NONE
    for family, is_former in name.families:
        found = fit(word, family)
        if found and found.reason != "initial":
            best = _better(best, Fit(0.6 + found.score * (0.06 if is_former else 0.12), "family-only"))
    found = fit(word, name.given) if name.given else None
    if found and found.reason != "initial":
        best = _better(best, Fit(0.6 + found.score * 0.05, "given-only"))
    return best


def _former_named(typed: Typed, name: _Name) -> Fit:
    """A family name told beside the current one (旧姓, née, 現) with the given name."""
    best = _NONE
    if name.given is None:
        return best
    given = [(words, fit(_joined(words), name.given)) for words in _tails(typed.words)]
    if not any(found for _, found in given):
        return best
    for other in (typed.former, *typed.aside):
        for family, _ in name.families:
            if other and (found := fit(other, family)) and found.reason != "initial":
                best = _better(best, Fit(0.85 if other == typed.former else 0.7, "former-name"))
    return best


def _tails(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The pieces that may be a given name: the words at either end, and the ends of a single word."""
    yield words
    for at in range(1, len(words)):
        yield words[at:]
        yield words[:at]
    if len(words) == 1 and script(words[0]) != "latin":
        yield from ((words[0][at:],) for at in range(1, len(words[0])))


def _contradicts(aside: str, name: _Name) -> bool:
    """Whether brackets hold another reading than the one that was told, or other kanji after the family name."""
    words = tuple(aside.split())
    if _better(_both_parts(words, name), _one_part(words, name)).score >= SAME:
        return False
    kinds = {script(word) for word in words}
    if kinds == {"kana"}:
        return all(part.told for part, _ in name.families) and (name.given is None or name.given.told)
    return kinds == {"kanji"} and any(_one_part((left,), name).reason == "family-only" for left, _ in _cuts(words))


def _better(*fits: Fit) -> Fit:
    return max(fits, key=lambda found: found.score)


_NONE = Fit(0.0, "different")
