"""「この人にはこう見えます」: one profile as three kinds of viewer see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enishi.accounts.choices import ProfileField, Visibility
from enishi.core import dates

SEES = {
    Visibility.EVERYONE: {Visibility.EVERYONE},
    Visibility.SAME_WORKPLACE: {Visibility.EVERYONE, Visibility.SAME_WORKPLACE},
    Visibility.OFFICE: {Visibility.EVERYONE, Visibility.SAME_WORKPLACE, Visibility.OFFICE},
}


@dataclass(frozen=True)
class Shown:
    """One field for one viewer: its lines, or `hidden`."""

    label: str
    lines: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True)
class Viewer:
    title: str
    fields: tuple[Shown, ...]


def preview(facts: Mapping[str, Sequence[str]], levels: Mapping[str, str]) -> list[Viewer]:
    """What each kind of viewer sees; `facts` are the lines of each profile field, `levels` who may see it."""
    return [
        Viewer(
            title,
            tuple(
                Shown(
                    str(label),
                    tuple(line for line in facts.get(field, ()) if line),
                    hidden=levels.get(field) not in SEES[level],
                )
                for field, label in ProfileField.choices
            ),
        )
        for level, title in (
            (Visibility.EVERYONE, _("All members")),
            (Visibility.SAME_WORKPLACE, _("People who worked where you did")),
            (Visibility.OFFICE, _("The office")),
        )
    ]


def stint_line(stint: Mapping[str, Any]) -> str:
    """2005年4月〜2012年3月　つくば研究所 創薬研究部."""
    place = " ".join(filter(None, (str(stint.get("site") or ""), str(stint.get("department") or ""))))
    start = dates.month(stint.get("from_year"), stint.get("from_month"))
    end = dates.month(stint.get("to_year"), stint.get("to_month")) or pgettext("end of a span", "now")
    span = f"{start}〜{end}" if dates.japanese() else f"{start}–{end}"
    return f"{span} {place}".strip()
