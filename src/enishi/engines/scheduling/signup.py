"""Who sits in which session: a good plan at once, then the best one with its proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from .arrays import Arrays, arrays_of
from .board import Board
from .bound import Prices, bound_from, hopeful, rounded
from .dive import dive
from .first_answer import fill, fill_up
from .places import Places, Plan
from .reasons import closed_sessions, left_out
from .settle import settle

if TYPE_CHECKING:
    from .arrays import Bools
    from .sifting import Sifted

Listener = Callable[["Progress"], None]

_DIVING_SHARE = 0.5  # of the time left, when it is taken
_TIGHTENING_SHARE = 0.5
_UNHURRIED_SHARE = 0.25  # of all the time: within it no step can have met its own share


@dataclass(frozen=True)
class Progress:
    """How far the search is: seconds since it began, the best score so far, and what no plan can exceed."""

    seconds: float
    score: float
    bound: float


def solve(
    places: Places,
    *,
    seconds: float = 10.0,
    seed: int = 0,
    progress: Listener | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Plan:
    """The plan of most points; `seconds` limits the search, which ends sooner when the plan is proven.

    Equal claims are settled by the lot (`draw_order`). An unhurried plan is the same for the same seed on any
    machine; one for which the time was short may differ. `progress` hears of each better plan or bound; `cancelled` is
    asked between steps, and then the best plan so far is returned.
    """
    search = _Search(arrays_of(places, seed), seconds, progress, cancelled)
    search.run()
    board, arrays = search.board, search.arrays
    settle(board)
    seats = {
        session.id: tuple(sorted(arrays.people[p].id for p in board.sitting[s]))
        for s, session in enumerate(places.sessions)
    }
    return Plan(
        seats=seats,
        score=search.score,
        bound=search.bound,
        proven=search.proven,
        left_out=left_out(places, arrays.people, board),
        closed=closed_sessions(places, board),
        draw=tuple(p.id for p in arrays.people),
        seed=seed,
        unhurried=search.unhurried,
    )


class _Search:
    """The best plan and the bound so far, and the steps that better them."""

    def __init__(
        self, arrays: Arrays, seconds: float, progress: Listener | None, cancelled: Callable[[], bool]
    ) -> None:
        self.began = monotonic()
        self.deadline = self.began + seconds
        self.progress, self.cancelled = progress, cancelled
        self.arrays = arrays
        self.board = Board(arrays)
        self.best: Bools | None = None
        self.score = 0.0
        self.bound = float("inf")
        self.took = 0.0

    def run(self) -> None:
        fill(self.board)
        self._offer()
        self._limit(bound_from(self.arrays, _prices_of(self.board, self.arrays))[0])
        if not self._over():
            self._search()
        if self.best is not None:
            self.board.put(self.arrays, self.best)
        self.took = monotonic() - self.began

    @property
    def proven(self) -> bool:
        return self.score >= self.bound - max(1e-6, 1e-9 * abs(self.bound))

    @property
    def unhurried(self) -> bool:
        return self.proven and self.took <= _UNHURRIED_SHARE * (self.deadline - self.began)

    def _search(self) -> None:
        from .program import EVERY_ROUND
        from .sifting import WHOLE_AT_ONCE, sift

        large = len(self.arrays.person) > WHOLE_AT_ONCE
        found = sift(self.arrays, self._left(), rounds=0 if large else 3)
        if found is None:
            return
        self._limit(found.bound)
        self._dive(found)
        if not self._over():
            rounds = 4 if large else EVERY_ROUND
            found = sift(self.arrays, self._left() * _TIGHTENING_SHARE, found, rounds) or found
            self._limit(found.bound)
            self._dive(found)
        if not self._over():
            self._branch(found)

    def _dive(self, found: Sifted) -> None:
        if self._over():
            return
        x = dive(found.program, found.relaxed, self._floor(), self._left() * _DIVING_SHARE)
        if x is not None:
            self.board.put(self.arrays, x > 1 - 1e-6)
            fill_up(self.board)
            self._offer()

    def _branch(self, found: Sifted) -> None:
        """Branch and bound over the pairs that a better plan could hold at these prices."""
        from .program import Program

        pairs = hopeful(self.arrays, found.relaxed.prices, self._floor())
        whole = Program(self.arrays, pairs, found.program.tied)
        searched = whole.search(self._left(), self.best)
        if searched.taken is not None:
            self.board.put(self.arrays, searched.taken)
            self._offer()  # as it is: with odd weights filling up may cost points
            fill_up(self.board)
            self._offer()
        self._limit(max(self.score, searched.bound))

    def _offer(self) -> None:
        """Keep the plan on the board if it is the best so far."""
        score = self.board.score()
        if self.best is None or score > self.score:
            self.best, self.score = self.board.taken(self.arrays), score
            self._tell()

    def _limit(self, bound: float) -> None:
        bound = rounded(bound, self.arrays.resolution)
        if bound < self.bound:
            self.bound = max(bound, self.score)
            self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(Progress(monotonic() - self.began, self.score, self.bound))

    def _floor(self) -> float:
        """A plan at or below it is no better than the one we have."""
        return self.score + max(self.arrays.resolution * 0.5, 1e-6)

    def _left(self) -> float:
        return self.deadline - monotonic()

    def _over(self) -> bool:
        return self.proven or self._left() <= 0 or self.cancelled()


def _prices_of(board: Board, arrays: Arrays) -> Prices:
    """Prices read off a plan: a seat costs what the lightest claim in a full session is worth."""
    import numpy as np

    full = [
        max(0.0, board.lightest(s)) if len(sitting) >= board.capacity[s] and sitting else 0.0
        for s, sitting in enumerate(board.sitting)
    ]
    nothing = np.zeros(len(full))
    return Prices(np.array(full), nothing, nothing, np.zeros(len(arrays.apart)), np.zeros(len(arrays.person)))
