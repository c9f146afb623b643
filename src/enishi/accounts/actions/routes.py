"""Codes in addresses, by which the office learns where people come from."""

from __future__ import annotations

import re
import secrets

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from enishi.accounts.choices import Route
from enishi.accounts.models import RegistrationRoute, User
from enishi.core import audit, clock

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def create(*, label: str, route: str, code: str = "", by: User) -> RegistrationRoute:
    """A new code; without one, six letters and digits that are not mistaken for one another."""
    chosen = (code or "".join(secrets.choice(_LETTERS) for _i in range(6))).lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{1,31}", chosen):
        raise ValidationError(_("Please make the code of 2 to 32 Latin letters, digits and hyphens."))
    if route not in Route.values:
        raise ValidationError(_("Please choose a kind of route."))
    try:
        with transaction.atomic():
            made = RegistrationRoute.objects.create(code=chosen, route=route, label=label)
            audit.record("route.created", by=by, about=made, route=route)
            return made
    except IntegrityError:
        raise ValidationError(_("This code is used already. Please choose another.")) from None


def close(route: RegistrationRoute, *, by: User) -> None:
    """The address goes on opening the registration, but is no longer counted."""
    with transaction.atomic():
        if RegistrationRoute.objects.filter(pk=route.pk, closed_at=None).update(closed_at=clock.now()):
            audit.record("route.closed", by=by, about=route)


def count_visit(code: str) -> RegistrationRoute | None:
    """Count one visit by a code; None when the code is unknown or closed."""
    if not RegistrationRoute.objects.filter(code=code.lower()[:32], closed_at=None).update(visits=F("visits") + 1):
        return None
    return RegistrationRoute.objects.get(code=code.lower()[:32])
