"""Ten thousand events of a room, replayed; the yardstick is json reading the same ledger in the same run.

    .venv/bin/python bench/facilitation/run.py

Also the share of time spoken that the turn orders give, as Gini, beside a free-for-all where the bold speak first.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from enishi.engines.facilitation import Agenda, Event, Room, Segment, gini, replay

RESULTS = Path(__file__).parent.parent / "results"
NOON = datetime(2026, 12, 10, 3, tzinfo=UTC)
KINDS = ["next", "done", "hand_raised", "hand_lowered", "passed", "put_off", "dropped", "returned", "paused"]
KINDS += ["resumed", "minute_added", "listening", "joining_in", "joined", "segment_next"]


def main() -> None:
    agenda = Agenda((Segment("check-in", 30, "circle", 180), Segment("topic", 30, "least_spoken")), seed=1)
    events = _ledger(10_000)
    end = events[-1].at + timedelta(seconds=1)
    text = json.dumps([[e.number, e.at.isoformat(), e.kind, e.person, e.by] for e in events])
    took = _best_of(5, lambda: replay(agenda, events, end))
    turned = _best_of(5, lambda: replay(agenda, events[::-1], end))
    yard = _best_of(5, lambda: json.loads(text))
    room = Room(agenda)
    for event in events:
        room.apply(event)
    state = _best_of(5, lambda: [room.state(end) for _ in range(100)]) / 100
    print(f"10,000 events replayed        {took * 1000:8.1f} ms")
    print(f"the same, arrived backwards   {turned * 1000:8.1f} ms")
    print(f"json.loads of the ledger      {yard * 1000:8.1f} ms")
    print(f"state of a room that goes on  {state * 1000:8.3f} ms")
    fair, free = _fairness()
    print(f"Gini of time spoken: least spoken first {fair:.3f}, first hand first {free:.3f}")
    ratios = {
        "replay_to_json": round(took / yard, 2),
        "backwards_to_forwards": round(turned / took, 2),
        "gini_to_free": round(fair / free, 3),
    }
    RESULTS.mkdir(exist_ok=True)
    figures = {"replay_ms": took * 1000, "state_ms": state * 1000, "gini": fair, "gini_free": free, "ratios": ratios}
    (RESULTS / "facilitation.json").write_text(json.dumps(figures, indent=1))
    print(json.dumps(ratios))


def _ledger(size: int) -> list[Event]:
    chance = Random(5)
    events = [Event(k, NOON, "joined", k) for k in range(1, 10)] + [Event(10, NOON, "started")]
    for number in range(11, size + 1):
        kind = chance.choice(KINDS)
        events.append(Event(number, NOON + timedelta(seconds=number), kind, chance.randint(1, 9)))
    return events


def _fairness() -> tuple[float, float]:
    """Nine people of different boldness in 40 turns: the bold raise their hands often and speak long."""
    return tuple(  # type: ignore[return-value]
        sum(_one_meeting(order, seed) for seed in range(20)) / 20 for order in ("least_spoken", "bold")
    )


def _one_meeting(order: str, seed: int) -> float:
    chance = Random(seed)
    bold = {k: k / 9 for k in range(1, 10)}
    if order == "bold":  # no rule: who raises a hand most often gets the floor
        spoken = dict.fromkeys(bold, 0.0)
        for _ in range(40):
            wishing = [k for k in bold if chance.random() < bold[k]] or [9]
            speaker = max(wishing, key=lambda k: bold[k] + chance.random())
            spoken[speaker] += 60 * bold[speaker]
        return gini(spoken.values())
    agenda = Agenda((Segment("topic", 30, "least_spoken"),))
    room = Room(agenda)
    events = [("joined", k) for k in bold] + [("started", None)]
    number, at = 0, NOON
    for kind, person in events:
        number += 1
        room.apply(Event(number, at, kind, person))
    for _ in range(40):
        for k in bold:
            if chance.random() < bold[k]:
                number += 1
                room.apply(Event(number, at, "hand_raised", k))
        number += 1
        room.apply(Event(number, at, "next"))
        at += timedelta(seconds=60 * bold[room.speaker.id] if room.speaker else 1)
    return room.state(at).fairness


def _best_of(times: int, work: Callable[[], object]) -> float:
    found = []
    for _ in range(times):
        begin = perf_counter()
        work()
        found.append(perf_counter() - begin)
    return min(found)


if __name__ == "__main__":
    main()
