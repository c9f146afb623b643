"""Speed and quality of the names engine.

    .venv/bin/python bench/names/run.py

Names are made from the engine's own tables, 50,000 different ones, in kanji with their reading in katakana. Beside each
figure stands the yardstick of the same run: jaconv turning the same strings from half-width and katakana to hiragana,
which is what a search without this engine would at least do. Rates are of processor time, since others may use the
machine. The last line holds the ratios.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import TypeVar

import jaconv

from enishi.engines.names import PersonName, bigrams, fold, folding, gojuon_key, kana, keys, match, readings
from enishi.engines.names.cli import read_person

T = TypeVar("T")
HERE = Path(__file__).parent
RESULTS = HERE.parent / "results"
COUNT = 50_000


def main() -> None:
    people = _people(told=True)
    strange = _strangers()
    strings = _texts(people)
    yard = _rate(lambda text: jaconv.kata2hira(jaconv.h2z(text)), strings) / 4
    rates = {
        "fold": _rate_cold(fold, strings) / 4,
        "fold, no part seen twice": _rate_cold(fold, _texts(strange)) / 4,
        "keys": _rate_cold(keys, people),
        "keys, no part seen twice": _rate_cold(keys, strange),
        "keys without readings": _rate_cold(keys, _people(told=False)),
        "bigrams": _rate(bigrams, [f"{p.family} {p.given} {p.family_kana} {p.given_kana}" for p in people]),
        "gojuon_key": _rate(gojuon_key, people),
    }
    print(f"{'yardstick: jaconv h2z, kata2hira':36}{yard:12,.0f} names/s")
    for name, rate in rates.items():
        print(f"{name:36}{rate:12,.0f} names/s  {rate / yard:6.2f} x the yardstick")
    pairs = [line.split("\t") for line in (HERE / "pairs.tsv").read_text("utf-8").splitlines()]
    precision, recall, matches = _quality(pairs)
    print(f"{'match, list of pairs':36}{matches:12,.0f} pairs/s, {len(pairs)} pairs, cold")
    print(f"precision {precision:.4f}  recall {recall:.4f}")
    start = _cold_start()
    print(f"cold start with the first match      {start * 1000:8.0f} ms, Python itself included")
    ratios = {name: round(rate / yard, 3) for name, rate in rates.items()}
    figures = {
        "names_per_second": {name: round(rate) for name, rate in rates.items()},
        "yardstick_names_per_second": round(yard),
        "ratio_to_yardstick": ratios,
        "pairs": len(pairs),
        "precision": precision,
        "recall": recall,
        "cold_start_seconds": round(start, 3),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "names.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps({"ratio_to_yardstick": ratios, "precision": precision, "recall": recall}))


def _people(*, told: bool) -> list[PersonName]:
    """50,000 different people; every family name meets every given name before one comes twice."""
    families = [(name, found[0]) for name, found in readings._whole("family_names.txt").items()]
    givens = [(name, found[0]) for name, found in readings._whole("given_names.txt").items()]
    stride = product(range(len(givens)), families)
    made = ((family, givens[(at * 7 + len(family[0])) % len(givens)]) for at, family in stride)
    return [
        PersonName(f, g, jaconv.hira2kata(fk) if told else "", jaconv.hira2kata(gk) if told else "")
        for (f, fk), (g, gk) in islice(made, COUNT)
    ]


def _strangers() -> list[PersonName]:
    """People whose every part is made up and comes once, so that no cache helps."""
    random = Random(7)
    kanji, morae = "".join(readings._kanji()[0]), "アイウカキクケコサシスタチツナニノハヒフマミヤユラリワザジダドバブ"
    parts: set[tuple[str, str]] = set()
    while len(parts) < 2 * COUNT:
        parts.add(("".join(random.choices(kanji, k=2)), "".join(random.choices(morae, k=4))))
    made = sorted(parts)
    return [PersonName(f, g, fk, gk) for (f, fk), (g, gk) in zip(made[::2], made[1::2], strict=True)]


def _texts(people: list[PersonName]) -> list[str]:
    return [text for p in people for text in (p.family, p.given, p.family_kana, p.given_kana)]


def _rate(work: Callable[[T], object], items: Iterable[T]) -> float:
    items = list(items)
    gc.collect()
    started = time.process_time()
    for item in items:
        work(item)
    return len(items) / (time.process_time() - started)


def _rate_cold(work: Callable[[T], object], items: Iterable[T]) -> float:
    """With every cache emptied first: nothing but what repeats within the run is remembered."""
    for module in (folding, kana, readings, sys.modules["enishi.engines.names.keys"]):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    return _rate(work, items)


def _quality(pairs: list[list[str]]) -> tuple[float, float, float]:
    started = time.process_time()
    found = [match(typed, read_person(person)).same for person, typed, _ in pairs]
    rate = len(pairs) / (time.process_time() - started)
    wanted = [label == "same" for _, _, label in pairs]
    both = sum(f and w for f, w in zip(found, wanted, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(wanted)), rate


def _cold_start() -> float:
    code = "from enishi.engines.names import *; match('Sato Ken', PersonName('佐藤', '健'))"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
