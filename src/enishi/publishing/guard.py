"""The small-number guard: which counts of a series may be published so that none below the threshold can be worked out.

Threshold rule with primary and complementary (secondary) suppression, after Willenborg & de Waal, *Elements of Statistical
Disclosure Control* (Lecture Notes in Statistics 155, 2001), chapters on tabular data, and Hundepool et al., *Statistical
Disclosure Control* (2012), ch. 4. Here the threshold is the network's `smallest_cell` (three unless set otherwise), a cell
of 1 … threshold−1 people is sensitive, an empty one is not and is not printed. Instead of leaving holes, sensitive cells
are joined into one rest, with the smallest open cells if need be (global recoding of categories): it keeps more.

What an attacker may know: every number that is published for the series, and how the tables hang together. For the tables
also this method itself; for attendance, that a number is missing may say to who knows the method that it is small, as
withholding always does.

- Tables of the same people (routes, fields, countries; themes and consents of those who answered) are read as partitions of
  everyone who came. Whoever gave no answer is a cell like any other, so that subtraction from a total finds it guarded.
- The number of answers is published only when those who did not answer are none or not few; otherwise they go into the rest.
- Attendances are the sum of the sessions, and `attendances − people` counts the visits beyond the first: in small numbers it
  tells how many came again, and how often. What of the four (sizes, attendances, repeaters, smallest–largest) is published
  is tried from all to nothing: a choice is good when for every sensitive number another state of things, which differs in
  that number and agrees with everything published, is shown to exist. Whether sizes of sessions and visits a person fit
  together is decided by the Gale–Ryser theorem (Gale 1957; Ryser 1957).
- A mean of few is not shown, nor one so near to an end of the scale that it tells how few answered otherwise.

Pure: no Django, no clock, no chance. `people` is never itself below the threshold when anything is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Cells = dict[str, int]


@dataclass(frozen=True)
class Raw:
    """The counts as they are.

    `sizes` are people a session, `visits[k]` how many people came to k+1 sessions or more (`visits[0]` is everyone).
    `by_people` and `by_answers` map the name of a table to its cells; people in no cell gave no answer to it.
    `scores` are the single values of the mean, 1–5.
    """

    sizes: tuple[int, ...]
    visits: tuple[int, ...]
    answers: int
    by_people: Mapping[str, Cells] = field(default_factory=dict)
    by_answers: Mapping[str, Cells] = field(default_factory=dict)
    scores: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if sum(self.sizes) != sum(self.visits):
            raise ValueError(
                "The sessions' people and the people's sessions do not add up to the same. Count both anew."
            )
        if any(later > earlier for earlier, later in pairwise(self.visits)):
            raise ValueError("More people came k+1 times than k times. Give `visits` from 'at least once' on.")
        if self.answers > self.people:
            raise ValueError("There are more answers than people. Count only answers of people who came.")
        for name, cells in {**self.by_people, **self.by_answers}.items():
            most = self.answers if name in self.by_answers else self.people
            if min(cells.values(), default=0) < 0 or sum(cells.values()) > most:
                raise ValueError(f"The table “{name}” counts more people than there are. Count each person once.")

    @property
    def people(self) -> int:
        return self.visits[0] if self.visits else 0


@dataclass(frozen=True)
class Table:
    """Cells that may be shown. `rest` counts everyone else, 0 for nobody; `joined` says whether it hides named cells."""

    cells: Cells
    rest: int = 0
    joined: bool = False


@dataclass(frozen=True)
class Published:
    """What may be shown; None and missing tables are withheld. `sessions` is no count of people and always open."""

    sessions: int
    people: int | None = None
    attendances: int | None = None
    repeaters: int | None = None
    sizes: tuple[int, ...] | None = None
    smallest: int | None = None
    largest: int | None = None
    answers: int | None = None
    tables: Mapping[str, Table] = field(default_factory=dict)
    mean: float | None = None
    mean_digits: int = 2


def guarded(raw: Raw, threshold: int) -> Published:
    """The largest part of `raw` that this method may publish. `threshold` is at least 2."""
    if threshold < 2:
        raise ValueError(f"A threshold of {threshold} protects nobody. Set two or more.")
    if raw.people < threshold:
        return Published(sessions=len(raw.sizes))
    few_silent = 0 < raw.people - raw.answers < threshold
    answers = raw.answers if raw.answers >= threshold and not few_silent else None
    tables = {name: joined(cells, raw.people, threshold) for name, cells in raw.by_people.items()}
    if raw.answers >= threshold:
        base = raw.people if answers is None else answers
        tables |= {name: joined(cells, base, threshold) for name, cells in raw.by_answers.items()}
    mean, digits = _mean(raw.scores, threshold)
    view = _attendance(raw, threshold)
    return Published(
        sessions=len(raw.sizes),
        people=raw.people,
        attendances=sum(raw.sizes) if view.attendances else None,
        repeaters=_repeaters(raw) if view.repeaters else None,
        sizes=raw.sizes if view.sizes else None,
        smallest=min(raw.sizes) if view.span else None,
        largest=max(raw.sizes) if view.span else None,
        answers=answers,
        tables={name: table for name, table in tables.items() if table is not None},
        mean=mean,
        mean_digits=digits,
    )


def joined(cells: Mapping[str, int], total: int, threshold: int) -> Table | None:
    """One table of `total` people: sensitive cells and the silent joined into a rest of 0 or at least the threshold.

    None when nothing but the rest would be left.
    """
    silent = total - sum(cells.values())
    open_cells = {name: count for name, count in cells.items() if count >= threshold}
    rest = silent + sum(count for count in cells.values() if 0 < count < threshold)
    was_joined = rest > silent
    for name in sorted(open_cells, key=lambda each: (open_cells[each], each)):
        if rest == 0 or rest >= threshold:
            break
        rest += open_cells.pop(name)
        was_joined = True
    return Table(open_cells, rest, was_joined) if open_cells else None


def _mean(scores: Sequence[int], threshold: int) -> tuple[float | None, int]:
    """(mean, digits): two digits, or one, or nothing."""
    count, total = len(scores), sum(scores)
    if count < threshold:
        return None, 0
    for digits in (2, 1):
        shown = round(total / count, digits)
        fitting = [s for s in _near(total, count) if round(s / count, digits) == shown]
        if any(_quiet(s, count, threshold) for s in fitting):
            return shown, digits
    return None, 0


def _near(total: int, count: int) -> range:
    """Sums that could round to the same mean: a tenth of a point a person at the most."""
    reach = count // 10 + 1
    return range(max(total - reach, count), min(total + reach, 5 * count) + 1)


def _quiet(total: int, count: int, threshold: int) -> bool:
    """Does the sum leave open that none, or at least the threshold, stand off the top and the bottom of the scale?"""
    below_top, above_bottom = 5 * count - total, total - count
    return (below_top == 0 or below_top >= threshold) and (above_bottom == 0 or above_bottom >= threshold)


# --- sessions and visits


@dataclass(frozen=True)
class _View:
    """Which of the numbers about attendance are published; everyone's number always is."""

    sizes: bool = False
    attendances: bool = False
    span: bool = False
    repeaters: bool = False


