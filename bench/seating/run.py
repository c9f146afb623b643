"""Seating: distinct pairs, bound and share of the engine and its peers, measured in the same run.

    .venv/bin/python bench/seating/run.py [FOLDER] [--seconds S] [--only WORD]

FOLDER holds instances (default ../shared/data/seating); without it three made-up ones are used, and in any case the
made-up networks of `networks.py`, with their rules broken, repeats, old acquaintances and same departments (beside
the fewest there can be) and the share of all ties. Peers: a greedy with random restarts, and OR-Tools CP-SAT where it
is installed (`uv sync --group bench`) and the task is plain and small; both count distinct pairs only and keep no rule,
so that beside them a network's ratio can be below 1.
The last line is the ratio of the engine's pairs to the best peer's, as JSON; bench/results/seating.json has it all.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from networks import NETWORKS, network
from peers import cp_sat, greedy

from enishi.engines.seating import Instance, leave, read, solve
from enishi.engines.seating.score import least_same

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "seating"
MADE_UP = [
    {"kind": "rounds", "name": "golf_8x4x10", "n": 32, "rounds": 10, "sizes": [4] * 8},
    {"kind": "rounds", "name": "a_hundred", "n": 100, "rounds": 24, "sizes": [5] * 20},
    {"kind": "rounds", "name": "a_thousand", "n": 1000, "rounds": 6, "sizes": [6] * 165 + [5] * 2},
]


def main() -> None:
    """Measure every instance and print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--seconds", type=float, default=2.0, help="for the engine's search and for each peer")
    parser.add_argument("--only", default="", help="instances whose name holds this word")
    options = parser.parse_args()
    rows = []
    print(f"{'instance':28}{'bound':>8}{'engine':>8}{'share':>8}{'s':>7}{'greedy':>8}{'cp-sat':>8}  ratio")
    for data in instances(options.folder):
        if options.only in str(data["name"]):
            row = measure(data, options.seconds)
            rows.append(row)
            print(
                f"{row['name']:28}{row['bound']:8}{row['engine']:8}{row['share']:8.4f}{row['seconds']:7.2f}"
                f"{row['greedy']:8}{row['cp_sat'] or '-':>8}  {row['ratio']:.3f}{goals(row)}"
            )
    results = ROOT / "bench" / "results"
    results.mkdir(parents=True, exist_ok=True)
    (results / "seating.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(json.dumps({"bench": "seating", "ratios": {row["name"]: row["ratio"] for row in rows}}))


def instances(folder: Path) -> list[dict[str, Any]]:
    """The seating tasks of a folder in order of their names."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    tasks = [data for data in found if data.get("kind") == "rounds"] or MADE_UP
    return [*tasks, *map(network, NETWORKS)]


def goals(row: dict[str, Any]) -> str:
    """What a rich task is about, in a few words; nothing for a plain one."""
    if not row["same"]:
        return ""
    same = ", ".join(f"{name} {count}/{row['least'][name]}" for name, count in row["same"].items())
    rules = f"broken {row['broken']}, again {row['repeats']}, before {row['met_before']}"
    return f"  {rules}, {same}, ties {row['ties']:.3f}"


def measure(data: dict[str, Any], seconds: float) -> dict[str, Any]:
    """One instance by the engine and by each peer."""
    instance = read(data)
    begun = time.perf_counter()
    answer = solve(instance, seconds=seconds, seed=1, deadline=seconds + 1)
    spent = time.perf_counter() - begun
    peers = {"greedy": greedy(instance, seconds), "cp_sat": cp_sat(instance, seconds)}
    best = max(value for value in peers.values() if value is not None)
    return {
        "name": data["name"],
        "bound": answer.bound,
        "engine": answer.score.distinct_pairs,
        "share": answer.share,
        "seconds": spent,
        "method": answer.method,
        "broken": len(answer.broken),
        "same": dict(answer.score.same_trait),
        "least": {name: least_same(instance, answer.plan, name) for name in answer.score.same_trait},
        "repeats": answer.score.repeats,
        "met_before": answer.score.met_before,
        "affinity": answer.score.affinity,
        "ties": answer.score.affinity / (sum(instance.affinity.values()) or 1.0),
        "no_show_ms": no_show(instance, answer.plan),
        **peers,
        "ratio": answer.score.distinct_pairs / best if best else 0.0,
    }


def no_show(instance: Instance, plan: Any) -> float:
    """Milliseconds to reseat when one person does not come."""
    begun = time.perf_counter()
    leave(instance, plan, instance.n // 2)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
