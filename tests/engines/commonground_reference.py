"""Common ground computed the plain way, from the definition, for comparison; and networks to compare on."""

import math
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st

from enishi.engines.commonground import Ground, Kind, Person, Stint

STINT_KINDS = (Kind.ORGANISATION, Kind.SITE, Kind.DEPARTMENT, Kind.MANAGER)
PROFILE_KINDS = tuple(kind for kind in Kind if kind not in STINT_KINDS)
YEARLY = {Kind.SITE, Kind.DEPARTMENT, Kind.MANAGER}
MATES = {Kind.SEEKS: Kind.OFFERS, Kind.OFFERS: Kind.SEEKS}

Token = tuple[Kind, int, int]
"""Kind, value, year; year 0 for the fact itself."""


class Reference:
    """Every score from sets of tokens."""

    def __init__(self, people: Iterable[Person], plain: int = 4, yearly: int = 1) -> None:
        self.people = {person.id: person for person in people if not person.opted_out}
        self.plain, self.yearly = plain, yearly
        self.tokens = {number: tokens_of(person) for number, person in self.people.items()}
        self.holders: dict[Token, set[int]] = {}
        for number, person in self.people.items():
            for token in self.tokens[number]:
                if token[0] not in person.near:
                    self.holders.setdefault(name_of(token), set()).add(number)

    def units(self, one: int, other: int) -> int:
        if one not in self.people or other not in self.people:
            return 0
        return sum(self.worth(token) for token in self.shared(one, other))

    def shared(self, one: int, other: int) -> set[Token]:
        """Tokens of the first that meet one of the second, and that both may know of."""
        mine, theirs = self.tokens[one], self.tokens[other]
        met = {token for token in mine if mate_of(token) in theirs}
        if any(token[0] == Kind.SITE for token in met):
            return met
        return {
            token
            for token in met
            if token[0] not in self.people[one].near and mate_of(token)[0] not in self.people[other].near
        }

    def worth(self, token: Token) -> int:
        held = max(len(self.holders.get(name_of(token), ())), 2)
        everyone = max(len(self.people), 2)
        return (self.yearly if token[2] else self.plain) * (
            round(1024 * math.log2(everyone)) - round(1024 * math.log2(held))
        )

    def top(self, one: int, k: int, never: Iterable[int] = ()) -> list[tuple[int, int]]:
        if one not in self.people:
            return []
        others = self.people.keys() - {one, *never}
        scored = [(other, self.units(one, other)) for other in others]
        return sorted((pair for pair in scored if pair[1]), key=lambda pair: (-pair[1], pair[0]))[:k]


def tokens_of(person: Person) -> set[Token]:
    tokens = {(kind, value, 0) for kind, value in person.facts}
    for stint in person.stints:
        first, last = (stint.start or stint.end) // 100, (stint.end or stint.start) // 100
        for kind, value in zip(
            STINT_KINDS, (stint.organisation, stint.site, stint.department, stint.manager), strict=True
        ):
            if value is not None:
                tokens.add((kind, value, 0))
                if first and kind in YEARLY:
                    tokens |= {(kind, value, year) for year in range(first, last + 1)}
    return {token for token in tokens if token[0] not in person.hidden}


def mate_of(token: Token) -> Token:
    return (MATES.get(token[0], token[0]), *token[1:])


def name_of(token: Token) -> Token:
    """Who seeks and who offers a thing are counted together."""
    return (Kind.SEEKS, *token[1:]) if token[0] == Kind.OFFERS else token


def stripped(person: Person, kinds: Iterable[Kind]) -> Person:
    """The person without anything of these kinds, as if it had never been told."""
    gone = set(kinds)

    def kept(stint: Stint) -> Stint:
        told = {kind.name.lower(): None for kind in STINT_KINDS if kind in gone}
        return replace(stint, **told)

    facts = tuple(fact for fact in person.facts if fact[0] not in gone)
    return replace(person, stints=tuple(kept(stint) for stint in person.stints), facts=facts)


values = st.one_of(st.none(), st.integers(0, 3))
kinds = st.frozensets(st.sampled_from(Kind), max_size=3)


@st.composite
def stints(draw: st.DrawFn) -> Stint:
    first, length = draw(st.integers(2000 * 12, 2008 * 12)), draw(st.integers(0, 40))
    ends = []
    for month in (first, first + length):
        blur = draw(st.sampled_from(("exact", "exact", "exact", "year", "unknown")))
        year, part = divmod(month, 12)
        ends.append({"exact": year * 100 + part + 1, "year": year * 100, "unknown": 0}[blur])
    return Stint(draw(values), draw(values), draw(values), draw(values), *ends)


profile_facts = st.tuples(st.sampled_from(PROFILE_KINDS), st.integers(0, 3))


@st.composite
def persons(draw: st.DrawFn, number: int, private: bool = True) -> Person:
    person = Person(
        number,
        tuple(draw(st.lists(stints(), max_size=3))),
        tuple(draw(st.lists(profile_facts, max_size=4))),
    )
    if not private:
        return person
    out = draw(st.integers(0, 9)) == 0
    return replace(person, hidden=draw(kinds), near=draw(kinds), opted_out=out)


@st.composite
def crowds(draw: st.DrawFn, least: int = 2, most: int = 8, private: bool = True) -> list[Person]:
    numbers = draw(st.lists(st.integers(0, 40), min_size=least, max_size=most, unique=True))
    return [draw(persons(number, private)) for number in numbers]


@st.composite
def pairs_among(draw: st.DrawFn, people: list[Person], most: int = 4) -> list[tuple[int, int]]:
    everyone = list(combinations([person.id for person in people], 2))
    return draw(st.lists(st.sampled_from(everyone), max_size=most)) if everyone else []


def everything(ground: Ground, people: Iterable[Person]) -> object:
    """All that can be asked, as one value to compare."""
    ids = sorted(person.id for person in people)
    return (
        {one: ground.top(one, 9) for one in ids},
        {(one, other): ground.between(one, other) for one in ids for other in ids if one < other},
        ground.group(ids) if len(ids) > 1 else None,
        [
            (batch.people.tolist(), batch.others.tolist(), batch.units.tolist())
            for fast in (False, True)
            for batch in ground.every(3, fast)
        ],
    )
