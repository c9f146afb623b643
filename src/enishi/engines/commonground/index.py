"""The index: tokens, rows and postings together, built in bulk and kept up to date one person at a time."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from .entries import AGAIN, NEAR, Entries, Flat, code_of_year, entries_of
from .kinds import PROFILE_KINDS, STINT_KINDS, YEARLY_KINDS, Kind, mask_of, mate_of
from .months import years_of
from .network import Network
from .pairs import Pairs
from .people import UNKNOWN, Person, Stint
from .postings import Postings
from .rarity import Rarity, logarithms
from .rows import Held, Rows, Told
from .tokens import Tokens

GONE = -1


class Index:
    """Everything a question needs. What a person hides never enters it, nor do those who opted out."""

    def __init__(self, network: Network, rarity: Rarity) -> None:
        self.rarity = rarity
        self.met, self.blocks = Pairs(network.met), Pairs(network.blocks)
        self.opted_out = set(network.ids[network.opted_out].tolist())
        ids = np.sort(network.ids[~network.opted_out].astype(np.int64))
        slot_of = np.searchsorted(ids, network.ids).astype(np.int64)
        slot_of[network.opted_out] = GONE
        near = np.zeros(len(ids), np.int32)
        near[slot_of[~network.opted_out]] = network.near[~network.opted_out]
        self.rows = Rows(ids, near)
        self.tokens, self.postings = _Build(network, slot_of, self.rows).finish()
        self.people = self.built = len(ids)
        self._built_ids = ids
        self._moved: dict[int, int] = {}
        self._logarithms = logarithms(self.people + self.people // 8 + 1024)
        self._pool: deque[tuple[NDArray[np.int32], Flat]] = deque()

    def slot(self, person: int) -> int:
        """The person's slot, or GONE."""
        moved = self._moved.get(person)
        if moved is not None:
            return moved
        place = int(np.searchsorted(self._built_ids, person))
        return place if place < self.built and self._built_ids[place] == person else GONE

    def slots(self, people: Flat) -> Flat:
        """The slots of those of the people who are in."""
        if self._moved:
            found = [self.slot(person) for person in people.tolist()]
            return np.array([slot for slot in found if slot != GONE], np.int64)
        if not self.built:
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self._built_ids, people), self.built - 1)
        return np.compress(self._built_ids[places] == people, places)

    def not_for(self, person: int) -> Flat:
        """Ids never to be suggested to the person: those met and those blocked."""
        return np.append(self.met.of(person), self.blocks.of(person))

    def worth(self, counts: NDArray[np.int32], multiple: int) -> NDArray[np.int64]:
        """What facts held by so many are worth, in units; a fact held by all, or in a network of one, nothing."""
        logarithm = self._logarithms
        worth: NDArray[np.int64] = multiple * (logarithm[max(self.people, 2)] - logarithm[counts]).astype(np.int64)
        return worth

    def scratch(self) -> tuple[NDArray[np.int32], Flat]:
        """Two zeroed columns, by token and by slot, for one question; to be given back, zeroed, with `give_back`.

        Kept in a pool, so that there are as many as questions run at the same time, however many threads come and go.
        """
        try:
            marks, sums = self._pool.pop()
        except IndexError:
            marks, sums = np.zeros(0, np.int32), np.zeros(0, np.int64)
        if len(marks) < self.tokens.size or len(sums) < self.rows.size:
            return np.zeros(len(self.tokens.kind), np.int32), np.zeros(len(self.rows.ids), np.int64)
        return marks, sums

    def give_back(self, marks: NDArray[np.int32], sums: Flat) -> None:
        self._pool.append((marks, sums))

    def put(self, person: Person) -> None:
        """Add a person, or replace what the person holds."""
        self.take_out(person.id)
        if person.opted_out:
            self.opted_out.add(person.id)
            return
        hidden, near = mask_of(person.hidden), mask_of(person.near)
        held = self._entries(person, hidden, near)
        slot = self.rows.add(person.id, near, held, _told(person, hidden))
        for token, since, until, _ in held:
            self.postings.add(token, slot, since, until)
        self._count(held, 1)
        self._moved[person.id] = slot
        self.people += 1
        if self.people >= len(self._logarithms):
            self._logarithms = logarithms(self.people + self.people // 8)

    def take_out(self, person: int) -> None:
        """Remove a person, if there, with all they hold; pairs stay."""
        self.opted_out.discard(person)
        slot = self.slot(person)
        if slot == GONE:
            return
        self._count(self.rows.held_by(slot), -1)
        self.rows.dead[slot] = True
        self._moved[person] = GONE
        self.people -= 1

    def network(self) -> Network:
        """What is kept, as the columns it could be built from again."""
        rows, tokens = self.rows, self.tokens
        live = np.flatnonzero(~rows.dead[: rows.size])
        live = live[np.argsort(rows.ids[live])]
        row_of = np.full(rows.size, GONE)
        row_of[live] = np.arange(len(live))
        ids = np.append(rows.ids[live], np.array(sorted(self.opted_out), np.int64))
        stint_person = row_of[np.repeat(np.arange(rows.size), rows.stint_length[: rows.size])]
        stints = rows.stint_columns[: rows.stints][stint_person != GONE]
        fact_person = row_of[np.repeat(np.arange(rows.size), rows.length[: rows.size])]
        token = rows.token[: rows.entries]
        profile = (fact_person != GONE) & (tokens.kind[token] > max(STINT_KINDS))
        return Network(
            ids=ids,
            stint_person=stint_person[stint_person != GONE],
            organisation=stints[:, Kind.ORGANISATION],
            site=stints[:, Kind.SITE],
            department=stints[:, Kind.DEPARTMENT],
            manager=stints[:, Kind.MANAGER],
            start=stints[:, 4],
            end=stints[:, 5],
            fact_person=fact_person[profile],
            fact_kind=tokens.kind[token[profile]],
            fact_value=tokens.value[token[profile]],
            near=np.append(rows.near[live], np.zeros(len(self.opted_out), np.int32)),
            opted_out=np.arange(len(ids)) >= len(live),
            met=self.met.everyone(),
            blocks=self.blocks.everyone(),
        )

    def _count(self, held: list[Held], step: int) -> None:
        exchanged = set()
        for token, since, until, flags in held:
            if flags & NEAR:
                continue
            self.tokens.count_years(token, since, until, step)
            exchange = min(token, int(self.tokens.mate[token]))
            if not flags & AGAIN and exchange not in exchanged:
                exchanged.add(exchange)
                self.tokens.count(token, step)

    def _entries(self, person: Person, hidden: int, near: int) -> list[Held]:
        found: list[Held] = []
        for (kind, value), runs in sorted(_runs(person).items()):
            if hidden >> kind & 1:
                continue
            token = self.tokens.find_or_add(kind, value)
            flags = NEAR if near >> kind & 1 else 0
            for since, until in _joined(runs):
                self.tokens.cover(since, until)
                found.append((token, since, until, flags))
                flags |= AGAIN
        return found


def _told(person: Person, hidden: int) -> list[Told]:
    return [
        (
            *(UNKNOWN if hidden >> kind & 1 else _value(stint, kind) for kind in STINT_KINDS),  # type: ignore[misc]
            stint.start,
            stint.end,
        )
        for stint in person.stints
    ]


def _value(stint: Stint, kind: Kind) -> int:
    value = (stint.organisation, stint.site, stint.department, stint.manager)[kind]
    return UNKNOWN if value is None else value


def _runs(person: Person) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Each fact of the person with its runs of years as codes; (0, 0) for no years."""
    runs: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for stint in person.stints:
        first, after = years_of(stint.start, stint.end)
        years = (code_of_year(first), code_of_year(after)) if first else (0, 0)
        for kind in STINT_KINDS:
            value = _value(stint, kind)
            if value != UNKNOWN:
                runs.setdefault((int(kind), value), []).append(years if kind in YEARLY_KINDS else (0, 0))
    for kind, value in person.facts:
        runs[int(kind), value] = [(0, 0)]
    return runs


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for since, until in sorted(runs):
        if joined and since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((since, until))
    return joined


class _Build:
    """Bulk building, one kind at a time, so that only one kind's working copies stand beside the index."""

    def __init__(self, network: Network, slot_of: Flat, rows: Rows) -> None:
        self.network, self.slot_of, self.rows = network, slot_of, rows
        self.tokens = Tokens(*_window(network))
        self.person: list[NDArray[np.int32]] = []
        self.token: list[NDArray[np.int32]] = []
        self.years: list[NDArray[np.uint8]] = []
        self.lengths: list[NDArray[np.int64]] = []
        self.orders: list[NDArray[np.int64]] = []

    def finish(self) -> tuple[Tokens, Postings]:
        for kind in (*STINT_KINDS, *(kind for kind in PROFILE_KINDS if mate_of(kind) == kind)):
            entries = entries_of(self.network, kind, self.slot_of)
            self._take(kind, entries, np.unique(entries.value))
        self._take_exchange()
        postings = self._postings()
        self._fill_rows()
        self.rows.take_stints(self.network, self.slot_of)
        self.tokens.make_room()
        self.rows.make_room()
        return self.tokens, postings

    def _take(self, kind: Kind, entries: Entries, values: Flat) -> tuple[int, NDArray[np.uint8]]:
        first = self.tokens.extend(kind, values)
        tokens = first + np.searchsorted(values, entries.value)
        flags = (entries.again * AGAIN + (self.rows.near[entries.person] >> int(kind) & 1) * NEAR).astype(np.uint8)
        self.tokens.tally(entries, tokens, flags)
        self.person.append(entries.person.astype(np.int32))
        self.token.append(tokens.astype(np.int32))
        self.years.append(np.stack([entries.since, entries.until, flags], axis=1).astype(np.uint8))
        self.orders.append(np.argsort(tokens, kind="stable"))
        self.lengths.append(np.bincount(tokens - first, minlength=len(values)))
        return first, flags

    def _take_exchange(self) -> None:
        seeks, offers = (entries_of(self.network, kind, self.slot_of) for kind in (Kind.SEEKS, Kind.OFFERS))
        values = np.union1d(seeks.value, offers.value)
        first_seeks, seek_flags = self._take(Kind.SEEKS, seeks, values)
        first_offers, offer_flags = self._take(Kind.OFFERS, offers, values)
        person = np.concatenate([seeks.person, offers.person])
        value = np.searchsorted(values, np.concatenate([seeks.value, offers.value]))
        seen = np.concatenate([seek_flags, offer_flags]) & NEAR == 0
        either = np.unique(person[seen] * max(len(values), 1) + value[seen]) % max(len(values), 1)
        exchanged = np.bincount(either, minlength=len(values)).astype(np.int32)
        self.tokens.pair_up(first_seeks, first_offers, len(values), exchanged)

    def _postings(self) -> Postings:
        def by_token(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
            return np.concatenate([part[order] for part, order in zip(parts, self.orders, strict=True)])

        def years(column: int) -> NDArray[np.uint8]:
            ordered = [part[order, column] for part, order in zip(self.years, self.orders, strict=True)]
            return np.concatenate(ordered)

        postings = Postings(by_token(self.person), years(0), years(1), np.concatenate(self.lengths))
        self.orders.clear()
        return postings

    def _fill_rows(self) -> None:
        lengths = np.zeros(self.rows.size, np.int64)
        for person in self.person:
            lengths += np.bincount(person, minlength=self.rows.size)
        free = self.rows.lay_out(lengths)
        for person, token, years in zip(self.person, self.token, self.years, strict=True):
            count = np.bincount(person, minlength=self.rows.size)
            before = np.cumsum(count) - count
            place = free[person] + np.arange(len(person)) - before[person]
            self.rows.token[place] = token
            self.rows.since[place], self.rows.until[place], self.rows.flags[place] = years.T
            free += count


def _window(network: Network) -> tuple[int, int]:
    """The years for which holders are counted, as codes; some room ahead for the years to come."""
    months = np.concatenate([network.start, network.end])
    months = months[months != 0]
    if not len(months):
        return code_of_year(2000), code_of_year(2001)
    return code_of_year(int(months.min()) // 100), code_of_year(int(months.max()) // 100 + 4)
