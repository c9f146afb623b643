"""Made-up sign-ups and members: zones, hours and habits of a scattered network; no real persons."""

from __future__ import annotations

from datetime import time
from random import Random

from enishi.engines.scheduling import Member, Person, Places, Session

OFFSETS = [9] * 10 + [-8, -5, -5, -3, 0, 1, 1, 2, 5.5, 7, 8, 8, 11]
HOURS = [8, 12, 12, 12, 18, 19, 20, 21]  # in Tokyo
SPEAK = [frozenset({"ja"}), frozenset({"ja"}), frozenset({"ja", "en"}), frozenset({"en"})]


def sign_up(people: int, sessions: int, seed: int) -> Places:
    """People who can come where the hour suits them, about one session in five; 7-8 seats a session."""
    chance = Random(seed)
    offered = []
    for s in range(sessions):
        slot = (chance.randrange(10), chance.choice(HOURS))
        offered.append(Session(s, slot, chance.randint(6, 9), 3, chance.choice(["ja", "ja", "ja", "en"])))
    claims = tuple(_person(chance, number, offered) for number in range(people))
    pairs = {tuple(sorted(chance.sample(range(people), 2))) for _ in range(max(40, people // 20))}
    return Places(tuple(offered), claims, tuple(sorted((a, b) for a, b in pairs)))


def _person(chance: Random, number: int, offered: list[Session]) -> Person:
    offset, languages = chance.choice(OFFSETS), chance.choice(SPEAK)
    habit = {hour: chance.random() for hour in range(24)}
    able = set()
    for session in offered:
        local = int(session.slot[1] - 9 + offset) % 24
        liking = 0.45 if local >= 18 else 0.25 if local in (7, 8, 12, 13) else 0.0
        if session.language in languages and local < 23 and habit[local] < liking and chance.random() < 0.8:
            able.add(session.id)
    return Person(
        number,
        frozenset(able),
        languages,
        {s: chance.randint(1, 3) for s in sorted(able)},
        first_timer=chance.random() < 0.69,
        wanted=chance.choice([1, 1, 1, 2, 3]),
        host=chance.random() < 0.14,
    )


ZONES = ["Asia/Tokyo"] * 10 + ["Europe/Amsterdam", "Europe/London", "America/New_York", "America/Chicago"]
ZONES += ["America/Los_Angeles", "Asia/Singapore", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo"]
PARTS = [(time(7), time(9)), (time(9), time(12)), (time(12), time(13)), (time(18), time(20)), (time(20), time(23))]


def members(count: int, seed: int) -> list[Member]:
    """Members with none, one or two wished parts of the day; one in five can come at no other time."""
    chance = Random(seed)
    return [
        Member(
            number,
            chance.choice(ZONES),
            tuple(sorted(chance.sample(PARTS, chance.choice([0, 1, 1, 2])))),
            only_wishes=chance.random() < 0.2,
        )
        for number in range(count)
    ]
