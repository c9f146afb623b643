"""Where a plan falls short of what may be possible: the rounds to look at again."""

from __future__ import annotations

from .model import Instance, Plan
from .score import broken, least_same, meetings, same_trait


def short_rounds(instance: Instance, plan: Plan) -> tuple[int, ...]:
    """Rounds with a broken rule, a repeat (the later of the two), a pair who met before or too many of one trait."""
    faults = {found.round for found in broken(instance, plan)}
    met: set[tuple[int, int]] = set(instance.history)
    for r, tables in enumerate(plan):
        pairs = set(meetings((tables,)))
        if pairs & met or _same(instance, (tables,)):
            faults.add(r)
        met |= pairs
    return tuple(sorted(faults))


def _same(instance: Instance, plan: Plan) -> bool:
    counts = same_trait(instance, plan)
    return any(counts[name] > least_same(instance, plan, name) for name in counts)
