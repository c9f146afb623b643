"""Accepting an invitation: opening its link changes nothing, the button does."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.accounts.actions import registrations
from enishi.accounts.models import Invitation
from enishi.accounts.queries import invitations
from enishi.accounts.views.joining import current, incomplete, new_key, next_page
from enishi.core import errors, limits, tokens
from enishi.core.see_other import see


@require_http_methods(["GET", "POST"])
def join_invited(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, with which words, until when; then two steps."""
    invitation = invitations.by_token(token)
    if invitation is None:
        return errors.no_such_link(request, incomplete())
    mine = current(request)
    if mine is not None and mine.invitation_id == invitation.pk:
        return see(next_page(mine))
    if request.user.is_authenticated:
        return errors.gone(request, _someone_elses(request, invitation))
    state = invitations.state(invitation)
    if state != "open":
        return _closed(request, state)
    if request.method == "POST":
        limits.hit(limits.REGISTRATION_PER_IP, limits.client_address(request))
        try:
            registration = registrations.accept_invitation(
                invitation, browser=tokens.hashed(new_key(request)), language=(get_language() or "ja")[:2]
            )
        except ValidationError:
            return _closed(request, "used")
        return see(next_page(registration))
    context = {"invitation": invitation, "admits": invitations.admits(invitation)}
    return render(request, "accounts/join_invited.html", context)


def _closed(request: HttpRequest, state: str) -> HttpResponse:
    """Why, and where to ask without an invitation, unless it has been accepted."""
    to_join = (_("Ask to join"), reverse("accounts:join"))
    return errors.gone(request, _what_next(state), then=None if state == "used" else to_join)


def _what_next(state: str) -> str:
    return {
        "used": _(
            "This invitation was used already. If it was you, go on in the browser you used, or open the link in the mail that we sent you since. Otherwise please write to the office."
        ),
        "revoked": _("This invitation was taken back. You can still ask to join without it on the registration page."),
        "expired": _(
            "The 14 days of this invitation are over. Please ask whoever invited you for a new one, or ask to join without it on the registration page."
        ),
    }[state]


def _someone_elses(request: HttpRequest, invitation: Invitation) -> str:
    if request.user.is_authenticated and request.user.email == invitation.email:
        return _("You are a member already, so there is nothing more to do with this invitation.")
    return _(
        "This invitation is for someone else, and you are signed in. To use it for another person, please sign out first."
    )
