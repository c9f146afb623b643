"""Duties in the office: granted and ended by an owner."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from enishi.accounts import policies
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role, User
from enishi.core import audit, clock, outbox

# An owner may give these to any member, with an invitation too; an owner's own duty goes to an officer alone.
GRANTABLE = (RoleKind.OFFICER, RoleKind.HOST, RoleKind.OBSERVER)


@transaction.atomic
def grant(user: User, kind: str, *, by: User, expires_at: datetime | None = None) -> Role:
    """Give a duty; the person's sessions end, so that they come in anew with a second factor.

    The person is told by mail, and again when its last day is over. Raises `ValidationError` when it is held already,
    would end before it began, or is an owner's and the person no officer.
    """
    if kind not in (*GRANTABLE, RoleKind.OWNER):
        raise ValidationError(_("This duty cannot be given here."))
    if kind == RoleKind.OWNER:
        _check_owner(user, by=by, expires_at=expires_at)
    if expires_at is not None and expires_at <= clock.now():
        raise ValidationError(_("The last day is over already. Choose a later one."))
    if not user.is_active:
        raise ValidationError(_("This account is closed, so it cannot be given a duty."))
    _end_expired(user, kind)
    try:
        with transaction.atomic():
            role = Role.objects.create(user=user, kind=kind, granted_by=by, expires_at=expires_at)
    except IntegrityError:
        raise ValidationError(_("This person has this duty already. End it first to change its last day.")) from None
    user.end_access()
    audit.record("role.granted", by=by, about=role, kind=str(kind), user=user.pk)
    outbox.write("accounts.role_given", user=user, role=role.pk)
    if expires_at is not None:
        outbox.write("accounts.role_over", user=user, not_before=expires_at, role=role.pk)
    return role


@transaction.atomic
def end(role: Role, *, by: User) -> bool:
    """End a duty now; the next request of the person is refused. False when it had ended before.

    Raises `ValidationError` for the last owner: a network without one could never have another.
    """
    if role.kind == RoleKind.OWNER and not _other_owner(role):
        raise ValidationError(
            _(
                "This is the last owner, and a network is never without one. Give the duty to an officer first, then end this one."
            )
        )
    if not Role.objects.filter(pk=role.pk, ended_at=None).update(ended_at=clock.now()):
        return False
    role.user.end_access()
    audit.record("role.ended", by=by, about=role, kind=role.kind, user=role.user_id)
    outbox.write("accounts.role_ended", user=role.user, role=role.pk)
    return True


def _check_owner(user: User, *, by: User, expires_at: datetime | None) -> None:
    if not policies.is_owner(by):
        raise ValidationError(_("Only an owner can give an owner's duty."))
    if expires_at is not None:
        raise ValidationError(_("An owner's duty has no last day. Leave it empty."))
    if RoleKind.OFFICER not in Role.objects.held_now().filter(user=user).values_list("kind", flat=True):
        raise ValidationError(_("An owner's duty goes to someone who is an officer. Give that duty first."))


def _other_owner(role: Role) -> bool:
    """Is there another? Of two owners who end each other at once, the rows' lock (SQLite: the writer's) lets one go first."""
    owners = Role.objects.select_for_update(of=("self",)).held_now().filter(kind=RoleKind.OWNER).order_by("pk")
    return any(other.pk != role.pk for other in owners)


def _end_expired(user: User, kind: str) -> None:
    """A duty that ran out by its date still stands as open; close it before the same is given anew."""
    Role.objects.filter(user=user, kind=kind, ended_at=None, expires_at__lte=clock.now()).update(ended_at=clock.now())
