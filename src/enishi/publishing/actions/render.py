"""A report as files: made when asked for, from what stands in the database then, and never kept."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from enishi.core import dates, network
from enishi.engines import documents
from enishi.publishing.models import Report
from enishi.publishing.queries import published, reports

STYLES = ("enishi/css/tokens.css", "enishi/css/enishi.css", "publishing/publishing.css")


def report_files(report: Report, viewer_kind: str = "member") -> tuple[str, bytes]:
    """(HTML, PDF) of a report in the network's language, as this kind of reader gets them.

    `viewer_kind` is "member": the office publishes to members, and reads what they read. The HTML opens from a disc: its
    styles stand in it, it loads nothing.
    """
    if viewer_kind != "member":
        raise ValueError(f"A report is made for members, not for “{viewer_kind}”. Ask for viewer_kind='member'.")
    with translation.override(network.current().language):
        article = reports.article(report)
        return html(article), pdf(article)


def html(article: reports.Article) -> str:
    """The page as one file."""
    context = {"article": article, "network": network.current(), "style": _style(), "url": page_url(article.report)}
    return render_to_string("publishing/report_file.html", context)


def pdf(article: reports.Article) -> bytes:
    """The PDF, in the language of the moment."""
    return documents.report_pdf(document(article))


def document(article: reports.Article) -> documents.ReportDocument:
    """The article as the page setter takes it."""
    report, here = article.report, network.current()
    made = report.published_at or report.created_at
    return documents.ReportDocument(
        language="ja" if dates.japanese() else "en",
        network=here.name,
        title=report.title,
        kicker=_("%(network)s | Report") % {"network": here.name},
        lead=report.series.purpose,
        facts=(article.dates,) if article.dates else (),
        figures=tuple(documents.Figure(each.value, each.unit, each.label) for each in article.big_figures),
        tables=tuple(_table(chart) for chart in article.charts),
        voices=tuple(documents.Voice(each.text, each.signed, each.about) for each in article.quotes),
        voices_note=_("Each sentence stands here because its writer allowed it, and only as long as that holds."),
        story=documents.blocks(report.story),
        closing=(
            article.guard_words,
            _("For members of %(network)s. A copy once downloaded cannot be called back; please do not pass it on.")
            % {"network": here.name},
        ),
        link=page_url(report),
        link_words=_("The page of this report (for members):"),
        figures_heading=_("In figures"),
        tables_heading=article.charts_heading,
        voices_heading=_("Voices"),
        story_heading=_("The story"),
        dated=int(made.timestamp()),
    )


def page_url(report: Report) -> str:
    """The whole address of the report's page."""
    return settings.ORIGIN + reverse("publishing:report", args=[report.pk])


def _table(chart: published.Chart) -> documents.Table:
    largest = max(bar.count for bar in chart.bars)
    rows = tuple(documents.Row(bar.label, str(bar.count), bar.count / largest) for bar in chart.bars)
    return documents.Table(chart.title, rows, chart.note)


def _style() -> SafeString:
    """The styles of the page, in the file itself: our own, from the disc."""
    sheets = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES]
    return mark_safe("<style>" + "\n".join(sheets) + "</style>")  # noqa: S308 - nobody's words in it
