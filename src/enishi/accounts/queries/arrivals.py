"""What became of those who were admitted: the apps above say it, each a column of the page “Routes”."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

# Of how a registration came: its kind of route as it was told, and the key of its code, if it had one.
Way = tuple[str | None, int | None]


@dataclass(frozen=True)
class Step:
    """One column: its words, and how many people of each way reached it. A person came one way alone."""

    order: int
    title: str | Promise
    count: Callable[[], Mapping[Way, int]]


_steps: list[Step] = []


def register(step: Step) -> None:
    """Called from an app's `ready`."""
    if step not in _steps:
        _steps.append(step)
        _steps.sort(key=lambda each: each.order)


def steps() -> list[Step]:
    """The columns, in the order in which people come to them."""
    return list(_steps)
