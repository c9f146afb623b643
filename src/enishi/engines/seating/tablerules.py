"""What the search is about, and the rules that look at a whole table: a host, something shared, enough people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Problem:
    """What the search may move and what each meeting costs. Person `n` stands for an empty seat.

    pair        (n+1, n+1) cost of two people at one table, symmetric, zero diagonal, zero for the empty seat
    again       cost of a further meeting of two people who meet in another round of this plan
    movable     (rounds, tables, seats) seats whose person may change
    hosts       (n+1,) true for people who can be host; None when no table needs one
    masks       one (n+1,) array of bits per rule "all at a table share a bit"; the empty seat has every bit
    least       fewest people at a table (only where seats may stand empty)
    rule        cost of one broken rule of a table (no host, nothing shared, one person too few)
    open_rounds the rounds that may change
    """

    pair: Floats
    again: float
    movable: Flags
    hosts: Flags | None = None
    masks: tuple[Ints, ...] = ()
    least: int = 0
    rule: float = 1000.0
    open_rounds: tuple[int, ...] = ()


class TableRules:
    """Costs of the rules of a table and how an exchange of two people would change them."""

    def __init__(self, problem: Problem) -> None:
        self.rule = np.float32(problem.rule)
        self.least = problem.least
        self.empty = problem.pair.shape[0] - 1
        self.hosts = None if problem.hosts is None else problem.hosts.astype(np.float32)
        self.masks = problem.masks
        self.traits = tuple(_traits(mask) for mask in problem.masks)
        self.any = bool(self.hosts is not None or self.traits or self.least)

    def add(self, delta: Floats, both: Ints) -> None:
        """Add to delta (S, S, h); both (S, 2h) holds the people of the first tables, then of the second ones.

        Most pairs of tables can exchange as they like (all share a language; enough sit at both): they are passed over.
        """
        if self.hosts is not None:
            self._hosts(delta, self.hosts.take(both))
        for mask, trait in zip(self.masks, self.traits, strict=True):
            common = np.bitwise_and.reduce(mask.take(both), axis=0)
            h = len(common) // 2
            self._on(np.flatnonzero(common[:h] & common[h:] == 0), delta, both, partial(self._shared, trait))
        if self.least:
            size = (both != self.empty).sum(axis=0)
            h = len(size) // 2
            self._on(np.flatnonzero(np.minimum(size[:h], size[h:]) <= self.least), delta, both, self._few)

    def _hosts(self, delta: Floats, hosts: Floats) -> None:
        """The only host of a table may leave it to no guest; hosts (S, 2h) are ones for who can be host."""
        h = delta.shape[2]
        spare = hosts.sum(axis=0)
        alone = (hosts == spare) * self.rule
        guests = 1 - hosts
        delta += alone[:, None, :h] * guests[None, :, h:]
        delta += guests[:, None, :h] * alone[None, :, h:]
        if not spare.all():
            lacking = (spare == 0) * self.rule
            delta -= lacking[:h] + lacking[h:]

    def _on(self, where: Ints, delta: Floats, both: Ints, extra: Callable[[Ints], Floats]) -> None:
        """Add `extra` of both tables to delta at these pairs of tables."""
        h, k = delta.shape[2], len(where)
        if not k:
            return
        change = extra(both.take(np.concatenate([where, where + h]), axis=1))
        change = change[:, :, :k] + change[:, :, k:].transpose(1, 0, 2)
        flat = delta.reshape(-1, h)
        flat[:, where] = flat.take(where, axis=1) + change.reshape(-1, k)

    def _few(self, both: Ints) -> Floats:
        """(S, S, 2k): change of what it costs that people lack at a table."""
        filled = (both != self.empty).astype(np.float32)
        size = filled.sum(axis=0)
        after = (size - filled)[:, None, :] + _opposite(filled)[None, :, :]
        change: Floats = np.maximum(self.least - after, 0) - np.maximum(self.least - size, 0)
        return change * self.rule

    def _shared(self, trait: Floats, both: Ints) -> Floats:
        """(S, S, 2k): loss in how many at the table have the most widely shared trait; trait is (traits, n+1)."""
        having = trait.take(both, axis=1)
        sums = having.sum(axis=1)
        rest = (sums - sums.max(axis=0))[:, None, :] - having
        coming = _opposite(having)
        best: Floats = rest[0][:, None, :] + coming[0][None, :, :]
        for one, their in zip(rest[1:], coming[1:], strict=True):
            np.maximum(best, one[:, None, :] + their[None, :, :], out=best)
        best *= -self.rule
        return best

    def add_alone(self, costs: Floats, people: Ints, rest: Ints, seats: Ints) -> None:
        """Add to costs (k, k) what table j would break with person i in its free seat; rest (k, S) sits there.

        The free seat, number seats[j], holds the empty one in `rest`; its traits must not count.
        """
        rows = np.arange(len(rest))
        if self.hosts is not None:
            lacking = self.hosts[rest].sum(axis=1) == 0
            costs += self.rule * (lacking[None, :] & (self.hosts[people] == 0)[:, None])
        for trait in self.traits:
            having = trait[:, rest].sum(axis=2) - trait[:, rest[rows, seats]]
            best = (having[:, None, :] + trait[:, people][:, :, None]).max(axis=0)
            costs += self.rule * (rest.shape[1] - best)
        if self.least:
            size = (rest != self.empty).sum(axis=1)[None, :] + (people != self.empty)[:, None]
            costs += self.rule * np.maximum(self.least - size, 0).astype(np.float32)

    def cost(self, seats: Ints) -> float:
        """The cost of the broken rules at all tables (rounds, tables, S): each person who does not share counts."""
        total = 0.0
        if self.hosts is not None:
            total += float((self.hosts[seats].sum(axis=2) == 0).sum())
        for trait in self.traits:
            total += float((seats.shape[2] - trait[:, seats].sum(axis=3).max(axis=0)).sum())
        if self.least:
            total += float(np.maximum(self.least - (seats != self.empty).sum(axis=2), 0).sum())
        return total * float(self.rule)


def _opposite(values: Floats) -> Floats:
    """(…, 2k): what holds at each table (k first ones, then their matches) as the table it is matched with sees it."""
    k = values.shape[-1] // 2
    return np.concatenate([values[..., k:], values[..., :k]], axis=-1)


def _traits(bits: Ints) -> Floats:
    """(n+1,) bit sets → (traits, n+1) zeros and ones."""
    top = max(1, max(int(x).bit_length() for x in bits[:-1])) if len(bits) > 1 else 1
    return ((bits[None, :] >> np.arange(top)[:, None]) & 1).astype(np.float32)
