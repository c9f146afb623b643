"""The office's list of members, and a member as the office sees them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from enishi.accounts.choices import Route
from enishi.accounts.policies_http import office_only
from enishi.core import limits
from enishi.members.models import Member
from enishi.members.queries import office, profiles

PER_PAGE = 25


@office_only
@require_GET
def office_members(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "")[:100]
    if search:
        limits.hit(limits.SEARCH, request.user.pk)
    figures = office.figures()
    pages = Paginator(office.members(search), PER_PAGE)
    if not search:
        pages.count = figures["all"]  # counted once
    page = pages.get_page(request.GET.get("page"))
    members = list(page.object_list)
    seen = profiles.seen(request.user, members)
    context = {
        "rows": [(member, seen[member.pk]) for member in members],
        "page_obj": page,
        "search": search,
        "query": urlencode({"q": search}) + "&" if search else "",
        "figures": figures,
        "active_menu": "members:office-members",
    }
    part = "#found" if request.htmx else ""  # type: ignore[attr-defined]  # set by django-htmx
    response = render(request, f"members/office/members.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@office_only
@require_GET
def office_member(request: HttpRequest, pk: int) -> HttpResponse:
    """“Only me” is hidden from the office too."""
    member = get_object_or_404(Member.objects.present().select_related("user", "roster_entry", "invited_by"), pk=pk)
    context = {
        "member": member,
        "seen": profiles.visible_fields(request.user, member),
        "route": Route(member.route).label if member.route in Route.values else "",
        "active_menu": "members:office-members",
    }
    return render(request, "members/office/member.html", context)
