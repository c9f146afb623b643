"""Seat people at tables, round after round, so that as many as possible meet. See README.md in this folder."""

from .model import Answer, Broken, Infeasible, Instance, Lock, Person, Plan, Progress, Score
from .reading import read
from .reseat import Reseated, join, leave
from .score import broken, score
from .solve import solve
from .why import Reason, why

__all__ = [
    "Answer",
    "Broken",
    "Infeasible",
    "Instance",
    "Lock",
    "Person",
    "Plan",
    "Progress",
    "Reason",
    "Reseated",
    "Score",
    "broken",
    "join",
    "leave",
    "read",
    "score",
    "solve",
    "why",
]
