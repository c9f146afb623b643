"""Made-up networks of an office like ours, any size: hosts, languages, departments, history, ties; no real persons.

The habits are those of a company's alumni: half come from one department and the rest from a long tail; most speak
Japanese, some English too, a few English alone; everyone met about six others before and has a dozen ties, most of
them loose; ties are closer between people of about one year.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

Pair = tuple[int, int]

USUAL = ((("ja",), 0.72), (("ja", "en"), 0.23), (("en",), 0.05))
THREE = ((("ja",), 0.6), (("ja", "en"), 0.2), (("en",), 0.08), (("en", "nl"), 0.07), (("nl",), 0.05))
FOUR = (
    (("ja",), 0.5),
    (("ja", "en"), 0.2),
    (("en",), 0.12),
    (("en", "nl"), 0.06),
    (("zh", "ja"), 0.08),
    (("zh",), 0.04),
)
FEW = ((("ja",), 0.93), (("ja", "en"), 0.055), (("en",), 0.015))


@dataclass(frozen=True)
class Network:
    """What sets one network apart from another; `hosts`: so many for each table, `apart`: pairs a person."""

    people: int
    rounds: int = 5
    least: int = 5
    most: int = 6
    hosts: float = 1.2
    languages: tuple[tuple[tuple[str, ...], float], ...] = USUAL
    met: float = 3.0
    ties: float = 6.0
    apart: float = 0.05
    seed: int = 1

    @property
    def name(self) -> str:
        """People × rounds, the tables, and what is unusual."""
        words = [f"{self.people}x{self.rounds}", f"{self.least}-{self.most}"]
        usual = Network(self.people)
        words += [
            key for key in ("hosts", "languages", "met", "ties", "apart") if getattr(self, key) != getattr(usual, key)
        ]
        return "_".join([*words, *([f"s{self.seed}"] if self.seed != 1 else [])])


NETWORKS = (
    Network(120, seed=2),
    Network(120, rounds=8, least=4, most=5),
    Network(206, rounds=4, least=6, most=7),
    Network(240, rounds=6, apart=1.0),
    Network(300),
    Network(300, languages=FOUR, rounds=4),
    Network(300, languages=FEW, hosts=1.02),
    Network(360, rounds=3, least=7, most=8),
    Network(420, languages=THREE),
    Network(600, rounds=5, least=4, most=6),
)


def network(wanted: Network) -> dict[str, Any]:
    """The task as JSON holds it; the same `wanted` gives the same task."""
    chance = Random(wanted.seed * 1000 + wanted.people)
    n = wanted.people
    people = [_person(chance, number, wanted) for number in range(n)]
    tables = -(-n // wanted.most)
    for number in chance.sample(range(n), min(n, round(tables * wanted.hosts))):
        people[number]["host"] = True
    history = _pairs(chance, n, round(n * wanted.met))
    apart = sorted(set(_pairs(chance, n, round(n * wanted.apart))) - set(history))
    return {
        "kind": "rounds",
        "name": wanted.name,
        "n": n,
        "rounds": wanted.rounds,
        "min": wanted.least,
        "max": wanted.most,
        "people": people,
        "host_per_table": True,
        "common_language": True,
        "history": history,
        "keep_apart": apart,
        "affinity": [[a, b, _tie(chance, people[a], people[b])] for a, b in _pairs(chance, n, round(n * wanted.ties))],
    }


def _person(chance: Random, number: int, wanted: Network) -> dict[str, Any]:
    spoken, weights = zip(*wanted.languages, strict=True)
    return {
        "id": number,
        "dept": _tail(chance, 1.8, 25),
        "cohort": chance.randint(1985, 2022),
        "country": _tail(chance, 2.2, 12),
        "host": False,
        "langs": list(chance.choices(spoken, weights)[0]),
    }


def _tail(chance: Random, steep: float, most: int) -> int:
    """1 most often, larger numbers ever more seldom (Zipf's law); all beyond `most` together are `most`."""
    x, rest = 1, chance.random() * sum(k**-steep for k in range(1, 2000))
    while rest > x**-steep and x < most:
        rest -= x**-steep
        x += 1
    return x


def _pairs(chance: Random, n: int, count: int) -> list[Pair]:
    found: set[Pair] = set()
    while len(found) < min(count, n * (n - 1) // 2):
        a, b = chance.sample(range(n), 2)
        found.add((min(a, b), max(a, b)))
    return sorted(found)


def _tie(chance: Random, one: dict[str, Any], other: dict[str, Any]) -> float:
    near = 0.6 if abs(one["cohort"] - other["cohort"]) <= 2 else 0.0
    return round(chance.expovariate(1 / 1.03) + near, 2)
