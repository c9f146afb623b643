"""The roster: bring a file, look at what it would do, import it, take it back."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.actions import roster as actions
from enishi.accounts.choices import ImportState
from enishi.accounts.models import ImportRun, RosterEntry
from enishi.accounts.policies_http import office_only
from enishi.core import clock, exports, limits
from enishi.core.see_other import SeeOther
from enishi.office.forms.roster import ReadingForm, UploadForm
from enishi.office.imports import faults, headings, runs, tables

MENU = {"active_menu": "office:roster"}


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def office_roster(request: HttpRequest) -> HttpResponse:
    """Imports so far, and the place to bring a file to."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        limits.hit(limits.UPLOAD, request.user.pk)
        file = form.cleaned_data["file"]
        try:
            run = runs.check(file.read(), file_name=file.name, by=request.user, basis=form.cleaned_data["basis"])
        except tables.BrokenFile as error:
            form.add_error("file", str(error))
        else:
            return SeeOther(reverse("office:roster-import", args=[run.pk]))
    past = ImportRun.objects.defer("content", "report").select_related("by__member").order_by("-pk")
    context = {"form": form, "runs": past[:20], "rows": RosterEntry.objects.count(), **MENU}
    return render(request, "office/roster.html", context, status=422 if form.is_bound else 200)


@office_only
@require_safe
def office_roster_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: as it would be, or as it was."""
    return _page(request, get_object_or_404(ImportRun, pk=pk))


@office_only
@require_POST
def office_roster_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the same file with another encoding or other columns."""
    run = get_object_or_404(ImportRun, pk=pk, state=ImportState.CHECKED, content__isnull=False)
    content = bytes(run.content or b"")
    header = tables.read(content, encoding=_encoding(run)).header
    form = ReadingForm(request.POST, header=header)
    if not form.is_valid():
        return _page(request, run, form=form)
    try:
        again = runs.check(
            content,
            file_name=run.file_name,
            by=request.user,
            encoding=form.cleaned_data["encoding"],
            columns=form.columns(),
            basis=run.basis,
        )
    except tables.BrokenFile as error:
        form.add_error("encoding", str(error))
        return _page(request, run, form=form)
    ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED).delete()
    return SeeOther(reverse("office:roster-import", args=[again.pk]))


@office_only
@require_POST
def office_roster_carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the good rows."""
    run = get_object_or_404(ImportRun, pk=pk)
    if run.state != ImportState.CHECKED or run.content is None:
        messages.info(
            request, _("This file was imported already, or is no longer kept. Choose it again if you need it.")
        )
        return SeeOther(reverse("office:roster-import", args=[pk]))
    try:
        outcome = runs.carry_out(run, bytes(run.content), by=request.user)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        words = _("Imported: %(created)s new, %(changed)s changed, %(unchanged)s unchanged.")
        messages.success(request, words % vars(outcome))
    return SeeOther(reverse("office:roster-import", args=[pk]))


@office_only
@require_POST
def office_roster_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an import back."""
    run = get_object_or_404(ImportRun, pk=pk)
    try:
        undone = actions.undo(run, by=request.user)
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return SeeOther(reverse("office:roster-import", args=[pk]))
    messages.success(
        request,
        _("The import was taken back: %(removed)s rows removed, %(restored)s restored.") % vars(undone),
    )
    if undone.stayed:
        messages.info(
            request,
            _("These rows stay, since someone was admitted on them or a later import changed them: %(numbers)s")
            % {"numbers": ", ".join(undone.stayed[:50])},
        )
    return SeeOther(reverse("office:roster-import", args=[pk]))


@office_only
@require_safe
def office_roster_faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not plainly accepted, as CSV."""
    run = get_object_or_404(ImportRun, pk=pk)
    rows = ([line.row, line.number, line.verdict, line.words] for line in faults.lines(run.report))
    header = [_("Row"), _("Employee number"), _("Verdict"), _("Why")]
    return HttpResponse(
        exports.csv_bytes(header, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="roster-{run.pk}-rows.csv"'},
    )


def _page(request: HttpRequest, run: ImportRun, form: ReadingForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "run": run,
        "good": run.tally.get("accepted", 0) + run.tally.get("warned", 0),
        "verdicts": faults.verdicts(run.tally),
        "can_undo": run.state == ImportState.IMPORTED and clock.now() - run.at <= actions.UNDO_WITHIN,
        "page_obj": Paginator(faults.lines(run.report), 50).get_page(request.GET.get("page")),
        **MENU,
    }
    if run.state == ImportState.CHECKED and run.content is not None:
        table = tables.read(bytes(run.content), encoding=_encoding(run))
        known = {f"column_{name}": at for name, at in run.columns.items()}
        initial = {"encoding": _encoding(run), **known}
        context["form"] = form or ReadingForm(initial=initial, header=table.header)
        shown = [name for name in headings.KNOWN if name in run.columns]  # JSON in PostgreSQL keeps no order
        context["columns"] = [faults.FIELDS[name] for name in shown]
        preview = islice(table.rows, runs.PREVIEW_ROWS)
        context["preview"] = [[_cell(row, run.columns[name]) for name in shown] for row in preview]
    return render(request, "office/roster_import.html", context, status=422 if form else 200)


def _encoding(run: ImportRun) -> str:
    return "" if run.encoding == "xlsx" else run.encoding.removesuffix("-sig")


def _cell(row: list[str], at: int) -> str:
    return row[at][:60] if at < len(row) else ""
