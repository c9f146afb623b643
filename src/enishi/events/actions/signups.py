"""A member's place in a session: taken, changed, given up, taken back.

All states and steps stand in docs/developers/signups.md; the tests read the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from enishi.core import audit, clock, outbox
from enishi.events import signals
from enishi.events.actions import seats, waitlist
from enishi.events.choices import SEAT_HELD, SessionState, SignupState
from enishi.events.models import EventSession, Signup
from enishi.events.queries import calendar, queue
from enishi.members.models import Member

HELD_FOR_UNDO = timedelta(seconds=30)
_CHANGED_BY_SIGNING_UP = (
    "state",
    "place",
    "note",
    "hide_name",
    "changed_at",
    "hold_until",
    "offer_until",
    "returns_first",
    "calendar_sequence",
)
What = Literal["booked", "waiting", "closed", "cancelled", "already"]


@dataclass(frozen=True)
class Outcome:
    """What happened to one session of a submit; `place` is the n of "waiting as n-th"."""

    session: EventSession
    what: What
    signup: Signup | None = None
    place: int | None = None
    is_new: bool = False


def sign_up_for_many(
    sessions: Iterable[EventSession], *, member: Member, by: Any = None, note: str = "", hide_name: bool = False
) -> list[Outcome]:
    """Sign up for any number of sessions in one act; a full one puts the member in its queue. A result for each."""
    return _sign_up_again_if_needed([each.pk for each in sessions], None, member, by, note, hide_name)


def sign_up_in_series(
    series_id: int, keys: Sequence[int], *, member: Member, by: Any = None, note: str = "", hide_name: bool = False
) -> list[Outcome]:
    """The same for sessions named by their keys; raises `ValidationError` if one is not of this announced series."""
    return _sign_up_again_if_needed(keys, series_id, member, by, note, hide_name)


def sign_up(
    session: EventSession, *, member: Member, by: Any = None, note: str = "", hide_name: bool = False
) -> Outcome:
    """The same for one session."""
    return sign_up_for_many([session], member=member, by=by, note=note, hide_name=hide_name)[0]


def _sign_up_again_if_needed(
    keys: Sequence[int], series_id: int | None, member: Member, by: Any, note: str, hide_name: bool
) -> list[Outcome]:
    try:
        return _sign_up(keys, series_id, member, by, note, hide_name)
    except IntegrityError:
        # The same person pressed twice and the other press was first by a moment: now its rows can be seen.
        if connection.in_atomic_block:
            raise
        return _sign_up(keys, series_id, member, by, note, hide_name)


@transaction.atomic
def _sign_up(
    keys: Sequence[int], series_id: int | None, member: Member, by: Any, note: str, hide_name: bool
) -> list[Outcome]:
    # In the order of their keys: two people who choose the same sessions then never wait for each other.
    chosen = sorted(calendar.sessions_with_own(member, keys), key=lambda each: each.pk)
    if series_id is not None and [each.pk for each in chosen if each.series_id == series_id] != sorted(keys):
        raise ValidationError(_("One of the chosen dates is not part of this event. Please choose again."))
    outcomes = [_one(session, member, note, hide_name) for session in chosen]
    _save_new(outcomes)
    outcomes = [_after_queueing(each) for each in outcomes]
    _announce(outcomes, by)
    position = {key: n for n, key in enumerate(keys)}
    return sorted(outcomes, key=lambda each: position[each.session.pk])


def _one(session: EventSession, member: Member, note: str, hide_name: bool) -> Outcome:
    """Decide one session and, where a place was got, prepare its row (saved together with the others)."""
    mine = session.own_signup  # type: ignore[attr-defined]
    if session.state == SessionState.CANCELLED:
        return Outcome(session, "cancelled", mine)
    if mine is not None and mine.state in (SignupState.BOOKED, SignupState.WAITING, SignupState.OFFERED):
        return Outcome(session, "already", mine, queue.place(mine))
    if mine is not None and mine.state == SignupState.LEAVING:
        if _stay(mine, clock.now()):
            return Outcome(session, "booked", mine)
        finish_leaving(mine)
    signup = mine or Signup(session=session, member=member, created_at=clock.now())
    signup.note, signup.hide_name, signup.changed_at = note, hide_name, clock.now()
    signup.returns_first, signup.hold_until, signup.offer_until = False, None, None
    if seats.take(session.pk):
        signup.state, signup.place = SignupState.BOOKED, None
        signup.calendar_sequence += 1 if signup.pk else 0
        return Outcome(session, "booked", signup, is_new=True)
    place = seats.join_queue(session.pk)
    if place is None:
        session.refresh_from_db(fields=["state"])
        return Outcome(session, "cancelled" if session.state == SessionState.CANCELLED else "closed", mine)
    signup.state, signup.place = SignupState.WAITING, place
    return Outcome(session, "waiting", signup, is_new=True)


def _save_new(outcomes: list[Outcome]) -> None:
    got = [each.signup for each in outcomes if each.is_new and each.signup]
    for again in (signup for signup in got if signup.pk is not None):
        changed = {name: getattr(again, name) for name in _CHANGED_BY_SIGNING_UP}
        gone = (SignupState.WITHDRAWN, SignupState.CANCELLED)
        if not Signup.objects.filter(pk=again.pk, state__in=gone).update(**changed):
            raise IntegrityError("The same person signed up again at this moment.")
    Signup.objects.bulk_create([signup for signup in got if signup.pk is None])


def _after_queueing(outcome: Outcome) -> Outcome:
    """A seat given back while we were joining the queue is ours, if we are its head."""
    if outcome.what != "waiting" or outcome.signup is None:
        return outcome
    if waitlist.settle(outcome.session):
        outcome.signup.refresh_from_db()
        if outcome.signup.state == SignupState.BOOKED:
            return Outcome(outcome.session, "booked", outcome.signup)
    return replace(outcome, place=queue.place(outcome.signup))


def _announce(outcomes: list[Outcome], by: Any) -> None:
    new = [(each.what, each.signup) for each in outcomes if each.is_new and each.signup]
    audit.record_many([(f"signup.{what}", signup, {"session": signup.session_id}) for what, signup in new], by=by)
    for what in ("booked", "waiting"):
        words = [_word(what, signup) for said, signup in new if said == what]
        if words:
            outbox.write_many(f"events.{what}", words)
    for _what, signup in new:
        signals.signed_up.send(Signup, signup=signup)


def _word(what: str, signup: Signup) -> outbox.Word:
    stamp = f"{signup.pk}:{signup.changed_at.timestamp():.0f}"
    return outbox.Word(signup.member.user_id, {"signup": signup.pk}, f"events.{what}:{stamp}")


@transaction.atomic
def withdraw(signup: Signup, *, by: Any = None) -> Signup:
    """Give up a place, up to the start. A seat is held half a minute for undo; a place in the queue is left at once."""
    now = clock.now()
    signup.refresh_from_db()
    if signup.state in (SignupState.LEAVING, SignupState.WITHDRAWN, SignupState.CANCELLED):
        return signup
    if signup.session.has_begun:
        raise ValidationError(_("This session has begun, so the sign-up stands. You may simply stay away."))
    mine = Signup.objects.filter(pk=signup.pk)
    if signup.state == SignupState.OFFERED:
        waitlist.decline(signup, by=by)
    elif mine.filter(state=SignupState.WAITING).update(state=SignupState.WITHDRAWN, changed_at=now):
        audit.record("signup.left-queue", by=by, about=signup, session=signup.session_id)
        signals.signup_withdrawn.send(Signup, signup=signup)
    elif mine.filter(state=SignupState.BOOKED).update(
        state=SignupState.LEAVING, hold_until=min(now + HELD_FOR_UNDO, signup.session.starts_at), changed_at=now
    ):
        audit.record("signup.withdrawn", by=by, about=signup, session=signup.session_id)
    signup.refresh_from_db()
    return signup


def finish_leaving(signup: Signup) -> bool:
    """The half minute is over: the seat goes to the queue, the calendar entry is cancelled. True for the one who did it."""
    now = clock.now()
    with transaction.atomic():
        seats.give_back(signup.session_id)
        if not _gone(signup, SignupState.LEAVING, hold_until__lte=now):
            transaction.set_rollback(True)
            return False
        _after_leaving(signup)
    return True


@transaction.atomic
def undo(signup: Signup, *, by: Any = None) -> Signup:
    """Take a withdrawal back: the seat itself within half a minute, later the head of the queue.

    Who left the queue gets the old place in it.
    """
    signup.refresh_from_db()
    if signup.state == SignupState.LEAVING and not _stay(signup, clock.now(), by=by):
        finish_leaving(signup)
        signup.refresh_from_db()
    if signup.state != SignupState.WITHDRAWN:
        return signup
    if not signup.can_return:
        raise ValidationError(_("This cannot be undone any more. You can sign up again on the page of the event."))
    _return_to_queue(signup, by)
    waitlist.settle(signup.session)
    signup.refresh_from_db()
    return signup


def _return_to_queue(signup: Signup, by: Any) -> None:
    place = seats.join_head(signup.session_id) if signup.returns_first else signup.place
    if place is None:
        raise ValidationError(_("This session has begun or was cancelled, so nothing can be undone any more."))
    Signup.objects.filter(pk=signup.pk, state=SignupState.WITHDRAWN).update(
        state=SignupState.WAITING, place=place, returns_first=False, changed_at=clock.now()
    )
    audit.record("signup.undone", by=by, about=signup, session=signup.session_id)


def _stay(signup: Signup, now: Any, by: Any = None) -> bool:
    """Back into the seat that is still held."""
    stays = Signup.objects.filter(pk=signup.pk, state=SignupState.LEAVING, hold_until__gt=now).update(
        state=SignupState.BOOKED, hold_until=None, changed_at=now
    )
    if stays:
        audit.record("signup.undone", by=by, about=signup, session=signup.session_id)
        signup.refresh_from_db()
    return bool(stays)


@transaction.atomic
def change(signup: Signup, *, note: str, hide_name: bool, by: Any = None) -> Signup:
    """The word to the host, and whether others see the name before the room."""
    Signup.objects.filter(pk=signup.pk).update(note=note, hide_name=hide_name)
    audit.record("signup.changed", by=by, about=signup, hide_name=hide_name)
    signup.refresh_from_db()
    return signup


@transaction.atomic
def leave_all(member: Member, *, by: Any = None) -> int:
    """A member leaves the network: every place in a session to come is given up at once, and its queue moves."""
    ahead = member.signups.filter(
        session__state=SessionState.OPEN,
        session__starts_at__gt=clock.now(),
        state__in=[*SEAT_HELD, SignupState.WAITING],
    )
    gone = 0
    for signup in ahead.select_related("session").order_by("session_id"):
        gone += _leave_now(signup)
    audit.record("signup.all-withdrawn", by=by, about=member, sessions=gone)
    return gone


def _leave_now(signup: Signup) -> bool:
    with transaction.atomic():
        if signup.state in SEAT_HELD:
            seats.give_back(signup.session_id)
        if not _gone(signup, signup.state):
            transaction.set_rollback(True)
            return False
        signals.signup_withdrawn.send(Signup, signup=signup)
        waitlist.settle(signup.session)
    return True


def _gone(signup: Signup, state: str, **condition: Any) -> bool:
    gave_up_seat = state == SignupState.LEAVING
    return bool(
        Signup.objects.filter(pk=signup.pk, state=state, **condition).update(
            state=SignupState.WITHDRAWN,
            hold_until=None,
            offer_until=None,
            place=None,
            returns_first=gave_up_seat,
            calendar_sequence=F("calendar_sequence") + 1,
            changed_at=clock.now(),
        )
    )


def _after_leaving(signup: Signup) -> None:
    signup.refresh_from_db()
    outbox.write_many("events.withdrawn", [_word("withdrawn", signup)])
    audit.record("signup.seat-freed", about=signup, session=signup.session_id)
    signals.signup_withdrawn.send(Signup, signup=signup)
    waitlist.settle(signup.session)
