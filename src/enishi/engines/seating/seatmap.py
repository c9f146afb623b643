"""Numbered seats for a shape: those of each table, its host's first, then one elsewhere for everybody else."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .model import Instance
from .prices import Prices
from .shapes import Shape, commonest
from .tablerules import Floats

NEVER = 1e5
SPARE, DEAR = 0.5, 10.0
"""What a host costs on a seat that needs none, in usual ties: where hosts are to spare, and where they are not."""


class SeatMap:
    """For P people on P seats in round r; whoever does not come has a seat elsewhere.

    table     (P,) the table of each seat, numbered as in the shape; those elsewhere have the number after the last
    rows      the seats of each table; mates: (P, k) the other seats of a seat's table, filled up with P
    place     (P+1, P) what it costs to have a person on a seat, whoever else sits there
    """

    def __init__(self, instance: Instance, r: int, people: list[int], shape: Shape, prices: Prices) -> None:
        size = len(people)
        self.table = np.full(size, len(shape.seats))
        self.mates = np.full((size, max(shape.seats) - 1), size)
        self.rows = []
        start = 0
        for t, count in enumerate(shape.seats):
            seats = np.arange(start, start + count)
            self.rows.append(seats)
            self.table[seats] = t
            for seat in seats:
                self.mates[seat, : count - 1] = seats[seats != seat]
            start += count
        self.seated, self.starts = start, np.array([seats[0] for seats in self.rows])
        self.inside = (self.table < len(shape.seats)).astype(np.float32)
        self.place = self._places(instance, people, shape, prices)
        there = frozenset(instance.attending[r])
        away = np.array([*(p not in there for p in people), False])
        self.place[away, :start] = NEVER
        self.place[away, start:] = 0

    def _places(self, instance: Instance, people: list[int], shape: Shape, prices: Prices) -> Floats:
        size, common = len(people), commonest(instance)
        host = np.array([instance.people[p].host for p in people])
        must = np.array([common not in instance.people[p].languages for p in people])
        spare = sum(person.host for person in instance.people) - shape.tables
        place = np.zeros((size + 1, size), dtype=np.float32)
        for seats, name in zip(self.rows, shape.spoken, strict=True):
            silent = np.array([name not in instance.people[p].languages for p in people])
            place[:size, seats] += (silent * NEVER)[:, None]
            place[:size, seats[0]] += ~host * NEVER
            dear = np.float32(prices.unit * (SPARE if spare > len(shape.seats) else DEAR))
            place[:size, seats[1:]] += (host * dear)[:, None]
        place[:size, self.seated :] += (must * NEVER + _elsewhere(instance, people, shape, prices))[:, None]
        return place


def _elsewhere(instance: Instance, people: list[int], shape: Shape, prices: Prices) -> Floats:
    """(P,) what one more of the same trait costs at the other tables: so much that every table takes its share."""
    costs = np.zeros(len(people), dtype=np.float32)
    for name, weight in instance.mix.items():
        values = [person.traits.get(name) for person in instance.people]
        if any(value is not None for value in values):
            counts = Counter(values)
            shares = [max(0.3, counts[values[p]] / shape.tables - 0.5) for p in people]
            costs += np.array(shares, dtype=np.float32) * np.float32(prices.same * weight)
    return costs