@dataclass(frozen=True)
class _World:
    """One state of things: people a session, people by visits."""

    sizes: tuple[int, ...]
    visits: tuple[int, ...]


# From everything to nothing. The sizes of the sessions tell the story best, then how many came in all, then who came again.
_VIEWS = (
    _View(sizes=True, attendances=True, span=True, repeaters=True),
    _View(sizes=True, attendances=True, span=True),
    _View(attendances=True, span=True, repeaters=True),
    _View(attendances=True, span=True),
    _View(span=True, repeaters=True),
    _View(span=True),
    _View(repeaters=True),
)


def _attendance(raw: Raw, threshold: int) -> _View:
    """The first view that shows nothing below the threshold and lets nothing be worked out."""
    visits = raw.visits + (0,) * (len(raw.sizes) - len(raw.visits))
    world = _World(raw.sizes, visits)
    return next((view for view in _VIEWS if _is_safe(world, view, threshold)), _View())


def _is_safe(world: _World, view: _View, threshold: int) -> bool:
    if view.span and min(world.sizes) < threshold:
        return False
    again = world.visits[1] if len(world.visits) > 1 else 0
    if view.repeaters and again < threshold:
        return False
    if view.attendances and not view.repeaters and 0 < _most_again(world) < threshold:
        return False  # few came again, whoever they were
    fixed = {name: value for name, value in _numbers(world).items() if 0 < value < threshold}
    for other in _neighbours(world, view):
        if not fixed:
            break
        numbers = _numbers(other)
        fixed = {name: value for name, value in fixed.items() if numbers[name] == value}
    return not fixed


