"""The office's items about who comes in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enishi.accounts import policies
from enishi.core import menu


def register() -> None:
    """Called from the app's `ready`."""
    menu.register(
        menu.Item("office", 22, _("Invitations"), "accounts:office-invitations", "mail", allowed=policies.is_office)
    )
    menu.register(menu.Item("office", 24, _("Routes"), "accounts:office-routes", "search", allowed=policies.is_office))
