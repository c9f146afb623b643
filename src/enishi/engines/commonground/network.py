"""A whole network as columns, the shape in which a database hands it over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kinds import EVERY_KIND, PROFILE_KINDS, STINT_KINDS, Kind, mask_of
from .months import FIRST_YEAR, LAST_YEAR
from .people import LARGEST, UNKNOWN, Person

Ints = NDArray[np.integer[Any]]


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Network:
    """People, stints, profile facts and pairs of people as numpy columns.

    People (n rows): `ids`, each once, 0 or more; `hidden` and `near`, bit masks of kinds (`kinds.mask_of`), and
    `opted_out`, with the meaning they have on `Person`; left empty they say "nothing", "nothing", "nobody".
    Stints (m rows): `stint_person` is a row among the people; `organisation`, `site`, `department`,
    `manager` are the caller's numbers, -1 where not told; `start` and `end` are `YYYYMM` as in `months`.
    Profile facts (f rows): `fact_person`, `fact_kind`, `fact_value`.
    Pairs of ids: `met`, who need not be suggested to each other again; `blocks`, who share nothing any more.
    """

    ids: Ints
    stint_person: Ints = field(default_factory=_none)
    organisation: Ints = field(default_factory=_none)
    site: Ints = field(default_factory=_none)
    department: Ints = field(default_factory=_none)
    manager: Ints = field(default_factory=_none)
    start: Ints = field(default_factory=_none)
    end: Ints = field(default_factory=_none)
    fact_person: Ints = field(default_factory=_none)
    fact_kind: Ints = field(default_factory=_none)
    fact_value: Ints = field(default_factory=_none)
    hidden: Ints = field(default_factory=_none)
    near: Ints = field(default_factory=_none)
    opted_out: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    met: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    blocks: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))

    def __post_init__(self) -> None:
        n = len(self.ids)
        for name in ("hidden", "near", "opted_out"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros(n, getattr(self, name).dtype))
        for name in ("met", "blocks"):
            if not len(getattr(self, name)):
                object.__setattr__(self, name, np.zeros((0, 2), np.int64))
        _check_people(self)
        _check_stints(self)
        _check_facts(self)
        _check_pairs(self)

    @classmethod
    def of(
        cls,
        people: Iterable[Person],
        met: Iterable[tuple[int, int]] = (),
        blocks: Iterable[tuple[int, int]] = (),
    ) -> "Network":
        """The same network from one object a person; for small ones and for tests."""
        everyone = list(people)
        stints = [(row, stint) for row, person in enumerate(everyone) for stint in person.stints]
        facts = [(row, kind, value) for row, person in enumerate(everyone) for kind, value in person.facts]

        def places(name: str) -> Ints:
            told = (getattr(stint, name) for _, stint in stints)
            return np.array([UNKNOWN if value is None else value for value in told], np.int64)

        return cls(
            ids=np.array([person.id for person in everyone], np.int64),
            stint_person=np.array([row for row, _ in stints], np.int64),
            organisation=places("organisation"),
            site=places("site"),
            department=places("department"),
            manager=places("manager"),
            start=np.array([stint.start for _, stint in stints], np.int64),
            end=np.array([stint.end for _, stint in stints], np.int64),
            fact_person=np.array([row for row, _, _ in facts], np.int64),
            fact_kind=np.array([kind for _, kind, _ in facts], np.int64),
            fact_value=np.array([value for _, _, value in facts], np.int64),
            hidden=np.array([mask_of(person.hidden) for person in everyone], np.int64),
            near=np.array([mask_of(person.near) for person in everyone], np.int64),
            opted_out=np.array([person.opted_out for person in everyone], np.bool_),
            met=np.array(list(met), np.int64),
            blocks=np.array(list(blocks), np.int64),
        )

    def stint_values(self, kind: Kind) -> Ints:
        """The stints' column of one of the kinds that come from stints."""
        column: Ints = getattr(self, STINT_KINDS[kind].name.lower())
        return column