def _most_again(world: _World) -> int:
    """How many people can have come again at the most, given all visits: everyone twice before anyone thrice."""
    return min(world.visits[0], sum(world.sizes) - world.visits[0])


def _numbers(world: _World) -> dict[tuple[str, int], int]:
    """Every count of people that belongs to a describable group: of the fullest session, not of it …, by visits."""
    people = world.visits[0]
    found: dict[tuple[str, int], int] = {}
    for rank, size in enumerate(sorted(world.sizes, reverse=True)):
        found["came to", rank] = size
        found["missed", rank] = people - size
    for times, (exactly_up, more) in enumerate(pairwise((*world.visits, 0)), 1):
        found["at least", times] = exactly_up
        found["exactly", times] = exactly_up - more
    return found


def _neighbours(world: _World, view: _View) -> Iterator[_World]:
    """States one small step away that agree with everything that `view` publishes."""
    sizes_near = [world.sizes] if view.sizes else list(_steps(world.sizes, range(len(world.sizes)), reach=1))
    reached = sum(1 for came in world.visits if came) + 1  # beyond that nobody came, and one step changes nothing
    places = range(2 if view.repeaters else 1, min(reached, len(world.visits)))
    visits_near = list(_steps(world.visits, places, reach=len(world.visits)))
    for sizes in sizes_near:
        if view.span and (min(sizes), max(sizes)) != (min(world.sizes), max(world.sizes)):
            continue
        if view.attendances and sum(sizes) != sum(world.sizes):
            continue
        for visits in visits_near:
            if _can_be(sizes, visits):
                yield _World(sizes, visits)


def _steps(numbers: tuple[int, ...], places: range, reach: int) -> Iterator[tuple[int, ...]]:
    """The numbers themselves; with one more or less at a place; with one moved to a place at most `reach` away."""
    yield numbers
    for up in places:
        yield _changed(numbers, {up: 1})
        yield _changed(numbers, {up: -1})
        for down in places:
            if up != down and abs(up - down) <= reach:
                yield _changed(numbers, {up: 1, down: -1})


def _changed(numbers: tuple[int, ...], by: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(number + by.get(index, 0) for index, number in enumerate(numbers))


def _can_be(sizes: tuple[int, ...], visits: tuple[int, ...]) -> bool:
    """Gale–Ryser: can these people have made these sessions? `visits` is the conjugate of the people's visit counts."""
    if min(sizes) < 0 or visits[-1] < 0 or any(later > earlier for earlier, later in pairwise(visits)):
        return False
    if sum(sizes) != sum(visits):
        return False
    left = right = 0
    for size, came in zip(sorted(sizes, reverse=True), visits, strict=True):
        left += size
        right += came
        if left > right:
            return False
    return True


def _repeaters(raw: Raw) -> int:
    return raw.visits[1] if len(raw.visits) > 1 else 0
