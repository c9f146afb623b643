"""What the office sees before it invites many of the roster."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from enishi.accounts.actions.invitations import HOLD, MOST_AT_ONCE
from enishi.accounts.choices import RosterStanding
from enishi.accounts.models import RosterEntry
from enishi.accounts.queries import roster

SHOWN = 100


@dataclass(frozen=True)
class LeftOut:
    """Who gets no letter for one reason: how many, and the first of them."""

    why: RosterStanding
    number: int
    people: tuple[RosterEntry, ...]


@dataclass(frozen=True)
class Pick:
    """Whom a letter would go to, who is left out, how many have to wait for another letter, and the recorded grounds."""

    people: tuple[RosterEntry, ...]
    skipped: tuple[LeftOut, ...]
    later: int
    grounds: tuple[tuple[str, int], ...]

    @property
    def skipped_count(self) -> int:
        return sum(each.number for each in self.skipped)

    @property
    def mark(self) -> str:
        """Changes when other people are picked: what was looked at is what is sent."""
        return hashlib.sha256(",".join(str(row.pk) for row in self.people).encode()).hexdigest()[:16]


def chosen(keys: Iterable[str]) -> QuerySet[RosterEntry]:
    """The rows with a tick."""
    numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 19][:SHOWN]
    rows = roster.with_standing(RosterEntry.objects.filter(pk__in=numbers))
    return rows.order_by("family_kana", "given_kana", "family_name", "pk")


def pick(rows: QuerySet[RosterEntry]) -> Pick:
    """Who of these rows can be invited now, and why the others cannot."""
    free = rows.filter(Q(standing=RosterStanding.FREE))
    sorted_out = roster.sorted_out(list(free[:MOST_AT_ONCE]))
    return Pick(
        people=sorted_out.invited,
        skipped=(*_together(sorted_out), *_others(rows)),
        later=max(free.count() - MOST_AT_ONCE, 0),
        grounds=_grounds(sorted_out.invited),
    )


def _together(sorted_out: roster.Selection) -> list[LeftOut]:
    """Those who could be invited by themselves, but not with the rest of the letter."""
    found = []
    for why in (RosterStanding.DOUBLE, RosterStanding.ERASED):
        people = tuple(row for row, reason in sorted_out.skipped if reason == why)
        if people:
            found.append(LeftOut(why, len(people), people[:SHOWN]))
    return found


def _others(rows: QuerySet[RosterEntry]) -> list[LeftOut]:
    counted = dict(rows.order_by().values_list(F("standing")).annotate(n=Count("pk")))
    return [
        LeftOut(why, counted[why], tuple(rows.filter(Q(standing=why))[:SHOWN]))
        for why in RosterStanding
        if why != RosterStanding.FREE and why in counted
    ]


def minutes() -> int:
    """How long a letter to many waits before it goes."""
    return HOLD // timedelta(minutes=1)


def _grounds(people: tuple[RosterEntry, ...]) -> tuple[tuple[str, int], ...]:
    """(recorded ground of the import, how many rows came with it)."""
    rows = RosterEntry.objects.filter(pk__in=[row.pk for row in people]).order_by()
    counted = rows.values_list("last_run__basis").annotate(n=Count("pk")).order_by("-n", "last_run__basis")
    return tuple((basis or "", n) for basis, n in counted)
