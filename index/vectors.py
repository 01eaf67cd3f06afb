"""The vectors in a library: of each passage one for every encoder that it was encoded with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.index.database import Database

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 500  # below SQLite's oldest limit on bound values


class VectorStore(Database):
    """A database that keeps vectors."""

    def add_vectors(
        self, encoder: str, numbers: Sequence[int], vectors: NDArray[np.float32]
    ) -> None:
        """Store the passages' vectors, shape (n, dimension), under the encoder's name."""
        rows = [
            (encoder, vector.astype("<f4").tobytes(), number)
            for number, vector in zip(numbers, vectors, strict=True)
        ]
        # a passage that was removed while it was encoded is passed over
        sql = (
            "INSERT INTO vectors (number, encoder, vector) "
            "SELECT number, ?, ? FROM passages WHERE number = ? "
            "ON CONFLICT (number, encoder) DO UPDATE SET vector = excluded.vector"
        )
        with self.transaction():
            self.write(sql, *rows)
            self.changed()

    def vectors(self, encoder: str, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Pairs of number and float32 vector, ascending, for those that have one."""
        for first in range(0, len(numbers), _BATCH):
            batch = [int(n) for n in numbers[first : first + _BATCH]]
            marks = ",".join("?" * len(batch))
            sql = f"SELECT number, vector FROM vectors WHERE encoder = ? AND number IN ({marks})"
            for number, vector in self.rows(sql + " ORDER BY number", (encoder, *batch)):
                yield number, np.frombuffer(vector, dtype="<f4")

    def without_vector(self, encoder: str) -> list[int]:
        """Numbers of the passages that this encoder has not seen, ascending."""
        rows = self.rows(
            "SELECT number FROM passages WHERE number NOT IN "
            "(SELECT number FROM vectors WHERE encoder = ?) ORDER BY number",
            (encoder,),
        )
        return [row[0] for row in rows]
