"""Common ground between people, from dated stints and profile facts. See README.md in this folder."""

from .every import Suggestions
from .facts import Fact, Masks, Tie
from .ground import Ground, Suggestion
from .kinds import Kind, mask_of
from .months import Overlap
from .network import Network
from .people import Person, Stint
from .rarity import Rarity
from .spread import Spread, spread

__all__ = [
    "Fact",
    "Ground",
    "Kind",
    "Masks",
    "Network",
    "Overlap",
    "Person",
    "Rarity",
    "Spread",
    "Stint",
    "Suggestion",
    "Suggestions",
    "Tie",
    "mask_of",
    "spread",
]
