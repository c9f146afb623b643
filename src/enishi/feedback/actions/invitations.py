"""Asking those who were there what they say: one mail a person and series."""

from __future__ import annotations

from django.db import transaction

from enishi.core import outbox
from enishi.events.choices import SessionState
from enishi.events.models import EventSession
from enishi.feedback import notices
from enishi.feedback.queries import attendance


@transaction.atomic
def invite(event_session: EventSession) -> int:
    """Write the mail to each attendee of a session that was held; who had one for this series gets no second.

    Returns how many people were there.
    """
    if event_session.state != SessionState.HELD:
        return 0
    people = list(attendance.attendees(event_session))
    series = event_session.series_id
    outbox.write_many(
        notices.INVITE,
        [
            outbox.Word(each.user_id, {"member": each.pk, "series": series}, once=f"feedback:{each.pk}:{series}")
            for each in people
        ],
    )
    return len(people)
