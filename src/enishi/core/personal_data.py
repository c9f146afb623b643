"""What is kept of a person, where, and what becomes of it: each app registers its own models.

A test holds that every key to a person (User or Member) belongs to a registered model, so that export and erasure
cannot forget one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """One kind of row about a person.

    `model` is `app_label.ModelName`; `collect(user)` gives the person's own rows as plain values, `erase(user)` deletes or
    empties them and returns how many; `kept` says what stays after erasure and why (empty: nothing stays).
    """

    model: str
    title: str | Promise
    collect: Callable[[Any], Rows]
    erase: Callable[[Any], int]
    kept: str | Promise = ""


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Called from an app's `ready`."""
    _holdings[holding.model] = holding


def holdings() -> list[Holding]:
    """All, in the order in which they were registered (apps below first)."""
    return list(_holdings.values())
