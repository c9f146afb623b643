"""`enishi signup solve INSTANCE.json [--seconds S] [--seed N]`: the best seats for a sign-up, as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from .instance import answer_of, places_from

LONGEST = 86_400.0


def main(argv: list[str]) -> int:
    """Run the command; returns the exit code. The answer goes to stdout, what is known of it to stderr."""
    arguments = _parser().parse_args(argv)
    if not 0 <= arguments.seconds <= LONGEST:
        return _refuse(f"--seconds {arguments.seconds:g} cannot be: give a number from 0 to {LONGEST:g}.")
    try:
        places = places_from(json.loads(Path(arguments.instance).read_text(encoding="utf-8")))
    except json.JSONDecodeError as error:
        return _refuse(f"{arguments.instance} is not JSON (line {error.lineno}): {error.msg}.")
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        return _refuse(f"{arguments.instance} cannot be read: {error}.")
    except ValueError as error:
        return _refuse(str(error))
    from .signup import solve

    plan = solve(places, seconds=arguments.seconds, seed=arguments.seed)
    print(json.dumps(answer_of(plan)))
    known = "proven best" if plan.proven else f"within {plan.gap:.4%} of the best possible"
    print(f"score {plan.score:.12g}, bound {plan.bound:.12g}, {known}, seed {plan.seed}", file=sys.stderr)
    for what, reasons in (("closed", plan.closed), ("without a seat", plan.left_out)):
        if counts := Counter(one.reason.replace("_", " ") for one in reasons):
            told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
            print(f"{what}: {told}", file=sys.stderr)
    return 0


def _refuse(words: str) -> int:
    print(f"enishi signup: {words}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="enishi signup", description="Seats for a sign-up.")
    commands = parser.add_subparsers(dest="command", required=True)
    solve = commands.add_parser("solve", help="print {'sessions': {id: [person, ...]}} for an instance")
    solve.add_argument("instance", metavar="INSTANCE.json")
    solve.add_argument("--seconds", type=float, default=30.0, help="at most so long (default 30)")
    solve.add_argument("--seed", type=int, default=0, help="of the lot among equal claims (default 0)")
    return parser
