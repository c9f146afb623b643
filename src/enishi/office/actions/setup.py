"""The first owner comes in and names the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from enishi.accounts.actions import setup_code
from enishi.accounts.choices import ConsentKind, RoleKind, Route
from enishi.accounts.models import Consent, Role, User
from enishi.core import audit, clock
from enishi.core.models import NetworkSettings
from enishi.members.models import Member


@dataclass(frozen=True)
class Owner:
    """Who sets the network up."""

    family_name: str
    given_name: str
    email: str
    family_kana: str = ""
    given_kana: str = ""


@transaction.atomic
def found(owner: Owner, network: dict[str, Any], *, code: int, language: str) -> User:
    """Network, owner, their duty and consent in one transaction; the code is used up with it.

    Raises `ValidationError` when the code is no longer good or another owner was quicker.
    """
    if not setup_code.take(code):
        raise ValidationError(
            _("This set-up code is used or too old. Have a new one printed on the server: bin/enishi setup_code")
        )
    zone = network.get("zone") or "Asia/Tokyo"
    NetworkSettings.objects.update_or_create(
        pk=1,
        defaults={**network, "language": language, "purpose_dated": clock.today(zone), "founded_on": clock.today(zone)},
    )
    user = User.objects.by_email(owner.email) or User.objects.create_user(owner.email, language=language)
    Member.objects.get_or_create(
        user=user,
        defaults={
            "family_name": owner.family_name,
            "given_name": owner.given_name,
            "family_kana": owner.family_kana,
            "given_kana": owner.given_kana,
            "is_employee": True,
            "route": Route.OTHER,
        },
    )
    Role.objects.create(user=user, kind=RoleKind.OWNER)
    Consent.objects.create(user=user, kind=ConsentKind.PURPOSE, version=1, agreed=True)
    audit.record("network.founded", by=user, about=user)
    return user
