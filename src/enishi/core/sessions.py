"""Sign-in sessions as Django keeps them in the database, read by a statement that is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from enishi.core.statements import Kept


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = _standing.first(self.session_key or "", timezone.now())  # Django wrote the end by the same clock
        if found is None:
            self._session_key = None
        return found


def forget_old() -> int:
    """Delete the sessions whose time is over; returns how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_address(email: str) -> int:
    """Delete every session in which exactly this address was typed; returns how many.

    What a session holds is packed, so each is opened: some microseconds each, for an act as rare as leaving.
    """
    found = [row.pk for row in Session.objects.iterator() if email and email in _texts(row.get_decoded())]
    return Session.objects.filter(pk__in=found).delete()[0]


def _texts(value: Any) -> list[str]:
    """Every text in what a session holds, however deep."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _texts(each)]


@Kept
def _standing(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
