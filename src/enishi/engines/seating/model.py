"""What goes into a seating plan and what comes out: frozen dataclasses, people numbered 0 … n-1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Pair = tuple[int, int]
Table = tuple[int, ...]
Round = tuple[Table, ...]
Plan = tuple[Round, ...]


@dataclass(frozen=True)
class Person:
    """One person. `rounds` None: there for all of them. `places`: "room", "online" or both (nobody's: no such rule)."""

    id: int
    host: bool = False
    languages: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    traits: Mapping[str, object] = field(default_factory=dict)
    rounds: frozenset[int] | None = None


@dataclass(frozen=True)
class Lock:
    """In this round (from 0) this person sits at this table (from 0)."""

    round: int
    person: int
    table: int


@dataclass(frozen=True)
class Instance:
    """The task: `n` people over `rounds` rounds, at tables of fixed `sizes` or of `least` to `most` people.

    history      pairs who met before this plan
    apart        pairs who must not share a table; together: pairs who must share one in every round both attend
    affinity     ties of two people, any number ≥ 0; a bigger one is a closer tie
    mix          traits to mix and the weight of each: people of the same value are spread over the tables
    companions   the slider: 0 new faces only, 0.5 new faces first and ties last, 1 old companions first
    """

    n: int
    rounds: int
    sizes: tuple[int, ...] = ()
    least: int = 0
    most: int = 0
    people: tuple[Person, ...] = ()
    history: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    together: frozenset[Pair] = frozenset()
    locks: tuple[Lock, ...] = ()
    affinity: Mapping[Pair, float] = field(default_factory=dict)
    mix: Mapping[str, float] = field(default_factory=lambda: {"dept": 1.0})
    host_per_table: bool = False
    common_language: bool = False
    one_place: bool = False
    companions: float = 0.5

    @cached_property
    def attending(self) -> tuple[Table, ...]:
        """Who is there in each round, in order."""
        everyone = tuple(range(self.n))
        if all(person.rounds is None for person in self.people):
            return (everyone,) * self.rounds
        return tuple(
            tuple(p for p in everyone if (there := self.people[p].rounds) is None or r in there)
            for r in range(self.rounds)
        )

    @property
    def plain(self) -> bool:
        """True when only numbers matter: everybody always there, no rule, no history, nothing to mix."""
        rules = self.host_per_table or self.common_language or self.one_place
        wishes = self.history or self.apart or self.together or self.locks or self.affinity
        return not (rules or wishes or any(self._matters(person) for person in self.people))

    def _matters(self, person: Person) -> bool:
        """Whether who it is makes a difference."""
        return person.rounds is not None or any(person.traits.get(name) is not None for name in self.mix)

    @property
    def largest(self) -> int:
        """Most people a table may seat."""
        return max(self.sizes, default=0) if self.sizes else self.most


@dataclass(frozen=True)
class Score:
    """Counted from a plan alone; the same figures as any outside scorer would find."""

    pairs_seated: int
    distinct_pairs: int
    met_before: int
    same_trait: Mapping[str, int]
    affinity: float

    @property
    def repeats(self) -> int:
        """Meetings beyond the first one of each pair."""
        return self.pairs_seated - self.distinct_pairs


@dataclass(frozen=True)
class Broken:
    """A rule that a plan breaks: its name as `rules` writes it, where, and in plain words."""

    rule: str
    round: int
    table: int
    words: str


@dataclass(frozen=True)
class Answer:
    """A plan with its proof: `bound` is a ceiling of distinct pairs that no plan can pass."""

    plan: Plan
    score: Score
    bound: int
    broken: tuple[Broken, ...]
    method: str
    seed: int

    @property
    def share(self) -> float:
        """Distinct pairs as a share of the bound; 1.0 is proven best."""
        return self.score.distinct_pairs / self.bound if self.bound else 1.0


@dataclass(frozen=True)
class Progress:
    """Told while searching: share of the work done, and a word for what is being done."""

    share: float
    stage: str


class Infeasible(ValueError):
    """No plan can keep all the rules. `rules`: a smallest clashing set; `give_up`: the least to let go."""

    def __init__(self, words: str, rules: tuple[str, ...], give_up: tuple[str, ...]) -> None:
        super().__init__(words)
        self.rules = rules
        self.give_up = give_up
