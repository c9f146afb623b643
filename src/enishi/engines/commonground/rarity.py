"""What a shared fact is worth: the surprise, in bits, of finding it in one person.

The surprisal -log2(p) is Shannon's ("A Mathematical Theory of Communication", 1948, section 6); weighing a term by the
share of documents that hold it is Spärck Jones's inverse document frequency (Journal of Documentation 28, 1972).
A fact that all share is worth nothing. Adamic and Adar ("Friends and neighbors on the Web", Social Networks 25, 2003)
found common neighbours weighed by rarity to tell best who is close to whom.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNITS_PER_BIT = 1024


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a bit of surprise counts: `plain` for the fact, `yearly` for each calendar year it was shared.

    The defaults count a shared year a quarter as much, because years at one place come in long runs that say one thing.
    Whole numbers, so that sums are exact and equal scores are equal whatever the order of adding.
    """

    plain: int = 4
    yearly: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.plain <= 16 and 0 <= self.yearly <= 16):
            raise ValueError(
                f"Rarity({self.plain}, {self.yearly}) is out of range: give whole numbers, plain 1-16 and yearly 0-16"
            )

    def bits(self, units: int) -> float:
        """A score as bits of surprise, the unit in which people read it."""
        return units / (UNITS_PER_BIT * self.plain)


def logarithms(largest: int) -> NDArray[np.int32]:
    """UNITS_PER_BIT * log2(count) for counts 0 … largest, rounded; counts below two are taken as two.

    Two, because a fact can only be shared where two hold it. Holders who let it be seen by few are not counted
    (they would show in the weights of those who may not know), so the count itself may be zero.
    """
    counts = np.maximum(np.arange(max(largest, 2) + 1), 2)
    units: NDArray[np.int32] = np.rint(UNITS_PER_BIT * np.log2(counts)).astype(np.int32)
    return units
