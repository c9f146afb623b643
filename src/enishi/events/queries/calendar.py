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
    return _with_queues(_told(_in_full(viewer).filter(series=series_id).order_by("starts_at", "number")))


def choosable(series_id: int) -> list[EventSession]:
    """The sessions that a form of this series may name, by their keys alone; the sign-up reads them itself."""
    return list(EventSession.objects.filter(series=series_id).exclude(series__state=SeriesState.DRAFT).only("pk"))


def session_with_own(pk: int, *, viewer: Member) -> EventSession | None:
    """One of an announced series, with the same and with `booked`, the number of those who come."""
    found = _with_queues(_told(_in_full(viewer).filter(pk=pk).annotate(booked=_count(SignupState.BOOKED))))
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


def led_by(member: Member) -> QuerySet[EventSession]:
    """The sessions that the member leads and that are not over, the next first."""
    return (
        EventSession.objects.filter(
            hosts=member,
            state=SessionState.OPEN,
            starts_at__gt=clock.now() - _LONGEST,
            series__state=SeriesState.ANNOUNCED,
        )
        .select_related("series")
        .order_by("starts_at", "pk")
    )


def _with_own(member: Member) -> QuerySet[EventSession]:
    return (
        EventSession.objects.exclude(series__state=SeriesState.DRAFT)
        .annotate(own_signup=FilteredRelation("signups", condition=Q(signups__member=member)))
        .select_related("own_signup")  # type: ignore[misc]  # the filtered relation
    )


def _in_full(viewer: Member) -> QuerySet[EventSession]:
    return _with_own(viewer).select_related("series", "own_signup")  # type: ignore[misc]  # the filtered relation


def _told(sessions: QuerySet[EventSession]) -> list[EventSession]:
    """Django sets the filtered relation only where there is one; here its absence is None."""
    found = list(sessions)
    for session in found:
        session.__dict__.setdefault("own_signup", None)
    return found


def _with_queues(sessions: list[EventSession]) -> list[EventSession]:
    """Each with `waiting` and `own_rank`; asked only where a seat is missing, since nobody waits beside a free one."""
    full = [each.pk for each in sessions if each.free == 0 or _waits(each)]
    places: dict[int, list[int | None]] = {}
    if full:
        queue = Signup.objects.filter(session__in=full, state=SignupState.WAITING).values_list("session_id", "place")
        for key, place in queue:
            places.setdefault(key, []).append(place)
    for session in sessions:
        there = places.get(session.pk, [])
        mine = session.own_signup.place if _waits(session) else None  # type: ignore[attr-defined]
        session.waiting = len(there)  # type: ignore[attr-defined]
        session.own_rank = 1 + sum(place is not None and mine is not None and place < mine for place in there)  # type: ignore[attr-defined]
    return sessions


def _waits(session: EventSession) -> bool:
    mine: Signup | None = session.own_signup  # type: ignore[attr-defined]
    return mine is not None and mine.state == SignupState.WAITING


def _count(state: str) -> Coalesce:
    """How many have this state in the session."""
    those = Signup.objects.filter(session=OuterRef("pk"), state=state).order_by()
    return Coalesce(Subquery(those.values("session").annotate(n=Count("pk")).values("n")), 0)
