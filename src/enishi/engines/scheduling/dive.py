"""From the relaxed program to a whole plan: decide some sessions, ask again, until nothing is undecided."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from .program import WHOLE, Program, Relaxed

if TYPE_CHECKING:
    from .arrays import Bools, Floats, Ints

_LIKELY = 0.7  # a session that the relaxed program opens so far may be held open, a lesser one is closed
_FREE_QUESTIONS = 5  # then what is decided by itself is held too, or the dive goes on for long
_ROUNDS = 3  # of tightening at each question: the decisions themselves do the rest
_SHARE = 4  # of the undecided sessions one in so many is decided between two questions


def dive(program: Program, relaxed: Relaxed, floor: float, seconds: float) -> Floats | None:
    """x (m,) with the sessions decided: whole, but where pairs are kept apart or the time ran out before the end.

    None when no plan of more than `floor` points can come of it.
    """
    import numpy as np

    deadline = monotonic() + seconds
    opened: Ints = np.zeros(0, np.int64)
    answer: Relaxed | None = relaxed
    x, questions, all_held = relaxed.x, 0, False
    while monotonic() < deadline:
        if answer is None:  # those held open last cannot all be
            if not len(opened):
                return x
            program.hold(opened, False)
            opened = opened[:0]
        elif answer.whole or all_held:
            return answer.x
        elif answer.value <= floor:
            return None
        else:
            x, questions = answer.x, questions + 1
            all_held = bool(np.all(_decided(answer.open)))
            if all_held or questions > _FREE_QUESTIONS:
                _hold_decided(program, answer.open)
            opened = _decide(program, answer.open)
        answer = program.relax(deadline - monotonic(), _ROUNDS)
    return x


def _hold_decided(program: Program, opening: Floats) -> None:
    """Hold what stands open and what is empty closed: possible, since the answer itself is so."""
    import numpy as np

    program.hold(np.flatnonzero(opening <= WHOLE), False)
    program.hold(np.flatnonzero(opening >= 1 - WHOLE), True)


def _decide(program: Program, opening: Floats) -> Ints:
    """Hold some undecided sessions open or closed; the answer is those held open, which might be impossible."""
    import numpy as np

    undecided = np.flatnonzero(~_decided(opening))
    order = undecided[np.argsort(opening[undecided], kind="stable")]
    step = max(1, len(order) // _SHARE)
    likely: Ints = order[opening[order] >= _LIKELY][-step:]
    if len(likely):
        program.hold(likely, True)
    else:
        program.hold(order[:step], False)
    return likely


def _decided(opening: Floats) -> Bools:
    import numpy as np

    decided: Bools = np.minimum(opening, 1 - opening) <= WHOLE
    return decided
