"""Telling what came of a story: the report, with voices among those that may be quoted."""

from __future__ import annotations

from datetime import datetime

from enishi.accounts.models import User
from enishi.core import clock
from enishi.events.models import EventSeries
from enishi.publishing.actions import reports
from enishi.publishing.models import Report
from enishi.publishing.queries import figures, published, quotes


def publish(
    series: EventSeries,
    *,
    by: User,
    at: datetime,
    story_ja: str = "",
    story_en: str = "",
    most_voices: int = 40,
    mail: bool = False,
) -> Report:
    """Choose voices among those that may be quoted, one a person and none twice, and publish to members at `at`.

    What is lived through again is news to nobody: mails are written for the demo alone, whose mail page shows them.
    """
    with clock.at(at):
        report = reports.draft(series, by=by)
        if story_ja:
            report = reports.edit(
                report,
                title_ja=report.title_ja,
                title_en=report.title_en,
                story_ja=story_ja,
                story_en=story_en,
                by=by,
            )
        reports.choose_voices(report, chosen=_one_voice_each(series)[:most_voices], by=by)
        return reports.publish(report, by=by, mail=mail)


def _one_voice_each(series: EventSeries) -> list[tuple[int, str]]:
    found = figures.of_series(series)
    chosen: dict[int, tuple[int, str]] = {}
    said: set[str] = set()
    for quote in quotes.allowed(found, published.guard_figures(found)):
        if quote.answer_id not in chosen and quote.text not in said:
            chosen[quote.answer_id] = (quote.answer_id, quote.field.value)
            said.add(quote.text)
    return list(chosen.values())
