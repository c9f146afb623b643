"""Large programs by sifting (Bixby and others 1992): begin with the pairs likely to matter, add those the prices ask for."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from .bound import bound_from
from .program import Program, Relaxed

if TYPE_CHECKING:
    from .arrays import Arrays, Floats, Ints

WHOLE_AT_ONCE = 30_000  # up to so many pairs the program takes them all
OF_A_PERSON = 6
OF_A_SESSION = 40
HOSTS_OF_A_SESSION = 8


@dataclass(frozen=True)
class Sifted:
    """The program over the pairs that matter, its optimum, and the bound over all pairs that its prices prove."""

    program: Program
    relaxed: Relaxed
    bound: float


def sift(arrays: Arrays, seconds: float, earlier: Sifted | None = None, rounds: int = 0) -> Sifted | None:
    """Solve, add the pairs the prices ask for, and again until they ask for none; None without one in time.

    `rounds` of tightening each time; `earlier` is where to go on from.
    """
    import numpy as np

    deadline = monotonic() + seconds
    best = earlier
    active = earlier.program.active if earlier else first_pairs(arrays)
    tied = earlier.program.tied if earlier else None
    while True:
        program = Program(arrays, active, tied)
        relaxed = program.relax(deadline - monotonic(), rounds)
        if relaxed is None:
            return best
        bound, chosen = bound_from(arrays, relaxed.prices)
        best = Sifted(program, relaxed, min(bound, best.bound if best else bound))
        missing = np.setdiff1d(np.flatnonzero(chosen), active)
        settled = not len(missing) or bound - relaxed.value < max(1e-6, 1e-9 * bound)
        if settled and (not rounds or len(program.tied) == (0 if tied is None else len(tied))):
            return best
        if settled and len(active) == len(arrays.person):
            return best
        active, tied = np.union1d(active, missing), program.tied


def first_pairs(arrays: Arrays) -> Ints:
    """Each person's dearest sessions, each session's dearest people and hosts."""
    import numpy as np

    m = len(arrays.person)
    if m <= WHOLE_AT_ONCE:
        return np.arange(m)
    # Of equal wishes take different ones for different people, or all would ask for the same sessions.
    shuffled = (np.arange(m) * 2_654_435_761) % 4_294_967_296
    worth = arrays.gain + (arrays.base - arrays.extra)[arrays.person]
    hosts = np.flatnonzero(arrays.host[arrays.person])
    picked = [
        _best_of_each(arrays.person, arrays.gain, shuffled, OF_A_PERSON),
        _best_of_each(arrays.session, worth, shuffled, OF_A_SESSION),
        hosts[_best_of_each(arrays.session[hosts], worth[hosts], shuffled[hosts], HOSTS_OF_A_SESSION)],
    ]
    return np.unique(np.concatenate(picked))


def _best_of_each(key: Ints, worth: Floats, shuffled: Ints, count: int) -> Ints:
    import numpy as np

    order = np.lexsort((shuffled, -worth, key))
    begins = np.flatnonzero(np.diff(key[order], prepend=-1))
    place = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    picked: Ints = order[place < count]
    return picked
