"""The owner's entry for the settings in the office's menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.accounts import policies
from enishi.core import menu


def register() -> None:
    """Called from the app's `ready`."""
    menu.register(menu.Item("office", 90, _("Settings"), "office:settings", "gear", policies.is_owner))
