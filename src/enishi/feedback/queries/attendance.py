"""Who was there: asked for here by feedback and by the report, so that both count the same people."""

from __future__ import annotations

from django.db.models import QuerySet

from enishi.events.models import EventSeries, EventSession, Signup
from enishi.feedback.choices import ATTENDED
from enishi.members.models import Member


def attendances(series: EventSeries) -> QuerySet[Signup]:
    """One row a person and session held. Booked counts as come, unless the office took down that the person did not."""
    return Signup.objects.filter(ATTENDED, session__series=series)


def attendees(event_session: EventSession) -> QuerySet[Member]:
    """The people of one session that was held."""
    come = attendances(event_session.series).filter(session=event_session)
    return Member.objects.present().filter(pk__in=come.values("member")).select_related("user").order_by("pk")
