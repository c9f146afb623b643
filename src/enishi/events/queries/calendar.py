"""Series and sessions as a member sees them: with the own place in each, in as few questions as can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, FilteredRelation, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from enishi.core import clock
from enishi.core.statements import Kept
from enishi.events.choices import SEAT_HELD, SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.members.models import Member

_LONGEST = timedelta(hours=12)  # a session is not longer, so what began before that is over


def sessions_with_own(member: Member, keys: Iterable[int]) -> list[EventSession]:
    """The announced sessions with these keys, each with `own_signup` (this member's, or None): one question."""
    found = _with_own(member.pk, list(keys))
    for session in found:
        # Django sets the filtered relation only where there is one; here its absence is None.
        session.__dict__.setdefault("own_signup", None)
    return found


def sessions_of(series_id: int, *, viewer: Member) -> list[EventSession]:
    """All sessions of an announced series in their order, with `series`, `own_signup`, its `own_rank` and `waiting`."""
    return _with_places(_of_series(series_id), viewer)


def asked_for(series_id: int, keys: Iterable[int], *, viewer: Member) -> list[EventSession]:
    """Those sessions of an announced series, as `sessions_of` gives them: one question where a place was got in each.

    `waiting` then says 0: nobody who has a seat is told of the queue.
    """
    wanted = set(keys)
    own = _own_in_series(viewer.pk, list(wanted), series_id)
    signups = [each for each in own if each.session.series.state != SeriesState.DRAFT]
    if wanted == {each.session_id for each in signups if each.state in SEAT_HELD}:
        found = [_place(each.session, each, []) for each in signups]
        return sorted(found, key=lambda each: (each.starts_at, each.number))
    return [each for each in sessions_of(series_id, viewer=viewer) if each.pk in wanted]


def session_with_own(pk: int, *, viewer: Member) -> EventSession | None:
    """One of an announced series, with the same and with `booked`, the number of those who come."""
    return next(iter(_with_places(_one(pk), viewer)), None)


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


def _announced() -> QuerySet[EventSession]:
    return EventSession.objects.exclude(series__state=SeriesState.DRAFT)


def _with_places(found: list[EventSession], viewer: Member) -> list[EventSession]:
    """Each with `own_signup`, `own_rank` and `waiting`, in one more question.

    A filtered join would fetch the own ones with the sessions, but building it costs Django more than asking again.
    """
    own: dict[int, Signup] = {}
    queues: dict[int, list[int]] = {}
    for each in _own_or_waiting(viewer.pk, [session.pk for session in found]):
        if each.member_id == viewer.pk:
            own[each.session_id] = each
        if each.state == SignupState.WAITING and each.place is not None:
            queues.setdefault(each.session_id, []).append(each.place)
    return [_place(session, own.get(session.pk), queues.get(session.pk, [])) for session in found]


def _place(session: EventSession, mine: Signup | None, queue: list[int]) -> EventSession:
    session.own_signup = mine  # type: ignore[attr-defined]
    session.waiting = len(queue)  # type: ignore[attr-defined]
    session.own_rank = 1  # type: ignore[attr-defined]
    if mine is not None:
        mine.session = session
        if mine.place is not None:
            session.own_rank = 1 + sum(place < mine.place for place in queue)  # type: ignore[attr-defined]
    return session


@Kept
def _of_series(series: int) -> QuerySet[EventSession]:
    return _announced().select_related("series").filter(series=series).order_by("starts_at", "number")


@Kept
def _one(session: int) -> QuerySet[EventSession]:
    return _announced().select_related("series").filter(pk=session).annotate(booked=_count(SignupState.BOOKED))


@Kept
def _with_own(member: int, sessions: list[int]) -> QuerySet[EventSession]:
    own = FilteredRelation("signups", condition=Q(signups__member=member))
    return _announced().filter(pk__in=sessions).annotate(own_signup=own).select_related("own_signup")  # type: ignore[misc]


@Kept
def _own_or_waiting(member: int, sessions: list[int]) -> QuerySet[Signup]:
    return Signup.objects.filter(Q(member_id=member) | Q(state=SignupState.WAITING), session_id__in=sessions)


@Kept
def _own_in_series(member: int, sessions: list[int], series: int) -> QuerySet[Signup]:
    own = Signup.objects.filter(member_id=member, session_id__in=sessions, session__series_id=series)
    return own.select_related("session__series")


def _count(state: str) -> Coalesce:
    """How many have this state in the session."""
    those = Signup.objects.filter(session=OuterRef("pk"), state=state).order_by()
    return Coalesce(Subquery(those.values("session").annotate(n=Count("pk")).values("n")), 0)
