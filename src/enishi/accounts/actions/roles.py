"""Duties in the office: granted and ended by an owner."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role, User
from enishi.core import audit, clock

# An owner may give these; a further owner is not made here.
GRANTABLE = (RoleKind.OFFICER, RoleKind.HOST, RoleKind.OBSERVER)


@transaction.atomic
def grant(user: User, kind: str, *, by: User, expires_at: datetime | None = None) -> Role:
    """Give a duty; the person's sessions end, so that they come in anew with a second factor.

    Raises `ValidationError` when it is held already, or would end before it began.
    """
    if kind not in GRANTABLE:
        raise ValidationError(_("This duty cannot be given here."))
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
    return role


@transaction.atomic
def end(role: Role, *, by: User) -> bool:
    """End a duty now; the next request of the person is refused. False when it had ended before."""
    if role.kind == RoleKind.OWNER:
        raise ValidationError(_("An owner's duty is not ended here, so that the network is never without one."))
    if not Role.objects.filter(pk=role.pk, ended_at=None).update(ended_at=clock.now()):
        return False
    role.user.end_access()
    audit.record("role.ended", by=by, about=role, kind=role.kind, user=role.user_id)
    return True


def _end_expired(user: User, kind: str) -> None:
    """A duty that ran out by its date still stands as open; close it before the same is given anew."""
    Role.objects.filter(user=user, kind=kind, ended_at=None, expires_at__lte=clock.now()).update(ended_at=clock.now())
