"""The demo's open doors: sign in as somebody, read the mail. They exist for a demo on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from enishi.core import network, outbox
from enishi.core.models import MailState, OutgoingMail
from enishi.core.see_other import SeeOther
from enishi.office.views.letters import article

View = Callable[..., HttpResponse]
_HERE = {"127.0.0.1", "::1"}


def demo_only(view: View) -> View:
    """No such page, unless the database is a demo's and the visitor sits at this machine."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = network.find()
        if here is None or not here.is_demo or request.META.get("REMOTE_ADDR") not in _HERE:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link shows a button; pressing it signs in."""
    from enishi.office import demo  # a real network never loads its story

    user = demo.people().get(key)
    if user is None:
        raise Http404
    if request.method == "POST":
        login(request, user, backend="enishi.accounts.backends.SignedInBackend")
        return SeeOther(reverse("office:dashboard") if key in {"officer", "owner"} else "/")
    return render(request, "office/demo_door.html", {"person": user.member, "key": key})


@demo_only
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """What the demo would have sent, newest first; with `?to=japan` what one of those behind the doors got."""
    from enishi.office import demo

    doors, to = demo.people(), request.GET.get("to", "")
    rows = OutgoingMail.objects.filter(state__in=[MailState.SENT, MailState.QUEUED]).order_by("-pk")
    if to in doors:
        rows = rows.filter(user_id=doors[to].pk)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    titles = {kind.name: kind.title for kind in outbox.kinds()}
    letters = [(row, _compose(row), outbox.language(row), titles[row.kind]) for row in page]
    context = {
        "letters": letters,
        "page_obj": page,
        "doors": doors,
        "to": to,
        "query": f"to={to}&" if to in doors else "",
    }
    return render(request, "office/demo_mail.html", context)


@demo_only
@require_GET
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """One mail, composed at this moment as it would be sent: in its receiver's language, whoever reads it here."""
    row = get_object_or_404(OutgoingMail, pk=number)
    found = _compose(row)
    sheet = article(found, language=outbox.language(row)) if found else ""
    return render(request, "office/demo_letter.html", {"row": row, "letter": found, "article": sheet})


def _compose(row: OutgoingMail) -> outbox.Letter | None:
    return outbox.compose(row)
