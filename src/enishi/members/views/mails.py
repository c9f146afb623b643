"""Which mails come: one's own page, and the link at the foot of each mail."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.policies_http import reader
from enishi.core import errors, outbox
from enishi.core.see_other import see
from enishi.members import policies
from enishi.members.actions import mails as act
from enishi.members.queries import mail_links as links
from enishi.members.queries import mails as queries
from enishi.members.views.http import members_only, own

View = Callable[..., HttpResponse]


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: HttpRequest) -> HttpResponse:
    """One tick a kind, saved in one place; below them what always comes."""
    member = own(request)
    if request.method == "POST":
        act.choose(member, wanted=request.POST.getlist("wanted"), by=reader(request))
        messages.success(request, _("Saved."), extra_tags="ok")
        return see(reverse("members:mails"))
    stopped = queries.stopped(member)
    context = {
        "topics": [(topic, topic.name not in stopped) for topic in queries.stoppable()],
        "always": [topic for topic in outbox.topics() if not topic.can_stop],
        "active_menu": "members:profile",
    }
    return render(request, "members/mails.html", context)


def with_link(view: View) -> View:
    """Opens the signed link of the address; one that does not open says where to choose instead."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            found = links.opened(token)
        except links.Expired:
            return errors.gone(
                request,
                _("This link no longer works. Sign in and choose under “My page” which mails you get."),
                then=(_("Mails that you get"), reverse("members:mails")),
            )
        except links.Broken:
            return errors.no_such_link(
                request,
                _(
                    "This link is not complete. Open it from the mail once more, or sign in and choose under “My page”"
                    " which mails you get."
                ),
            )
        if not policies.can_use_mail_link(request.user, found.member):
            return errors.no_such_link(
                request,
                _("This link was sent to someone else. Which mails you get yourself you choose under “My page”."),
            )
        return view(request, token, found)

    return guarded


# A mail program presses for its reader, without cookies (RFC 8058): the signed address is the proof, here and nowhere else.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_link
def mail_link(request: HttpRequest, token: str, found: links.Opened) -> HttpResponse:
    """Opening it changes nothing; a POST stops the mails, and is answered by a page: that RFC allows no redirect."""
    if request.method == "POST":
        act.stop(found.member, found.topic, by=found.member.user)
    context = {
        "topic": found.topic,
        "token": token,
        "stopped": found.topic.name in queries.stopped(found.member),
    }
    refused = request.method == "POST" and not found.topic.can_stop
    return render(request, "members/mail_link.html", context, status=422 if refused else 200)


@require_POST
@with_link
def mail_link_undo(request: HttpRequest, token: str, found: links.Opened) -> HttpResponse:
    act.resume(found.member, found.topic, by=found.member.user)
    messages.success(request, _("These mails come again."), extra_tags="ok")
    return see(reverse("members:mail-link", args=[token]))
