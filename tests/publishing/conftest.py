"""A gathering of nine in three sessions; everyone answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest

from cast import Cast, make_member
from enishi.accounts.choices import Route
from enishi.events.models import EventSeries
from enishi.members.models import Member
from enishi.publishing.actions import reports
from enishi.publishing.models import Report
from factories.gatherings import make_held, say


@dataclass(frozen=True)
class Gathering:
    """Four work at 製薬会社, three at 医療ベンチャー, one at 病院, one at 行政機関; everyone lives in 日本."""

    series: EventSeries
    people: list[Member]
    report: Report


@pytest.fixture
def gathering(cast: Cast, noon: datetime) -> Gathering:
    work = ["製薬会社"] * 4 + ["医療ベンチャー"] * 3 + ["病院", "行政機関"]
    routes = [Route.EMPLOYEE] * 5 + [Route.SEARCH] * 4
    people = [
        make_member("参加", f"{n}子", email=f"guest{n}@mail.example", employer=work[n], country="日本", route=routes[n])
        for n in range(9)
    ]
    series = make_held(people[:5], people[4:], people[1:5])
    for n, person in enumerate(people):
        say(
            series,
            person,
            satisfaction=5 if n < 5 else 3,
            want="情報交換" if n < 4 else "横のつながり",
            next="飲み会" if n < 7 else "テーマ討論",
            noticed=f"{n}番目の気づきです",
            quote=["named", "anonymous", "none"][n % 3],
        )
    return Gathering(series, people, reports.draft(series))
