"""Inviting someone: single use, 14 days, only the token's hash is kept.

An officer's invitation admits on acceptance; a member's prefills and counts the route, and the office still decides.
What an invitation can do is judged when it is used, by what its sender may do then.
"""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.accounts import policies
from enishi.accounts.actions.roles import GRANTABLE
from enishi.accounts.choices import InvitationKind
from enishi.accounts.models import Invitation, RosterEntry, User
from enishi.accounts.queries import invitations as queries
from enishi.core import audit, clock, limits, outbox, tokens

LIVES = timedelta(days=14)
PER_MEMBER = limits.Limit("invitations of one member", 10, timedelta(days=1))
PER_OFFICER = limits.Limit("invitations of one officer", 300, timedelta(days=1))
PER_ADDRESS = limits.Limit("invitations to one address", 3, timedelta(days=7))


def invite(
    *,
    kind: str,
    email: str,
    by: User,
    family_name: str = "",
    given_name: str = "",
    words: str = "",
    signed: str = "",
    language: str = "ja",
    roster_entry: RosterEntry | None = None,
    role: str = "",
) -> Invitation:
    """Write an invitation and its mail. The answer is the same whether the address is a member's already or not."""
    if kind == InvitationKind.OFFICER and not policies.can_invite_for_office(by):
        raise ValidationError(_("Only the office can invite in its name."))
    if role and not (kind == InvitationKind.OFFICER and policies.can_grant_roles(by) and role in GRANTABLE):
        raise ValidationError(_("You can give only duties that you may grant yourself."))
    address = User.objects.clean_email(email)
    limits.hit(PER_OFFICER if kind == InvitationKind.OFFICER else PER_MEMBER, by.pk)
    limits.hit(PER_ADDRESS, address)
    now = clock.now()
    with transaction.atomic():
        nonce = token_hex(16)
        invitation = Invitation.objects.create(
            kind=kind,
            role=role,
            nonce=nonce,
            token_hash=nonce,  # until the row has its number, from which the token is derived
            email=address,
            family_name=family_name,
            given_name=given_name,
            words=words,
            signed=signed,
            language=language,
            invited_by=by,
            roster_entry=roster_entry,
            created_at=now,
            expires_at=now + LIVES,
        )
        invitation.token_hash = tokens.hashed(queries.token_of(invitation))
        invitation.save(update_fields=["token_hash"])
        audit.record("invitation.sent", by=by, about=invitation, kind=kind, role=role)
        outbox.write("invitation", invitation=invitation.pk)
    return invitation


def invite_entries(entries: list[RosterEntry], *, by: User, words: str = "", language: str = "ja") -> list[Invitation]:
    """One invitation for each roster entry with an address; those without are left out."""
    return [
        invite(
            kind=InvitationKind.OFFICER,
            email=entry.email,
            by=by,
            family_name=entry.family_name,
            given_name=entry.given_name,
            words=words,
            language=language,
            roster_entry=entry,
        )
        for entry in entries
        if entry.email
    ]


def revoke(invitation: Invitation, *, by: User) -> bool:
    """End an invitation that was not used; False when it was used or ended before."""
    with transaction.atomic():
        ended = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None).update(
            revoked_at=clock.now()
        )
        if ended:
            audit.record("invitation.revoked", by=by, about=invitation)
    return bool(ended)


def revoke_all_of(user: User) -> int:
    """When someone leaves, what they had sent and nobody used ends."""
    return Invitation.objects.filter(invited_by=user, used_at=None, revoked_at=None).update(revoked_at=clock.now())
