"""Series and sessions as a member sees them: with the own place in each, in as few questions as can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, FilteredRelation, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from enishi.core import clock
from enishi.events.choices import SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.members.models import Member

_LONGEST = timedelta(hours=12)  # a session is not longer, so what began before that is over


def sessions_with_own(member: Member, keys: Iterable[int]) -> list[EventSession]:
    """The announced sessions with these keys, each with `own_signup` (this member's, or None): one question."""
    return _told(_with_own(member).filter(pk__in=list(keys)))


def sessions_of(series_id: int, *, viewer: Member) -> list[EventSession]:
    """All sessions of an announced series in their order, with `series`, `own_signup`, its `own_rank` and `waiting`."""
    return _told(_in_full(viewer).filter(series=series_id).order_by("starts_at", "number"))


def session_with_own(pk: int, *, viewer: Member) -> EventSession | None:
    """One of an announced series, with the same and with `booked`, the number of those who come."""
    found = _told(_in_full(viewer).filter(pk=pk).annotate(booked=_count(SignupState.BOOKED)))
    return found[0] if found else None


def visible_series() -> QuerySet[EventSeries]:
    """What the network knows of: announced, and those that are over. The latest first."""
    return (
        EventSeries.objects.exclude(state=SeriesState.DRAFT)
        .annotate(first_start=Min("sessions__starts_at"))
        .order_by("-first_start", "-pk")
    )


def own_coming(member: Member) -> QuerySet[Signup]:
    """The member's places in sessions that are not over, the next first."""
    states = (SignupState.BOOKED, SignupState.OFFERED, SignupState.WAITING)
    return (
        Signup.objects.filter(
            member=member,
            state__in=states,
            session__state=SessionState.OPEN,
            session__starts_at__gt=clock.now() - _LONGEST,
        )
        .select_related("session__series")
        .order_by("session__starts_at")
    )


def _with_own(member: Member) -> QuerySet[EventSession]:
    return (
        EventSession.objects.exclude(series__state=SeriesState.DRAFT)
        .annotate(own_signup=FilteredRelation("signups", condition=Q(signups__member=member)))
        .select_related("own_signup")  # type: ignore[misc]  # the filtered relation
    )


def _in_full(viewer: Member) -> QuerySet[EventSession]:
    return (
        _with_own(viewer)
        .select_related("series", "own_signup")  # type: ignore[misc]  # own_signup is the filtered relation
        .annotate(waiting=_count(), own_rank=_count(place__lt=OuterRef("own_signup__place")) + 1)
    )


def _told(sessions: QuerySet[EventSession]) -> list[EventSession]:
    """Django sets the filtered relation only where there is one; here its absence is None."""
    found = list(sessions)
    for session in found:
        session.__dict__.setdefault("own_signup", None)
    return found


def _count(state: str = SignupState.WAITING, **condition: object) -> Coalesce:
    """How many have this state in the session (and fulfil the condition)."""
    waiting = Signup.objects.filter(session=OuterRef("pk"), state=state, **condition)
    return Coalesce(Subquery(waiting.order_by().values("session").annotate(n=Count("pk")).values("n")), 0)
