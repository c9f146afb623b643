"""The office's first page, and the mails that were given up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enishi.accounts.policies_http import office_only, reader
from enishi.core import audit, clock, sending
from enishi.core.models import MailState, OutgoingMail
from enishi.core.see_other import SeeOther
from enishi.office.queries import dashboard as queries
from enishi.office.queries import first_steps


@office_only
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits, then figures; every figure opens its rows."""
    first = first_steps.steps(reader(request))
    context = {
        "first_steps": first,
        "steps_done": sum(step.done for step in first),
        "tasks": queries.tasks(),
        "figures": queries.figures(),
        "sessions": queries.upcoming(),
        "routes": queries.routes(),
        "months": queries.months(),
        "active_menu": "office:dashboard",
    }
    return render(request, "office/dashboard.html", context)


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Mails that were given up: try them again, or let them be."""
    dead = OutgoingMail.objects.filter(state=MailState.DEAD).order_by("-pk")
    if request.method == "POST":
        again = "again" in request.POST
        if not again and "drop" not in request.POST:
            return SeeOther(request.path)
        changes = (
            {"state": MailState.QUEUED, "attempts": 0, "not_before": clock.now()}
            if again
            else {"state": MailState.DROPPED}
        )
        number = dead.update(**changes)
        audit.record("mail.tried-again" if again else "mail.let-be", by=request.user, mails=number)
        messages.success(request, _("They are tried again now.") if again else _("They are not sent any more."))
        return SeeOther(reverse("office:dashboard"))
    context = {"dead": dead[:100], "can_deliver": sending.can_deliver(), "active_menu": "office:dashboard"}
    return render(request, "office/mail.html", context)
