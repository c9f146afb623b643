"""Japanese and Latin names: folding, search keys, matching, sorting, and claims against a roster. See README.md."""

from .claims import ClaimFacts, ClaimScore, Difference, score_claim
from .folding import bigrams, fold
from .gojuon import gojuon_key
from .keys import keys, query_keys
from .matching import SAME, Match, match
from .person import PersonName

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
    "score_claim",
]
