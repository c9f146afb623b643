"""The items of the member's and the office's menus: each app registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.urls import reverse
from django.utils.functional import Promise

Place = Literal["member", "office"]


@dataclass(frozen=True)
class Item:
    """One entry: where it stands, its words, the URL name, an icon of the sprite, who sees it, how many things wait there."""

    place: Place
    order: int
    title: str | Promise
    url_name: str
    icon: str
    allowed: Callable[[Any], bool] = lambda user: True
    waiting: Callable[[], int] | None = None
    on_phone: bool = True

    @property
    def waiting_count(self) -> int:
        return self.waiting() if self.waiting else 0

    @property
    def url(self) -> str:
        return _address(self.url_name)


@cache
def _address(url_name: str) -> str:
    """Addresses do not change while a process lives, and every page asks for all of them twice."""
    return reverse(url_name)


_items: list[Item] = []


def register(item: Item) -> None:
    """Called from an app's `ready`."""
    if item not in _items:
        _items.append(item)
        _items.sort(key=lambda each: each.order)


def items(place: Place, user: Any) -> list[Item]:
    """The entries that this user sees, in order."""
    return [item for item in _items if item.place == place and item.allowed(user)]
