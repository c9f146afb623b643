"""The request desk: what people ask about their own data, by when it is due, what was done."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enishi.accounts.policies_http import office_only, reader
from enishi.core import clock, dates
from enishi.core.see_other import see
from enishi.members.actions import requests
from enishi.members.forms.requests import AnswerRequestForm
from enishi.members.models import OfficeRequest
from enishi.members.queries import office

MENU = "members:office-requests"


@office_only
@require_GET
def office_requests(request: HttpRequest) -> HttpResponse:
    page = Paginator(office.requests(), 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": page.object_list,
        "today": clock.today(dates.network_zone()),
        "active_menu": MENU,
    }
    return render(request, "members/office/requests.html", context)


@office_only
@require_http_methods(["GET", "POST"])
def office_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request and its answer."""
    asked = get_object_or_404(OfficeRequest.objects.select_related("member"), pk=pk)
    form = AnswerRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if requests.answer(asked, result=form.cleaned_data["result"], by=reader(request)):
            messages.success(request, _("The answer is on its way."), extra_tags="ok")
        else:
            messages.info(request, _("This request was answered before. Nothing was sent."))
        return see(reverse("members:office-requests"))
    context = {"asked": asked, "form": form, "active_menu": MENU}
    return render(request, "members/office/request.html", context, status=422 if form.is_bound and form.errors else 200)
