"""What follows when someone's second factor changes."""

from __future__ import annotations

from django.db import transaction

from enishi.accounts.models import User
from enishi.core import audit


@transaction.atomic
def changed(user: User, *, kind: str, removed: bool) -> None:
    """End every session and link of the user; whoever changed it keeps their session by renewing its hash."""
    user.end_access()
    audit.record("second_factor.removed" if removed else "second_factor.added", by=user, about=user, kind=kind)
