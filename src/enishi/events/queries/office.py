"""What the office reads: all series, and one session with everyone in it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from enishi.core import clock
from enishi.events.choices import SEAT_HELD, SeriesState, SessionState, SignupState
from enishi.events.mail_topics import ANNOUNCEMENTS
from enishi.events.models import EventSeries, EventSession, Signup
from enishi.events.queries import queue
from enishi.members.queries import mails


def all_series() -> QuerySet[EventSeries]:
    """Drafts first, then the latest."""
    return EventSeries.objects.annotate(
        first_start=Min("sessions__starts_at"),
        number_of_sessions=Count("sessions", distinct=True),
        people=Count("sessions__signups__member", filter=Q(sessions__signups__state=SignupState.BOOKED), distinct=True),
        waiting=Count("sessions__signups", filter=Q(sessions__signups__state=SignupState.WAITING), distinct=True),
        is_draft=Count("pk", filter=Q(state=SeriesState.DRAFT), distinct=True),
    ).order_by("-is_draft", "-first_start", "-pk")


def short_sessions() -> list[EventSession]:
    """Sessions to come that were flagged and still have too few: the office's first page asks for a choice."""
    return list(
        EventSession.objects.filter(state=SessionState.OPEN, below_minimum_at__isnull=False, starts_at__gt=clock.now())
        .annotate(booked=Count("signups", filter=Q(signups__state=SignupState.BOOKED)))
        .filter(booked__lt=F("minimum"))
        .select_related("series")
        .order_by("starts_at")
    )


def people_of(session: EventSession) -> dict[str, list[Signup]]:
    """{"seated": booked, offered and leaving; "waiting": the queue with `rank`; "gone": the rest}, in one question."""
    found: dict[str, list[Signup]] = {"seated": [], "waiting": [], "gone": []}
    every = queue.with_rank(Signup.objects.filter(session=session)).select_related("member")
    for signup in every.order_by("place", "created_at", "pk"):
        signup.session = session
        part = "seated" if signup.state in SEAT_HELD else "waiting" if signup.state == SignupState.WAITING else "gone"
        found[part].append(signup)
    found["seated"].sort(key=lambda each: (each.created_at, each.pk))
    return found


def attended(series: Any) -> QuerySet[Signup]:
    """The places that count as having come: booked in a session that was held, and not marked as absent."""
    return Signup.objects.filter(
        session__series=series, session__state=SessionState.HELD, state=SignupState.BOOKED
    ).exclude(attended=False)


def announcement_audience() -> mails.Audience:
    """How many people an announcement reaches."""
    return mails.audience(mails.everyone(), ANNOUNCEMENTS)
