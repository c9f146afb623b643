"""The office's desk for reports: figures beside what is published of them, voices, themes, words."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enishi.accounts.policies_http import office_only
from enishi.core import outbox
from enishi.core.see_other import see
from enishi.events.models import EventSeries
from enishi.feedback.actions import answers as said
from enishi.feedback.models import Answer
from enishi.members.models import Member
from enishi.publishing import notices
from enishi.publishing.actions import reports as act
from enishi.publishing.choices import ReportState
from enishi.publishing.forms import StoryForm, ThemesForm
from enishi.publishing.models import Report
from enishi.publishing.queries import audience, desk, reports


@require_GET
@office_only
def office_reports(request: HttpRequest) -> HttpResponse:
    page = Paginator(reports.for_office(), 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "without": reports.series_without_report(),
        "active_menu": "publishing:office-reports",
    }
    return render(request, "publishing/office/reports.html", context)


@require_POST
@office_only
def office_report_create(request: HttpRequest, series_id: int) -> HttpResponse:
    series = get_object_or_404(EventSeries.objects.filter(pk__in=reports.series_with_session_held()), pk=series_id)
    return see("publishing:office-report", act.draft(series, by=request.user).pk)


@require_http_methods(["GET", "POST"])
@office_only
def office_report(request: HttpRequest, pk: int) -> HttpResponse:
    """GET the desk, POST the words."""
    report = _report(pk)
    form = StoryForm(request.POST) if request.method == "POST" else StoryForm.of(report)
    if request.method == "POST" and form.is_valid() and _edited(form, report, request):
        messages.success(request, _("The words were saved."))
        return see("publishing:office-report", report.pk)
    corrected = request.GET.get("corrected", "")
    context = {
        "desk": desk.of(report),
        "form": form,
        "corrected": int(corrected) if corrected.isascii() and corrected.isdecimal() else None,
        "active_menu": "publishing:office-reports",
    }
    return render(request, "publishing/office/report.html", context, status=422 if form.is_bound else 200)


@require_POST
@office_only
def office_report_voices(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(pk)
    taken = act.choose_voices(report, chosen=_chosen(request), by=request.user)
    messages.success(request, _("The report now has %(count)d voices.") % {"count": taken})
    return see("publishing:office-report", report.pk)


@require_POST
@office_only
def office_report_themes(request: HttpRequest, pk: int, answer_id: int) -> HttpResponse:
    report = _report(pk)
    answer = get_object_or_404(Answer, pk=answer_id, series=report.series)
    form = ThemesForm(request.POST, answer=answer)
    if form.is_valid():
        said.correct_themes(
            answer, want=form.cleaned_data["want_theme"], next_=form.cleaned_data["next_theme"], by=request.user
        )
        messages.success(request, _("The themes were corrected; the figures count them anew."))
    else:
        messages.error(request, _("This theme is not on the list any more. Choose another one."))
    desk_page = reverse("publishing:office-report", args=[report.pk])
    return see(f"{desk_page}?corrected={answer.pk}#answer-{answer.pk}")


@require_GET
@office_only
def office_report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as members will get it."""
    context = {"article": reports.article(_report(pk)), "next_session": reports.next_session(), "preview": True}
    return render(request, "publishing/report.html", context)


@require_http_methods(["GET", "POST"])
@office_only
def office_report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """It reaches many people: the page before says whom, and what they will see."""
    report = _report(pk)
    if request.method == "POST":
        return _publish(request, report)
    reached = audience.reached(report)
    context = {
        "article": reports.article(report),
        "members": Member.objects.present().count(),
        "reached": reached,
        "letters": [_preview(report, language) for language in ("ja", "en")] if reached.wanting else [],
        "active_menu": "publishing:office-reports",
    }
    return render(request, "publishing/office/publish.html", context)


@require_POST
@office_only
def office_report_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(pk)
    act.take_back(report, by=request.user)
    messages.success(request, _("The report is a draft again. Members no longer find it."))
    return see("publishing:office-report", report.pk)


def _publish(request: HttpRequest, report: Report) -> HttpResponse:
    by_mail = request.POST.get("mail") != "no"
    number = audience.reached(report).wanting if by_mail and report.state == ReportState.DRAFT else 0
    act.publish(report, by=request.user, mail=by_mail)
    words = ngettext(
        "The report is published to all members. A mail to %(number)s person is on its way.",
        "The report is published to all members. Mails to %(number)s people are on their way.",
        number,
    ) % {"number": number}
    messages.success(request, words if number else _("The report is published to all members."))
    return see("publishing:office-report", report.pk)


def _preview(report: Report, language: str) -> tuple[str, outbox.Letter]:
    with translation.override(language):
        return language, notices.published_letter(report, to="", name=_("[name]"))


def _report(pk: int) -> Report:
    report = reports.find(pk)
    if report is None:
        raise Http404
    return report


def _edited(form: StoryForm, report: Report, request: HttpRequest) -> bool:
    try:
        act.edit(report, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _chosen(request: HttpRequest) -> list[tuple[int, str]]:
    """The ticked voices in the order of their numbers; what is not a voice's key is passed over."""
    found = []
    for place, key in enumerate(request.POST.getlist("voice")):
        answer, _dash, field = key.partition("-")
        if answer.isdecimal() and len(answer) < 19:
            order = request.POST.get(f"order-{key}", "")
            number = int(order) if order.isdecimal() and len(order) < 6 else 10**6
            found.append((number, place, int(answer), field))
    return [(answer, field) for _number, _place, answer, field in sorted(found)]
