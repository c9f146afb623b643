"""What else one might do: a greedy with random restarts, and a general solver. Both count distinct pairs only."""

from __future__ import annotations

import random
import time

from enishi.engines.seating import Instance


def sizes_of(instance: Instance) -> list[int]:
    """Table sizes for the peers: as given, or even ones at the fewest tables."""
    if instance.sizes:
        return list(instance.sizes)
    tables = -(-instance.n // instance.most)
    low, extra = divmod(instance.n, tables)
    return [low + 1] * extra + [low] * (tables - extra)


def greedy(instance: Instance, seconds: float) -> int:
    """Fill tables person by person with whoever repeats least, from random orders, while time lasts."""
    until = time.perf_counter() + seconds
    rng = random.Random(1)
    best = 0
    while not best or time.perf_counter() < until:
        met: list[set[int]] = [set() for _ in range(instance.n)]
        for _ in range(instance.rounds):
            left = list(range(instance.n))
            rng.shuffle(left)
            for size in sizes_of(instance):
                table = [left.pop()]
                while len(table) < size:
                    sample = range(max(0, len(left) - 60), len(left))
                    pick = min(sample, key=lambda k: sum(left[k] in met[p] for p in table))
                    table.append(left.pop(pick))
                for p in table:
                    met[p].update(table)
        best = max(best, sum(len(one) - 1 for one in met) // 2)
    return best


def cp_sat(instance: Instance, seconds: float, workers: int = 2) -> int | None:
    """OR-Tools CP-SAT on the plain model; None where it is not installed or the model would be too large."""
    if instance.n * instance.n * instance.rounds > 60_000:
        return None
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return None
    model = cp_model.CpModel()
    sizes = sizes_of(instance)
    n, rounds, tables = instance.n, range(instance.rounds), range(len(sizes))
    at = {(p, r, t): model.new_bool_var("") for p in range(n) for r in rounds for t in tables}
    for r in rounds:
        for p in range(n):
            model.add_exactly_one(at[p, r, t] for t in tables)
        for t in tables:
            model.add(sum(at[p, r, t] for p in range(n)) == sizes[t])
    pairs = []
    for a in range(n):
        for b in range(a):
            shared = []
            for r in rounds:
                for t in tables:
                    both = model.new_bool_var("")
                    model.add_implication(both, at[a, r, t])
                    model.add_implication(both, at[b, r, t])
                    shared.append(both)
            meet = model.new_bool_var("")
            model.add_bool_or([*shared, meet.negated()])
            pairs.append(meet)
    model.maximize(sum(pairs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    return int(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 0
