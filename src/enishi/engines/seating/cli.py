"""`enishi seating solve INSTANCE.json [--seconds S] [--seed N]`: prints the plan as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .model import Answer, Infeasible
from .reading import read, slips
from .solve import LARGEST_SEARCH, solve

LONGEST = 86_400.0
PATIENCE, CROWDED = 9.0, 30.0
"""Up to so many seconds a short search may take twice as long as asked, to give the same plan on a busy machine;
longer for a crowd that is dealt out to halls."""


def main(argv: list[str]) -> int:
    """0: a plan that keeps every rule is printed; 1: no plan keeps them all; 2: the task cannot be read."""
    options = _parser().parse_args(argv)
    if not 0 < options.seconds <= LONGEST:
        return _refuse(f"--seconds {options.seconds:g} cannot be: give a number above 0, up to {LONGEST:g}.", 2)
    try:
        data = json.loads(options.instance.read_text(encoding="utf-8"))
        instance = read(data)
        for key, meant in slips(data):
            _tell(f'"{key}" is passed over; did you mean "{meant}"?')
        patience = PATIENCE if instance.n <= LARGEST_SEARCH else CROWDED
        deadline = max(options.seconds, min(2 * options.seconds, patience))
        answer = solve(instance, seconds=options.seconds, seed=options.seed, deadline=deadline)
    except Infeasible as clash:
        return _refuse(str(clash), 1)
    except json.JSONDecodeError as error:
        return _refuse(f"{options.instance} is not JSON (line {error.lineno}): {error.msg}.", 2)
    except RecursionError:
        return _refuse(f"{options.instance} is nested too deeply to be a seating task.", 2)
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{options.instance} cannot be read: {error}.", 2)
    except ValueError as error:
        return _refuse(str(error), 2)
    print(json.dumps(to_json(answer), ensure_ascii=False, separators=(",", ":")))
    if answer.broken:
        names = sorted({found.rule for found in answer.broken})
        return _refuse(f"The best plan found still breaks: {'; '.join(names)}. Give it more --seconds.", 1)
    return 0


def to_json(answer: Answer) -> dict[str, object]:
    """The answer as JSON can hold it; "rounds" is all that a scorer needs."""
    return {
        "rounds": [[list(table) for table in tables if table] for tables in answer.plan],
        "distinct_pairs": answer.score.distinct_pairs,
        "repeats": answer.score.repeats,
        "met_before": answer.score.met_before,
        "same": dict(answer.score.same_trait),
        "affinity": round(answer.score.affinity, 4),
        "bound": answer.bound,
        "share": round(answer.share, 5),
        "broken": [{"rule": b.rule, "round": b.round, "table": b.table, "words": b.words} for b in answer.broken],
        "method": answer.method,
        "seed": answer.seed,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="enishi seating", description="Seat people at tables, round after round.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("solve", help="find a plan and print it as JSON")
    command.add_argument("instance", type=Path, help="the task, a JSON file")
    command.add_argument("--seconds", type=float, default=7.0, help="time to search (default 7)")
    command.add_argument("--seed", type=int, default=0, help="the same seed gives the same plan (default 0)")
    return parser


def _refuse(words: str, code: int) -> int:
    _tell(words)
    return code


def _tell(words: str) -> None:
    print(f"enishi seating: {words}", file=sys.stderr)
