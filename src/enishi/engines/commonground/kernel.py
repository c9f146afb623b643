"""The search of `search.py` for many people in one go, compiled. Imported only by `every.py`, and only when used.

Same steps, same answers; the plain reading is there. numba compiles it at the first call and keeps the result beside this
file (or in the user's cache folder), so that later processes only load it.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .entries import AGAIN, NEAR

_FIRST_LOOK, _WIDER, _SCOUTS, _SCORING = 256, 6, 32, 24  # as in search.py; fewer scouts, scoring being cheap here

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Bytes = NDArray[np.uint8]


_Function = TypeVar("_Function", bound=Callable[..., object])


def _compiled(function: _Function) -> _Function:
    return cast(_Function, njit(cache=True, nogil=True)(function))


class Columns(NamedTuple):
    """An index with nothing added after it was built: slots are in the order of ids and none is dead."""

    start: Longs
    length: Ints
    token: Ints
    since: Bytes
    until: Bytes
    flags: Bytes
    first: Longs
    held_slot: Ints
    held_since: Bytes
    held_until: Bytes
    mate: Ints
    dated: Ints
    workplace: NDArray[np.bool_]
    worth: Longs
    worth_by_year: Ints
    first_year: int
    banned_first: Longs
    banned: Ints


class Scratch(NamedTuple):
    """Memory for one person at a time; `marks`, `sums` and `done` are zeroed between people."""

    marks: Ints
    sums: Longs
    done: NDArray[np.bool_]
    seen: Ints
    tokens: Ints
    plain: Longs
    near: NDArray[np.bool_]
    work: NDArray[np.bool_]
    prefix: Ints
    order: Longs
    rest: Longs
    scouts: Ints


def scratch_for(columns: Columns) -> Scratch:
    people, facts = len(columns.start), int(columns.length.max(initial=0)) + 1
    width = columns.first_year + columns.worth_by_year.shape[1] + 1
    return Scratch(
        marks=np.zeros(len(columns.mate), np.int32),
        sums=np.zeros(people, np.int64),
        done=np.zeros(people, np.bool_),
        seen=np.zeros(people, np.int32),
        tokens=np.zeros(facts, np.int32),
        plain=np.zeros(facts, np.int64),
        near=np.zeros(facts, np.bool_),
        work=np.zeros(facts, np.bool_),
        prefix=np.zeros((facts, width), np.int32),
        order=np.zeros(facts, np.int64),
        rest=np.zeros(facts + 1, np.int64),
        scouts=np.zeros(_SCOUTS, np.int32),
    )


@_compiled
def best_of_each(c: Columns, s: Scratch, slots: Ints, out: Ints, units: Longs) -> None:
    """For each of the slots the best others, one row of `out` and `units` each; places left over hold -1 and 0."""
    for row in range(len(slots)):
        me = slots[row]
        out[row, :] = -1
        units[row, :] = 0
        facts = _prepare(c, s, me)
        for i in range(c.banned_first[me], c.banned_first[me + 1]):
            s.done[c.banned[i]] = True
        s.done[me] = True
        seen = _search(c, s, facts, out[row], units[row])
        for i in range(seen):
            s.sums[s.seen[i]] = 0
            s.done[s.seen[i]] = False
        for i in range(c.banned_first[me], c.banned_first[me + 1]):
            s.done[c.banned[i]] = False
        s.done[me] = False
        for i in range(facts):
            s.marks[s.tokens[i]] = 0


@_compiled
def _search(c: Columns, s: Scratch, facts: int, out: Ints, units: Longs) -> int:
    steps = _plan(c, s, facts)
    step, seen, budget, bar = 0, 0, _FIRST_LOOK, 1
    while step < steps and s.rest[step] >= bar:
        total = 0
        while step < steps and s.rest[step] >= bar:
            token = s.tokens[s.order[step]]
            total += c.first[token + 1] - c.first[token]
            seen = _look(c, s, s.order[step], seen, True)
            step += 1
            if total >= budget:
                break
        bar = _raise_bar(c, s, seen, s.rest[step], bar, out, units)
        budget *= _WIDER
    hopeful = _keep_hopeful(s, seen, s.rest[step], bar)
    while step < steps:
        token = s.tokens[s.order[step]]
        if hopeful * _SCORING <= c.first[token + 1] - c.first[token]:
            break
        _look(c, s, s.order[step], seen, False)
        step += 1
        hopeful = _keep_hopeful(s, hopeful, s.rest[step], bar)
    for i in range(hopeful):
        if s.sums[s.seen[i]] + s.rest[step] >= bar and not s.done[s.seen[i]]:
            bar = _score(c, s, s.seen[i], bar, out, units)
    return seen


@_compiled
def _prepare(c: Columns, s: Scratch, me: int) -> int:
    """Fill the probe (see probe.py) for one person; how many facts it has."""
    facts = -1
    width = c.worth_by_year.shape[1]
    for entry in range(c.start[me], c.start[me] + c.length[me]):
        token = c.token[entry]
        if not c.flags[entry] & AGAIN:
            facts += 1
            s.tokens[facts] = c.mate[token]
            s.marks[c.mate[token]] = facts + 1
            s.plain[facts] = c.worth[token]
            s.near[facts] = c.flags[entry] & NEAR != 0
            s.work[facts] = c.workplace[token]
            s.prefix[facts, :] = 0
        if c.until[entry]:
            for year in range(c.since[entry] - c.first_year, c.until[entry] - c.first_year):
                s.prefix[facts, c.first_year + year + 1] = c.worth_by_year[c.dated[token], year]
    for fact in range(facts + 1):
        if c.dated[s.tokens[fact]] >= 0:
            total = 0
            for place in range(c.first_year + 1, c.first_year + width + 1):
                total += s.prefix[fact, place]
                s.prefix[fact, place] = total
    return facts + 1


@_compiled
def _plan(c: Columns, s: Scratch, facts: int) -> int:
    """Order the facts by length of list for what they promise; how many are worth looking up."""
    steps = 0
    last = s.prefix.shape[1] - 1
    cost = np.zeros(facts)
    for fact in range(facts):
        token, ceiling = s.tokens[fact], s.plain[fact] + s.prefix[fact, last]
        length = c.first[token + 1] - c.first[token]
        if ceiling > 0 and length > 0:
            cost[fact] = length / ceiling
            place = steps
            while place > 0 and cost[s.order[place - 1]] > cost[fact]:
                s.order[place] = s.order[place - 1]
                place -= 1
            s.order[place] = fact
            steps += 1
    s.rest[steps] = 0
    for place in range(steps - 1, -1, -1):
        fact = s.order[place]
        s.rest[place] = s.rest[place + 1] + s.plain[fact] + s.prefix[fact, last]
    return steps


@_compiled
def _look(c: Columns, s: Scratch, fact: int, seen: int, newcomers: bool) -> int:
    """Add one list to the sums, of those seen before only unless newcomers may enter; how many are seen."""
    token, plain = s.tokens[fact], s.plain[fact]
    years = s.prefix[fact]
    for i in range(c.first[token], c.first[token + 1]):
        given = plain + years[c.held_until[i]] - years[c.held_since[i]]
        slot = c.held_slot[i]
        if s.sums[slot]:
            s.sums[slot] += given
        elif newcomers and given:
            s.sums[slot] = given
            s.seen[seen] = slot
            seen += 1
    return seen


@_compiled
def _raise_bar(c: Columns, s: Scratch, seen: int, rest: int, bar: int, out: Ints, units: Longs) -> int:
    """Score the most promising of those seen."""
    found = 0
    for i in range(seen):
        slot = s.seen[i]
        total = s.sums[slot]
        if total + rest < bar or s.done[slot] or (found == _SCOUTS and total <= s.sums[s.scouts[_SCOUTS - 1]]):
            continue
        place = min(found, _SCOUTS - 1)
        while place > 0 and s.sums[s.scouts[place - 1]] < total:
            s.scouts[place] = s.scouts[place - 1]
            place -= 1
        s.scouts[place] = slot
        found = min(found + 1, _SCOUTS)
    for i in range(found):
        if s.sums[s.scouts[i]] + rest >= bar:
            bar = _score(c, s, s.scouts[i], bar, out, units)
    return bar


@_compiled
def _keep_hopeful(s: Scratch, seen: int, rest: int, bar: int) -> int:
    """Move those who can still reach the bar to the front of `seen`; how many they are."""
    hopeful = 0
    for i in range(seen):
        slot = s.seen[i]
        if s.sums[slot] + rest >= bar and not s.done[slot]:
            s.seen[i] = s.seen[hopeful]
            s.seen[hopeful] = slot
            hopeful += 1
    return hopeful


@_compiled
def _score(c: Columns, s: Scratch, slot: int, bar: int, out: Ints, units: Longs) -> int:
    """Score a person in full, once, and put them in their place among the best; the new bar."""
    s.done[slot] = True
    given, if_near, colleague = 0, 0, False
    for entry in range(c.start[slot], c.start[slot] + c.length[slot]):
        fact = s.marks[c.token[entry]] - 1
        if fact < 0:
            continue
        worth = s.prefix[fact, c.until[entry]] - s.prefix[fact, c.since[entry]]
        if not c.flags[entry] & AGAIN:
            worth += s.plain[fact]
        if s.near[fact] or c.flags[entry] & NEAR:
            if_near += worth
        else:
            given += worth
        colleague = colleague or s.work[fact]
    if colleague:
        given += if_near
    last = len(out) - 1
    if given < bar or (out[last] >= 0 and given == units[last] and slot > out[last]):
        return bar
    place = last
    while place > 0 and (
        out[place - 1] < 0 or units[place - 1] < given or (units[place - 1] == given and out[place - 1] > slot)
    ):
        out[place], units[place] = out[place - 1], units[place - 1]
        place -= 1
    out[place], units[place] = slot, given
    return units[last] if out[last] >= 0 else 1
