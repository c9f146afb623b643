"""The figures as members get them: guarded, with words and bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.accounts.choices import Route
from enishi.core import dates, network
from enishi.publishing import guard
from enishi.publishing.queries.figures import Figures

LONGEST_LABEL = 24


@dataclass(frozen=True)
class BigFigure:
    """One numeral with unit and label."""

    value: str
    unit: str
    label: str


@dataclass(frozen=True)
class Bar:
    """One line of a chart and of its table. `width` is 0–`CHART_WIDTH`, `y` where it lies."""

    label: str
    short: str
    count: int
    width: int
    y: int


@dataclass(frozen=True)
class Chart:
    """A table of counts with its bars; the numbers are those of an SVG of `CHART_WIDTH` units."""

    key: str
    title: str
    bars: tuple[Bar, ...]
    height: int
    note: str


CHART_WIDTH = 360
ROOM_FOR_NUMBER = 44
LINE = 48


def guard_figures(figures: Figures) -> guard.Published:
    """What may be published of these figures in this network."""
    return guard.guarded(
        guard.Raw(
            sizes=tuple(figures.per_session.values()),
            visits=figures.visits,
            answers=len(figures.answers),
            by_people={"routes": figures.routes, "fields": figures.fields, "countries": figures.countries},
            by_answers={
                "want": {str(theme.pk): count for theme, count in figures.want_themes.items()},
                "next": {str(theme.pk): count for theme, count in figures.next_themes.items()},
            },
            scores=figures.scores,
        ),
        network.current().smallest_cell,
    )


def big_figures(seen: guard.Published) -> list[BigFigure]:
    """The numerals at the head of the report."""
    made = [BigFigure(str(seen.sessions), _count_unit(seen.sessions), _("sessions held"))]
    if seen.people is not None:
        made.append(BigFigure(str(seen.people), _people_unit(seen.people), _("people came")))
    if seen.attendances is not None and seen.attendances != seen.people:
        made.append(BigFigure(str(seen.attendances), _people_unit(seen.attendances), _("attendances in all")))
    if seen.smallest is not None and seen.largest is not None and seen.sessions > 1:
        dash = "〜" if dates.japanese() else "–"
        span = str(seen.largest) if seen.smallest == seen.largest else f"{seen.smallest}{dash}{seen.largest}"
        made.append(BigFigure(span, _people_unit(seen.largest), _("in each session")))
    if seen.repeaters is not None:
        made.append(BigFigure(str(seen.repeaters), _people_unit(seen.repeaters), _("came more than once")))
    if seen.mean is not None:
        made.append(BigFigure(f"{seen.mean:.{seen.mean_digits}f}", "", _("satisfaction (of 5)")))
    if seen.answers is not None and seen.people:
        made.append(BigFigure(str(round(100 * seen.answers / seen.people)), "%", _("of those who came answered")))
    return made


def charts(seen: guard.Published, figures: Figures) -> list[Chart]:
    """The tables that may be shown, each with its bars."""
    themes = {str(theme.pk): theme.name for theme in (*figures.want_themes, *figures.next_themes)}
    routes = {route.value: str(route.label) for route in Route}
    made = []
    if seen.sizes is not None and len(seen.sizes) > 1:
        numbers = [_("Session %(number)s") % {"number": number} for number in figures.per_session]
        pairs = list(zip(numbers, seen.sizes, strict=True))
        made.append(_chart("sizes", _("People in each session"), pairs, ""))
    for key, title, names in (
        ("routes", _("How they came to the network"), routes),
        ("fields", _("Where they work now"), {}),
        ("countries", _("Where they live"), {}),
        ("want", _("What they want to do here"), themes),
        ("next", _("What they want next"), themes),
    ):
        if key in seen.tables:
            made.append(_table(key, title, seen.tables[key], names))
    return made


def charts_heading(shown: list[Chart]) -> str:
    """What stands over the tables: it speaks of wishes only where a table of them may be shown."""
    wishes = any(chart.key in {"want", "next"} for chart in shown)
    return _("Who came, and what they want") if wishes else _("Who came")


def withheld(seen: guard.Published) -> str:
    """One sentence on how the figures were made safe."""
    return _(
        "No number below %(smallest)s people is shown, nor any from which one could be worked out: small groups are joined."
    ) % {"smallest": network.current().smallest_cell}


def _table(key: str, title: str, table: guard.Table, names: Mapping[str, str]) -> Chart:
    pairs = [(names.get(name, name), count) for name, count in table.cells.items()]
    if table.rest:
        words = _("Others, or not told") if table.joined else _("Not told")
        pairs.append((words, table.rest))
    return _chart(key, title, pairs, _("Small groups are joined.") if table.joined else "")


def _chart(key: str, title: str, pairs: list[tuple[str, int]], note: str) -> Chart:
    largest = max(count for _label, count in pairs)
    bars = tuple(
        Bar(
            label=label,
            short=label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…",
            count=count,
            width=max(round((CHART_WIDTH - ROOM_FOR_NUMBER) * count / largest), 1),
            y=line * LINE,
        )
        for line, (label, count) in enumerate(pairs)
    )
    return Chart(key, title, bars, len(bars) * LINE, note)


def _people_unit(count: int) -> str:
    return ngettext("person", "people", count)


def _count_unit(count: int) -> str:
    return ngettext("session", "sessions", count)
