"""Home, for a member."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enishi.members.models import Member
from enishi.office.queries import home as queries


def home(request: HttpRequest) -> HttpResponse:
    """The next session first, then what to do, then the latest report."""
    member: Member = request.user.member  # type: ignore[union-attr]
    return render(
        request,
        "office/home.html",
        {"member": member, "home": queries.home(member), "active_menu": "office:front"},
    )
