"""The linear and integer program of a sign-up, given to HiGHS (Huangfu and Hall 2018) through highspy.

Columns: x for each seat somebody could take, y for "is seated at all" (people who want several seats), z for "the
session opens". With the z fixed and nobody kept apart the rows are two laminar families over the x, so that every
corner of the program is whole (Edmonds 1970): only the z have to be searched. The rows x <= z make the program
tight, as in facility location (Krarup and Pruzan 1983); they are many, so only those that bind are put in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from .bound import Prices
from .rows import Rows

if TYPE_CHECKING:
    from .arrays import Arrays, Bools, Floats, Ints

WHOLE = 1e-6  # how near to 0 or 1 counts as whole
EVERY_ROUND = 1000


@dataclass(frozen=True)
class Relaxed:
    """An optimum without wholeness: x (m,); how far each session may open at these x (S,); prices; value; and
    whether x is a plan as it stands."""

    x: Floats
    open: Floats
    prices: Prices
    value: float

    whole: bool


@dataclass(frozen=True)
class Searched:
    """What the integer program found: pairs taken (m,) or None, and its own bound."""

    taken: Bools | None
    bound: float


class Program:
    """The program over some of the pairs: `active` are indices of pairs, `tied` the pairs whose x <= z is in."""

    def __init__(self, arrays: Arrays, active: Ints, tied: Ints | None = None) -> None:
        import numpy as np

        self.arrays = arrays
        self.active = active
        self.tied = np.intersect1d(tied, active) if tied is not None else np.zeros(0, np.int64)
        self._rows = Rows()
        self._build()
        self._highs = _solver()
        self._pass(self._highs)

    def relax(self, seconds: float, rounds: int = EVERY_ROUND) -> Relaxed | None:
        """The optimum without wholeness, tightened `rounds` times or until every x <= z holds.

        None without an optimum in time, or when the sessions held open cannot all be.
        """
        import numpy as np

        deadline = monotonic() + seconds
        found = None
        for done in range(rounds + 1):
            if not self._run(self._highs, deadline - monotonic()):
                return found  # not so tight, but true
            found = self._relaxed()
            x = found.x[self.active]
            loose = self.active[x > found.open[self.arrays.session[self.active]] + WHOLE]
            loose = np.setdiff1d(loose, self.tied)
            if not len(loose) or done == rounds:
                break
            self._tie(loose)
        return found

    def hold(self, sessions: Ints, opened: bool) -> None:
        """Hold sessions open or closed in every later `relax`."""
        for s in sessions.tolist():
            self._highs.changeColBounds(self._z + s, float(opened), float(opened))

    def search(self, seconds: float, start: Bools | None, held: Mapping[int, bool] | None = None) -> Searched:
        """Decide the sessions by branch and bound, from `start` (m,) if it is given; some held open or closed."""
        import highspy
        import numpy as np

        highs = _solver()
        self._pass(highs)
        whole = np.concatenate([np.arange(self._z, len(self.cost)), np.unique(self._column[self._pairs_apart])])
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        highs.changeColsIntegrality(len(whole), whole.astype(np.int32), kinds)
        for s, opened in (held or {}).items():
            highs.changeColBounds(self._z + s, float(opened), float(opened))
        if start is not None:
            self._begin_at(highs, start)
        self._run(highs, seconds)
        info = highs.getInfo()
        if info.primal_solution_status != _FEASIBLE:
            return Searched(None, float(info.mip_dual_bound))
        x = np.array(highs.getSolution().col_value)[: len(self.active)]
        taken = np.zeros(len(self.arrays.person), dtype=bool)
        taken[self.active] = x > 0.5
        if np.any(np.minimum(x, 1 - x) > WHOLE):  # no corner: the caller fixes the sessions and asks again
            return Searched(None, float(info.mip_dual_bound))
        return Searched(taken, float(info.mip_dual_bound))

    def _run(self, highs: Any, seconds: float) -> bool:
        import highspy

        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.01, seconds))
        highs.run()
        return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _relaxed(self) -> Relaxed:
        import numpy as np

        solution, a = self._highs.getSolution(), self.arrays
        dual = np.array(solution.row_dual)
        x = np.zeros(len(a.person))
        x[self.active] = np.array(solution.col_value)[: len(self.active)]
        apart, entry = np.zeros(len(a.apart)), np.zeros(len(a.person))
        apart[self._kept_apart] = np.maximum(dual[self._span["apart"]], 0.0)
        entry[self.tied] = np.maximum(dual[self._rows.count :], 0.0)
        prices = Prices(
            seat=np.maximum(dual[self._span["capacity"]], 0.0),
            filling=np.maximum(-dual[self._span["minimum"]], 0.0),
            hosting=np.maximum(-dual[self._span["host"]], 0.0),
            apart=apart,
            entry=entry,
        )
        opening = self._opening(x)
        whole = bool(np.all(np.minimum(x, 1 - x) < WHOLE) and np.all(x <= opening[a.session] + WHOLE))
        value = float(self._highs.getInfo().objective_function_value)
        return Relaxed(x, opening, prices, value, whole)

    def _opening(self, x: Floats) -> Floats:
        """How far each session may open with these x: as far as its minimum and its hosts go."""
        import numpy as np

        a = self.arrays
        size = len(a.capacity)
        people = np.bincount(a.session, x, minlength=size) / a.minimum
        hosts = np.bincount(a.session, np.where(a.host[a.person], x, 0.0), minlength=size)
        return np.minimum(1.0, np.minimum(people, hosts))

    def _tie(self, pairs: Ints) -> None:
        """Put the rows x <= z of these pairs in, behind all others."""
        import numpy as np

        count = len(pairs)
        columns = np.stack([self._column[pairs], self._z + self.arrays.session[pairs]], axis=1)
        self._highs.addRows(
            count,
            np.full(count, -np.inf),
            np.zeros(count),
            2 * count,
            np.arange(0, 2 * count, 2, dtype=np.int32),
            columns.ravel().astype(np.int32),
            np.tile([1.0, -1.0], count),
        )
        self.tied = np.concatenate([self.tied, pairs])

    def _begin_at(self, highs: Any, start: Bools) -> None:
        import highspy
        import numpy as np

        values = np.zeros(len(self.cost))
        values[: len(self.active)] = start[self.active]
        seated = np.zeros(len(self.arrays.base))
        seated[self.arrays.person[start]] = 1.0
        values[len(self.active) : self._z] = seated[self._several]
        values[self._z + np.unique(self.arrays.session[start])] = 1.0
        solution = highspy.HighsSolution()
        solution.col_value = values.tolist()
        highs.setSolution(solution)

    def _pass(self, highs: Any) -> None:
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_ = len(self.cost)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.cost, np.zeros(lp.num_col_), np.ones(lp.num_col_)
        starts, columns, values, low, high = self._rows.arrays()
        lp.num_row_, lp.row_lower_, lp.row_upper_ = len(low), low, high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = starts, columns, values
        highs.passModel(lp)
        tied, self.tied = self.tied, self.tied[:0]
        held, self._highs = getattr(self, "_highs", highs), highs
        if len(tied):
            self._tie(tied)
        self._highs = held

    def _build(self) -> None:
        import numpy as np

        a, active = self.arrays, self.active
        x = np.arange(len(active))
        who, where = a.person[active], a.session[active]
        self._column = np.full(len(a.person), -1)
        self._column[active] = x
        self._several = np.unique(who[a.want[who] > 1])
        self._z = len(active) + len(self._several)
        y_of = np.full(len(a.base), -1)
        y_of[self._several] = len(active) + np.arange(len(self._several))
        several = y_of[who] >= 0
        gain = np.where(several, a.gain[active], a.gain[active] + a.base[who] - a.extra)
        self.cost = np.concatenate([gain, (a.base - a.extra)[self._several], np.zeros(len(a.capacity))])
        self._person_rows(x, who, where, several, y_of)
        self._session_rows(x, who, where)

    def _person_rows(self, x: Ints, who: Ints, where: Ints, several: Bools, y_of: Ints) -> None:
        import numpy as np

        a, rows = self.arrays, self._rows
        rows.add(who, x, 1.0, -np.inf, a.want.astype(float))
        rows.add_mixed(  # a seat each counts the person once: y <= sum of x
            [(who[several], x[several], 1.0), (self._several, y_of[self._several], -1.0)], 0.0, np.inf
        )
        costly = several & (a.base - a.extra < 0)[who]  # then y must be held up instead: y >= x
        pair = x[costly]
        rows.add_mixed([(pair, pair, -1.0), (pair, y_of[who[costly]], 1.0)], 0.0, np.inf)
        slots = int(a.slot.max(initial=0)) + 1
        rows.add(who[several] * slots + a.slot[where[several]], x[several], 1.0, -np.inf, 1.0)

    def _session_rows(self, x: Ints, who: Ints, where: Ints) -> None:
        import numpy as np

        a, rows = self.arrays, self._rows
        every = np.arange(len(a.capacity))
        z = self._z + every
        host = a.host[who]
        self._span = {
            "capacity": rows.add_mixed([(where, x, 1.0), (every, z, -a.capacity)], -np.inf, 0.0),
            "minimum": rows.add_mixed([(where, x, 1.0), (every, z, -a.minimum)], 0.0, np.inf),
            "host": rows.add_mixed([(where[host], x[host], 1.0), (every, z, -1.0)], 0.0, np.inf),
        }
        self._kept_apart = np.flatnonzero((self._column[a.apart] >= 0).all(axis=1))
        self._pairs_apart = a.apart[self._kept_apart]
        row, first, second = np.arange(len(self._kept_apart)), *self._pairs_apart.T
        self._span["apart"] = rows.add_mixed(
            [
                (row, self._column[first], 1.0),
                (row, self._column[second], 1.0),
                (row, self._z + a.session[first], -1.0),
            ],
            -np.inf,
            0.0,
        )


_FEASIBLE = 2  # HighsInfo.primal_solution_status of a point that keeps every row


def _solver() -> Any:
    import highspy

    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {
        "output_flag": False,
        "threads": 1,  # the same answer on one core and on many
        "random_seed": 0,  # the draw is in the order of the people, not in the solver
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-6,
    }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs
