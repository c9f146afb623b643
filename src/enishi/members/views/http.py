"""Doors of members' pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from enishi.accounts.policies_http import reader
from enishi.members import policies
from enishi.members.models import Member

View = Callable[..., HttpResponse]


def members_only(view: View) -> View:
    """Members; a visitor is led to the sign-in page, an account without a member learns nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not policies.is_member(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def own(request: HttpRequest) -> Member:
    """The reader's own member, inside `members_only`."""
    member = policies.member_of(reader(request))
    if member is None:
        raise Http404
    return member
