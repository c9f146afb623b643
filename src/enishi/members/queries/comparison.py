"""The claim beside the row of the roster, field by field, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enishi.accounts.models import Registration
from enishi.core import dates
from enishi.members.queries.admissions import Candidate, claim_of, held_by


@dataclass(frozen=True)
class Line:
    """One field: both sides, a sign and a word for how they compare; `tone` is ok, warn, danger or empty."""

    label: str
    claimed: str
    held: str
    sign: str
    word: str
    tone: str


_TONES = {
    "same": ("＝", "ok"),
    "variant": ("≒", "ok"),
    "former-name": ("≒", "ok"),
    "same-year": ("≒", "warn"),
    "month-off": ("≒", "warn"),
    "alike": ("≒", "warn"),
    "surname-changed": ("≠", "warn"),
    "one-kana-off": ("≠", "warn"),
    "year-off-by-one": ("≠", "warn"),
    "one-character-off": ("≠", "warn"),
    "different": ("≠", "danger"),
}


def lines(registration: Registration, chosen: Candidate | None) -> list[Line]:
    """Every field that either side tells; without a candidate, the claim alone."""
    claim = claim_of(registration)
    held = held_by(chosen.entry) if chosen else None
    if claim is None:
        return []
    kinds = {one.field: one.kind for one in chosen.score.differences} if chosen else {}
    pairs = [
        ("family_name", _("Family name"), claim.name.family, held.name.family if held else ""),
        ("given_name", _("Given name"), claim.name.given, held.name.given if held else ""),
        ("family_kana", _("Reading of the family name"), claim.name.family_kana, held.name.family_kana if held else ""),
        ("given_kana", _("Reading of the given name"), claim.name.given_kana, held.name.given_kana if held else ""),
        ("", _("Family name at the time"), claim.name.former_family, ""),
        ("employee_number", _("Employee number"), claim.employee_number, held.employee_number if held else ""),
        ("joined", pgettext("company", "Joined"), _month(claim.joined), _month(held.joined) if held else ""),
        ("left", pgettext("company", "Left"), _month(claim.left), _month(held.left) if held else ""),
        ("site", _("Site"), _list(claim.sites), _list(held.sites) if held else ""),
        ("department", _("Department"), _list(claim.departments), _list(held.departments) if held else ""),
        ("email", _("Mail address"), registration.email, held.email if held else ""),
    ]
    return [_line(label, mine, theirs, kinds.get(field, "")) for field, label, mine, theirs in pairs if mine or theirs]


def _line(label: str, claimed: str, held: str, kind: str) -> Line:
    sign, tone = _TONES.get(kind, ("", ""))
    return Line(label, claimed, held, sign, _words().get(kind, _("on one side only")), tone)


def _words() -> dict[str, str]:
    return {
        "same": pgettext("comparison", "same"),
        "variant": pgettext("comparison", "same but for the form of a character"),
        "former-name": pgettext("comparison", "same as the former name"),
        "surname-changed": pgettext("comparison", "the family name differs, the rest agrees"),
        "one-kana-off": pgettext("comparison", "one kana differs"),
        "same-year": pgettext("comparison", "same year"),
        "month-off": pgettext("comparison", "one month apart"),
        "year-off-by-one": pgettext("comparison", "one year apart"),
        "alike": pgettext("comparison", "alike"),
        "one-character-off": pgettext("comparison", "one character differs"),
        "different": pgettext("comparison", "differs"),
    }


def _month(when: tuple[int, int | None] | None) -> str:
    return dates.month(*when) if when else ""


def _list(words: tuple[str, ...]) -> str:
    return ("、" if dates.japanese() else ", ").join(words)