def _check_people(network: Network) -> None:
    n = len(network.ids)
    _check_whole(network, "ids", "hidden", "near")
    for name in ("hidden", "near", "opted_out"):
        if len(getattr(network, name)) != n:
            raise ValueError(f"`{name}` has {len(getattr(network, name))} rows for {n} people: give one each, or none")
    if network.opted_out.dtype != np.bool_:
        raise ValueError("`opted_out` must be an array of bool: True for those who take no part")
    if n and int(network.ids.min()) < 0:
        raise ValueError(f"The id {network.ids.min()} is negative: number people from 0")
    if len(np.unique(network.ids)) != n:
        values, counts = np.unique(network.ids, return_counts=True)
        raise ValueError(f"The id {values[counts > 1][0]} stands twice among the people: give each person one row")
    for name in ("hidden", "near"):
        masks = getattr(network, name)
        if n and bool(((masks < 0) | (masks > EVERY_KIND)).any()):
            raise ValueError(f"`{name}` holds a bit that is no kind: build the masks with mask_of()")


def _check_stints(network: Network) -> None:
    places = [kind.name.lower() for kind in STINT_KINDS]
    _check_columns(network, "stint_person", *places, "start", "end")
    _check_rows(network, "stint_person")
    for name in places:
        _check_values(network, name, UNKNOWN)
    for name in ("start", "end"):
        month = getattr(network, name)
        year, part = month // 100, month % 100
        wrong = (month != 0) & ~((year >= FIRST_YEAR) & (year <= LAST_YEAR) & (part <= 12))
        if bool(wrong.any()):
            raise ValueError(
                f"`{name}` holds {month[wrong][0]}, which is no month: write YYYYMM between {FIRST_YEAR}01 and "
                f"{LAST_YEAR}12, YYYY00 where the month is unknown, or 0 where all is unknown"
            )
    latest = network.end + np.where((network.end != 0) & (network.end % 100 == 0), 12, 0)
    if bool(((network.start != 0) & (network.end != 0) & (network.start > latest)).any()):
        row = int(np.flatnonzero((network.start != 0) & (network.end != 0) & (network.start > latest))[0])
        raise ValueError(
            f"Stint {row} ends ({network.end[row]}) before it starts ({network.start[row]}): swap or correct the two"
        )


def _check_facts(network: Network) -> None:
    _check_columns(network, "fact_person", "fact_kind", "fact_value")
    _check_rows(network, "fact_person")
    _check_values(network, "fact_value", 0)
    if not bool(np.isin(network.fact_kind, PROFILE_KINDS).all()):
        raise ValueError(
            "`fact_kind` holds a kind that is no profile fact: put organisation to manager into the stints"
        )


def _check_pairs(network: Network) -> None:
    _check_whole(network, "met", "blocks")
    for name in ("met", "blocks"):
        pairs = getattr(network, name)
        if pairs.ndim != 2 or pairs.shape[1] != 2:
            raise ValueError(f"`{name}` has the shape {pairs.shape}: give pairs of ids, shape (p, 2)")
        if not bool(np.isin(pairs, network.ids).all()):
            raise ValueError(
                f"`{name}` names {pairs[~np.isin(pairs, network.ids)][0]}, who is not among the people: add them or drop the pair"
            )


def _check_columns(network: Network, *names: str) -> None:
    _check_whole(network, *names)
    lengths = {name: len(getattr(network, name)) for name in names}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"Columns of one table differ in length ({lengths}): give every column a value a row")


def _check_whole(network: Network, *names: str) -> None:
    for name in names:
        if not np.issubdtype(getattr(network, name).dtype, np.integer):
            raise ValueError(f"`{name}` holds {getattr(network, name).dtype}: give an array of whole numbers")


def _check_rows(network: Network, name: str) -> None:
    rows, n = getattr(network, name), len(network.ids)
    if len(rows) and not (int(rows.min()) >= 0 and int(rows.max()) < n):
        raise ValueError(f"`{name}` points outside the {n} people: give rows of `ids`, counted from 0")


def _check_values(network: Network, name: str, least: int) -> None:
    values = getattr(network, name)
    if len(values) and not (least <= int(values.min()) and int(values.max()) <= LARGEST):
        raise ValueError(f"`{name}` holds a value outside {least} to {LARGEST}: number the values from 0")
