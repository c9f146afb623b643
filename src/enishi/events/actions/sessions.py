"""One date: cancelled, kept open longer, moved, resized, begun, closed; who was there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from enishi.core import audit, clock, outbox
from enishi.events import signals
from enishi.events.actions import seats, signups, waitlist
from enishi.events.choices import SEAT_HELD, SeriesState, SessionState, SignupState
from enishi.events.models import EventSeries, EventSession, Signup


@transaction.atomic
def cancel(session: EventSession, *, by: Any = None, word_ja: str = "", word_en: str = "") -> int:
    """Cancel a session that is not over; everyone who has or waits for a seat is told. Returns how many."""
    if not seats.cancel(session.pk):
        session.refresh_from_db()
        if session.state == SessionState.CANCELLED:
            return 0
        raise ValidationError(_("This session is over already, so it cannot be cancelled."))
    EventSession.objects.filter(pk=session.pk).update(
        word_ja=word_ja, word_en=word_en, calendar_sequence=F("calendar_sequence") + 1
    )
    touched = list(_with_place(session))
    Signup.objects.filter(pk__in=[signup.pk for signup in touched]).update(
        state=SignupState.CANCELLED, place=None, hold_until=None, offer_until=None, changed_at=clock.now()
    )
    session.refresh_from_db()
    had_entry = (SignupState.BOOKED, SignupState.LEAVING)
    _tell("events.session_cancelled", touched, session, {s.pk: int(s.state in had_entry) for s in touched})
    audit.record("session.cancelled", by=by, about=session, people=len(touched))
    _close_series(session)
    return len(touched)


@transaction.atomic
def extend(
    session: EventSession, *, until: datetime, by: Any = None, word_ja: str = "", word_en: str = ""
) -> EventSession:
    """Keep sign-up open longer, at most until the start."""
    _must_be_ahead(session)
    if until > session.starts_at:
        raise ValidationError(_("Sign-up can stay open until the start at the latest. Please choose an earlier time."))
    if until == session.closes_at:
        return session
    if until <= max(clock.now(), session.closes_at):
        raise ValidationError(_("This does not keep sign-up open longer. Please choose a later time."))
    session.closes_at, session.word_ja, session.word_en = until, word_ja, word_en
    session.save(update_fields=["closes_at", "word_ja", "word_en"])
    audit.record("session.extended", by=by, about=session)
    return session


@transaction.atomic
def change_time(
    session: EventSession,
    *,
    starts_at: datetime,
    minutes: int,
    closes_at: datetime,
    by: Any = None,
    word_ja: str = "",
    word_en: str = "",
) -> EventSession:
    """Move a session; calendars follow (SEQUENCE rises), everyone with a place is told, reminders begin anew."""
    _must_be_ahead(session)
    if starts_at <= clock.now():
        raise ValidationError(_("The new time has passed already. Please choose a time to come."))
    moved = (starts_at, minutes) != (session.starts_at, session.minutes)
    session.starts_at, session.minutes, session.closes_at = starts_at, minutes, min(closes_at, starts_at)
    if moved:
        session.word_ja, session.word_en = word_ja, word_en
        session.reminded_at = session.below_minimum_at = None
        session.calendar_sequence += 1
    session.save(
        update_fields=[
            "starts_at",
            "minutes",
            "closes_at",
            "word_ja",
            "word_en",
            "reminded_at",
            "below_minimum_at",
            "calendar_sequence",
        ]
    )
    if moved:
        Signup.objects.filter(session=session, state=SignupState.OFFERED, offer_until__gt=starts_at).update(
            offer_until=starts_at
        )
        if session.series.state == SeriesState.ANNOUNCED:
            _tell("events.session_changed", list(_with_place(session)), session)
    audit.record("session.moved" if moved else "session.changed", by=by, about=session)
    return session


@transaction.atomic
def resize(session: EventSession, *, minimum: int, maximum: int, by: Any = None) -> EventSession:
    """Change the bounds; more seats go to the queue at once."""
    _must_be_ahead(session)
    if minimum > maximum:
        raise ValidationError(_("The minimum is larger than the maximum. Please mend one of them."))
    if not seats.resize(session.pk, minimum=minimum, maximum=maximum):
        session.refresh_from_db()
        raise ValidationError(
            _("%(taken)s seats are taken already, so there cannot be fewer. Please choose a larger maximum.")
            % {"taken": session.seats_taken}
        )
    audit.record("session.resized", by=by, about=session, minimum=minimum, maximum=maximum)
    waitlist.settle(session)
    session.refresh_from_db()
    return session


@transaction.atomic
def set_video(session: EventSession, video_url: str, *, by: Any = None) -> None:
    """Where those who come meet. May be changed until the end."""
    if session.video_url == video_url:
        return
    EventSession.objects.filter(pk=session.pk).update(video_url=video_url)
    audit.record("session.video-set", by=by, about=session)


@transaction.atomic
def begin(session: EventSession) -> bool:
    """The start: seats still held or offered fall free, and the number of booked seats is kept. Once."""
    if not session.has_begun or session.state != SessionState.OPEN:
        return False
    for signup in session.signups.filter(state=SignupState.LEAVING):
        signups.finish_leaving(signup)
    for signup in session.signups.filter(state=SignupState.OFFERED):
        waitlist.expire(signup)
    booked = session.signups.filter(state=SignupState.BOOKED).count()
    begun = EventSession.objects.filter(pk=session.pk, began_with=None, state=SessionState.OPEN).update(
        began_with=booked
    )
    session.refresh_from_db()
    return bool(begun)


@transaction.atomic
def close(session: EventSession, *, by: Any = None) -> EventSession:
    """After the end: held when the minimum was there as it began, else not held. Announced once."""
    session.refresh_from_db()
    if session.state != SessionState.OPEN:
        return session
    if not session.is_over:
        raise ValidationError(_("This session is not over yet. It can be closed after its end."))
    begin(session)
    held = (session.began_with or 0) >= session.minimum
    state = SessionState.HELD if held else SessionState.NOT_HELD
    if EventSession.objects.filter(pk=session.pk, state=SessionState.OPEN).update(state=state, closed_at=clock.now()):
        session.refresh_from_db()
        audit.record("session.closed", by=by, about=session, held=held, people=session.began_with)
        signals.session_closed.send(EventSession, event_session=session)
        _close_series(session)
    session.refresh_from_db()
    return session


@transaction.atomic
def take_attendance(session: EventSession, *, present: Iterable[int], by: Any = None) -> int:
    """Who of the booked was there (keys of sign-ups); the others were not. Returns how many were."""
    if not session.has_begun:
        raise ValidationError(_("Attendance can be taken once the session has begun."))
    keys = set(present)
    booked = session.signups.filter(state=SignupState.BOOKED)
    there = booked.filter(pk__in=keys).update(attended=True)
    booked.exclude(pk__in=keys).update(attended=False)
    audit.record("session.attendance-taken", by=by, about=session, people=there)
    return there


def _must_be_ahead(session: EventSession) -> None:
    session.refresh_from_db()
    if session.state != SessionState.OPEN:
        raise ValidationError(_("This session was cancelled or is over, so it cannot be changed."))
    if session.has_begun:
        raise ValidationError(_("This session has begun, so it cannot be changed."))


def _with_place(session: EventSession) -> QuerySet[Signup]:
    states = [*SEAT_HELD, SignupState.WAITING]
    return session.signups.filter(state__in=states).select_related("member").order_by("pk")


def _tell(kind: str, touched: list[Signup], session: EventSession, had_entry: dict[int, int] | None = None) -> None:
    words = [
        outbox.Word(
            signup.member.user_id,
            {"signup": signup.pk, **({"entry": had_entry[signup.pk]} if had_entry else {})},
            f"{kind}:{signup.pk}:{session.calendar_sequence}",
        )
        for signup in touched
    ]
    outbox.write_many(kind, words)


def _close_series(session: EventSession) -> None:
    """A series whose sessions are all over or cancelled is closed."""
    if not EventSession.objects.filter(series=session.series_id, state=SessionState.OPEN).exists():
        EventSeries.objects.filter(pk=session.series_id, state=SeriesState.ANNOUNCED).update(state=SeriesState.CLOSED)
