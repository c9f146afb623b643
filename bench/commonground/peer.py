"""The peer: the same scores as a product of sparse matrices by sparse_dot_topn, from the same unmasked network."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enishi.engines.commonground import Kind, Network
from enishi.engines.commonground.kinds import PROFILE_KINDS, STINT_KINDS, YEARLY_KINDS, mate_of
from enishi.engines.commonground.rarity import Rarity, logarithms

Flat = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Product:
    """`asks @ holds.T`: one row a person, one column a token, entries of `asks` weighted. Worthless tokens are left out."""

    asks: Any
    holds: Any


def product(network: Network, rarity: Rarity = Rarity()) -> Product:  # noqa: B008 - frozen
    """Plain tokens and a token for each year, made without the engine's index."""
    from scipy.sparse import csr_matrix

    person, token = tokens(network)
    pairs = np.unique(person * (int(token.max()) + 1) + token)
    person, token = pairs // (int(token.max()) + 1), pairs % (int(token.max()) + 1)
    names, column = np.unique(token, return_inverse=True)
    kind, value, year = names >> 40, names >> 8 & 0xFFFFFFFF, names & 0xFF
    holders = np.bincount(column)
    exchange = np.isin(kind, (Kind.SEEKS, Kind.OFFERS))
    holders[exchange] = either(kind, value, person, column, exchange)
    people = len(network.ids)
    log = logarithms(people)
    worth = (log[people] - log[holders]) * np.where(year > 0, rarity.yearly, rarity.plain)
    kept = worth[column] > 0
    shape = (people, len(names))
    mates = np.searchsorted(names, np.array([mate_of(k) for k in range(len(Kind))])[kind] << 40 | names & 0xFFFFFFFFFF)
    mates = np.minimum(mates, len(names) - 1)
    met = names[mates] == (np.array([mate_of(k) for k in range(len(Kind))])[kind] << 40 | names & 0xFFFFFFFFFF)
    asked = kept & met[column]
    weights = worth[column].astype(np.float32)
    asks = csr_matrix((weights[asked], (person[asked], mates[column[asked]])), shape=shape)
    holds = csr_matrix((np.ones(int(kept.sum()), np.float32), (person[kept], column[kept])), shape=shape)
    return Product(asks, holds.T.tocsr())


def tokens(network: Network) -> tuple[Flat, Flat]:
    """Person rows and token names `kind << 40 | value << 8 | year - 1900`, year 0 for the plain token."""
    people, names = [], []
    for kind in STINT_KINDS:
        value = network.stint_values(kind).astype(np.int64)
        people.append(network.stint_person)
        names.append((int(kind) << 40) + (value << 8))
        if kind in YEARLY_KINDS:
            first, last = network.start // 100, network.end // 100
            years = last - first + 1
            people.append(np.repeat(network.stint_person, years))
            year = np.arange(int(years.sum())) - np.repeat(np.cumsum(years) - years, years) + np.repeat(first, years)
            names.append(np.repeat((int(kind) << 40) + (value << 8), years) + year - 1900)
    for kind in PROFILE_KINDS:
        rows = network.fact_kind == kind
        people.append(network.fact_person[rows])
        names.append((int(kind) << 40) + (network.fact_value[rows] << 8))
    return np.concatenate(people), np.concatenate(names)


def either(kind: Flat, value: Flat, person: Flat, column: Flat, exchange: NDArray[np.bool_]) -> Flat:
    """For each exchange token the number of people who seek or offer its value."""
    rows = exchange[column]
    topics, topic = np.unique(value[column[rows]], return_inverse=True)
    pairs = np.unique(person[rows] * len(topics) + topic)
    return np.bincount(pairs % len(topics))[np.searchsorted(topics, value[exchange])]
