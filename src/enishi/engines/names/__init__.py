"""Japanese and Latin names: folding, search keys, matching, sorting, and claims against a roster. See README.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .folding import bigrams, fold
from .gojuon import gojuon_key
from .keys import keys, query_keys, query_words
from .person import PersonName

if TYPE_CHECKING:
    from .claims import ClaimFacts, ClaimScore, Difference, score_claim
    from .matching import SAME, Match, match

__all__ = [
    "SAME",
    "ClaimFacts",
    "ClaimScore",
    "Difference",
    "Match",
    "PersonName",
    "bigrams",
    "fold",
    "gojuon_key",
    "keys",
    "match",
    "query_keys",
    "query_words",
    "score_claim",
]

# Read at first use: a page that folds a name loads neither the claims nor the matching.
_HOMES = {"claims": {"ClaimFacts", "ClaimScore", "Difference", "score_claim"}, "matching": {"SAME", "Match", "match"}}


def __getattr__(name: str) -> Any:
    for module, held in _HOMES.items():
        if name in held:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"{__name__} has no {name!r}")
