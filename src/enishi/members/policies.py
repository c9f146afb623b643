"""Who may, among members. Each condition stands on its own line, so that coverage proves it."""

from __future__ import annotations

from typing import Any

from enishi.accounts import policies as accounts
from enishi.accounts.choices import RoleKind
from enishi.accounts.models import Role, User
from enishi.members.choices import Visibility
from enishi.members.models import Member


def member_of(user: Any) -> Member | None:
    """The present member behind an account, None for a visitor, an applicant, or someone who has left."""
    if user is None or not user.is_authenticated:
        return None
    if not user.is_active:
        return None
    member: Member | None = getattr(user, "member", None)  # read with the account at the start of a request
    if member is None or member.left_at is not None:
        return None
    return member


def is_member(user: Any) -> bool:
    return member_of(user) is not None


def can_leave(member: Member) -> bool:
    """The last owner hands the duty over first: a network without one could never have another."""
    owners = Role.objects.held_now().filter(kind=RoleKind.OWNER)
    if not owners.filter(user_id=member.user_id).exists():
        return True
    return owners.exclude(user_id=member.user_id).exists()


def can_use_mail_link(viewer: Any, member: Member) -> bool:
    """Whoever holds the link of a mail, unless they are signed in as somebody else."""
    if viewer is None or not viewer.is_authenticated:
        return True
    return bool(viewer.pk == member.user_id)


def sees(level: str, *, own: bool, office: bool, shared_workplace: bool) -> bool:
    """Does a viewer of this kind see a field of this level? The only rule of visibility in the house."""
    if own:
        return True
    if level == Visibility.EVERYONE:
        return True
    if level == Visibility.SAME_WORKPLACE:
        return office or shared_workplace
    if level == Visibility.OFFICE:
        return office
    return False


def may_look(viewer: User | Any) -> bool:
    """Members and the office see members at all."""
    return is_member(viewer) or accounts.is_office(viewer)
