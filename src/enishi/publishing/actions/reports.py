"""From a draft to a published report, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.core import audit, clock, dates, outbox
from enishi.events.choices import SessionState
from enishi.events.models import EventSeries, EventSession
from enishi.publishing import signals
from enishi.publishing.choices import ReportState
from enishi.publishing.mail_topics import PUBLISHED
from enishi.publishing.models import Report, ReportVoice
from enishi.publishing.queries import audience, figures, published, quotes, reports


@transaction.atomic
def draft_when_over(series: EventSeries) -> Report | None:
    """A draft once no session of the series is open any more and one at least was held; else nothing."""
    states = set(EventSession.objects.filter(series=series).values_list("state", flat=True))
    if SessionState.OPEN in states or SessionState.HELD not in states:
        return None
    return draft(series)


@transaction.atomic
def draft(series: EventSeries, *, by: Any = None) -> Report:
    """The report of a series, begun with what is known: the title, what the series was for, when it was, how it went."""
    existing = Report.objects.filter(series=series).first()
    if existing is not None:
        return existing
    words = {}
    for language in ("ja", "en"):
        with translation.override(language):
            words[f"title_{language}"] = _("Report: %(series)s") % {"series": series.title}
            words[f"story_{language}"] = _opening(series)
    report = Report.objects.create(
        series=series, **{key: text[:120] if "title" in key else text for key, text in words.items()}
    )
    audit.record("report.drafted", by=by, about=report, series=series.pk)
    return report


@transaction.atomic
def edit(report: Report, *, title_ja: str, title_en: str, story_ja: str, story_en: str, by: Any) -> Report:
    """The office's words. Of a published report too: members see them at once."""
    if not title_ja.strip():
        raise ValidationError({"title_ja": _("Give the report a Japanese title.")})
    report.title_ja, report.title_en = title_ja.strip(), title_en.strip()
    report.story_ja, report.story_en = story_ja.strip(), story_en.strip()
    report.save(update_fields=["title_ja", "title_en", "story_ja", "story_en"])
    audit.record("report.edited", by=by, about=report)
    return report


@transaction.atomic
def choose_voices(report: Report, *, chosen: Sequence[tuple[int, str]], by: Any) -> int:
    """Take these sentences (answer, field) into the report, in this order; others leave it.

    Only sentences that may be quoted now: one that was withdrawn meanwhile is left out. Returns how many were taken.
    """
    found = figures.of_series(report.series)
    may = {(quote.answer_id, quote.field.value) for quote in quotes.allowed(found, published.guard_figures(found))}
    taken = [key for key in dict.fromkeys(chosen) if key in may]
    report.voices.all().delete()
    ReportVoice.objects.bulk_create(
        [
            ReportVoice(report=report, answer_id=answer, field=field, position=position)
            for position, (answer, field) in enumerate(taken)
        ]
    )
    audit.record("report.voices-chosen", by=by, about=report, count=len(taken))
    return len(taken)


@transaction.atomic
def publish(report: Report, *, by: Any, mail: bool = True) -> Report:
    """Open to all members from now on; with `mail` each who was not told of it before is written to.

    A second press changes nothing.
    """
    now = clock.now()
    opened = Report.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(
        state=ReportState.PUBLISHED, published_at=now
    )
    report.refresh_from_db()
    if opened:
        told = _tell(report) if mail else 0
        audit.record("report.published", by=by, about=report, series=report.series_id, mails=told)
        signals.report_published.send(Report, report=report)
    return report


@transaction.atomic
def take_back(report: Report, *, by: Any) -> Report:
    """A draft again: members no longer find it, and mails that wait are not sent."""
    closed = Report.objects.filter(pk=report.pk, state=ReportState.PUBLISHED).update(
        state=ReportState.DRAFT, published_at=None
    )
    report.refresh_from_db()
    if closed:
        called_back = audience.unsent(report).delete()[0]
        audit.record("report.taken-back", by=by, about=report, series=report.series_id, mails=called_back)
    return report


def _tell(report: Report) -> int:
    """Write the mails, a statement a thousand. One that was not sent has told nobody, and makes room for another."""
    audience.unsent(report).delete()
    people = list(audience.untold(report).order_by("pk").values_list("user_id", flat=True))
    outbox.write_many(
        PUBLISHED,
        [outbox.Word(user_id, {"report": report.pk}, audience.once_key(report, user_id)) for user_id in people],
    )
    return len(people)


def _opening(series: EventSeries) -> str:
    """Two sentences to go on from, in the language of the moment. No number of people stands in them."""
    sessions = EventSession.objects.filter(series=series)
    starts = list(sessions.filter(state=SessionState.HELD).values_list("starts_at", flat=True))
    if not starts and not sessions.filter(state=SessionState.OPEN).exists():
        return _("“%(series)s” did not take place.") % {"series": series.title}
    return "\n\n".join(text for text in (_when_it_was(series, starts), _programme(series)) if text)


def _when_it_was(series: EventSeries, starts: list[datetime]) -> str:
    if not starts:
        return ""
    return ngettext(
        "On %(dates)s we held “%(series)s” online, in %(count)d session.",
        "From %(dates)s we held “%(series)s” online, in %(count)d sessions.",
        len(starts),
    ) % {"dates": reports.dates_held(starts), "series": series.title, "count": len(starts)}


def _programme(series: EventSeries) -> str:
    parts = [segment.title for segment in series.segments.all()]
    joiner = "、" if dates.japanese() else ", "
    return _("The programme: %(parts)s.") % {"parts": joiner.join(parts)} if parts else ""
