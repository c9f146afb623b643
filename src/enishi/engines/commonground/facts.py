"""What is common among a few people, each fact with its reason as data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .entries import AGAIN, NEAR, year_of_code
from .index import GONE, Index
from .kinds import STINT_KINDS, WORKPLACE, Kind, mate_of
from .months import Overlap, months_together
from .veil import Veil

Masks = Mapping[int, Collection[Kind]]
"""Kinds hidden for one question, by person, beside what the network itself hides. The answer is the one a network
without these facts would give: neither facts, nor weights, nor order tell that they are there."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that people share, and why it weighs what it weighs.

    `people` hold it, by id. Where `kind` is SEEKS, the one in `people` seeks what those in `offering` offer.
    `units` is the exact weight, `bits` the same as bits of surprise: that of the fact, held by `holders` of the
    `network` people, and of each of the `years` in which two or more of `people` were there.
    `months` counts the months of at least two of them there; None for facts without stints.
    """

    kind: Kind
    value: int
    people: tuple[int, ...]
    offering: tuple[int, ...]
    units: int
    bits: float
    holders: int
    network: int
    years: tuple[int, ...]
    months: Overlap | None

    @property
    def reach(self) -> int:
        """Units times the people it ties to the first one: what a group's facts are ordered by."""
        return self.units * (len(self.people) + len(self.offering) - 1)


@dataclass(frozen=True, slots=True)
class Tie:
    """What two people share. `units` is what `top` ranks by, the sum over the facts."""

    people: tuple[int, int]
    units: int
    bits: float
    facts: tuple[Fact, ...]


Runs = list[tuple[int, int]]
Sheet = dict[int, tuple[Runs, bool]]
"""By token: the runs of years, and whether the fact is for those who worked there only."""


def facts_among(index: Index, people: Sequence[int], masks: Masks) -> tuple[Fact, ...]:
    """Every fact at least two of the people share and all of them may know, widest reach first.

    Equal reach is ordered by kind, value and people. People who block each other appear in no fact together.
    """
    veil = Veil(index, masks)
    sheets = {person: _sheet(index, veil, person) for person in sorted(people)}
    holders: dict[int, dict[int, Runs]] = {}
    for person, sheet in sheets.items():
        trusted = all(_colleagues(index, sheet, sheets[other]) for other in sheets if other != person)
        for token, (runs, near) in sheet.items():
            if trusted or not near:
                holders.setdefault(token, {})[person] = runs
    found = [fact for token in holders for fact in _facts(index, veil, token, holders)]
    return tuple(sorted(found, key=lambda fact: (-fact.reach, fact.kind, fact.value, fact.people)))


def _sheet(index: Index, veil: Veil, person: int) -> Sheet:
    sheet: Sheet = {}
    slot = index.slot(person)
    if slot == GONE:
        return sheet
    for token, since, until, flags in index.rows.held_by(slot):
        if veil.covers(person, int(index.tokens.kind[token])):
            continue
        if flags & AGAIN:
            sheet[token][0].append((since, until))
        else:
            sheet[token] = ([(since, until)], bool(flags & NEAR))
    return sheet


def _colleagues(index: Index, one: Sheet, other: Sheet) -> bool:
    return any(index.tokens.kind[token] == WORKPLACE for token in one.keys() & other.keys())


def _facts(index: Index, veil: Veil, token: int, holders: dict[int, dict[int, Runs]]) -> Iterable[Fact]:
    kind = Kind(index.tokens.kind[token])
    here = holders[token]
    if mate_of(kind) == kind:
        here = {person: here[person] for person in _at_peace(index, here)}
        if len(here) > 1:
            yield _fact(index, veil, token, here, ())
    elif kind == Kind.SEEKS:
        offers = holders.get(int(index.tokens.mate[token]), {})
        for seeker in here:
            offering = [person for person in offers if person != seeker and not index.blocks.has(person, seeker)]
            offering = _at_peace(index, offering)
            if offering:
                yield _fact(index, veil, token, {seeker: here[seeker]}, tuple(offering))


def _at_peace(index: Index, people: Iterable[int]) -> list[int]:
    """Those of the people who are in no block with another of them."""
    everyone = set(people)
    return [person for person in sorted(everyone) if not everyone & set(index.blocks.of(person).tolist())]


def _fact(index: Index, veil: Veil, token: int, here: dict[int, Runs], offering: tuple[int, ...]) -> Fact:
    kind, value = Kind(index.tokens.kind[token]), int(index.tokens.value[token])
    years = _shared_years(here.values())
    units = veil.units(token, years)
    months = None
    if kind in STINT_KINDS:
        months = months_together(index.rows.spans_at(index.slot(person), kind, value) for person in here)
    return Fact(
        kind=kind,
        value=value,
        people=tuple(here),
        offering=offering,
        units=units,
        bits=index.rarity.bits(units),
        holders=max(veil.holders(token), 2),
        network=index.people,
        years=tuple(year_of_code(year) for year in years),
        months=months,
    )


def _shared_years(sheets: Iterable[Runs]) -> list[int]:
    """Years, as codes, in which at least two were there."""
    seen: set[int] = set()
    shared: set[int] = set()
    for runs in sheets:
        years = {year for since, until in runs for year in range(since, until)}
        shared |= seen & years
        seen |= years
    return sorted(shared)
