"""The search of one plan: anneal, then warm it up again gently with higher prices for what is not yet reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from .anneal import ABREAST, Annealer, Schedule
from .circles import Circle, hold
from .cycles import polish, seconds_each
from .model import Instance, Plan
from .prices import Prices, problem, scatter, to_plan, usual
from .score import broken, least_same, same_trait, score
from .shortfall import short_rounds
from .worth import Key, key, reward_of

Tell = Callable[[float], bool]
"""Told the share of the work done; answers False to stop."""

HOT = (0.6, 1.2, 2.4, 3.0, 1.2, 2.4, 3.0)
"""How hot rounds that miss a goal are made anew, try after try, in units of a usual tie."""
HELD = 2
"""For so many tries the tables of a circle stand as they are."""
WARM, GENTLE, COLD = 0.36, 0.15, 0.09
"""How warm the whole plan is made for a goal that many rounds miss; for its ties alone; and where each cooling ends."""
GENTLY = 4
EASY = 2000
"""Up to so many seats one looks often whether nothing is left to be better."""


@dataclass(frozen=True)
class Budget:
    """`seconds` of work as reckoned (the number of steps follows from it alone); `until`: the clock's last word."""

    seconds: float
    until: float


@dataclass(frozen=True)
class Start:
    """What is there already: `rounds` stay as they are; the tables of `circle` stand until the rest is found."""

    rounds: Plan = ()
    circle: Circle | None = None


@dataclass(frozen=True)
class Found:
    """A plan and its worth: smaller keys are better. `seats` (1, rounds, tables, seats) is the same as an array."""

    plan: Plan
    key: Key
    seats: NDArray[np.int64]


def search(instance: Instance, tables: int, start: Start, budget: Budget, seed: int, goal: int, tell: Tell) -> Found:
    """The best plan found; `goal`: stop at so many distinct pairs (plain tasks)."""
    seed &= (1 << 60) - 1  # numpy takes no number below 0
    rng = np.random.Generator(np.random.PCG64(seed))
    reward = reward_of(instance)
    prices = usual(instance) if not instance.plain else Prices(1.0, 60.0, 1.0 + 0.05 * (reward > 0), 0, 0, 0)
    copies = _copies(instance, tables)
    seats = np.stack([scatter(instance, tables, rng) for _ in range(copies)])
    _place(seats, start.rounds, instance.n)
    held = hold(seats, start.circle, instance.n)
    if tables == 1:
        plan = to_plan(instance, seats[0])
        return Found(plan, key(instance, plan), seats[:1])
    run = _Run(instance, budget, len(start.rounds), reward * prices.again, goal, tell, seed, held)
    if instance.plain:
        return run.plain(seats, prices)
    return run.rich(seats, prices)


