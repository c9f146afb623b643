"""Who may, by role. Each condition stands on its own line, so that coverage proves it."""

from __future__ import annotations

from typing import Any

from enishi.accounts.choices import RoleKind


def _roles(user: Any) -> frozenset[str]:
    if user is None or not user.is_authenticated:
        return frozenset()
    if not user.is_active:
        return frozenset()
    held: frozenset[str] = user.role_kinds()
    return held


def has_role(user: Any) -> bool:
    """Any duty at all: a second factor is asked of these."""
    return bool(_roles(user))


def is_owner(user: Any) -> bool:
    return RoleKind.OWNER in _roles(user)


def is_office(user: Any) -> bool:
    """Owner or officer: may work on the office's pages."""
    return bool(_roles(user) & {RoleKind.OWNER, RoleKind.OFFICER})


def can_import_roster(user: Any) -> bool:
    return is_office(user)


def can_invite_for_office(user: Any) -> bool:
    return is_office(user)


def can_grant_roles(user: Any) -> bool:
    return is_owner(user)
