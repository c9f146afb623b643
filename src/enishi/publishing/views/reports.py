"""Reports as members read them, and as PDF."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from enishi.accounts.policies_http import signed_in
from enishi.publishing import policies
from enishi.publishing.actions import render as files
from enishi.publishing.choices import ReportState
from enishi.publishing.models import Report
from enishi.publishing.queries import reports


@require_GET
@signed_in
def report_list(request: HttpRequest) -> HttpResponse:
    if not (policies.is_member(request.user) or policies.can_edit_reports(request.user)):
        raise Http404
    page = Paginator(reports.visible_to(request.user), 20).get_page(request.GET.get("page"))
    return render(request, "publishing/reports.html", {"page_obj": page, "active_menu": "publishing:reports"})


@require_GET
@signed_in
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    report = _published(request, pk)
    context = {
        "article": reports.article(report),
        "next_session": reports.next_session(),
        "active_menu": "publishing:reports",
    }
    return render(request, "publishing/report.html", context)


@require_GET
@signed_in
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Made anew each time; the office gets drafts too."""
    report = reports.find(pk)
    if report is None or not policies.can_read_report(request.user, report):
        raise Http404
    made = files.pdf(reports.article(report))
    disposition = content_disposition_header(as_attachment=True, filename=f"{report.title}.pdf")
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": str(disposition)})


def _published(request: HttpRequest, pk: int) -> Report:
    """A draft is not there, for the office neither: it has its own page, and a preview."""
    report = reports.find(pk)
    if report is None or report.state != ReportState.PUBLISHED or not policies.can_read_report(request.user, report):
        raise Http404
    return report
