"""Rows of a sparse matrix, gathered block by block and handed over in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from .arrays import Floats, Ints


class Rows:
    """Blocks of rows; `count` is how many there are so far."""

    def __init__(self) -> None:
        self.count = 0
        self._entries: list[tuple[Any, Any, Any]] = []
        self._limits: list[tuple[Any, Any]] = []

    def add(self, key: Ints, column: Ints, value: float, low: float, high: float | Floats) -> slice:
        """A row for each key; rows of at most `high` entries that could never bind are left out."""
        import numpy as np

        keys, row, size = np.unique(key, return_inverse=True, return_counts=True)
        limit = high[keys] if isinstance(high, np.ndarray) else np.full(len(keys), high)
        needed = size > limit
        number = np.cumsum(needed) - 1
        entry = needed[row]
        return self._append(
            number[row[entry]],
            column[entry],
            np.full(int(entry.sum()), value),
            np.full(int(needed.sum()), low),
            limit[needed],
        )

    def add_mixed(self, parts: list[tuple[Ints, Ints, Any]], low: float, high: float) -> slice:
        """A row for each key, its entries from several parts (key, column, value)."""
        import numpy as np

        key = np.concatenate([k for k, _, _ in parts])
        keys, row = np.unique(key, return_inverse=True)
        values = np.concatenate([np.broadcast_to(np.asarray(v, dtype=float), len(k)) for k, _, v in parts])
        columns = np.concatenate([c for _, c, _ in parts])
        return self._append(row, columns, values, np.full(len(keys), low), np.full(len(keys), high))

    def _append(self, row: Any, column: Any, value: Any, low: Any, high: Any) -> slice:
        begin = self.count
        self._entries.append((row + begin, column, value))
        self._limits.append((low, high))
        self.count += len(low)
        return slice(begin, self.count)

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats, Floats, Floats]:
        import numpy as np

        row, column, value = (np.concatenate([e[k] for e in self._entries]) for k in range(3))
        order = np.argsort(row, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=self.count))])
        low, high = (np.concatenate([limit[k] for limit in self._limits]) for k in range(2))
        return starts.astype(np.int32), column[order].astype(np.int32), value[order], low, high
