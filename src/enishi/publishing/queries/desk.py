"""The office's desk for one report: raw figures beside what is published, answers, and voices to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from enishi.accounts.choices import Route
from enishi.core import network
from enishi.feedback.choices import Attribution, ThemeKind
from enishi.feedback.models import Answer, Theme
from enishi.feedback.queries import themes, voices
from enishi.publishing import guard
from enishi.publishing.models import Report
from enishi.publishing.queries import figures as counting
from enishi.publishing.queries import published, quotes


@dataclass(frozen=True)
class Line:
    """One figure: as it is, and as members get it (empty: not shown)."""

    label: str
    raw: str
    shown: str


@dataclass(frozen=True)
class Cells:
    """One table of both."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Choice:
    """One sentence that may be quoted, and its place in the report (0: not chosen)."""

    quote: quotes.Quote
    place: int


@dataclass(frozen=True)
class Heard:
    """One answer with its sentences, and the themes it can be counted under."""

    answer: Answer
    sentences: list[voices.Sentence]
    want: list[Theme]
    next: list[Theme]

    @property
    def themes(self) -> list[Theme]:
        """What it is counted under now."""
        return [theme for theme in (self.answer.want_theme, self.answer.next_theme) if theme is not None]


@dataclass(frozen=True)
class Desk:
    report: Report
    figures: counting.Figures
    lines: list[Line]
    tables: list[Cells]
    choices: list[Choice]
    heard: list[Heard]
    smallest: int

    @property
    def left_out(self) -> list[tuple[str, list[Choice]]]:
        """The sentences that are not in the report, by the question that they answer."""
        found: dict[str, list[Choice]] = {}
        for choice in self.choices:
            if not choice.place:
                found.setdefault(str(choice.quote.about), []).append(choice)
        return list(found.items())

    @property
    def chosen(self) -> int:
        return sum(1 for choice in self.choices if choice.place)


def of(report: Report) -> Desk:
    found = counting.of_series(report.series)
    seen = published.guard_figures(found)
    return Desk(
        report=report,
        figures=found,
        lines=_lines(found, seen),
        tables=_tables(found, seen),
        choices=_choices(report, found, seen),
        heard=_heard(found),
        smallest=network.current().smallest_cell,
    )


def _lines(found: counting.Figures, seen: guard.Published) -> list[Line]:
    sizes = list(found.per_session.values())
    mean, rate = found.satisfaction_mean, found.response_rate
    shown_rate = f"{round(100 * seen.answers / seen.people)}%" if seen.answers and seen.people else ""
    return [
        Line(_("Sessions held"), str(found.sessions), str(seen.sessions)),
        Line(pgettext("figure", "People"), str(len(found.people)), _text(seen.people)),
        Line(_("Attendances"), str(found.attendances), _text(seen.attendances)),
        Line(_("People who came more than once"), str(found.repeaters), _text(seen.repeaters)),
        Line(_("Smallest session"), str(min(sizes, default=0)), _text(seen.smallest)),
        Line(_("Largest session"), str(max(sizes, default=0)), _text(seen.largest)),
        Line(_("Answers"), str(len(found.answers)), _text(seen.answers)),
        Line(_("Response rate"), "" if rate is None else f"{rate:g}%", shown_rate),
        Line(
            _("Satisfaction (mean of %(count)d)") % {"count": len(found.scores)},
            "" if mean is None else f"{mean:.2f}",
            "" if seen.mean is None else f"{seen.mean:.{seen.mean_digits}f}",
        ),
    ]


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _tables(found: counting.Figures, seen: guard.Published) -> list[Cells]:
    routes = {route.value: str(route.label) for route in Route}
    names = {str(theme.pk): theme.name for theme in (*found.want_themes, *found.next_themes)}
    numbers = {str(n): _("Session %(number)s") % {"number": n} for n in found.per_session}
    per_session = {str(n): people for n, people in found.per_session.items()}
    consents = {each.value: str(each.label) for each in Attribution}
    sizes = guard.Table(per_session) if seen.sizes is not None else None
    tables = [
        _cells(_("People in each session"), per_session, sizes, numbers),
        _cells(_("How they came to the network"), found.routes, seen.tables.get("routes"), routes),
        _cells(_("Where they work now"), found.fields, seen.tables.get("fields"), {}),
        _cells(_("Where they live"), found.countries, seen.tables.get("countries"), {}),
        _cells(_("What they want to do here"), _keys(found.want_themes), seen.tables.get("want"), names),
        _cells(_("What they want next"), _keys(found.next_themes), seen.tables.get("next"), names),
        _cells(_("How they may be quoted (never published)"), found.consents, None, consents),
    ]
    return [table for table in tables if table.lines]


def _keys(counts: Mapping[Theme, int]) -> dict[str, int]:
    return {str(theme.pk): count for theme, count in counts.items()}


def _cells(title: str, raw: Mapping[str, int], shown: guard.Table | None, names: Mapping[str, str]) -> Cells:
    open_cells = shown.cells if shown else {}
    lines = [Line(names.get(name, name), str(count), _text(open_cells.get(name))) for name, count in raw.items()]
    if shown and shown.rest:
        lines.append(Line(_("Others, or not told") if shown.joined else _("Not told"), "", str(shown.rest)))
    return Cells(title, lines)


def _choices(report: Report, found: counting.Figures, seen: guard.Published) -> list[Choice]:
    """Chosen ones first, in their order; then the rest as they came in."""
    places = {key: place for place, key in enumerate(report.voices.values_list("answer_id", "field"), 1)}
    made = [Choice(quote, places.get((quote.answer_id, quote.field.value), 0)) for quote in quotes.allowed(found, seen)]
    return sorted(made, key=lambda choice: (choice.place == 0, choice.place))


def _heard(found: counting.Figures) -> list[Heard]:
    offered = {kind: list(themes.offered(kind)) for kind in ThemeKind}
    return [
        Heard(
            answer,
            voices.sentences(answer, found.lines),
            _with(offered[ThemeKind.WANT], answer.want_theme),
            _with(offered[ThemeKind.NEXT], answer.next_theme),
        )
        for answer in found.answers
    ]


def _with(offered: list[Theme], chosen: Theme | None) -> list[Theme]:
    """The list, and the one chosen before it was retired."""
    return offered if chosen is None or chosen in offered else [*offered, chosen]
