"""What publishing hears from the apps below."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enishi.events.models import EventSession
from enishi.events.signals import session_closed
from enishi.publishing.actions import reports


@receiver(session_closed, dispatch_uid="publishing-draft")
def draft_when_the_series_is_over(event_session: EventSession, **_: Any) -> None:
    reports.draft_when_over(event_session.series)