def _copies(instance: Instance, tables: int) -> int:
    """Side-by-side copies, so that a step has some 1,500 exchanges to look at and memory stays small."""
    exchanges = max(1, tables // 2) * instance.largest**2
    return max(1, min(24 if instance.plain else 8, 1500 // exchanges, 4_000_000 // (instance.n + 1) ** 2))


def _place(seats: NDArray[np.int64], start: Plan, n: int) -> None:
    for r, tables in enumerate(start):
        seats[:, r] = n
        for t, table in enumerate(tables):
            seats[:, r, t, : len(table)] = table


class _Run:
    """One search with its budget: keeps the best plan and knows when to stop."""

    def __init__(
        self,
        instance: Instance,
        budget: Budget,
        frozen: int,
        reward: float,
        goal: int,
        tell: Tell,
        seed: int,
        held: NDArray[np.bool_],
    ) -> None:
        self.instance, self.budget, self.frozen, self.reward = instance, budget, frozen, reward
        self.goal, self.tell, self.seed, self.held = goal, tell, seed, held
        self.begun = monotonic()
        self.done = 0.0
        self.stopped = False
        few = instance.n * instance.rounds <= EASY
        self.simple = few and not (instance.plain or instance.affinity) and instance.companions <= 0.5
        self.seen = float("inf")

    def plain(self, seats: NDArray[np.int64], prices: Prices) -> Found:
        """Only meetings count: cool once, from new starts while the budget lasts."""
        steps = self._steps(seats)
        best = self._rated(self._anneal(seats, prices, int(steps * 0.15), 0.15, 0.55, 0.13, 0))
        for turn, share in enumerate((0.3, 0.55), start=1):
            if -best.key[1] >= self.goal or self.stopped:
                break
            again = self._rated(self._anneal(seats, prices, int(steps * share), share, 0.55, 0.13, turn))
            best = min(best, again, key=lambda found: found.key)
        return best

    def rich(self, seats: NDArray[np.int64], base: Prices) -> Found:
        """Cool in stages while the prices of the rules rise; then warm up gently for what is not yet reached.

        Rules must be cheap to break while it is hot: who speaks what decides the large shape of the plan early.
        """
        steps, unit = self._steps(seats), base.unit * max(1.0, abs(base.ties))
        task = self._anneal(seats, base, int(steps * 0.18), 0.18, 3.0 * unit, 0.9 * unit, 0)
        prices = base.times(rule=2.0, again=1.3, before=1.3, same=1.3)
        task = self._anneal(task.seats, prices, int(steps * 0.43), 0.43, 0.9 * unit, COLD * unit, 1)
        polishing = 0.06
        if self._rated(task).key[0] and not self.stopped:
            # The shape itself breaks rules: shape it anew with rules far dearer than all they stand against.
            prices = prices.times(rule=6.0, again=1.0, before=1.0, same=1.0)
            task = self._anneal(task.seats, prices, int(steps * 0.13), 0.13, 3.0 * unit, COLD * unit, 99)
            polishing = 0.02
        best = self._polished(task.champion()[0][None], prices, polishing, 2)
        best, prices = self._mended(best, prices, unit)
        return self._warmed(best, prices, unit)

    def _mended(self, best: Found, prices: Prices, unit: float) -> tuple[Found, Prices]:
        """Warm up again, with higher prices, while a goal is not reached.

        Where only a few rounds fall short, these alone are made anew, hot enough to change their shape: warming the
        whole plan would cost ties everywhere, and more of them the hotter it is.
        """
        rounds = self.instance.rounds - self.frozen
        for number, hot in enumerate(HOT):
            turn, seats = 3 + 2 * number, best.seats
            self.held &= number < HELD
            raised = self._raised(prices, best.plan)
            if self.stopped or raised == prices:
                break
            short = tuple(r for r in short_rounds(self.instance, best.plan) if r >= self.frozen)
            if 2 * len(short) <= rounds:
                steps = int(self._steps(seats, len(short)) * 0.05)
                task = self._anneal(seats, raised, steps, 0.05, hot * unit, COLD * unit, turn, short)
            else:
                prices, short = raised, ()
                task = self._anneal(seats, raised, int(self._steps(seats) * 0.05), 0.05, WARM * unit, COLD * unit, turn)
            again = self._polished(task.champion()[0][None], prices, 0.02, turn + 1)
            best = min(best, again, key=lambda found: found.key)
        return best, prices

    def _warmed(self, best: Found, prices: Prices, unit: float) -> Found:
        """Warm the whole plan gently a few times, for the sake of its ties."""
        self.held[:] = False
        for turn in range(30, 30 + 2 * GENTLY, 2):
            if self.stopped:
                break
            steps = int(self._steps(best.seats) * 0.065)
            task = self._anneal(best.seats, prices, steps, 0.065, GENTLE * unit, COLD * unit, turn)
            again = self._polished(task.champion()[0][None], prices, 0.02, turn + 1)
            best = min(best, again, key=lambda found: found.key)
        return best

    def _polished(self, seats: NDArray[np.int64], prices: Prices, share: float, turn: int) -> Found:
        """The plan after exchanges around rings of tables; seats (1, rounds, tables, seats)."""
        task = self._anneal(seats, prices, 0, 0.0, 1.0, 1.0, turn)
        times = int(self.budget.seconds * share / seconds_each(seats.shape[2]))
        polish(task, times, lambda part: self._pace(share, part))
        self.done += share
        return self._rated(task)

    def _rated(self, annealer: Annealer) -> Found:
        seats = annealer.champion()[0]
        plan = to_plan(self.instance, seats)
        return Found(plan, key(self.instance, plan), seats[None])

    def _raised(self, prices: Prices, plan: Plan) -> Prices:
        """Dearer where the plan falls short of what may be possible, and so is every goal that goes before it."""
        figures = score(self.instance, plan)
        counts = same_trait(self.instance, plan)
        same = 1.6 if any(counts[name] > least_same(self.instance, plan, name) for name in counts) else 1.0
        before = max(same, 1.8 if figures.met_before else 1.0)
        again = max(same, 1.8 if figures.repeats else 1.0)
        rule = max(before, again, 2.0 if broken(self.instance, plan) else 1.0)
        return prices.times(rule, again, before, same)

    def _anneal(
        self,
        seats: NDArray[np.int64],
        prices: Prices,
        steps: int,
        share: float,
        hot: float,
        cold: float,
        turn: int,
        rounds: tuple[int, ...] = (),
    ) -> Annealer:
        """Anneal all rounds that are open, or only some `rounds`."""
        task = problem(self.instance, prices, seats[0], self.frozen, self.reward)
        if rounds:
            task = replace(task, open_rounds=rounds)
        if self.held.any():
            task = replace(task, movable=task.movable & ~self.held)
        annealer = Annealer(task, seats, self.seed * 101 + turn, self._floor(seats, prices))
        if steps:
            annealer.run(Schedule(steps, hot, cold), lambda part: self._pace(share, part, annealer))
        self.done += share
        return annealer

    def _floor(self, seats: NDArray[np.int64], prices: Prices) -> float:
        """The cost at which a plain task is at its goal; never reached otherwise."""
        if not self.instance.plain or not self.instance.sizes:
            return float("-inf")
        seated = self.instance.rounds * sum(s * (s - 1) // 2 for s in self.instance.sizes)
        return (seated - self.goal) * prices.again + 1e-3

    def _at_best(self, annealer: Annealer) -> bool:
        """Whether nothing can be better; asked of small tasks without ties, where it is quickly seen."""
        best = float(annealer.best.min())
        if not self.simple or best >= self.seen:
            return False
        self.seen = best
        plan = to_plan(self.instance, annealer.champion()[0])
        faults, pairs, repeats, before, *_ = key(self.instance, plan)
        if faults or before or (-pairs < self.goal and (repeats or not self.instance.sizes)):
            return False
        same = same_trait(self.instance, plan)
        return all(count <= least_same(self.instance, plan, name) for name, count in same.items())

    def _pace(self, share: float, part: float, annealer: Annealer | None = None) -> float:
        """How fast to cool from here: 1 as planned, more when the clock runs ahead, 0 to stop."""
        self.stopped = self.stopped or not self.tell(min(1.0, self.done + share * part))
        self.stopped = self.stopped or (annealer is not None and self._at_best(annealer))
        now = monotonic()
        if self.stopped or now >= self.budget.until:
            self.stopped = True
            return 0.0
        done = self.done + share * part
        spent = (now - self.begun) / max(1e-9, self.budget.until - self.begun)
        if spent < 0.1 or spent <= done:
            return 1.0
        return max(1.0, 1.05 * (1 - done) / max(1e-9, 1 - spent) * spent / max(1e-9, done))

    def _steps(self, seats: NDArray[np.int64], rounds: int = 0) -> int:
        """Steps that fit in the budget, by the size of the task alone, so that the same seed gives the same plan."""
        copies, _, tables, size = seats.shape
        exchanges = copies * (tables // 2) * size * size
        abreast = min(rounds or self.instance.rounds - self.frozen, max(1, ABREAST // exchanges)) if copies == 1 else 1
        cost = 90e-6 + (1 + 0.25 * self.instance.host_per_table) * 22e-9 * exchanges * abreast
        return max(1, int(self.budget.seconds / cost))
