"""One line for each act: `audit.record("signup.booked", by=user, about=signup, session=3)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from enishi.core.models import AuditEntry


def record(
    verb: str, *, by: Any = None, about: models.Model | None = None, **data: int | str | bool | None
) -> AuditEntry:
    """Add a line inside the caller's transaction.

    `verb` is `thing.past-participle`; `by` a user or None; `about` the row acted on; `data` ids, counts and choices.
    """
    entry = _entry(verb, by, about, data)
    entry.save()
    return entry


def record_many(lines: Iterable[tuple[str, models.Model, dict[str, Any]]], *, by: Any = None) -> None:
    """Several lines of one act on several rows, in one statement: (verb, about, data) each."""
    AuditEntry.objects.bulk_create([_entry(verb, by, about, data) for verb, about, data in lines])


def _entry(verb: str, by: Any, about: models.Model | None, data: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        verb=verb,
        actor_id=getattr(by, "pk", None) if by is not None and getattr(by, "is_authenticated", True) else None,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=about.pk if about is not None else None,
        data=data,
    )
