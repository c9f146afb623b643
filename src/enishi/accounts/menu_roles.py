"""The owner's entry in the office's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.accounts import policies
from enishi.core import menu


def register() -> None:
    """Called from the app's `ready`."""
    menu.register(menu.Item("office", 80, _("Duties"), "accounts:office-roles", "lock", policies.is_owner))
