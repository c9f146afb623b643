"""A member invites a former colleague: it prefills their registration; the office still decides."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts.actions import invitations
from enishi.accounts.choices import InvitationKind
from enishi.accounts.models import Invitation
from enishi.accounts.policies_http import reader
from enishi.accounts.queries import invitations as queries
from enishi.core.see_other import see
from enishi.members.forms.requests import InviteForm
from enishi.members.views.http import members_only, own

SHOWN = 20


@members_only
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    member = own(request)
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial={"signed": member.name, "language": "ja"}
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(kind=InvitationKind.MEMBER, by=reader(request), **form.cleaned_data)
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("The invitation is on its way. It is open for 14 days."), extra_tags="ok")
            return see(reverse("members:invite"))
    sent = Invitation.objects.filter(invited_by=reader(request), kind=InvitationKind.MEMBER).select_related(
        "invited_by"
    )
    rows = [(each, queries.state(each)) for each in sent.order_by("-created_at", "-pk")[:SHOWN]]
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "rows": rows, "active_menu": "members:profile"}
    return render(request, "members/invite.html", context, status=status)


@members_only
@require_POST
def invite_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own only; anyone else's is as if it never was."""
    invitation = get_object_or_404(Invitation, pk=pk, kind=InvitationKind.MEMBER)
    if invitation.invited_by_id != reader(request).pk:
        raise Http404
    if invitations.revoke(invitation, by=reader(request)):
        messages.success(request, _("The invitation was taken back. Its link no longer works."), extra_tags="ok")
    return see(reverse("members:invite"))
