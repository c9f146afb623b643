"""What is asked and what is answered when people sign up for sessions: places, claims, and the plan."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Seats = Mapping[int, tuple[int, ...]]  # session id -> ids of the people in it


@dataclass(frozen=True)
class Session:
    """One session: `capacity` and `minimum` in people; two sessions in the same `slot` cannot both be visited.

    With fewer than `minimum` people, or without a host, a session is closed: nobody sits in it.
    """

    id: int
    slot: Hashable
    capacity: int
    minimum: int = 1
    language: str = ""


@dataclass(frozen=True)
class Person:
    """One person's claim: where they could come, how gladly (`preference`, points by session id), how often."""

    id: int
    available: frozenset[int]
    languages: frozenset[str] = frozenset({""})
    preference: Mapping[int, float] = field(default_factory=dict)
    first_timer: bool = False
    wanted: int = 1
    host: bool = False


@dataclass(frozen=True)
class Weights:
    """Points: for a person seated at all, for each further seat of theirs, and for each point of preference."""

    first_timer: float = 1000
    returning: float = 300
    extra_seat: float = 20
    preference: float = 10

    def base(self, person: Person) -> float:
        return self.first_timer if person.first_timer else self.returning


@dataclass(frozen=True)
class Places:
    """Sessions, the people who ask for seats, and pairs who must not meet in one."""

    sessions: tuple[Session, ...]
    people: tuple[Person, ...]
    keep_apart: tuple[tuple[int, int], ...] = ()
    weights: Weights = Weights()

    def __post_init__(self) -> None:
        _unique((s.id for s in self.sessions), "sessions")
        _unique((p.id for p in self.people), "people")
        for session in self.sessions:
            if session.capacity < 0 or session.minimum < 0:
                raise ValueError(f"Session {session.id} has a negative capacity or minimum; use 0 or more.")
        known = {p.id for p in self.people}
        for a, b in self.keep_apart:
            if a == b or a not in known or b not in known:
                raise ValueError(f"keep_apart ({a}, {b}) does not name two of the people; correct or remove it.")

    def eligible(self, person: Person) -> tuple[int, ...]:
        """Ids of the sessions this person can sit in, in the order of `sessions`."""
        available, languages = person.available, person.languages
        return tuple([s.id for s in self.sessions if s.id in available and s.language in languages])


@dataclass(frozen=True)
class LeftOut:
    """Somebody without a seat, and why: nothing they could come to, nothing open, or others came before."""

    person: int
    reason: Literal["wants_none", "no_session_fits", "language", "sessions_closed", "full", "kept_apart"]
    draw: int


@dataclass(frozen=True)
class Closed:
    """A session nobody sits in, and why. `able` people could come, `able_hosts` of them hosts.

    too_few: fewer than the minimum could come at all, `missing` more are needed; no_host: none of them hosts, one is
    needed; better_elsewhere: opening it would cost more points than it gives.
    """

    session: int
    reason: Literal["no_capacity", "too_few", "no_host", "better_elsewhere"]
    able: int
    able_hosts: int
    missing: int = 0


@dataclass(frozen=True)
class Plan:
    """Who sits where. `bound` is what no plan can exceed; `proven` says that the score reaches it.

    `draw` is the order of the lot (first is luckiest) that settled equal claims; it depends on the seed and the
    people's ids alone, see `draw_order`. `unhurried`: proven, and with so much time to spare that the same seed
    gives the same plan on any machine.
    """

    seats: dict[int, tuple[int, ...]]
    score: float
    bound: float
    proven: bool
    left_out: tuple[LeftOut, ...]
    closed: tuple[Closed, ...]
    draw: tuple[int, ...]
    seed: int
    unhurried: bool

    @property
    def gap(self) -> float:
        """How far the score may be from the best possible, as a share of the bound."""
        return (self.bound - self.score) / self.bound if self.bound > 0 else 0.0


def _unique(ids: Iterable[int], what: str) -> None:
    seen: set[int] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"Two of the {what} share the id {one}; give each its own.")
        seen.add(one)
