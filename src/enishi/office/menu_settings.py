"""Entries of this app in the menus: home for members; first page, roster and settings for the office."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enishi.accounts import policies
from enishi.core import menu
from enishi.core.menu import Item


def register() -> None:
    """Called from the app's `ready`."""
    menu.register(Item("member", 10, _("Home"), "office:front", "home", _is_member))
    menu.register(Item("office", 10, _("Today"), "office:dashboard", "home", policies.is_office))
    menu.register(Item("office", 26, _("Roster"), "office:roster", "doc", policies.can_import_roster))
    menu.register(Item("office", 90, _("Settings"), "office:settings", "gear", policies.is_owner))


def _is_member(user: Any) -> bool:
    return getattr(user, "member", None) is not None
