"""Speed and size of common ground, beside a sparse product in the same run.

    python bench/commonground/run.py                      100,000 people
    python bench/commonground/run.py --people 1000000 --sample 1000 --spread 0

Times are of the CPU unless they say "wall". The last line is the ratio as JSON; all figures go to bench/results/.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from networks import made_up
from peer import product

from enishi.engines.commonground import Ground, Kind, Network, Person, Stint, spread

RESULTS = Path(__file__).parents[1] / "results"
K = 5


def main() -> None:
    asked = arguments()
    figures: dict[str, Any] = {"people": asked.people, "k": K, "seed": asked.seed}
    report(figures, cold_start())
    network = made_up(asked.people, asked.seed)
    report(figures, building(network))
    ground = Ground(network)
    rng = np.random.default_rng(asked.seed)
    report(figures, questions(ground, rng.choice(network.ids, asked.questions, replace=False)))
    report(figures, in_batches(ground))
    if asked.spread:
        report(figures, spreading(asked.spread, asked.seed))
    report(figures, changes(ground, network, rng))
    del ground, network
    report(figures, against_peer(asked.people, asked.sample, asked.seed))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"commonground-{asked.people}.json").write_text(json.dumps(figures, indent=1))
    ratio = figures["peer_ms_a_person"] / figures["same_ms_a_person"]
    last = {"bench": "commonground", "people": asked.people, "times_faster_than_sparse_dot_topn": round(ratio, 2)}
    print(json.dumps(last))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=1_000, help="single questions timed")
    parser.add_argument("--sample", type=int, default=3_000, help="people whose lists are compared with the peer's")
    parser.add_argument("--spread", type=int, default=20_000, help="size of the network for lists under a cap; 0: none")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def report(figures: dict[str, Any], found: dict[str, Any]) -> None:
    figures |= found
    for name, value in found.items():
        print(f"{name:32} {value:,.3f}" if isinstance(value, float) else f"{name:32} {value}", flush=True)


def cold_start() -> dict[str, Any]:
    """Wall seconds until the first list of a new process: numba's first use on a machine, later ones, and without it."""
    script = (
        "import time; began = time.perf_counter()\n"
        "from enishi.engines.commonground import Ground, Network, Person\n"
        "list(Ground(Network.of([Person(1), Person(2)])).every(2, fast={}))\n"
        "print(time.perf_counter() - began)"
    )
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}

        def seconds(fast: bool) -> float:
            command = [sys.executable, "-c", script.format(fast)]
            run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            return float(run.stdout)

        return {
            "cold_compile_wall_s": seconds(True),
            "cold_cached_wall_s": seconds(True),
            "cold_numpy_wall_s": seconds(False),
        }


