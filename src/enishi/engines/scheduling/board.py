"""A plan while it is being made: who sits where, with every rule of a single seat asked before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arrays import Arrays

if TYPE_CHECKING:
    from .arrays import Bools


class Board:
    """People and sessions by their row numbers in `arrays`. Minimum and host are rules of the finished plan."""

    def __init__(self, arrays: Arrays) -> None:
        self.extra = arrays.extra
        self.base = arrays.base.tolist()
        self.want = arrays.want.tolist()
        self.host = arrays.host.tolist()
        self.capacity = arrays.capacity.tolist()
        self.minimum = arrays.minimum.tolist()
        self.slot = arrays.slot.tolist()
        self.options: list[dict[int, float]] = [{} for _ in self.base]  # person -> session -> gain
        self.able: list[list[int]] = [[] for _ in self.capacity]
        for p, s, gain in zip(arrays.person.tolist(), arrays.session.tolist(), arrays.gain.tolist(), strict=True):
            self.options[p][s] = gain
            self.able[s].append(p)
        self.foes: dict[tuple[int, int], list[int]] = {}  # (person, session) -> people not to meet there
        for a, b in arrays.apart.tolist():
            s = int(arrays.session[a])
            pa, pb = int(arrays.person[a]), int(arrays.person[b])
            self.foes.setdefault((pa, s), []).append(pb)
            self.foes.setdefault((pb, s), []).append(pa)
        self.clear()

    def may_sit(self, p: int, s: int, leaving: int = -1) -> bool:
        """May p sit in s besides where they sit, once person `leaving` has left s?"""
        sitting = self.sitting[s]
        if p in sitting or len(sitting) - (leaving in sitting) >= self.capacity[s]:
            return False
        return len(self.visits[p]) < self.want[p] and self.is_free(p, s) and self.likes(p, s, leaving)

    def is_free(self, p: int, s: int, instead_of: int = -1) -> bool:
        """Has p no other session in the slot of s (but `instead_of`, which they give up)?"""
        slot = self.slot[s]
        return all(self.slot[t] != slot for t in self.visits[p] if t != instead_of)

    def likes(self, p: int, s: int, leaving: int = -1) -> bool:
        """Is nobody in s whom p must not meet (but `leaving`)?"""
        foes = self.foes.get((p, s))
        return not foes or all(foe == leaving or foe not in self.sitting[s] for foe in foes)

    def may_move(self, p: int, s: int, t: int) -> bool:
        """May p, who sits in s, sit in t instead?"""
        return (
            p not in self.sitting[t]
            and len(self.sitting[t]) < self.capacity[t]
            and self.is_free(p, t, instead_of=s)
            and self.likes(p, t)
        )

    def sit(self, p: int, s: int) -> None:
        self.sitting[s].add(p)
        self.visits[p].add(s)
        self._touch(p, s)

    def leave(self, p: int, s: int) -> None:
        self.sitting[s].discard(p)
        self.visits[p].discard(s)
        self._touch(p, s)

    def _touch(self, p: int, s: int) -> None:
        if len(self.sitting[s]) < self.capacity[s]:
            self.rooms.add(s)
        else:
            self.rooms.discard(s)
        self._lightest.pop(s, None)
        for t in self.visits[p]:  # p's other seats are worth more or less now
            self._lightest.pop(t, None)

    def lightest(self, s: int) -> float:
        """The least that anyone's leaving s would cost."""
        if s not in self._lightest:
            self._lightest[s] = min((self.loss(p, s) for p in self.sitting[s]), default=float("inf"))
        return self._lightest[s]

    def gain(self, p: int, s: int) -> float:
        """Points that p's sitting in s would bring now."""
        return self.options[p][s] + (0.0 if self.visits[p] else self.base[p] - self.extra)

    def loss(self, p: int, s: int) -> float:
        """Points that p's leaving s would cost now."""
        return self.options[p][s] + (0.0 if len(self.visits[p]) > 1 else self.base[p] - self.extra)

    def hosts_in(self, s: int) -> int:
        return sum(self.host[p] for p in self.sitting[s])

    def stands(self, s: int) -> bool:
        """Does session s keep its minimum and its host, or is it empty?"""
        return not self.sitting[s] or (len(self.sitting[s]) >= self.minimum[s] and self.hosts_in(s) > 0)

    def can_spare(self, p: int, s: int) -> bool:
        """Would s still stand, and not be empty, without p?"""
        enough = len(self.sitting[s]) > self.minimum[s]
        return enough and (not self.host[p] or self.hosts_in(s) > 1)

    def score(self) -> float:
        total = 0.0
        for p, visits in enumerate(self.visits):
            if visits:
                total += self.base[p] - self.extra + sum(self.options[p][s] for s in visits)
        return total

    def taken(self, arrays: Arrays) -> Bools:
        """The pairs (m,) that are taken."""
        import numpy as np

        flat = zip(arrays.person.tolist(), arrays.session.tolist(), strict=True)
        return np.fromiter((s in self.visits[p] for p, s in flat), bool, len(arrays.person))

    def put(self, arrays: Arrays, taken: Bools) -> None:
        """Seat everyone as `taken` (m,) says, and no one else."""
        self.clear()
        for p, s in zip(arrays.person[taken].tolist(), arrays.session[taken].tolist(), strict=True):
            self.sit(p, s)

    def clear(self) -> None:
        self.sitting: list[set[int]] = [set() for _ in self.capacity]
        self.visits: list[set[int]] = [set() for _ in self.base]
        self.rooms = {s for s, capacity in enumerate(self.capacity) if capacity > 0}
        self._lightest: dict[int, float] = {}
