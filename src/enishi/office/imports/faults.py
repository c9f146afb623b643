"""What a verdict says to a person: the fault's words, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

FIELDS: dict[str, str | Promise] = {
    "row": gettext_lazy("The row"),
    "employee_number": gettext_lazy("Employee number"),
    "name": gettext_lazy("Name"),
    "family_name": pgettext_lazy("column", "Family name"),
    "given_name": pgettext_lazy("column", "Given name"),
    "kana": gettext_lazy("Reading"),
    "family_kana": pgettext_lazy("column", "Reading of the family name"),
    "given_kana": pgettext_lazy("column", "Reading of the given name"),
    "email": gettext_lazy("Mail address"),
    "joined_on": gettext_lazy("Joined on"),
    "left_on": gettext_lazy("Left on"),
    "stints": gettext_lazy("Moves"),
    "manager": gettext_lazy("Manager"),
    "employer": gettext_lazy("Works now at"),
    "title": gettext_lazy("Work now"),
    "country": gettext_lazy("Country"),
    "timezone": gettext_lazy("Time zone"),
    "route": gettext_lazy("Route"),
}
FAULTS: dict[str, str | Promise] = {
    "empty": gettext_lazy("is empty"),
    "in an earlier row": gettext_lazy("stands in an earlier row already"),
    "not split": gettext_lazy("is not parted into family and given name; all of it is taken as the family name"),
    "not kana": gettext_lazy("is not written in kana"),
    "not an address": gettext_lazy("is not an address"),
    "not a date": gettext_lazy("cannot be read as a date"),
    "no such day": gettext_lazy("is a day that no calendar has"),
    "before joined_on": gettext_lazy("is before the day of joining"),
    "era had ended": gettext_lazy("names an era that had ended; it is read as the day it would be"),
    "not read": gettext_lazy("has a part that cannot be read; that part is left out"),
    "unknown": gettext_lazy("is not known; the network's is taken"),
    "too long": gettext_lazy("is too long"),
    "control character": gettext_lazy("holds characters that cannot be shown"),
    "erased at the person's request": gettext_lazy("belongs to someone who was erased here at their own request"),
}
VERDICTS: dict[str, tuple[str | Promise, str]] = {
    "accepted": (gettext_lazy("good"), "ok"),
    "warned": (gettext_lazy("good, with a remark"), "warn"),
    "duplicate": (gettext_lazy("twice in the file"), "plain"),
    "rejected": (gettext_lazy("not taken"), "danger"),
    "skipped": (gettext_lazy("passed over"), "plain"),
}


@dataclass(frozen=True)
class Line:
    """One row of the report as it is shown."""

    row: int
    number: str
    verdict: str
    kind: str
    words: str


def words(why: str) -> str:
    """`email: not an address; kana: empty` in the reader's language."""
    said = []
    for part in why.split("; "):
        field, _colon, fault = part.partition(": ")
        said.append(_("%(field)s %(fault)s") % {"field": FIELDS.get(field, field), "fault": FAULTS.get(fault, fault)})
    return " / ".join(said)


def lines(report: Iterable[Mapping[str, Any]]) -> list[Line]:
    return [
        Line(
            each["row"],
            each["number"],
            str(VERDICTS[each["verdict"]][0]),
            VERDICTS[each["verdict"]][1],
            words(each["why"]),
        )
        for each in report
    ]


def verdicts(tally: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(words, kind of chip, rows) in a fixed order."""
    return [
        (str(said), kind if kind != "plain" else "", tally[name])
        for name, (said, kind) in VERDICTS.items()
        if tally.get(name)
    ]
