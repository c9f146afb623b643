"""What a series came to, counted from what stands in the database at this moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from enishi.accounts.choices import ROUTE_WORDS, Route
from enishi.events.choices import SessionState
from enishi.events.models import EventSeries, EventSession
from enishi.feedback.models import Answer, Theme
from enishi.feedback.queries import answers as said
from enishi.feedback.queries import attendance, voices
from enishi.members.choices import ProfileField, Visibility
from enishi.members.models import FieldVisibility, Member


@dataclass(frozen=True)
class Person:
    """What is counted of one person who came. Fields that the person shows to nobody, not even the office, are empty."""

    key: int
    visits: int
    route: str
    employer: str
    country: str
    may_say_field: bool


@dataclass(frozen=True)
class Figures:
    """The raw figures, for the office. `per_session` maps the number of a session held to its people; `starts` is when."""

    per_session: dict[int, int]
    starts: tuple[datetime, ...]
    people: tuple[Person, ...]
    answers: tuple[Answer, ...]
    lines: voices.Lines = field(repr=False)

    @cached_property
    def by_member(self) -> dict[int, Person]:
        return {person.key: person for person in self.people}

    @property
    def sessions(self) -> int:
        return len(self.per_session)

    @property
    def attendances(self) -> int:
        return sum(self.per_session.values())

    @property
    def repeaters(self) -> int:
        return sum(1 for person in self.people if person.visits > 1)

    @property
    def visits(self) -> tuple[int, ...]:
        """How many people came to one session or more, to two or more … up to all."""
        return tuple(sum(1 for person in self.people if person.visits > times) for times in range(self.sessions))

    @property
    def routes(self) -> dict[str, int]:
        return _counted(person.route for person in self.people)

    @property
    def fields(self) -> dict[str, int]:
        return _counted(person.employer for person in self.people)

    @property
    def countries(self) -> dict[str, int]:
        return _counted(person.country for person in self.people)

    @property
    def want_themes(self) -> dict[Theme, int]:
        return _themes(answer.want_theme for answer in self.answers)

    @property
    def next_themes(self) -> dict[Theme, int]:
        return _themes(answer.next_theme for answer in self.answers)

    @property
    def consents(self) -> dict[str, int]:
        return _counted(voices.of_person(answer, self.lines).value for answer in self.answers)

    @property
    def scores(self) -> tuple[int, ...]:
        return tuple(answer.satisfaction for answer in self.answers if answer.satisfaction is not None)

    @property
    def satisfaction_mean(self) -> float | None:
        return round(sum(self.scores) / len(self.scores), 2) if self.scores else None

    @property
    def response_rate(self) -> float | None:
        """Answers a person who came, in per cent."""
        return round(100 * len(self.answers) / len(self.people), 1) if self.people else None

    def as_data(self) -> dict[str, Any]:
        """The figures that leave as JSON: routes in the roster's words, themes by their Japanese names."""
        sizes = self.per_session.values()
        return {
            "sessions": self.sessions,
            "per_session": {str(number): people for number, people in self.per_session.items()},
            "smallest": min(sizes, default=0),
            "largest": max(sizes, default=0),
            "attendances": self.attendances,
            "people": len(self.people),
            "repeaters": self.repeaters,
            "countries": sorted(self.countries),
            "routes": {ROUTE_WORDS.get(route, route): count for route, count in self.routes.items()},
            "fields": self.fields,
            "want_theme": {theme.name_ja: count for theme, count in self.want_themes.items()},
            "next_theme": {theme.name_ja: count for theme, count in self.next_themes.items()},
            "quote_consent": self.consents,
            "satisfaction_mean": self.satisfaction_mean,
        }


def of_series(series: EventSeries) -> Figures:
    """Counts only sessions that were held, only people who were there, and only their answers: six questions in all."""
    held = EventSession.objects.filter(series=series, state=SessionState.HELD).order_by("number")
    began = dict(held.values_list("number", "starts_at"))
    per_session = dict.fromkeys(began, 0)
    visits: Counter[int] = Counter()
    for number, member in attendance.attendances(series).values_list("session__number", "member_id"):
        per_session[number] += 1
        visits[member] += 1
    answers = tuple(said.of_series(series))
    return Figures(
        per_session, tuple(sorted(began.values())), tuple(_people(visits)), answers, voices.newest_lines(answers)
    )


def _people(visits: Counter[int]) -> list[Person]:
    levels: dict[int, dict[str, str]] = {}
    hidden = FieldVisibility.objects.filter(
        member__in=list(visits), level__in=[Visibility.ONLY_ME, Visibility.OFFICE]
    ).values_list("member_id", "field", "level")
    for member, name, level in hidden:
        levels.setdefault(member, {})[name] = level
    return [_person(member, visits[member.pk], levels.get(member.pk, {})) for member in _members(visits)]


def _members(visits: Counter[int]) -> Iterable[Member]:
    return Member.objects.filter(pk__in=list(visits)).only("route", "employer", "country").order_by("pk")


def _person(member: Member, visits: int, levels: dict[str, str]) -> Person:
    employer, country = levels.get(ProfileField.EMPLOYER), levels.get(ProfileField.COUNTRY)
    return Person(
        key=member.pk,
        visits=visits,
        route=member.route or Route.OTHER,
        employer="" if employer == Visibility.ONLY_ME else member.employer,
        country="" if country == Visibility.ONLY_ME else member.country,
        may_say_field=employer is None,
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    """How often each; what is empty was not told and is no value. The largest first, then by name."""
    counts = Counter(value for value in values if value)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _themes(chosen: Iterable[Theme | None]) -> dict[Theme, int]:
    counts = Counter(theme for theme in chosen if theme is not None)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0].position, each[0].pk)))
