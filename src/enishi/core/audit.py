"""One line for each act: `audit.record("signup.booked", by=user, about=signup, session=3)`."""

from __future__ import annotations

from typing import Any

from django.db import models

from enishi.core.models import AuditEntry


def record(
    verb: str, *, by: Any = None, about: models.Model | None = None, **data: int | str | bool | None
) -> AuditEntry:
    """Add a line inside the caller's transaction.

    `verb` is `thing.past-participle`; `by` a user or None; `about` the row acted on; `data` ids, counts and choices.
    """
    actor = getattr(by, "pk", None) if by is not None and getattr(by, "is_authenticated", True) else None
    return AuditEntry.objects.create(
        verb=verb,
        actor_id=actor,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=about.pk if about is not None else None,
        data=data,
    )
