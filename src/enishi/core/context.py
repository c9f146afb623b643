"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from enishi.core import menu, network


def page(request: HttpRequest) -> dict[str, Any]:
    """The network, the menus that this reader sees, the theme, and how to switch the language."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "network": network.find(),
        "member_menu": menu.items("member", user) if signed_in else [],
        "office_menu": menu.items("office", user) if signed_in else [],
        "theme": getattr(user, "theme", "") if signed_in else "",
    }
