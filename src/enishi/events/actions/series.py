"""A series of sessions: made, changed, announced, thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from enishi.core import audit, clock, dates, outbox
from enishi.events.actions import sessions as session_actions
from enishi.events.actions.series_input import WORDS, SegmentInput, SeriesInput, SessionInput
from enishi.events.choices import YEARS, SeriesState, SessionState
from enishi.events.models import EventSeries, EventSession, ProgrammeSegment
from enishi.members.queries import mails

AT_ONCE = 1000
DEADLINE_HOUR = time(17, 0)


@transaction.atomic
def create(data: SeriesInput, *, by: Any = None) -> EventSeries:
    """A draft: only the office sees it until it is announced."""
    if not data.sessions:
        raise ValidationError(_("A series needs at least one session. Please give a date."))
    series = EventSeries.objects.create(**{name: getattr(data, name) for name in WORDS})
    for number, each in enumerate(sorted(data.sessions, key=lambda one: one.starts_at), start=1):
        _add_session(series, number, each)
    _write_programme(series, data.segments)
    audit.record("series.created", by=by, about=series, sessions=len(data.sessions))
    return series


@transaction.atomic
def update(series: EventSeries, data: SeriesInput, *, by: Any = None) -> EventSeries:
    """Words, programme and sessions; a session that people may have seen is moved or resized, not made anew."""
    if series.state == SeriesState.CLOSED:
        raise ValidationError(_("This series is over, so it cannot be changed. You can hold it again with new dates."))
    if not data.sessions:
        raise ValidationError(_("A series needs at least one session. Please give a date."))
    for name in WORDS:
        setattr(series, name, getattr(data, name))
    series.save(update_fields=WORDS)
    _remove_sessions(series, keep={each.key for each in data.sessions})
    present = {session.pk: session for session in series.sessions.select_related("series")}
    for each in data.sessions:
        if each.key in present:
            _change_session(present[each.key], each, by)
        else:
            highest = series.sessions.aggregate(n=Max("number"))["n"] or 0
            _add_session(series, highest + 1, each)
    if series.state == SeriesState.DRAFT:
        _number_by_date(series)
    series.segments.all().delete()
    _write_programme(series, data.segments)
    audit.record("series.changed", by=by, about=series, sessions=len(data.sessions))
    return series


def announce(series: EventSeries, *, by: Any = None, mail: bool = True) -> int:
    """Open the series to all members; with `mail` each is written to. Returns how many mails were queued;
    one to somebody who stopped these mails is closed unsent.

    The mails are queued a thousand a transaction; the last member reached is kept, so that the worker goes on from there
    when this process dies in between.
    """
    with transaction.atomic():
        opened = EventSeries.objects.filter(pk=series.pk, state=SeriesState.DRAFT).update(
            state=SeriesState.ANNOUNCED, announced_at=clock.now(), announcing_after=0 if mail else None
        )
        if not opened:
            raise ValidationError(_("This series has been announced already."))
        audit.record("series.announced", by=by, about=series, mail=mail)
    series.refresh_from_db()
    queued = 0
    while number := queue_announcement(series):
        queued += number
    return queued


@transaction.atomic
def queue_announcement(series: EventSeries) -> int:
    """Queue the next thousand mails; 0 when all are queued."""
    series.refresh_from_db(fields=["announcing_after"])
    after = series.announcing_after
    if after is None:
        return 0
    people = list(mails.everyone().filter(pk__gt=after).order_by("pk").values_list("pk", "user_id")[:AT_ONCE])
    reached = people[-1][0] if len(people) == AT_ONCE else None
    if not EventSeries.objects.filter(pk=series.pk, announcing_after=after).update(announcing_after=reached):
        return 0
    outbox.write_many(
        "events.announcement",
        [
            outbox.Word(user_id, {"series": series.pk}, f"events.announcement:{series.pk}:{user_id}")
            for _pk, user_id in people
        ],
    )
    series.announcing_after = reached
    return len(people)


@transaction.atomic
def discard(series: EventSeries, *, by: Any = None) -> None:
    """Throw a draft away."""
    if series.state != SeriesState.DRAFT:
        raise ValidationError(
            _("This series has been announced, so it cannot be thrown away. Cancel its sessions instead.")
        )
    audit.record("series.discarded", by=by, about=series)
    series.delete()


def default_deadline(starts_at: datetime) -> datetime:
    """The day before at 17:00 in the network's zone; the start itself when that has passed."""
    zone = dates.network_zone()
    local = clock.local(starts_at, zone)
    eve = datetime.combine(local.date() - timedelta(days=1), DEADLINE_HOUR, ZoneInfo(zone))
    return eve if eve > clock.now() else starts_at


