"""Arrays that grow at the end without being copied each time."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def roomy(array: NDArray[Any]) -> NDArray[Any]:
    """A copy with spare rows at the end, so that the first additions need not copy.

    The room is only reserved: the system hands out the memory when it is first written.
    """
    return grown(array, len(array) + len(array) // 4 + 1024)


def grown(array: NDArray[Any], rows: int) -> NDArray[Any]:
    """The array itself if it has that many rows, else a copy with a quarter more than that. New rows are zero."""
    if rows <= len(array):
        return array
    larger = np.zeros((rows + rows // 4, *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    return larger
