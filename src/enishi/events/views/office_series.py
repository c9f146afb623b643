"""The office makes a series on one page, looks at it, and announces it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.policies_http import office_only
from enishi.core import clock, dates, outbox
from enishi.core.see_other import see
from enishi.events.actions import series as series_actions
from enishi.events.actions import series_ready
from enishi.events.choices import SeriesState, SessionState
from enishi.events.forms.series import SeriesForms
from enishi.events.models import EventSeries, EventSession
from enishi.events.notices.announcing import announcement_letter
from enishi.events.queries import hours, office


@require_safe
@office_only
def series_list(request: HttpRequest) -> HttpResponse:
    series = list(office.all_series().prefetch_related("sessions")[:100])
    context = {"active_menu": "events:office-list", "series": series, "short": office.short_sessions()}
    return render(request, "events/office/series_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def series_create(request: HttpRequest) -> HttpResponse:
    """From the ready 顔合わせ会, or from a copy of an earlier series (`?from=`)."""
    if request.method == "POST":
        return _typed(request, None)
    copied = request.GET.get("from", "")
    if copied:
        earlier = EventSeries.objects.filter(pk=copied).first() if copied.isascii() and copied.isdigit() else None
        if earlier is None:
            raise Http404
        initial = series_ready.again(earlier)
    else:
        initial = series_ready.template(dates.network_zone())
    return _form_page(request, None, SeriesForms(initial=initial))


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def series_edit(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(EventSeries, pk=pk)
    if request.method == "POST":
        return _typed(request, series)
    return _form_page(request, series, SeriesForms(initial=series_ready.current(series)))


@require_http_methods(["GET", "HEAD", "POST"])
@office_only
def series_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Reaches many people, so it is confirmed: how many, and the mail in both languages."""
    series = get_object_or_404(EventSeries, pk=pk)
    if request.method == "POST":
        return _announce(request, series)
    sessions = list(series.sessions.filter(state=SessionState.OPEN).prefetch_related("hosts"))
    context = {
        "active_menu": "events:office-list",
        "series": series,
        "sessions": sessions,
        "is_draft": series.state == SeriesState.DRAFT,
        "audience": office.announcement_audience(),
        "letters": [_preview(series, language) for language in ("ja", "en")] if sessions else [],
        "passed": [each for each in sessions if each.starts_at <= clock.now()],
        **_hours(sessions, series),
    }
    return render(request, "events/office/series_announce.html", context)


@require_POST
@office_only
def series_discard(request: HttpRequest, pk: int) -> HttpResponse:
    series = get_object_or_404(EventSeries, pk=pk)
    try:
        series_actions.discard(series, by=request.user)
        messages.success(request, _("The draft was thrown away."), extra_tags="ok")
    except ValidationError as refusal:
        messages.warning(request, refusal.message, extra_tags="warn")
    return see("events:office-list")


def _announce(request: HttpRequest, series: EventSeries) -> HttpResponse:
    by_mail = request.POST.get("mail") != "no"
    if not series.sessions.filter(state=SessionState.OPEN, starts_at__gt=clock.now()).exists():
        messages.warning(
            request, _("No date of this series lies ahead. Please set new dates first."), extra_tags="warn"
        )
        return see("events:office-series-edit", series.pk)
    number = office.announcement_audience().wanting
    try:
        series_actions.announce(series, by=request.user, mail=by_mail)
    except ValidationError as refusal:
        messages.info(request, refusal.message, extra_tags="info")
        return see("events:office-list")
    words = ngettext(
        "“%(series)s” is announced. A mail to %(number)s person is on its way.",
        "“%(series)s” is announced. Mails to %(number)s people are on their way.",
        number,
    )
    if not by_mail:
        words = _("“%(series)s” is announced. Nobody was written to.")
    messages.success(request, words % {"series": series.title, "number": number}, extra_tags="ok")
    return see("events:office-list")


def _typed(request: HttpRequest, series: EventSeries | None) -> HttpResponse:
    """A row more or less, a look at the hours, or saved."""
    forms = SeriesForms(data=request.POST)
    if forms.edited(request.POST):
        return _form_page(request, series, forms)
    valid = forms.is_valid()
    if not valid or "check" in request.POST:
        return _form_page(request, series, forms, status=200 if valid else 422)
    try:
        if series is None:
            series = series_actions.create(forms.data(), by=request.user)
        else:
            series = series_actions.update(series, forms.data(), by=request.user)
    except ValidationError as refusal:
        forms.words.add_error(None, refusal)
        return _form_page(request, series, forms, status=422)
    if series.state == SeriesState.DRAFT:
        return see("events:office-series-announce", series.pk)
    messages.success(request, _("Saved."), extra_tags="ok")
    return see("events:office-list")


def _form_page(request: HttpRequest, series: EventSeries | None, forms: SeriesForms, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "active_menu": "events:office-list",
        "series": series,
        "forms": forms,
        "form": forms.together,
        "is_closed": series is not None and series.state == SeriesState.CLOSED,
        "announced": series is not None and series.state != SeriesState.DRAFT,
        **_hours(_spans(forms), series),
    }
    return render(request, "events/office/series_form.html", context, status=status)


def _spans(forms: SeriesForms) -> list[EventSession]:
    """The dates as typed, as far as they can be read."""
    found: list[EventSession] = []
    for row in forms.sessions.forms:
        if row.is_bound:
            values = row.cleaned_data if row.is_valid() else {}
            start, minutes = values.get("starts_at"), values.get("minutes")
        else:
            probe = type(row)({row.add_prefix(name): value for name, value in _raw(row).items()}, prefix=row.prefix)
            probe.is_valid()
            start, minutes = probe.cleaned_data.get("starts_at"), probe.cleaned_data.get("minutes")
        if start and minutes:
            found.append(EventSession(number=len(found) + 1, starts_at=start, minutes=minutes))
    return found


def _raw(row: Any) -> dict[str, Any]:
    return {name: row.get_initial_for_field(field, name) for name, field in row.fields.items()}


def _hours(sessions: list[EventSession], series: EventSeries | None) -> dict[str, Any]:
    """The hour of each session in every zone in use, and what it overlaps."""
    spans = [(each.starts_at, each.ends_at) for each in sessions]
    pairs = zip(
        sessions,
        hours.overlaps(spans),
        hours.other_sessions(spans, but_series=series.pk if series else None),
        strict=True,
    )
    return {
        "hour_sessions": sessions,
        "hour_rows": hours.table([each.starts_at for each in sessions]) if sessions else [],
        "clashes": [(session, inside, others) for session, inside, others in pairs if inside or others],
    }


def _preview(series: EventSeries, language: str) -> tuple[str, outbox.Letter]:
    with translation.override(language):
        letter = announcement_letter(series, to="", name=_("[name]"), zone="")
        return language, letter