def building(network: Network) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    Ground(network)
    spent = time.process_time() - began
    return {"build_s": spent, "build_peak_mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024}


def questions(ground: Ground, people: Iterable[int]) -> dict[str, Any]:
    asked = [int(person) for person in people]
    for person in asked[:20]:
        ground.top(person, K)
    tops = [timed(lambda person=person: ground.top(person, K)) for person in asked]
    pairs = zip(asked[::2], asked[1::2], strict=False)
    ties = [timed(lambda pair=pair: ground.between(*pair)) for pair in pairs if pair[0] != pair[1]]
    groups = [timed(lambda first=first: ground.group(asked[first : first + 9])) for first in range(0, 200, 9)]
    return {
        **percentiles("one_person", tops),
        **percentiles("between", ties),
        **percentiles("group_of_nine", groups),
    }


def in_batches(ground: Ground) -> dict[str, Any]:
    """Everybody, or the first 100,000."""
    next(ground.every(K))  # compiled or loaded; see cold_start
    began, lists = time.process_time(), 0
    for batch in ground.every(K):
        lists += len(batch.people)
        if lists >= 100_000:
            break
    return {"lists": lists, "lists_s": time.process_time() - began}


def spreading(people: int, seed: int) -> dict[str, Any]:
    ground = Ground(made_up(people, seed))
    began = time.process_time()
    found = spread(ground, K, 2 * K)
    return {
        "spread_people": people,
        "spread_cap": 2 * K,
        "spread_s": time.process_time() - began,
        "spread_loss": found.loss,
        "spread_coverage": found.coverage,
        "spread_coverage_without": found.coverage_without,
        "spread_most_without": found.most_without,
        "spread_short": found.short,
    }


def changes(ground: Ground, network: Network, rng: np.random.Generator) -> dict[str, Any]:
    new = int(network.ids.max())
    added = [somebody(rng, network, new + 1 + number) for number in range(500)]
    changed = [
        somebody(rng, network, int(number))
        for number in rng.choice(network.ids[~network.opted_out], 500, replace=False)
    ]
    adding = [timed(lambda person=person: ground.add(person)) for person in added]
    changing = [timed(lambda person=person: ground.change(person)) for person in changed]
    removing = [timed(lambda person=person: ground.remove(person.id)) for person in added]
    after = [timed(lambda person=person: ground.top(person.id, K)) for person in changed]
    return {
        **percentiles("add", adding),
        **percentiles("change", changing),
        **percentiles("remove", removing),
        **percentiles("one_person_after_changes", after),
    }


def somebody(rng: np.random.Generator, network: Network, number: int) -> Person:
    """A person like those in the network, with three stints and eight facts."""
    rows = rng.integers(0, len(network.site), 3)
    columns = (network.organisation, network.site, network.department, network.manager, network.start, network.end)
    stints = tuple(Stint(*(int(column[row]) for column in columns)) for row in rows)
    facts = {
        (Kind(network.fact_kind[row]), int(network.fact_value[row]))
        for row in rng.integers(0, len(network.fact_kind), 8)
    }
    return Person(number, stints, tuple(sorted(facts)))


def against_peer(people: int, sample: int, seed: int) -> dict[str, Any]:
    from sparse_dot_topn import sp_matmul_topn

    network = made_up(people, seed, private=False)
    ground = Ground(network)
    rows = np.sort(np.random.default_rng(seed).choice(people, min(sample, people), replace=False))
    wanted = network.ids[rows].tolist()
    list(ground.every(K, people=wanted[:1]))
    began = time.process_time()
    ours = list(ground.every(K, people=wanted))
    our_time = time.process_time() - began
    one_by_one = [timed(lambda person=person: ground.top(person, K))[0] for person in wanted[:300]]
    matrices = product(network)
    asks = matrices.asks[rows]
    peer_times = {}
    for kind in (np.float32, np.int32):  # which of its types is quicker differs from machine to machine
        left, right = asks.astype(kind), matrices.holds.astype(kind)
        began = time.process_time()
        found = sp_matmul_topn(left, right, K + 1, sort=True)
        peer_times[kind.__name__] = time.process_time() - began
    peer_time = min(peer_times.values())
    others = np.concatenate([batch.others for batch in ours])
    units = np.concatenate([batch.units for batch in ours])
    same = sum(agree(network.ids, found[place], row, others[place], units[place]) for place, row in enumerate(rows))
    return {
        "same_lists": same,
        "lists_compared": len(rows),
        "peer_entries": int(matrices.asks.nnz),
        "peer_type": min(peer_times, key=lambda name: peer_times[name]),
        "peer_ms_a_person": peer_time / len(rows) * 1e3,
        "same_ms_a_person": our_time / len(rows) * 1e3,
        "same_ms_numpy_alone": float(np.mean(one_by_one)),
    }


def agree(ids: Any, found: Any, me: int, others: Any, units: Any) -> bool:
    """Equal scores in order, and equal people but for those tied at the end, whom the peer takes as they come."""
    theirs = sorted(
        (-int(score), int(ids[slot])) for slot, score in zip(found.indices, found.data, strict=True) if slot != me
    )
    theirs = theirs[:K]
    ours = [(-int(score), int(other)) for other, score in zip(others, units, strict=True) if other >= 0]
    if [score for score, _ in theirs] != [score for score, _ in ours]:
        return False
    last = ours[-1][0] if ours else 0
    return [pair for pair in theirs if pair[0] < last] == [pair for pair in ours if pair[0] < last]


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of CPU and of the wall."""
    wall, cpu = time.perf_counter(), time.thread_time()
    act()
    return (time.thread_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3


def percentiles(name: str, times: list[tuple[float, float]]) -> dict[str, Any]:
    cpu, wall = np.array(times).T
    return {
        f"{name}_p50_ms": float(np.percentile(cpu, 50)),
        f"{name}_p95_ms": float(np.percentile(cpu, 95)),
        f"{name}_p95_wall_ms": float(np.percentile(wall, 95)),
    }


if __name__ == "__main__":
    main()
