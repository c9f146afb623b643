"""My data: download, requests to the office, leaving."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enishi.accounts.policies_http import reader
from enishi.core import audit, clock, dates, limits, personal_data
from enishi.core.see_other import see
from enishi.members import policies
from enishi.members.actions import leaving, requests
from enishi.members.forms.requests import RequestForm
from enishi.members.models import OfficeRequest
from enishi.members.queries import download as queries
from enishi.members.views.http import members_only, own

DOWNLOADS = limits.Limit("downloads of one's own data", 10, timedelta(hours=1))


@members_only
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    return _page(request, RequestForm())


@members_only
@require_POST
def download(request: HttpRequest) -> HttpResponse:
    """The archive is made now and kept nowhere."""
    member = own(request)
    limits.hit(DOWNLOADS, member.pk)
    body = queries.archive(reader(request))
    audit.record("data.downloaded", by=reader(request), about=member)
    answer = HttpResponse(body, content_type="application/zip")
    day = clock.today(dates.network_zone()).isoformat()
    answer.headers["Content-Disposition"] = f'attachment; filename="enishi-{day}.zip"'
    return answer


@members_only
@require_POST
def request_create(request: HttpRequest) -> HttpResponse:
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    made = requests.ask(own(request), by=reader(request), **form.cleaned_data)
    words = _("The office has your request and answers by %(day)s at the latest.") % {"day": dates.day(made.due_on)}
    messages.success(request, words, extra_tags="ok")
    return see(reverse("members:data"))


@members_only
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then it is done."""
    member = own(request)
    fault = (
        ""
        if policies.can_leave(member)
        else _("You are the last owner. Please give another person this duty before you leave.")
    )
    if request.method == "POST" and request.POST.get("sure") == "yes" and not fault:
        try:
            leaving.leave(member, by=reader(request))
        except ValidationError as error:
            fault = error.messages[0]
        else:
            logout(request)
            return render(request, "members/left.html")
    context = {
        "member": member,
        "holdings": personal_data.holdings(),
        "fault": fault,
        "unsure": request.method == "POST" and not fault,
        "active_menu": "members:profile",
    }
    return render(request, "members/leave.html", context, status=422 if request.method == "POST" else 200)


def _page(request: HttpRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    member = own(request)
    context = {
        "form": form,
        "requests": OfficeRequest.objects.filter(member=member).order_by("-asked_at", "-pk"),
        "active_menu": "members:profile",
    }
    return render(request, "members/data.html", context, status=status)
