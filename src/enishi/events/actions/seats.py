"""The one place where a session's seats are taken and given back.

Each step is one conditional update whose count of changed rows is the answer, so any number of processes take exactly as
many seats as there are, on SQLite and on PostgreSQL. An act on a session begins with one of these, before it touches the
sign-ups: then two acts on the same session follow each other and never wait for each other.
"""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from enishi.core import clock
from enishi.core.statements import KeptUpdate
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSession, Signup


def take(session_id: int) -> bool:
    """A seat for someone new: only while sign-up is open, a seat is free and nobody waits for it."""
    return bool(_take(session_id, clock.now()))


def take_for_queue(session_id: int) -> bool:
    """A seat for the head of the queue: only before the start, while a seat is free and somebody waits."""
    return bool(
        _open(session_id)
        .filter(_somebody_waits(), starts_at__gt=clock.now(), seats_taken__lt=F("maximum"))
        .update(seats_taken=F("seats_taken") + 1)
    )


def give_back(session_id: int) -> None:
    """One seat less is taken."""
    EventSession.objects.filter(pk=session_id, seats_taken__gt=0).update(seats_taken=F("seats_taken") - 1)


def join_queue(session_id: int) -> int | None:
    """The next place at the end of the queue; None when sign-up is closed."""
    now = clock.now()
    joined = _open(session_id).filter(closes_at__gt=now, starts_at__gt=now).update(next_place=F("next_place") + 1)
    return _place(session_id, "next_place") - 1 if joined else None


def join_head(session_id: int) -> int | None:
    """A place before all others, for one who gave up a seat and wants it back; None once the session has begun."""
    joined = _open(session_id).filter(starts_at__gt=clock.now()).update(first_place=F("first_place") - 1)
    return _place(session_id, "first_place") if joined else None


def resize(session_id: int, *, minimum: int, maximum: int) -> bool:
    """Change the bounds; not below the seats already taken."""
    return bool(_open(session_id).filter(seats_taken__lte=maximum).update(minimum=minimum, maximum=maximum))


def cancel(session_id: int) -> bool:
    """All seats at once, with the session; True for the one caller who did it."""
    return bool(_open(session_id).update(state=SessionState.CANCELLED, seats_taken=0, closed_at=clock.now()))


def _open(session_id: int) -> QuerySet[EventSession]:
    return EventSession.objects.filter(pk=session_id, state=SessionState.OPEN)


def _somebody_waits() -> Exists:
    return Exists(Signup.objects.filter(session=OuterRef("pk"), state=SignupState.WAITING))


_take = KeptUpdate(
    lambda session, now: _open(session).filter(
        ~_somebody_waits(), closes_at__gt=now, starts_at__gt=now, seats_taken__lt=F("maximum")
    ),
    seats_taken=F("seats_taken") + 1,
)


def _place(session_id: int, counter: str) -> int:
    """Ours alone: the row was changed by this transaction, and nobody changes it before we are done."""
    place: int = EventSession.objects.values_list(counter, flat=True).get(pk=session_id)
    return place
