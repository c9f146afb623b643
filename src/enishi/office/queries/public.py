"""What a visitor may know: figures, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from enishi.core import clock, dates
from enishi.core.models import NetworkSettings
from enishi.core.personal_data import Holding, holdings
from enishi.events.choices import SessionState
from enishi.events.models import EventSession
from enishi.members.models import Member
from enishi.publishing.choices import ReportState

FEWEST_ALUMNI = 10


@dataclass(frozen=True)
class Figures:
    """`alumni` is None while they are fewer than ten: so small a number would tell on people."""

    alumni: int | None
    sessions: int
    months: int | None

    def __bool__(self) -> bool:
        return bool(self.alumni or self.sessions)


def figures(network: NetworkSettings) -> Figures:
    """Alumni (employees are no part of it), sessions told of in published reports, months since the network began."""
    alumni = Member.objects.present().filter(is_employee=False).count()
    sessions = EventSession.objects.filter(series__report__state=ReportState.PUBLISHED, state=SessionState.HELD).count()
    return Figures(
        alumni=alumni if alumni >= FEWEST_ALUMNI else None,
        sessions=sessions,
        months=_months_since(network.founded_on),
    )


def kept_after_leaving() -> list[tuple[Any, Any]]:
    """(kind of data, what stays of it and why) for each kind that leaves something."""
    return [(each.title, each.kept) for each in holdings() if each.kept]


def gone_after_leaving() -> list[Holding]:
    """Kinds of data of which nothing stays."""
    return [each for each in holdings() if not each.kept]


def _months_since(day: date | None) -> int | None:
    if day is None:
        return None
    today = clock.today(dates.network_zone())
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return max(months, 0)
