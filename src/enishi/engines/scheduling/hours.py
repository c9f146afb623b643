"""The few hours that give most members at least one they can live with, wherever they are.

Maximum coverage (Church and ReVelle 1974), solved exactly by HiGHS over groups of members who share a zone and
wishes: a thousand members are some dozens of groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from .zones import DAY_BEGINS, DAY_ENDS, aware, zone_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Levels = NDArray[np.int64]


@dataclass(frozen=True)
class Member:
    """One member: the zone they live in, and the parts of their day they would like (local, from - until).

    A part may run past midnight. An hour that begins in a wished part is good even outside 07:30-22:30; with
    `only_wishes` no other is. `weight` is how much this member counts, a whole number.
    """

    id: int
    zone: str
    wishes: tuple[tuple[time, time], ...] = ()
    only_wishes: bool = False
    weight: int = 1


@dataclass(frozen=True)
class Missed:
    """A member for whom none of the chosen hours is humane.

    never: none of the candidates is, either; outvoted: `instead` (the first such candidate) would have been, but
    other hours reach more weight. `local` is the least bad of the chosen hours on the member's clock.
    """

    member: int
    reason: Literal["never", "outvoted"]
    instead: datetime | None
    local: datetime


@dataclass(frozen=True)
class Hours:
    """The chosen hours. `reached`: weight of the members with a humane hour among them; `wished`: with a wished one.

    `bound`: no choice of as many hours reaches more weight; `proven`: this choice reaches the bound, and of all
    that do none has more `wished`.
    """

    chosen: tuple[datetime, ...]
    reached: int
    wished: int
    bound: int
    proven: bool
    left_out: tuple[Missed, ...]


def choose_hours(
    members: Sequence[Member],
    candidates: Sequence[datetime],
    k: int,
    *,
    minutes: int = 60,
    seconds: float = 10.0,
) -> Hours:
    """Choose `k` of the candidate instants (aware; each the start of `minutes` minutes).

    First the weight of members with at least one humane hour (its start and its end within 07:30-22:30 where they
    are, or wished), then the weight of those with a wished one. Exact for 168 candidates and k up to 6 in about a
    second; when `seconds` run out, the best found with its bound.
    """
    hours = sorted({aware(c, "The candidate").astimezone(UTC) for c in candidates})
    if k < 1:
        raise ValueError(f"k is {k}; choose one hour at least.")
    if not hours:
        raise ValueError("There are no candidate hours; give at least one.")
    if any(m.weight < 0 for m in members):
        raise ValueError("A member's weight is negative; use 0 or more.")
    groups, weights = _groups(members)
    levels = _levels(groups, hours, minutes)
    chosen, value, bound = _cover(levels, weights, min(k, len(hours)), seconds)
    reached, wished = value
    return Hours(
        chosen=tuple(hours[h] for h in chosen),
        reached=reached,
        wished=wished,
        bound=bound[0],
        proven=value == bound,
        left_out=_left_out(members, groups, levels, hours, chosen),
    )


def week_of_hours(monday: date, zone: str) -> tuple[datetime, ...]:
    """Every hour of the seven days from `monday` in `zone`, as instants: 168, or 167 or 169 where a clock changes."""
    tz = zone_of(zone)
    begin = datetime.combine(monday, time(), tz).astimezone(UTC)
    end = datetime.combine(monday + timedelta(days=7), time(), tz).astimezone(UTC)
    return tuple(begin + timedelta(hours=h) for h in range(int((end - begin) / timedelta(hours=1))))


_Group = tuple[str, tuple[tuple[time, time], ...], bool]


def _groups(members: Sequence[Member]) -> tuple[list[_Group], list[int]]:
    """Members who cannot be told apart, and their weight together."""
    weights: dict[_Group, int] = {}
    for m in members:
        key = (m.zone, m.wishes, m.only_wishes)
        weights[key] = weights.get(key, 0) + m.weight
    return list(weights), list(weights.values())


def _levels(groups: Sequence[_Group], hours: Sequence[datetime], minutes: int) -> Levels:
    """(groups, hours): 2 wished, 1 humane, 0 neither."""
    import numpy as np

    length = timedelta(minutes=minutes)
    clocks = {}
    for zone in {g[0] for g in groups}:
        tz = zone_of(zone)
        clocks[zone] = [(h.astimezone(tz), (h + length).astimezone(tz)) for h in hours]
    levels = np.zeros((len(groups), len(hours)), dtype=np.int64)
    for row, (zone, wishes, only) in enumerate(groups):
        for column, (start, end) in enumerate(clocks[zone]):
            if any(_within(start.time(), part) for part in wishes):
                levels[row, column] = 2
            elif not only and start.time() >= DAY_BEGINS and end.time() <= DAY_ENDS:
                levels[row, column] = int(start.date() == end.date())
    return levels


def _within(clock: time, part: tuple[time, time]) -> bool:
    begin, end = part
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


def _cover(
    levels: Levels, weights: Sequence[int], k: int, seconds: float
) -> tuple[list[int], tuple[int, int], tuple[int, int]]:
    """The chosen columns, their value (reached, wished), and what no choice exceeds."""
    import numpy as np

    weight = np.array(weights, dtype=np.int64)
    greedy = _greedy(levels, weight, k)
    most = (int(weight[levels.any(axis=1)].sum()), int(weight[(levels == 2).any(axis=1)].sum()))
    if _value(levels, weight, greedy) == most:  # all who can be reached are
        return greedy, most, most
    scale = most[1] + 1  # one member more reached outweighs every wish
    kept = _undominated(levels)
    few = min(k, len(kept))
    start = _greedy(levels[:, kept], weight, few)
    found, bound = _solve(levels[:, kept], weight, few, scale, start, seconds)
    chosen = [kept[h] for h in found]
    chosen = sorted(chosen + [h for h in range(levels.shape[1]) if h not in chosen][: k - few])
    value = _value(levels, weight, chosen)
    limit = max(bound, value[0] * scale + value[1])
    return chosen, value, (min(most[0], limit // scale), limit % scale)


def _undominated(levels: Levels) -> list[int]:
    """The hours that no other equals or betters for every group; of alike ones the earliest.

    Most weeks repeat one day seven times: without this the search would sort through all their mixtures.
    """
    kept: list[int] = []
    for h in range(levels.shape[1]):
        column = levels[:, [h]]
        if kept and (levels[:, kept] >= column).all(axis=0).any():
            continue
        kept = [g for g in kept if not (levels[:, g] <= column[:, 0]).all()]
        kept.append(h)
    return kept


def _value(levels: Levels, weight: Levels, chosen: Sequence[int]) -> tuple[int, int]:
    best = levels[:, list(chosen)].max(axis=1, initial=0)
    return int(weight[best >= 1].sum()), int(weight[best == 2].sum())


def _greedy(levels: Levels, weight: Levels, k: int) -> list[int]:
    """The hour that adds most, k times: within 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978)."""
    chosen: list[int] = []
    for _ in range(k):
        rest = [h for h in range(levels.shape[1]) if h not in chosen]
        chosen.append(max(rest, key=lambda h: (_value(levels, weight, [*chosen, h]), -h)))
    return sorted(chosen)


def _solve(
    levels: Levels, weight: Levels, k: int, scale: int, start: Sequence[int], seconds: float
) -> tuple[list[int], int]:
    """Columns: an hour is chosen; people alike in what reaches them are; people alike in their wishes have one."""
    import highspy
    import numpy as np

    hours = levels.shape[1]
    reach, reach_weight = _alike(levels >= 1, weight)
    wish, wish_weight = _alike(levels == 2, weight)
    covers = np.concatenate([reach, wish])
    row, column = np.nonzero(covers)
    every = np.arange(len(covers))
    entries = [
        (np.zeros(hours, int), np.arange(hours), 1.0),  # as many hours as asked for
        (1 + row, column, 1.0),  # covered only by a chosen hour
        (1 + every, hours + every, -1.0),
    ]
    cost = np.concatenate([np.zeros(hours), reach_weight * float(scale), wish_weight.astype(float)])
    low = np.concatenate([[float(k)], np.zeros(len(covers))])
    high = np.concatenate([[float(k)], np.full(len(covers), np.inf)])
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, option in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5)):
        highs.setOptionValue(name, option)
    highs.setOptionValue("time_limit", max(0.01, seconds))
    highs.passModel(_model(entries, cost, low, high, hours))
    solution = highspy.HighsSolution()
    picked = np.isin(np.arange(hours), list(start))
    solution.col_value = np.concatenate([picked, covers[:, picked].any(axis=1)]).astype(float).tolist()
    highs.setSolution(solution)
    highs.run()
    found = np.array(highs.getSolution().col_value)[:hours]
    chosen = np.flatnonzero(found > 0.5).tolist() if len(found) else list(start)
    if len(chosen) != k or _value(levels, weight, chosen) < _value(levels, weight, start):
        chosen = list(start)
    bound = highs.getInfo().mip_dual_bound
    total = int(weight.sum()) * (scale + 1)
    return chosen, int(np.floor(bound + 1e-3)) if np.isfinite(bound) and abs(bound) < total else total


def _alike(covers: Any, weight: Levels) -> tuple[Any, Levels]:
    """The different rows of `covers` but the empty one, and the weight of each."""
    import numpy as np

    rows, which = np.unique(covers, axis=0, return_inverse=True)
    total = np.bincount(which.ravel(), weight, minlength=len(rows)).astype(np.int64)
    some = rows.any(axis=1)
    return rows[some], total[some]


def _model(entries: Any, cost: Any, low: Any, high: Any, whole: int) -> Any:
    import highspy
    import numpy as np

    row = np.concatenate([e[0] for e in entries])
    column = np.concatenate([e[1] for e in entries])
    value = np.concatenate([np.full(len(e[0]), e[2]) for e in entries])
    order = np.argsort(row, kind="stable")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(len(cost)), np.ones(len(cost))
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(low)))])
    lp.a_matrix_.start_, lp.a_matrix_.index_ = starts.astype(np.int32), column[order].astype(np.int32)
    lp.a_matrix_.value_ = value[order]
    kinds = [highspy.HighsVarType.kInteger] * whole
    lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(cost) - whole)
    return lp


def _left_out(
    members: Sequence[Member],
    groups: Sequence[_Group],
    levels: Levels,
    hours: Sequence[datetime],
    chosen: Sequence[int],
) -> tuple[Missed, ...]:
    row = {group: k for k, group in enumerate(groups)}
    missed = []
    for m in members:
        mine = levels[row[m.zone, m.wishes, m.only_wishes]]
        if mine[list(chosen)].any():
            continue
        good = mine.nonzero()[0]
        local = [hours[h].astimezone(zone_of(m.zone)) for h in chosen]
        missed.append(
            Missed(
                m.id,
                "outvoted" if len(good) else "never",
                hours[int(good[0])] if len(good) else None,
                min(local, key=_badness),
            )
        )
    return tuple(missed)


def _badness(local: datetime) -> int:
    """Minutes from the humane part of the day, the nearer way round the clock."""
    minute = local.hour * 60 + local.minute
    early, late = DAY_BEGINS.hour * 60 + DAY_BEGINS.minute, DAY_ENDS.hour * 60 + DAY_ENDS.minute
    return 0 if early <= minute <= late else min((early - minute) % 1440, (minute - late) % 1440)
