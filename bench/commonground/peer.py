"""The peer: the same scores as a product of sparse matrices by sparse_dot_topn, from a network without private facts.

Made from the network's columns, not from the engine's index, so that equal answers say something about both.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enishi.engines.commonground import Kind, Network
from enishi.engines.commonground.kinds import PROFILE_KINDS, STINT_KINDS, YEARLY_KINDS, mate_of
from enishi.engines.commonground.rarity import Rarity, logarithms

Flat = NDArray[np.int64]
USUAL = Rarity()


@dataclass(frozen=True, eq=False)
class Product:
    """Scores are `asks @ holds`: people by tokens, weighted, times tokens by people. Worthless tokens are left out."""

    asks: Any
    holds: Any


def product(network: Network) -> Product:
    """Weights are whole numbers well below 2**24, so that float32, the peer's quickest type, is exact."""
    from scipy.sparse import csr_matrix

    people = len(network.ids)
    person, name = tokens(network)
    names, column = np.unique(name, return_inverse=True)
    pairs = np.unique(person * len(names) + column)
    person, column = pairs // len(names), pairs % len(names)
    weight = weights(names, person, column, people)
    mate = mates(names)
    kept = weight[column] > 0
    asked = kept & (mate[column] >= 0)
    ones = np.ones(int(kept.sum()), np.float32)
    holds = csr_matrix((ones, (person[kept], column[kept])), shape=(people, len(names)))
    values = weight[column[asked]].astype(np.float32)
    asks = csr_matrix((values, (person[asked], mate[column[asked]])), shape=(people, len(names)))
    return Product(asks, holds.T.tocsr())


def tokens(network: Network) -> tuple[Flat, Flat]:
    """Rows of people and names of tokens, `kind << 40 | value << 8 | year - 1900`, year 0 for the fact itself."""
    people, names = [], []
    first, last = network.start // 100, network.end // 100
    length = last - first + 1
    years = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length - first, length) - 1900
    for kind in STINT_KINDS:
        plain = (int(kind) << 40) + (network.stint_values(kind).astype(np.int64) << 8)
        people.append(network.stint_person)
        names.append(plain)
        if kind in YEARLY_KINDS:
            people.append(np.repeat(network.stint_person, length))
            names.append(np.repeat(plain, length) + years)
    for kind in PROFILE_KINDS:
        rows = network.fact_kind == kind
        people.append(network.fact_person[rows])
        names.append((int(kind) << 40) + (network.fact_value[rows] << 8))
    return np.concatenate(people), np.concatenate(names)


def weights(names: Flat, person: Flat, column: Flat, people: int) -> Flat:
    holders = np.bincount(column, minlength=len(names))
    kind, topic = names >> 40, names >> 8 & 0xFFFFFFFF
    exchange = np.isin(kind, (Kind.SEEKS, Kind.OFFERS))
    rows = exchange[column]
    either = np.unique(person[rows] << 32 | topic[column[rows]]) & 0xFFFFFFFF
    holders[exchange] = np.bincount(either)[topic[exchange]]
    logarithm = logarithms(people).astype(np.int64)
    multiple = np.where(names & 0xFF > 0, USUAL.yearly, USUAL.plain)
    return multiple * (logarithm[people] - logarithm[holders])


def mates(names: Flat) -> Flat:
    """The column each column meets in another person, -1 where nobody holds it."""
    wanted = np.array([mate_of(kind) for kind in Kind])[names >> 40] << 40 | names & 0xFFFFFFFFFF
    place = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    return np.where(names[place] == wanted, place, -1)
