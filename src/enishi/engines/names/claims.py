"""A claim at the door against a row of the roster: how sure, and what differs.

The score follows the shape of Fellegi and Sunter's record linkage (JASA 64, 1969): each field adds weight for agreeing
and takes weight for differing, by how telling it is; the sum is brought between 0 and 1. The weights are set by hand,
since no office has enough labelled claims to learn them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from .folding import fold, normal, written
from .kana import hiragana, is_kana, kana_code, large_code, same_sound
from .person import PersonName
from .typos import one_slip

YearMonth = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What a person claims, or what the roster holds; both sides of a comparison use it.

    `joined` and `left` are (year, month) with None for a month nobody told, or None when unknown.
    Raises ValueError for a month outside 1-12.
    """

    name: PersonName
    joined: YearMonth | None
    left: YearMonth | None
    sites: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    employee_number: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        for when in (self.joined, self.left):
            if when and when[1] is not None and not 1 <= when[1] <= 12:
                raise ValueError(
                    f"Month {when[1]} does not exist: give a month from 1 to 12, or None if it is not known."
                )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field compared: its name, how it compares (`same` is told too), and both sides as they were given."""

    field: str
    kind: str
    claimed: str
    held: str


@dataclass(frozen=True, slots=True)
class ClaimScore:
    """`score` from 0 to 1; `exact` when the row can be taken without a look; all fields compared, in a fixed order."""

    score: float
    exact: bool
    differences: tuple[Difference, ...]


# Weight in bits for each field and kind: what agreement or difference says for or against the same person.
_WEIGHTS: dict[str, dict[str, float]] = {
    "family_name": {"same": 4, "variant": 4, "former-name": 3.5, "surname-changed": -1, "different": -4},
    "given_name": {"same": 4, "variant": 4, "different": -5},
    "family_kana": {"same": 1, "one-kana-off": 0.3, "different": -2, "surname-changed": 0},
    "given_kana": {"same": 3, "one-kana-off": 0.5, "different": -4},
    "joined": {"same": 4, "same-year": 2.5, "month-off": 2, "year-off-by-one": 1, "different": -3},
    "left": {"same": 4, "same-year": 2.5, "month-off": 2, "year-off-by-one": 1, "different": -3},
    "site": {"same": 1.5, "alike": 1, "different": -1},
    "department": {"same": 1.5, "alike": 1, "different": -0.5},
    "employee_number": {"same": 9, "one-character-off": 1, "different": -3},
    "email": {"same": 6, "different": -0.5},
}
_PRIOR = -7.0  # bits: that a row picked at random is the claimant's


def score_claim(claim: ClaimFacts, row: ClaimFacts) -> ClaimScore:
    """Compare a claim with one row of the roster.

    `exact` is true when the employee number and the name (up to variants) are the same, or when the name with its
    reading and both dates to the month are the same. Fields that either side leaves empty are not compared.
    """
    found = tuple(_compared(claim, row))
    total = _PRIOR + sum(_WEIGHTS[one.field].get(one.kind, 0.0) for one in found)
    return ClaimScore(round(1 / (1 + math.pow(2, -total)), 4), _exact(found), found)


def _compared(claim: ClaimFacts, row: ClaimFacts) -> Iterator[Difference]:
    yield from _names(claim.name, row.name)
    for field, claimed, held in (("joined", claim.joined, row.joined), ("left", claim.left, row.left)):
        if claimed and held:
            yield Difference(field, _dates(claimed, held), _date_text(claimed), _date_text(held))
    for field, mine, theirs in (
        ("site", claim.sites, row.sites),
        ("department", claim.departments, row.departments),
    ):
        if any(mine) and any(theirs):
            yield _places(field, mine, theirs)
    if claim.employee_number.strip() and row.employee_number.strip():
        yield _numbers(claim.employee_number, row.employee_number)
    if claim.email.strip() and row.email.strip():
        same = normal(claim.email).casefold() == normal(row.email).casefold()
        yield Difference("email", "same" if same else "different", claim.email, row.email)


def _names(claimed: PersonName, held: PersonName) -> Iterator[Difference]:
    family = _family_kind(claimed, held)
    if family:
        yield Difference("family_name", family, claimed.family, held.family)
    if claimed.given and held.given:
        yield Difference("given_name", _writing(claimed.given, held.given), claimed.given, held.given)
    changed = family in ("surname-changed", "former-name")
    for field, mine, theirs in (
        ("family_kana", _reading(claimed.family_kana, claimed.family), _reading(held.family_kana, held.family)),
        ("given_kana", _reading(claimed.given_kana, claimed.given), _reading(held.given_kana, held.given)),
    ):
        if mine and theirs:
            kind = "surname-changed" if changed and field == "family_kana" else _kana(mine, theirs)
            yield Difference(field, kind, mine, theirs)


def _family_kind(claimed: PersonName, held: PersonName) -> str:
    if not claimed.family or not held.family:
        return ""
    kind = _writing(claimed.family, held.family)
    if kind != "different":
        return kind
    former = ((claimed.former_family, held.family), (claimed.family, held.former_family))
    if any(mine and theirs and _writing(mine, theirs) != "different" for mine, theirs in former):
        return "former-name"
    same_given = claimed.given and held.given and _writing(claimed.given, held.given) != "different"
    readings = _reading(claimed.given_kana, claimed.given), _reading(held.given_kana, held.given)
    same_reading = not all(readings) or _kana(*readings) == "same"
    return "surname-changed" if same_given and same_reading else "different"


def _writing(claimed: str, held: str) -> str:
    if normal(claimed) == normal(held):
        return "same"
    return "variant" if written(claimed).replace(" ", "") == written(held).replace(" ", "") else "different"


def _reading(kana: str, name: str) -> str:
    return kana.strip() or (name.strip() if is_kana(normal(name)) else "")


def _kana(claimed: str, held: str) -> str:
    mine, theirs = (hiragana(normal(text)).replace(" ", "") for text in (claimed, held))
    if same_sound(kana_code(mine)) == same_sound(kana_code(theirs)) or large_code(mine) == large_code(theirs):
        return "same"
    return "one-kana-off" if one_slip(mine, theirs) else "different"


def _dates(claimed: YearMonth, held: YearMonth) -> str:
    years = abs(claimed[0] - held[0])
    if claimed[1] is None or held[1] is None:
        return {0: "same-year", 1: "year-off-by-one"}.get(years, "different")
    months = abs((claimed[0] - held[0]) * 12 + claimed[1] - held[1])
    if months == 0:
        return "same"
    if months == 1:
        return "month-off"
    return {0: "same-year", 1: "year-off-by-one"}.get(years, "different")


def _date_text(when: YearMonth) -> str:
    return f"{when[0]:04d}" if when[1] is None else f"{when[0]:04d}-{when[1]:02d}"


def _places(field: str, claimed: tuple[str, ...], held: tuple[str, ...]) -> Difference:
    """The best pair of two lists of places: same, alike (one within the other, or most of both shared), different."""
    ranked = [(_alikeness(mine, theirs), mine, theirs) for mine in claimed for theirs in held if mine and theirs]
    rank, mine, theirs = max(ranked, key=lambda one: one[0])
    kind = "same" if rank == 1 else "alike" if rank >= 0.5 else "different"
    return Difference(field, kind, mine, theirs)


def _alikeness(claimed: str, held: str) -> float:
    mine, theirs = (fold(text).replace(" ", "") for text in (claimed, held))
    if mine == theirs:
        return 1.0
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) >= 2 and shorter in longer:
        return 0.9
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (mine, theirs))
    return 0.99 * 2 * len(a & b) / max(1, len(a) + len(b))


def _numbers(claimed: str, held: str) -> Difference:
    mine, theirs = (normal(text).replace("-", "").replace(" ", "").casefold() for text in (claimed, held))
    same = mine == theirs or (mine.lstrip("0") == theirs.lstrip("0") != "")
    kind = "same" if same else "one-character-off" if one_slip(mine, theirs) else "different"
    return Difference("employee_number", kind, claimed, held)


def _exact(found: tuple[Difference, ...]) -> bool:
    kinds = {one.field: one.kind for one in found}
    if not {kinds.get("family_name"), kinds.get("given_name")} <= {"same", "variant"}:
        return False
    reading = kinds.get("family_kana") == kinds.get("given_kana") == "same"
    dates = kinds.get("joined") == kinds.get("left") == "same"
    return kinds.get("employee_number") == "same" or (reading and dates)
