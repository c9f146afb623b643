"""The one-time code that lets the first owner in: printed on the console, kept as a hash, good for a day."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role
from enishi.core import audit, clock, limits, tokens
from enishi.core.models import SetupCode

LIFETIME = timedelta(days=1)
TRIES = 10
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that can be taken for another
_PARTS, _LENGTH = 4, 4


def owner_exists() -> bool:
    return Role.objects.filter(kind=RoleKind.OWNER, ended_at=None).exists()


@transaction.atomic
def issue() -> str:
    """A new code (80 bits), to be shown once; earlier ones end. Raises `ValidationError` when there is an owner."""
    if owner_exists():
        raise ValidationError(_("This network has an owner already. A set-up code is only for a network without one."))
    SetupCode.objects.filter(used_at=None).delete()
    code = "-".join("".join(secrets.choice(_LETTERS) for _each in range(_LENGTH)) for _part in range(_PARTS))
    row = SetupCode.objects.create(code_hash=tokens.hashed(_plain(code)))
    audit.record("setup_code.issued", about=row)
    return code


def prove(text: str, *, ip: str) -> int | None:
    """The key of the code that was typed, or None; each call is one of ten tries. Raises `limits.TooMany`."""
    limits.hit(limits.SETUP, ip)
    row = _open().order_by("-pk").first()
    if row is None or not _open().filter(pk=row.pk, tries__lt=TRIES).update(tries=F("tries") + 1):
        return None
    return row.pk if tokens.same(tokens.hashed(_plain(text)), row.code_hash) else None


def is_open(number: int) -> bool:
    """May a browser that proved this code still go on?"""
    return _open().filter(pk=number).exists() and not owner_exists()


def take(number: int) -> bool:
    """Use the code up: True for one caller only, and only while there is no owner."""
    return not owner_exists() and bool(_open().filter(pk=number).update(used_at=clock.now()))


def _open() -> QuerySet[SetupCode]:
    return SetupCode.objects.filter(used_at=None, created_at__gt=clock.now() - LIFETIME)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:100]).upper()
    return "".join(c for c in folded if c in _LETTERS)
