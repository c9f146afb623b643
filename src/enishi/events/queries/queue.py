"""Places in a session's queue."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from enishi.events.choices import SignupState
from enishi.events.models import Signup


def place(signup: Signup) -> int | None:
    """The n of "waiting as n-th"; None for one who does not wait."""
    if signup.state != SignupState.WAITING or signup.place is None:
        return None
    return _before(signup.session_id).filter(place__lt=signup.place).count() + 1


def waiting(session_id: int) -> QuerySet[Signup]:
    """All who wait, in their order."""
    return _before(session_id).select_related("member").order_by("place", "pk")


def with_rank(signups: QuerySet[Signup]) -> QuerySet[Signup]:
    """Each with `rank`, its place in the queue counted from 1 (for those who wait)."""
    ahead = (
        Signup.objects.filter(session=OuterRef("session"), state=SignupState.WAITING, place__lt=OuterRef("place"))
        .order_by()
        .values("session")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return signups.annotate(rank=Coalesce(Subquery(ahead), 0) + 1)


def _before(session_id: int) -> QuerySet[Signup]:
    return Signup.objects.filter(session=session_id, state=SignupState.WAITING)
