"""The queue: who gets a seat that became free.

Until a day before the start the head of the queue is booked; later the seat is offered, for two hours or until the start,
since a plan made that late needs a yes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from enishi.core import audit, clock, outbox
from enishi.events import signals
from enishi.events.actions import seats
from enishi.events.choices import SignupState
from enishi.events.models import EventSession, Signup

MOVES_BY_ITSELF_UNTIL = timedelta(hours=24)
OFFER_STANDS = timedelta(hours=2)


def promote_next(session: EventSession) -> Signup | None:
    """Give a free seat to the head of the queue, as a booking or as an offer; None when there is no seat or nobody waits."""
    now = clock.now()
    with transaction.atomic():
        if not seats.take_for_queue(session.pk):
            return None
        starts_at = EventSession.objects.values_list("starts_at", flat=True).get(pk=session.pk)
        by_itself = now < starts_at - MOVES_BY_ITSELF_UNTIL
        head = _head(session.pk, _as_booked(now) if by_itself else _as_offered(now, starts_at))
        if head is None:  # the last who waited left at this moment
            seats.give_back(session.pk)
            return None
        kind = "events.promoted" if by_itself else "events.offer"
        _tell(head, kind)
        audit.record("signup.promoted" if by_itself else "signup.offered", about=head, session=session.pk)
        if by_itself:
            signals.signed_up.send(Signup, signup=head)
        return head


def settle(session: EventSession) -> int:
    """Promote while seats are free and people wait; returns how many."""
    moved = 0
    while promote_next(session) is not None:
        moved += 1
    return moved


def accept(signup: Signup, *, by: Any = None) -> Signup:
    """Yes to an offer."""
    now = clock.now()
    with transaction.atomic():
        taken = Signup.objects.filter(pk=signup.pk, state=SignupState.OFFERED, offer_until__gt=now).update(
            state=SignupState.BOOKED, offer_until=None, changed_at=now, calendar_sequence=F("calendar_sequence") + 1
        )
        signup.refresh_from_db()
        if not taken:
            if signup.state == SignupState.BOOKED:
                return signup
            raise ValidationError(_("This offer has passed on to the next person. You can join the waitlist again."))
        _tell(signup, "events.booked")
        audit.record("signup.offer-accepted", by=by, about=signup, session=signup.session_id)
        signals.signed_up.send(Signup, signup=signup)
        return signup


def decline(signup: Signup, *, by: Any = None) -> bool:
    """No to an offer: the seat passes on at once."""
    return _end_offer(signup, "signup.offer-declined", by=by)


def expire(signup: Signup) -> bool:
    """An offer that nobody answered in time passes on; the person may join the queue again, at its end."""
    now = clock.now()
    if not signup.offer_until or signup.offer_until > now:
        return False
    return _end_offer(signup, "signup.offer-expired", offer_until__lte=now)


def _end_offer(signup: Signup, verb: str, *, by: Any = None, **condition: datetime) -> bool:
    with transaction.atomic():
        seats.give_back(signup.session_id)
        ended = Signup.objects.filter(pk=signup.pk, state=SignupState.OFFERED, **condition).update(
            state=SignupState.WITHDRAWN, offer_until=None, place=None, returns_first=False, changed_at=clock.now()
        )
        if not ended:
            transaction.set_rollback(True)
            return False
        audit.record(verb, by=by, about=signup, session=signup.session_id)
        signup.refresh_from_db()
        signals.signup_withdrawn.send(Signup, signup=signup)
        settle(signup.session)
    return True


def _head(session_id: int, becomes: dict[str, Any]) -> Signup | None:
    """Move the head of this session's queue; another is tried when the first left at this moment."""
    waiting = Signup.objects.filter(session=session_id, state=SignupState.WAITING)
    while head := waiting.select_related("session", "member").order_by("place", "pk").first():
        if waiting.filter(pk=head.pk).update(place=None, changed_at=clock.now(), **becomes):
            head.refresh_from_db(fields=["state", "place", "offer_until", "changed_at", "calendar_sequence"])
            return head
    return None


def _as_booked(now: datetime) -> dict[str, Any]:
    return {"state": SignupState.BOOKED, "calendar_sequence": F("calendar_sequence") + 1}


def _as_offered(now: datetime, starts_at: datetime) -> dict[str, Any]:
    return {"state": SignupState.OFFERED, "offer_until": min(now + OFFER_STANDS, starts_at)}


def _tell(signup: Signup, kind: str) -> None:
    stamp = f"{signup.pk}:{signup.changed_at.timestamp():.0f}"
    outbox.write_many(kind, [outbox.Word(signup.member.user_id, {"signup": signup.pk}, f"{kind}:{stamp}")])