def _add_session(series: EventSeries, number: int, data: SessionInput) -> EventSession:
    closes_at = data.closes_at or default_deadline(data.starts_at)
    _check(data, closes_at)
    session = EventSession.objects.create(
        series=series,
        number=number,
        starts_at=data.starts_at,
        minutes=data.minutes,
        minimum=data.minimum,
        maximum=data.maximum,
        closes_at=closes_at,
        video_url=data.video_url,
    )
    session.hosts.set(data.hosts)
    return session


def _change_session(session: EventSession, data: SessionInput, by: Any) -> None:
    """Only what differs; what is over or cancelled stays as it was."""
    if session.state != SessionState.OPEN or session.has_begun:
        return
    closes_at = data.closes_at or default_deadline(data.starts_at)
    _check(data, closes_at)
    if (session.starts_at, session.minutes, session.closes_at) != (data.starts_at, data.minutes, closes_at):
        session_actions.change_time(session, starts_at=data.starts_at, minutes=data.minutes, closes_at=closes_at, by=by)
    if (session.minimum, session.maximum) != (data.minimum, data.maximum):
        session_actions.resize(session, minimum=data.minimum, maximum=data.maximum, by=by)
    session_actions.set_video(session, data.video_url, by=by)
    session.hosts.set(data.hosts)


def _remove_sessions(series: EventSeries, *, keep: set[int | None]) -> None:
    for session in series.sessions.exclude(pk__in=[key for key in keep if key]):
        if series.state != SeriesState.DRAFT and session.state == SessionState.OPEN:
            raise ValidationError(
                _(
                    "Session %(number)s has been announced, so it cannot be removed. Cancel it on its own page, with a reason."
                )
                % {"number": session.number}
            )
        if series.state == SeriesState.DRAFT:
            session.delete()


def _number_by_date(series: EventSeries) -> None:
    """A draft's sessions are counted in the order of their dates."""
    ordered = list(series.sessions.order_by("starts_at", "pk"))
    for shift in (1000, 0):  # by way of numbers that nobody has, since each number is there once
        for number, session in enumerate(ordered, start=1 + shift):
            EventSession.objects.filter(pk=session.pk).update(number=number)


def _write_programme(series: EventSeries, segments: Sequence[SegmentInput]) -> None:
    ProgrammeSegment.objects.bulk_create(
        ProgrammeSegment(
            series=series,
            position=position,
            kind=each.kind,
            title_ja=each.title_ja,
            title_en=each.title_en,
            minutes=each.minutes,
            each_minutes=each.each_minutes,
            prompts=[{"ja": ja, "en": en} for ja, en in each.prompts],
        )
        for position, each in enumerate(segments, start=1)
    )


def _check(data: SessionInput, closes_at: datetime) -> None:
    if data.starts_at.year not in YEARS:
        raise ValidationError(
            _("The year %(year)d cannot be right here. Please check it.") % {"year": data.starts_at.year}
        )
    if data.minimum > data.maximum:
        raise ValidationError(_("The minimum is larger than the maximum. Please mend one of them."))
    if closes_at > data.starts_at:
        raise ValidationError(_("Sign-up can stay open until the start at the latest. Please choose an earlier time."))
