"""Reading invitations: by their link, and the office's list."""

from __future__ import annotations

from django.db.models import QuerySet

from enishi.accounts import policies
from enishi.accounts.choices import InvitationKind
from enishi.accounts.models import Invitation, User
from enishi.core import clock, tokens


def by_token(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; None when there never was one."""
    return Invitation.objects.select_related("invited_by").filter(token_hash=tokens.hashed(token)).first()


def token_of(invitation: Invitation) -> str:
    """The last part of the mailed link: derived, never kept."""
    return tokens.derive("invitation", invitation.pk, invitation.nonce)


def state(invitation: Invitation) -> str:
    """open, used, revoked or expired. An invitation whose sender is gone counts as revoked."""
    if invitation.used_at:
        return "used"
    sender = invitation.invited_by
    if invitation.revoked_at or sender is None or not sender.is_active:
        return "revoked"
    return "expired" if invitation.expires_at <= clock.now() else "open"


def admits(invitation: Invitation | None) -> bool:
    """Does accepting it admit, by what its sender may do at this moment?"""
    if invitation is None or invitation.kind != InvitationKind.OFFICER:
        return False
    return policies.can_invite_for_office(invitation.invited_by)


def role_given(invitation: Invitation | None) -> str:
    """The duty that comes with it, if its sender may grant it at this moment."""
    if invitation is None or not invitation.role or not admits(invitation):
        return ""
    return invitation.role if policies.can_grant_roles(invitation.invited_by) else ""


def sent(viewer: User) -> QuerySet[Invitation]:
    """The office sees all, a member their own; newest first."""
    rows = Invitation.objects.select_related("registration", "invited_by").order_by("-created_at", "-pk")
    return rows if policies.is_office(viewer) else rows.filter(invited_by=viewer, kind=InvitationKind.MEMBER)


def waiting() -> QuerySet[Invitation]:
    """Sent together with others, and not gone yet."""
    return Invitation.objects.filter(goes_at__gt=clock.now(), used_at=None, revoked_at=None)
