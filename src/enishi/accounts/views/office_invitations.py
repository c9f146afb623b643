"""Invitations from the office: send, see what became of them, take back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts import policies
from enishi.accounts.actions import invitations
from enishi.accounts.choices import InvitationKind
from enishi.accounts.forms.invitation import InvitationForm
from enishi.accounts.models import Invitation, RosterEntry
from enishi.accounts.policies_http import office_only, reader
from enishi.accounts.queries import invitations as queries
from enishi.core.see_other import see


@office_only
@require_http_methods(["GET", "POST"])
def office_invitations(request: HttpRequest) -> HttpResponse:
    """The list under the form."""
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        roles=policies.can_grant_roles(request.user),
        initial={"language": "ja"},
    )
    if request.method == "POST" and form.is_valid() and _sent(request, form):
        return see(reverse("accounts:office-invitations"))
    page = Paginator(queries.sent(reader(request)), 25).get_page(request.GET.get("page"))
    rows = [(each, queries.state(each)) for each in page.object_list]
    context = {
        "form": form,
        "rows": rows,
        "page_obj": page,
        "waiting": queries.waiting().aggregate(number=Count("pk"), goes_at=Min("goes_at")),
        "active_menu": "accounts:office-invitations",
    }
    return render(
        request, "accounts/office/invitations.html", context, status=422 if form.is_bound and form.errors else 200
    )


@office_only
@require_POST
def office_invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    if invitations.revoke(invitation, by=reader(request)):
        messages.success(request, _("The invitation was taken back. Its link no longer works."), extra_tags="ok")
    else:
        messages.info(request, _("This invitation was used or taken back before."))
    return see(reverse("accounts:office-invitations"))


@office_only
@require_POST
def office_invitations_stop(request: HttpRequest) -> HttpResponse:
    """Take back all that were sent together and have not gone yet."""
    stopped = invitations.stop_waiting(by=reader(request))
    words = ngettext("%(n)d invitation was stopped.", "%(n)d invitations were stopped.", stopped) % {"n": stopped}
    messages.success(request, words if stopped else _("They have gone out already, so nothing was stopped."))
    return see(reverse("accounts:office-invitations"))


def _sent(request: HttpRequest, form: InvitationForm) -> bool:
    values = dict(form.cleaned_data)
    number = values.pop("employee_number")
    entry = RosterEntry.objects.filter(employee_number=number).first() if number else None
    if number and entry is None:
        form.add_error(
            "employee_number", _("No row of the roster has this employee number. Please check it or leave it out.")
        )
        return False
    try:
        invitations.invite(kind=InvitationKind.OFFICER, by=reader(request), roster_entry=entry, **values)
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    messages.success(request, _("The invitation is on its way. It is open for 14 days."), extra_tags="ok")
    return True
