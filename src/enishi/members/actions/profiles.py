"""Keeping one's own profile true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from enishi.accounts.choices import ConsentKind
from enishi.accounts.models import Consent, User
from enishi.core import audit, clock, network, person
from enishi.members.actions import stints
from enishi.members.choices import ProfileField
from enishi.members.models import FieldVisibility, Member
from enishi.members.queries import profiles

MEMBER_FIELDS = person.TEXTS
USER_FIELDS = ("zone", "language", "theme")


def save(
    member: Member,
    *,
    by: User,
    values: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    levels: Mapping[str, str],
) -> None:
    """Save all that one page shows. A change of visibility is a line in the ledger of consents."""
    with transaction.atomic():
        for name in MEMBER_FIELDS:
            setattr(member, name, values[name])
        member.save(update_fields=[*MEMBER_FIELDS])
        User.objects.filter(pk=member.user_id).update(**{name: values[name] for name in USER_FIELDS})
        stints.replace(member, rows)
        changed = _save_levels(member, levels)
        audit.record("profile.changed", by=by, about=member, visibility=changed)


def _save_levels(member: Member, levels: Mapping[str, str]) -> bool:
    wanted = {field: levels[field] for field in ProfileField.values}
    if wanted == profiles.levels_of(member):
        return False
    for field, level in wanted.items():
        FieldVisibility.objects.update_or_create(member=member, field=field, defaults={"level": level})
    Consent.objects.create(
        user_id=member.user_id,
        kind=ConsentKind.VISIBILITY,
        version=network.current().purpose_version,
        agreed=True,
        data=wanted,
        at=clock.now(),
    )
    return True
