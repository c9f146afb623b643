"""Sessions whose time is over are not kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from enishi.core import sessions
from enishi.core.sessions import SessionStore


@pytest.mark.django_db
def test_what_is_over_is_deleted_and_what_stands_stays() -> None:
    over, standing = SessionStore(), SessionStore()
    for each in (over, standing):
        each["n"] = 1
        each.create()
    Session.objects.filter(pk=over.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert sessions.forget_old() == 1
    assert [row.pk for row in Session.objects.all()] == [standing.session_key]
