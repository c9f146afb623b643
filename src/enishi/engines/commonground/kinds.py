"""The kinds of fact two people can share, and sets of them as bit masks."""

from collections.abc import Iterable
from enum import IntEnum


class Kind(IntEnum):
    """One kind of fact. The numbers are stable: they stand in arrays and break ties."""

    ORGANISATION = 0
    SITE = 1
    DEPARTMENT = 2
    MANAGER = 3
    COHORT = 4
    PROJECT = 5
    SCHOOL = 6
    REGION = 7
    INTEREST = 8
    SEEKS = 9
    OFFERS = 10


STINT_KINDS = (Kind.ORGANISATION, Kind.SITE, Kind.DEPARTMENT, Kind.MANAGER)
"""Kinds that come from stints, and so have dates."""

YEARLY_KINDS = frozenset({Kind.SITE, Kind.DEPARTMENT, Kind.MANAGER})
"""Kinds that also count by the year. The organisation does not: nearly everyone would hold every year."""

PROFILE_KINDS = tuple(kind for kind in Kind if kind not in STINT_KINDS)
"""Kinds without dates, told on the profile."""

WORKPLACE = Kind.SITE
"""Who shares a fact of this kind has "worked where I did"; see `Person.near`."""

EVERY_KIND = (1 << len(Kind)) - 1


def mask_of(kinds: Iterable[Kind]) -> int:
    """The kinds as a bit mask: bit `kind` is set for each of them."""
    mask = 0
    for kind in kinds:
        mask |= 1 << Kind(kind)
    return mask


def mate_of(kind: int) -> int:
    """The kind on the other side of a pair: SEEKS meets OFFERS, every other kind meets itself."""
    if kind == Kind.SEEKS:
        return Kind.OFFERS
    if kind == Kind.OFFERS:
        return Kind.SEEKS
    return kind
