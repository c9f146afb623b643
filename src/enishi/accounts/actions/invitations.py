"""Inviting someone: single use, 14 days, only the token's hash is kept.

An officer's invitation admits on acceptance; a member's prefills and counts the route, and the office still decides.
What an invitation can do is judged when it is used, by what its sender may do then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enishi.accounts import policies
from enishi.accounts.actions.roles import GRANTABLE
from enishi.accounts.choices import InvitationKind
from enishi.accounts.models import Invitation, RegistrationRoute, RosterEntry, User
from enishi.accounts.notices.registration import invitation_letter
from enishi.accounts.queries import invitations as queries
from enishi.accounts.queries import roster
from enishi.core import audit, clock, limits, outbox, tokens

LIVES = timedelta(days=14)
HOLD = timedelta(minutes=10)
MOST_AT_ONCE = 1000
TOGETHER = limits.Limit("invitations to many of one officer", 10, timedelta(days=1))
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
    route_code: RegistrationRoute | None = None,
    role: str = "",
) -> Invitation:
    """Write an invitation and its mail. The answer is the same whether the address is a member's already or not."""
    if kind == InvitationKind.OFFICER and not policies.can_invite_for_office(by):
        raise ValidationError(_("Only the office can invite in its name."))
    if role and not (kind == InvitationKind.OFFICER and policies.can_grant_roles(by) and role in GRANTABLE):
        raise ValidationError(_("You can give only duties that you may grant yourself."))
    address = User.objects.clean_email(email)
    if kind == InvitationKind.OFFICER and roster.wishes_no_mail(address):
        raise ValidationError(
            _("This person wishes no invitation. If they have changed their mind, allow it on the list of the roster.")
        )
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
            route_code=route_code,
            created_at=now,
            expires_at=now + LIVES,
        )
        invitation.token_hash = tokens.hashed(queries.token_of(invitation))
        invitation.save(update_fields=["token_hash"])
        audit.record("invitation.sent", by=by, about=invitation, kind=kind, role=role, route=_pk(route_code))
        outbox.write("invitation", invitation=invitation.pk)
    return invitation


def invite_entries(
    entries: Sequence[RosterEntry],
    *,
    by: User,
    route_code: RegistrationRoute | None = None,
    words: str = "",
    language: str = "ja",
) -> list[Invitation]:
    """One invitation for each row that may be invited at this moment; the rest is left out (`queries.roster.sorted_out`).

    Their mails wait for `HOLD`, in which all can be stopped. Raises `ValidationError` for more than `MOST_AT_ONCE`.
    """
    if not policies.can_invite_for_office(by):
        raise ValidationError(_("Only the office can invite in its name."))
    if len(entries) > MOST_AT_ONCE:
        raise ValidationError(_("Up to %(most)d people can be invited at once.") % {"most": MOST_AT_ONCE})
    limits.hit(TOGETHER, by.pk)
    now = clock.now()
    with transaction.atomic():
        chosen = roster.with_standing(RosterEntry.objects.filter(pk__in=[entry.pk for entry in entries])).order_by("pk")
        made = Invitation.objects.bulk_create(
            Invitation(
                kind=InvitationKind.OFFICER,
                nonce=(nonce := token_hex(16)),
                token_hash=nonce,
                email=entry.email,
                family_name=entry.family_name,
                given_name=entry.given_name,
                words=words,
                language=language,
                invited_by=by,
                roster_entry=entry,
                route_code=route_code,
                created_at=now,
                goes_at=now + HOLD,
                expires_at=now + HOLD + LIVES,
            )
            for entry in roster.sorted_out(list(chosen)).invited
        )
        for invitation in made:
            invitation.token_hash = tokens.hashed(queries.token_of(invitation))
        Invitation.objects.bulk_update(made, ["token_hash"], batch_size=200)
        audit.record_many(
            [("invitation.sent", each, {"kind": "officer", "route": _pk(route_code)}) for each in made], by=by
        )
        letters = [outbox.Word(None, {"invitation": each.pk}, f"invitation:{each.pk}") for each in made]
        outbox.write_many("invitation", letters, not_before=now + HOLD)
    return made


def specimen(entry: RosterEntry, *, words: str, language: str) -> outbox.Letter:
    """The letter as this person would get it; its button leads to the registration page, since no invitation exists yet."""
    unsaved = Invitation(
        kind=InvitationKind.OFFICER,
        email=entry.email,
        family_name=entry.family_name,
        given_name=entry.given_name,
        words=words,
        language=language,
        roster_entry=entry,
        expires_at=clock.now() + HOLD + LIVES,
    )
    with translation.override(language):
        return invitation_letter(unsaved, reverse("accounts:join"))


def stop_waiting(*, by: User) -> int:
    """Take back all that were sent together and have not gone yet; returns how many."""
    with transaction.atomic():
        now = clock.now()
        waiting = list(queries.waiting())
        ended = Invitation.objects.filter(pk__in=[each.pk for each in waiting]).update(revoked_at=now)
        audit.record_many([("invitation.revoked", each, {}) for each in waiting], by=by)
    return ended


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


def _pk(row: RegistrationRoute | None) -> int | None:
    return row.pk if row is not None else None
