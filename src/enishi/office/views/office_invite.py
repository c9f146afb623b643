"""Who is on the roster, and inviting many of them with one letter."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.actions import invitations, routes
from enishi.accounts.actions import roster as actions
from enishi.accounts.choices import RosterStanding, Route
from enishi.accounts.models import RegistrationRoute, RosterEntry
from enishi.accounts.policies_http import office_only, reader
from enishi.accounts.queries import roster
from enishi.core import clock, dates, limits
from enishi.core.see_other import SeeOther
from enishi.office.forms.invite import FindForm, LetterForm
from enishi.office.queries import invite as queries
from enishi.office.views.letters import article

MENU = {"active_menu": "office:roster"}
PER_PAGE = 50
_KEPT = ("pick", "row", *FindForm.base_fields)


@office_only
@require_safe
def office_roster_people(request: HttpRequest) -> HttpResponse:
    """The rows that fit, each with how it stands; some or all of them can be invited."""
    form = FindForm({"standing": RosterStanding.FREE} | request.GET.dict())
    if request.GET.get("q"):
        limits.hit(limits.SEARCH, request.user.pk)
    rows = roster.rows(form.wanted()) if form.is_valid() else RosterEntry.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    labels = dict(RosterStanding.choices)
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(row, labels[row.standing], row.standing == RosterStanding.FREE) for row in page],  # type: ignore[attr-defined]
        "query": urlencode({name: form.data.get(name, "") for name in form.fields}) + "&",
        **MENU,
    }
    return render(request, "office/roster_people.html", context)


@office_only
@require_POST
def office_roster_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person wishes no invitation, or may have one again."""
    entry = get_object_or_404(RosterEntry, pk=pk)
    if request.POST.get("mail") == "yes":
        actions.allow_mail(entry, by=request.user)
        messages.success(request, _("%(name)s can be invited again.") % {"name": entry.shown_name})
    else:
        actions.stop_mail(entry, by=request.user)
        messages.success(request, _("%(name)s gets no invitation any more.") % {"name": entry.shown_name})
    return SeeOther(reverse("office:roster-people") + "?" + urlencode({"standing": "", "q": entry.employee_number}))


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def office_roster_invite(request: HttpRequest) -> HttpResponse:
    """How many, who not and why, the letter; then it is sent."""
    data = request.POST if request.method == "POST" else request.GET
    rows = _rows(data)
    if rows is None:
        messages.info(request, _("Nobody was chosen. Tick some people, or invite all that match."))
        return SeeOther(reverse("office:roster-people"))
    picked = queries.pick(rows)
    form = _form(request, picked)
    if request.method == "POST" and "send" in request.POST and _sent(request, form, picked):
        return SeeOther(reverse("accounts:office-invitations"))
    context = {
        "form": form,
        "picked": picked,
        "kept": [(name, value) for name in _KEPT for value in data.getlist(name)],
        "letter": _letter(form, picked),
        "minutes": queries.minutes(),
        **MENU,
    }
    return render(request, "office/roster_invite.html", context, status=422 if form.is_bound and form.errors else 200)


def _rows(data: QueryDict) -> QuerySet[RosterEntry] | None:
    """What was picked: rows with a tick, or all that match; None for nothing."""
    if data.get("pick") == "all":
        form = FindForm(data)
        return roster.rows(form.wanted()) if form.is_valid() else None
    return queries.chosen(data.getlist("row")) if data.getlist("row") else None


def _form(request: HttpRequest, picked: queries.Pick) -> LetterForm:
    people, new_code = len(picked.people), _new_code()
    if request.method != "POST":
        return LetterForm(initial={"language": (get_language() or "ja")[:2]}, people=people, new_code=new_code)
    form = LetterForm(request.POST, people=people, new_code=new_code)
    if "send" not in request.POST:
        form.only_words()
    return form


def _new_code() -> str:
    """名簿からの招待（11月24日）."""
    day = dates.day(clock.today(dates.network_zone()), year=True, weekday=False)
    return _("Invitations from the roster, %(day)s") % {"day": day}


def _letter(form: LetterForm, picked: queries.Pick) -> str:
    if not picked.people:
        return ""
    values = form.cleaned_data if form.is_bound else form.initial
    language = values.get("language") or "ja"
    letter = invitations.specimen(picked.people[0], words=values.get("words", ""), language=language)
    return article(letter, language=language, heading="h3")


def _sent(request: HttpRequest, form: LetterForm, picked: queries.Pick) -> bool:
    if not form.is_valid():
        return False
    if request.POST.get("mark") != picked.mark:
        form.add_error(None, _("The list has changed meanwhile. Please look at it again and send then."))
        return False
    try:
        sent = invitations.invite_entries(
            list(picked.people),
            by=reader(request),
            route_code=_route(request, form),
            words=form.cleaned_data["words"],
            language=form.cleaned_data["language"],
        )
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    words = ngettext("%(n)d invitation goes out at %(hour)s.", "%(n)d invitations go out at %(hour)s.", len(sent))
    hour = dates.hour(clock.local(clock.now() + invitations.HOLD, dates.network_zone()))
    messages.success(request, words % {"n": len(sent), "hour": hour}, extra_tags="ok")
    return True


def _route(request: HttpRequest, form: LetterForm) -> RegistrationRoute:
    """The code that was chosen, else a new one of this day."""
    if form.cleaned_data["code"]:
        return RegistrationRoute.objects.get(pk=form.cleaned_data["code"])
    return routes.create(label=_new_code(), route=Route.FLYER, by=reader(request))
