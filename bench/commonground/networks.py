"""Made-up networks of a company's alumni, any size, the same for the same seed.

Sites, departments, schools and regions are Zipf-like: the r-th has a share of about 1/r of the first. People stayed 1-4
stints of one to nine years; a manager leads a dozen people of one site, near in department and time; 5 % opted out, 12 % hide
their sites, 8 % their managers; everyone has met six others.
"""

import numpy as np
from numpy.typing import NDArray

from enishi.engines.commonground import Kind, Network, mask_of

Flat = NDArray[np.int64]


def made_up(people: int, seed: int = 1, private: bool = True) -> Network:
    """`private=False` leaves out opting out, hiding and having met, so that a plain product gives the same answers."""
    rng = np.random.default_rng(seed)
    stints = 1 + rng.choice(4, people, p=(0.35, 0.35, 0.2, 0.1))
    who = np.repeat(np.arange(people), stints)
    sites, departments = max(20, round(people**0.5)), max(30, round(2 * people**0.5))
    site, department = zipf(rng, sites, len(who)), zipf(rng, departments, len(who))
    start, end = careers(rng, stints)
    facts = [(kind, *some(rng, people, most, values)) for kind, most, values in PROFILE]
    cohort = start[np.cumsum(stints) - stints] // 12
    facts.append((Kind.COHORT, np.arange(people), cohort))
    return Network(
        ids=np.arange(people) * 7 + 11,
        stint_person=who,
        organisation=np.zeros(len(who), np.int64),
        site=site,
        department=department,
        manager=managers(site, department, start),
        start=start // 12 * 100 + start % 12 + 1,
        end=end // 12 * 100 + end % 12 + 1,
        fact_person=np.concatenate([person for _, person, _ in facts]),
        fact_kind=np.concatenate([np.full(len(person), kind) for kind, person, _ in facts]),
        fact_value=np.concatenate([value for _, _, value in facts]),
        hidden=hidden(rng, people) if private else np.zeros(people, np.int64),
        opted_out=rng.random(people) < (0.05 if private else 0),
        met=met(rng, people) if private else np.zeros((0, 2), np.int64),
    )


_LAST_MONTH = 2025 * 12 + 11
PROFILE = (
    (Kind.SCHOOL, 1, 400),
    (Kind.REGION, 1, 60),
    (Kind.INTEREST, 3, 200),
    (Kind.SEEKS, 2, 120),
    (Kind.OFFERS, 2, 120),
)


def zipf(rng: np.random.Generator, values: int, draws: int) -> Flat:
    weights = 1 / np.arange(1, values + 1)
    return rng.choice(values, draws, p=weights / weights.sum())


def careers(rng: np.random.Generator, stints: Flat) -> tuple[Flat, Flat]:
    """Months since year 0; a person's stints follow each other."""
    length = rng.integers(12, 110, int(stints.sum()))
    first = np.cumsum(stints) - stints
    joined = 12 * rng.integers(1980, 2016, len(stints)) + rng.choice((3, 3, 3, 6, 9), len(stints))
    before = np.cumsum(length) - length
    start = np.minimum(np.repeat(joined - before[first], stints) + before, _LAST_MONTH)
    return start, np.minimum(start + length - 1, _LAST_MONTH)


def managers(site: Flat, department: Flat, start: Flat) -> Flat:
    """One manager for every dozen people who follow each other by site, department and time."""
    order = np.lexsort((start, department, site))
    manager = np.empty(len(order), np.int64)
    manager[order] = np.arange(len(order)) // 12
    return manager


def some(rng: np.random.Generator, people: int, most: int, values: int) -> tuple[Flat, Flat]:
    """Up to `most` distinct Zipf-like values a person."""
    count = rng.integers(0, most + 1, people) if most > 1 else (rng.random(people) < 0.8).astype(np.int64)
    person = np.repeat(np.arange(people), count)
    pairs = np.unique(np.stack([person, zipf(rng, values, len(person))]), axis=1)
    return pairs[0], pairs[1]


def hidden(rng: np.random.Generator, people: int) -> Flat:
    sites = (rng.random(people) < 0.12) * mask_of([Kind.SITE])
    return sites | (rng.random(people) < 0.08) * mask_of([Kind.MANAGER])


def met(rng: np.random.Generator, people: int) -> Flat:
    """Three pairs a person, so six others met on average."""
    one = np.repeat(np.arange(people), 3)
    return np.stack([one, rng.integers(0, people, len(one))], axis=1) * 7 + 11
