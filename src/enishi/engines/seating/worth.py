"""What a plan is worth: the goals in their order as one key, and which goals come first for whom."""

from __future__ import annotations

from .model import Instance, Plan
from .score import broken, same_trait, score

Key = tuple[float, ...]
SMALL_HALL = 1000
"""Seats over all rounds."""


def key(instance: Instance, plan: Plan) -> Key:
    """The goals in their order, each a number to be made small."""
    figures = score(instance, plan)
    same = sum(instance.mix[name] * count for name, count in same_trait(instance, plan).items())
    ties = figures.affinity if instance.companions >= 0.25 else -figures.affinity
    faults = len(broken(instance, plan))
    if instance.companions > 0.5:
        return (faults, -figures.distinct_pairs, -round(ties, 6), figures.met_before, same)
    return (faults, -figures.distinct_pairs, figures.repeats, figures.met_before, same, -round(ties, 6))


def may_widen(instance: Instance) -> bool:
    """Whether a table more is worth a try where somebody meets again: tables are free, and people are few.

    In a large hall repeats have other reasons, and the ties want all the time there is.
    """
    free = not (instance.sizes or instance.plain or reward_of(instance))
    return free and instance.companions <= 0.5 and instance.n * instance.rounds <= SMALL_HALL


def rank(found: Key, widen: bool) -> Key:
    """The key to compare plans by: those of more tables, which seat fewer pairs, by what they avoid first."""
    return (found[0], *found[2:4], *found) if widen else found


def reward_of(instance: Instance) -> float:
    """Whether to pay for first meetings: where table sizes are free and people could run out of new faces."""
    if instance.sizes:
        return 0.0
    scarce = instance.rounds * (instance.most - 1) > 0.8 * (instance.n - 1)
    return 1.0 / 1.05 if instance.plain or scarce else 0.0
