"""Reports, and everything that one page or one PDF of a report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from enishi.core import clock, dates
from enishi.events.choices import SeriesState, SessionState
from enishi.events.models import EventSeries, EventSession
from enishi.publishing import guard, policies
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import figures as counting
from enishi.publishing.queries import published, quotes


@dataclass(frozen=True)
class Article:
    """One report, ready to be read in the language of the moment."""

    report: Report
    figures: counting.Figures
    seen: guard.Published
    dates: str
    big_figures: list[published.BigFigure]
    charts: list[published.Chart]
    charts_heading: str
    quotes: list[quotes.Quote]
    guard_words: str


def visible_to(viewer: Any) -> QuerySet[Report]:
    """Published ones for members, the latest first."""
    if not policies.is_member(viewer) and not policies.can_edit_reports(viewer):
        return Report.objects.none()
    return Report.objects.filter(state=ReportState.PUBLISHED).select_related("series").order_by("-published_at", "-pk")


def find(pk: int) -> Report | None:
    return Report.objects.filter(pk=pk).select_related("series").first()


def for_office() -> QuerySet[Report]:
    """All, drafts first, then the latest."""
    return (
        Report.objects.select_related("series")
        .annotate(answers=Count("series__answers", distinct=True), ended=Max("series__sessions__starts_at"))
        .order_by("state", "-created_at", "-pk")
    )


def series_without_report() -> QuerySet[EventSeries]:
    """Series of which a session was held and nobody has begun a report."""
    return EventSeries.objects.filter(pk__in=series_with_session_held(), report=None).order_by("-pk")


def series_with_session_held() -> QuerySet[EventSession, Any]:
    """Keys of the series that a report can be written of."""
    return EventSession.objects.filter(state=SessionState.HELD).values("series")


def article(report: Report) -> Article:
    """Everything that is shown of a report now. Nothing of it is kept: a consent withdrawn a second ago is gone."""
    figures = counting.of_series(report.series)
    seen = published.guard_figures(figures)
    charts = published.charts(seen, figures)
    return Article(
        report=report,
        figures=figures,
        seen=seen,
        dates=dates_held(figures.starts),
        big_figures=published.big_figures(seen),
        charts=charts,
        charts_heading=published.charts_heading(charts),
        quotes=quotes.shown(report, figures, seen),
        guard_words=published.withheld(seen),
    )


def dates_held(starts: Sequence[datetime]) -> str:
    """From which day to which, in the network's zone."""
    if not starts:
        return ""
    zone = dates.network_zone()
    first, last = clock.local(min(starts), zone).date(), clock.local(max(starts), zone).date()
    if first == last:
        return dates.day(first, year=True)
    return _("%(first)s to %(last)s") % {
        "first": dates.day(first, year=True),
        "last": dates.day(last, year=first.year != last.year),
    }


def next_session() -> EventSession | None:
    """The next session that can still be signed up for: what to do after reading."""
    now = clock.now()
    return (
        EventSession.objects.filter(
            state=SessionState.OPEN, series__state=SeriesState.ANNOUNCED, starts_at__gt=now, closes_at__gt=now
        )
        .select_related("series")
        .order_by("starts_at")
        .first()
    )


def latest(viewer: Any) -> Report | None:
    """The newest report that this reader may open; for the first page."""
    return visible_to(viewer).first()
