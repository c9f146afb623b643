"""Sign-ups and hours: score, bound, share and time, beside the peers in the same run.

    .venv/bin/python bench/placing/run.py [--seconds 10] [--large]

--large adds 5,000 people and 300 sessions. The peers get the time the engine may take. The last line holds ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from instances import members, sign_up
from peers import cp_sat, first_come, random_greedy

from enishi.engines.scheduling import Places, broken_rules, choose_hours, score, solve, week_of_hours
from enishi.engines.scheduling.instance import places_from

RESULTS = Path(__file__).parent.parent / "results"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "seating" / "signup_500x40_b.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    cases = {"60 x 8": sign_up(60, 8, 1), "500 x 40": sign_up(500, 40, 2), "500 x 200": sign_up(500, 200, 3)}
    if SHARED.exists():
        cases["500 x 40, shared"] = places_from(json.loads(SHARED.read_text("utf-8")))
    found = {name: _measure(name, places, options.seconds) for name, places in cases.items()}
    if options.large:
        found["5000 x 300"] = _measure("5000 x 300", sign_up(5000, 300, 4), 30.0)
    hours = _hours()
    ratios = {
        name: {peer: round(one[peer]["score"] / one["enishi"]["score"], 4) for peer in one if peer != "enishi"}
        for name, one in found.items()
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "placing.json").write_text(json.dumps({"cases": found, "hours": hours, "ratios": ratios}, indent=1))
    print(json.dumps(ratios))


def _measure(name: str, places: Places, seconds: float) -> dict:
    heard: list = []
    solve(places, seconds=0)  # the imports are no part of it
    begin = perf_counter()
    plan = solve(places, seconds=seconds, progress=heard.append)
    took = perf_counter() - begin
    first = heard[0]
    found = {
        "enishi": {
            "score": plan.score,
            "bound": plan.bound,
            "share": plan.score / plan.bound,
            "proven": plan.proven,
            "seconds": took,
            "first_seconds": first.seconds,
            "first_share": first.score / plan.bound,
        }
    }
    seats, bound, proven, spent = cp_sat(places, seconds)
    found["cp_sat"] = {**_peer(places, seats, perf_counter() - spent), "bound": bound, "proven": proven}
    begin = perf_counter()
    greedy_seats = random_greedy(places, 1, min(seconds, max(took, 1.0)))
    found["random_greedy"] = _peer(places, greedy_seats, begin)
    begin = perf_counter()
    found["first_come"] = _peer(places, first_come(places, 1), begin)
    print(f"{name}: bound {plan.bound:g}, first answer {first.score:g} after {first.seconds * 1000:.0f} ms")
    for who, one in found.items():
        word = "proven" if one.get("proven") else ""
        print(f"  {who:14}{one['score']:12g}  share {one['score'] / plan.bound:7.4f}  {one['seconds']:7.2f} s  {word}")
    return found


def _peer(places: Places, seats: dict, begin: float) -> dict:
    took = perf_counter() - begin
    assert broken_rules(places, seats) == []
    return {"score": score(places, seats), "seconds": took, "seats": sum(map(len, seats.values()))}


def _hours() -> dict:
    people = members(1000, 5)
    week = week_of_hours(date(2026, 3, 23), "Asia/Tokyo")
    choose_hours(people[:10], week, 2)
    found = {}
    for k in (3, 5, 6):
        begin = perf_counter()
        hours = choose_hours(people, week, k, seconds=20)
        took = perf_counter() - begin
        found[k] = {"reached": hours.reached, "wished": hours.wished, "proven": hours.proven, "seconds": took}
        print(f"{k} of 168 hours for 1,000 members: reached {hours.reached}, wished {hours.wished}, {took:.2f} s")
    return found


if __name__ == "__main__":
    main()
