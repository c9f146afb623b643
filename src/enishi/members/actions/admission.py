"""Making a member of a registration. Nothing is admitted by itself: an officer presses, or has invited."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from enishi.accounts.actions import roles
from enishi.accounts.choices import ConsentKind, InvitationKind, RegistrationState, Route
from enishi.accounts.models import Consent, Registration, RosterEntry, User
from enishi.accounts.queries import invitations
from enishi.core import audit, clock, network, outbox, person
from enishi.members.actions import stints
from enishi.members.choices import DEFAULT_VISIBILITY
from enishi.members.models import FieldVisibility, Member
from enishi.members.queries import admissions
from enishi.members.signals import member_admitted


def admit(registration: Registration, *, by: User | None, entry: RosterEntry | None = None) -> Member:
    """Admit once, however often it is pressed; a second press returns the same member.

    `entry` is the row of the roster that the claim is taken for; it can be taken by one member only.
    """
    with transaction.atomic():
        if not _claim_state(registration, by=by, entry=entry):
            return _already(registration)
        user = _account(registration)
        member = _member(registration, user=user, entry=entry)
        stints.replace(member, registration.stints)
        _visibility(registration, member)
        _consents(registration, user)
        _duty(registration, user)
        Registration.objects.filter(pk=registration.pk).update(user=user)
        registration.refresh_from_db()
        member_admitted.send(Member, member=member)
        outbox.write("welcome", user=user, once=f"welcome:{member.pk}", member=member.pk)
        audit.record(
            "registration.admitted",
            by=by,
            about=registration,
            member=member.pk,
            entry=entry.pk if entry else None,
        )
    return member


def admit_invited(registration: Registration) -> Member | None:
    """On acceptance of an officer's invitation; None when the office has to look after all."""
    invitation = registration.invitation
    if invitation is None or not invitations.admits(invitation):
        return None
    entry = invitation.roster_entry
    if entry is not None and admissions.is_taken(entry):
        return None
    return admit(registration, by=invitation.invited_by, entry=entry)


def _claim_state(registration: Registration, *, by: User | None, entry: RosterEntry | None) -> bool:
    """The conditional update: of two who press at once, one goes on."""
    return bool(
        Registration.objects.filter(pk=registration.pk, state=RegistrationState.SUBMITTED).update(
            state=RegistrationState.ADMITTED, decided_at=clock.now(), decided_by=by, claimed_entry=entry
        )
    )


def _already(registration: Registration) -> Member:
    registration.refresh_from_db()
    member = Member.objects.filter(user=registration.user_id).first() if registration.user_id else None
    if registration.state == RegistrationState.ADMITTED and member is not None:
        return member
    raise ValidationError(_("This registration was answered or taken back meanwhile. Nothing was changed."))


def _account(registration: Registration) -> User:
    user = User.objects.by_email(registration.email)
    if user is None:
        return User.objects.create_user(registration.email, language=registration.language, zone=registration.zone)
    if Member.objects.filter(user=user).exists():
        raise ValidationError(_("Someone with this mail address is a member already."))
    return user


def _member(registration: Registration, *, user: User, entry: RosterEntry | None) -> Member:
    taken = _("This row of the roster belongs to a member already. Please choose another row or admit without one.")
    if entry is not None and admissions.is_taken(entry):
        raise ValidationError(taken)
    try:
        with transaction.atomic():
            return Member.objects.create(
                user=user,
                roster_entry=entry,
                route=registration.route or Route.OTHER,
                invited_by=_inviter(registration),
                admitted_at=clock.now(),
                **{name: getattr(registration, name) for name in person.TEXTS},
            )
    except IntegrityError:  # another officer took the row a moment ago
        raise ValidationError(taken) from None


def _inviter(registration: Registration) -> Member | None:
    invitation = registration.invitation
    if invitation is None or invitation.kind != InvitationKind.MEMBER:
        return None
    return Member.objects.present().filter(user=invitation.invited_by_id).first()


def _visibility(registration: Registration, member: Member) -> None:
    levels: dict[str, Any] = {**DEFAULT_VISIBILITY, **registration.visibility}
    FieldVisibility.objects.bulk_create(
        FieldVisibility(member=member, field=field, level=levels[field]) for field in DEFAULT_VISIBILITY
    )


def _consents(registration: Registration, user: User) -> None:
    """The lines of the ledger, dated when the person agreed: when they sent the registration."""
    version = registration.purpose_version or network.current().purpose_version
    at = registration.submitted_at or clock.now()
    Consent.objects.create(user=user, kind=ConsentKind.PURPOSE, version=version, agreed=True, at=at)
    Consent.objects.create(
        user=user, kind=ConsentKind.VISIBILITY, version=version, agreed=True, data=registration.visibility, at=at
    )


def _duty(registration: Registration, user: User) -> None:
    """A duty comes with an invitation only as far as its sender may grant it now."""
    kind = invitations.role_given(registration.invitation)
    sender = registration.invitation.invited_by if registration.invitation else None
    if kind and sender is not None:
        roles.grant(user, kind, by=sender)
