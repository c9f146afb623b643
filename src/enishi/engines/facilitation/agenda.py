"""What a room plans to do: segments with their minutes, prompts and turn order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Order = Literal["circle", "least_spoken", "free", "none"]


@dataclass(frozen=True)
class Segment:
    """One part of the meeting.

    order: circle (車座), each in the order drawn at the start; least_spoken, raised hands, those without a turn in
    this segment first, then the least spoken; free, hands as they go up, those without a turn first; none, no
    turns (a greeting). `minutes` is the plan for the whole, `each_seconds` for one turn (0: no mark).
    """

    name: str
    minutes: float
    order: Order = "none"
    each_seconds: float = 0
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """The segments in order, and the seed from which the circle is drawn."""

    segments: tuple[Segment, ...]
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError("The agenda has no segment; give at least one.")
        for segment in self.segments:
            if segment.order not in get_args(Order):
                known = ", ".join(get_args(Order))
                raise ValueError(f"Segment {segment.name!r} has the order {segment.order!r}; give one of {known}.")
            if segment.minutes < 0 or segment.each_seconds < 0:
                raise ValueError(f"Segment {segment.name!r} has a negative length; use 0 or more.")
