"""Who has which duty."""

from __future__ import annotations

from django.db.models import Case, QuerySet, Value, When

from enishi.accounts import policies
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role, User


def held(viewer: User) -> QuerySet[Role]:
    """Duties held now, the owner's first; for an owner's eyes."""
    if not policies.can_grant_roles(viewer):
        return Role.objects.none()
    rank = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(RoleKind)))
    return Role.objects.held_now().select_related("user__member").order_by(rank, "granted_at", "pk")


def ended(viewer: User, limit: int = 20) -> QuerySet[Role]:
    """The duties that ended last."""
    if not policies.can_grant_roles(viewer):
        return Role.objects.none()
    return Role.objects.exclude(ended_at=None).select_related("user__member").order_by("-ended_at")[:limit]


def last_owner() -> int | None:
    """The key of the only owner's duty, which is not ended; None where there are several."""
    owners = list(Role.objects.held_now().filter(kind=RoleKind.OWNER).values_list("pk", flat=True)[:2])
    return owners[0] if len(owners) == 1 else None
