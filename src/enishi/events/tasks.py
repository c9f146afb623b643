"""What the clock moves. The worker calls `tick` every few seconds; run twice, it does nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q

from enishi.core import clock, dates
from enishi.events.actions import reminders, series, sessions, signups, waitlist
from enishi.events.choices import SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup

log = logging.getLogger("enishi.events")
T = TypeVar("T", Signup, EventSession, EventSeries)


def tick() -> int:
    """Do what is due; returns how many things were done. Three questions when nothing is."""
    done = _each(_timed_signups(), _move_signup)
    done += _each(_sessions_near(), _look_after)
    done += _each(EventSeries.objects.filter(announcing_after__isnull=False), series.queue_announcement)
    return done


def _each(things: Iterable[T], act: Callable[[T], Any]) -> int:
    """One thing that fails does not hold up the others; it is tried again at the next tick."""
    done = 0
    for thing in things:
        try:
            done += int(act(thing) or 0)
        except Exception:
            log.exception("%s %s: the tick failed", type(thing).__name__, thing.pk)
    return done


def _timed_signups() -> list[Signup]:
    """Seats whose half minute is over, offers that nobody answered."""
    now = clock.now()
    over = Q(state=SignupState.LEAVING, hold_until__lte=now) | Q(state=SignupState.OFFERED, offer_until__lte=now)
    timed = Signup.objects.filter(over, state__in=[SignupState.LEAVING, SignupState.OFFERED])
    return list(timed.select_related("session", "member").order_by("hold_until", "offer_until", "pk"))


def _move_signup(signup: Signup) -> bool:
    return signups.finish_leaving(signup) if signup.state == SignupState.LEAVING else waitlist.expire(signup)


def _sessions_near() -> list[EventSession]:
    """Open sessions of announced series that begin within the days looked after here, or have a seat and a queue."""
    waits = Exists(Signup.objects.filter(session=OuterRef("pk"), state=SignupState.WAITING))
    near = Q(starts_at__lt=flag_bound()) | Q(waits, seats_taken__lt=F("maximum"))
    return list(
        EventSession.objects.filter(near, state=SessionState.OPEN, series__state=SeriesState.ANNOUNCED).order_by(
            "starts_at", "pk"
        )
    )


def flag_bound() -> datetime:
    """Sessions before this instant are at most two calendar days ahead, as the network counts days."""
    zone = dates.network_zone()
    return datetime.combine(clock.today(zone) + timedelta(days=3), time(), ZoneInfo(zone))


def _look_after(session: EventSession) -> int:
    """One session, in the order in which things come: queue, flag, reminders, beginning, end."""
    if session.is_over:
        sessions.close(session)
        return 1
    if session.has_begun:
        return int(session.began_with is None and sessions.begin(session))
    done = waitlist.settle(session) if session.free else 0
    if session.starts_at < flag_bound():
        done += reminders.flag_below_minimum(session)
        done += reminders.remind(session)
    return done
