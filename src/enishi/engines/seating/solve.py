"""Solve a seating task: known designs first, then local search, each answer with its bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from .bounds import pairs_bound
from .conflict import check
from .construct import construct
from .exact import seated
from .halls import Hall, by_lot, halls, joined
from .model import Answer, Infeasible, Instance, Plan, Progress
from .proofs import contradictions
from .rules import hall, rules_of
from .score import broken, score
from .worth import key, may_widen, rank

if TYPE_CHECKING:
    from .circles import Circle

Report = Callable[[Progress], bool]
"""Told how far the work is; answers False to stop with the best plan so far."""

LARGEST_SEARCH, LARGEST_TABLE = 3000, 700
CAUTION = 0.78
"""Share of the seconds for which steps are planned, so that the clock hardly ever has to cut a search short."""
WITH_CIRCLES, CIRCLES_AT_MOST = 0.7, 0.5
"""What is left of them where the tables of those who can talk with few are planned first."""


def solve(
    instance: Instance,
    *,
    seconds: float = 9.0,
    seed: int = 0,
    progress: Report | None = None,
    deadline: float | None = None,
) -> Answer:
    """The best plan for about `seconds` of work.

    The same task, seconds and seed give the same plan, on one core or more, unless the clock has to cut the search
    short: after `deadline` seconds, which are twice `seconds` where none are given. More than 3,000 people with rules are
    dealt out to halls. Raises Infeasible when rules clash, ValueError where halls cannot do.
    """
    until = monotonic() + (2 * seconds if deadline is None else deadline)
    check(instance)
    if not any(instance.attending):
        return _answer(instance, ((),) * instance.rounds, "nobody comes", seed)
    crowded = instance.n > LARGEST_SEARCH or instance.largest > LARGEST_TABLE
    if not instance.plain:
        return (_in_halls if crowded else _searched)(instance, (), seconds, until, seed, progress)
    plan = construct(instance)
    bound = pairs_bound(instance)
    if len(plan) == instance.rounds:
        answer = _answer(instance, plan, "design", seed)
        if answer.score.distinct_pairs >= min(bound, answer.bound) and (instance.sizes or answer.share >= 1.0):
            return answer
        if not instance.sizes and crowded:
            return answer
    if crowded:
        return _in_halls(instance, plan, seconds, until, seed, progress)
    return _searched(instance, plan, seconds, until, seed, progress)


def _answer(instance: Instance, plan: Plan, method: str, seed: int) -> Answer:
    return Answer(
        plan=plan,
        score=score(instance, plan),
        bound=pairs_bound(instance, plan),
        broken=broken(instance, plan),
        method=method,
        seed=seed,
    )


def _searched(
    instance: Instance, start: Plan, seconds: float, until: float, seed: int, progress: Report | None
) -> Answer:
    """Search from every promising start with a share of the time each, and keep the best."""
    from .search import Budget, Start, search

    ways = _ways(instance, start)
    few = None if instance.plain else _few(instance, [tables for tables, _ in ways][:2], seconds, until, seed, progress)
    if few is not None:
        ways.sort(key=lambda way: way[0] != few.tables)
    best = (start, key(instance, start)) if len(start) == instance.rounds else None
    method = "design"
    goal = pairs_bound(instance)
    reckoned = CAUTION * seconds * (1.0 if few is None else WITH_CIRCLES)
    widen = few is None and may_widen(instance)
    for number, (tables, frozen) in enumerate(ways):
        left = until - monotonic()
        share = 1.0 / (len(ways) - number)
        if not instance.plain and share < 1.0:
            share = 0.5 if widen else 0.9
        # Later ways are hardly ever needed: the clock leaves the first one nearly all the time there is.
        budget = Budget(
            reckoned * share, monotonic() + left * (share if instance.plain or widen else 1 - (1 - share) / 4)
        )
        reckoned -= reckoned * share
        teller = _Teller(progress, number, len(ways))
        begin = Start(frozen, few if few is not None and tables == few.tables else None)
        found = search(instance, tables, begin, budget, seed, goal, teller.tell)
        if best is None or rank(found.key, widen) < rank(best[1], widen):
            best, method = (found.plan, found.key), "design and search" if frozen else "search"
        if -best[1][1] >= goal and instance.plain:
            break
        if not instance.plain and not any(rank(best[1], widen)[: 3 if widen else 1]):
            break
        if left <= 0 or teller.stopped:
            break
    if best is None:
        raise ValueError("There was no time to search: allow more seconds.")
    answer = _answer(instance, best[0], method, seed)
    if answer.broken:
        check(instance, thorough=True)
        mended = _mended(instance, answer)
        answer = min(answer, mended, key=lambda one: len(one.broken))
    return answer


def _few(
    instance: Instance, tables: list[int], seconds: float, until: float, seed: int, progress: Report | None
) -> Circle | None:
    """The tables of those who can talk with few, where there are such people."""
    from .circles import circle

    teller = _Teller(progress, 0, 1)
    latest = monotonic() + CIRCLES_AT_MOST * (until - monotonic())
    return circle(instance, tables, seconds, seed, lambda: monotonic() > latest or not teller.tell(0.0))


def _mended(instance: Instance, answer: Answer) -> Answer:
    """Rounds that break a rule are seated by trying everything, where that finds a way."""
    rounds = list(answer.plan)
    for r in {found.round for found in answer.broken}:
        rounds[r] = seated(hall(instance, r), rules_of(instance, r)) or rounds[r]
    return _answer(instance, tuple(rounds), answer.method, answer.seed)


def _in_halls(
    instance: Instance, start: Plan, seconds: float, until: float, seed: int, progress: Report | None
) -> Answer:
    """Too many for one search: each hall has its share of the time, and the plans are put side by side."""
    parts: list[tuple[Hall, Plan]] = []
    apart = halls(instance)
    if len(apart) > 1 and instance.largest > LARGEST_TABLE:
        return _answer(instance, by_lot(instance, seed), "lot", seed)
    for number, hall_ in enumerate(apart):
        teller = _Teller(progress, number, len(apart))
        left = max(0.0, until - monotonic()) / (len(apart) - number)

        def tell(told: Progress, teller: _Teller = teller) -> bool:
            return teller.tell(told.share)

        try:
            found = _searched(hall_.instance, (), seconds / len(apart), monotonic() + left, seed, tell)
        except Infeasible as clash:
            raise ValueError(
                f"{instance.n} people were dealt out to {len(apart)} halls, and one of them cannot keep every rule "
                f"alone: give halls of at most {LARGEST_SEARCH} as tasks of their own. ({clash})"
            ) from clash
        parts.append((hall_, found.plan))
    answer = _answer(instance, joined(parts), "search in halls", seed)
    kept = _answer(instance, start, "design", seed) if len(start) == instance.rounds else answer
    return max(answer, kept, key=lambda one: (-len(one.broken), one.score.distinct_pairs))


def _ways(instance: Instance, start: Plan) -> list[tuple[int, Plan]]:
    """(tables, rounds kept from a design) for each search to be made, the most promising first."""
    if instance.sizes:
        tables = len(instance.sizes)
        kept = start[: instance.rounds]
        if not kept or len(kept) == 1:
            return [(tables, ())]
        return [(tables, kept), (tables, ())] if 2 * len(kept) >= instance.rounds else [(tables, ()), (tables, kept)]
    most = max(map(len, instance.attending))
    fewest = -(-most // instance.most)
    largest = max(fewest, most // max(1, instance.least))
    needed = min(largest, max([fewest, *(lock.table + 1 for lock in instance.locks)]))
    enough = (tables for tables in range(needed, largest + 1) if _may_do(instance, tables))
    return [(tables, ()) for tables in islice(enough, 3)] or [(largest, ())]


def _may_do(instance: Instance, tables: int) -> bool:
    """False where so few tables are proved to break a rule in some round."""
    shapes = {}
    for r in range(instance.rounds):
        one, rules = hall(instance, r), rules_of(instance, r)
        if rules and one.people:
            shapes[one.people, rules] = replace(one, fewest=min(tables, one.tables), tables=min(tables, one.tables))
    return not any(next(contradictions(one, rules), None) for (_, rules), one in shapes.items())


class _Teller:
    """Passes the progress of one of several searches on, and remembers that it was told to stop."""

    def __init__(self, report: Report | None, number: int, ways: int) -> None:
        self.report, self.number, self.ways = report, number, ways
        self.stopped = False

    def tell(self, share: float) -> bool:
        """False to stop."""
        if self.report is not None and not self.stopped:
            self.stopped = not self.report(Progress((self.number + share) / self.ways, "search"))
        return not self.stopped
