"""Who gets in: a visitor is led to sign in, an account without a member learns nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from enishi.accounts.policies_http import signed_in
from enishi.events import policies

View = Callable[..., HttpResponse]
LARGEST_KEY = 2**63 - 1  # what a database's key can be; beyond it the database is not even asked


def members_only(view: View) -> View:
    """The view gets the member as its second argument."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = policies.member_of(request.user)
        if member is None or kwargs.get("pk", 0) > LARGEST_KEY:
            raise Http404
        return view(request, member, *args, **kwargs)

    return signed_in(guarded)
