"""Words that a date brings: the day before, the hour before, and to the office when too few have signed up."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q

from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role
from enishi.core import audit, clock, outbox
from enishi.events.choices import SessionState, SignupState
from enishi.events.models import EventSession

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)


@transaction.atomic
def remind(session: EventSession) -> int:
    """Remind those booked, a day and an hour before; each once, also when the clock jumps. Returns 1 when it was time."""
    now = clock.now()
    step = next((step for step in (HOUR, DAY) if session.starts_at - step <= now), None)
    if step is None or (session.reminded_at and session.reminded_at >= session.starts_at - step):
        return 0
    unchanged = EventSession.objects.filter(
        pk=session.pk, reminded_at=session.reminded_at, starts_at=session.starts_at, state=SessionState.OPEN
    )
    if not unchanged.update(reminded_at=now):
        return 0
    booked = session.signups.filter(state=SignupState.BOOKED)
    if step == DAY:  # whoever booked within this day has the confirmation at hand
        booked = booked.filter(changed_at__lt=session.starts_at - DAY)
    hours = int(step / HOUR)
    outbox.write_many(
        "events.reminder",
        [
            outbox.Word(
                user_id,
                {"signup": pk, "hours": hours, "starts": int(session.starts_at.timestamp())},
                f"events.reminder:{pk}:{hours}:{session.starts_at.timestamp():.0f}",
            )
            for pk, user_id in booked.values_list("pk", "member__user_id")
        ],
    )
    return 1


@transaction.atomic
def flag_below_minimum(session: EventSession) -> int:
    """Put a session with too few people before the officers, once: one mail each. Returns 1 when it was flagged now."""
    if session.below_minimum_at is not None or session.state != SessionState.OPEN:
        return 0
    booked = session.signups.aggregate(n=Count("pk", filter=Q(state=SignupState.BOOKED)))["n"]
    if booked >= session.minimum:
        return 0
    if not EventSession.objects.filter(pk=session.pk, below_minimum_at=None).update(below_minimum_at=clock.now()):
        return 0
    officers = (
        Role.objects.held_now().filter(kind__in=[RoleKind.OWNER, RoleKind.OFFICER]).values_list("user_id", flat=True)
    )
    outbox.write_many(
        "events.below_minimum",
        [
            outbox.Word(
                user_id,
                {"session": session.pk, "user": user_id},
                f"events.below_minimum:{session.pk}:{session.starts_at.timestamp():.0f}:{user_id}",
            )
            for user_id in sorted(set(officers))
        ],
    )
    audit.record("session.below-minimum", about=session, booked=booked, minimum=session.minimum)
    return 1
