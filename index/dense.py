"""Inner-product search over all of the passages' vectors, by FAISS.

Exact where they are not very many; else in half precision, which takes half the memory and two thirds of
the time, and moves a cosine by some 0.00002 (docs/performance.md).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wenju.index.derived import DerivedIndex

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wenju.index.encoder import Encoder
    from wenju.index.library import Library

_FORMAT = "dense-2"
_BATCH = 20_000
_LARGE = 100_000  # vectors from which on they are kept in half precision
_ROUNDED = 2.0**-11  # what a number of a vector may differ by for it


class DenseIndex(DerivedIndex):
    """A flat FAISS index over one encoder's vectors."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        super().__init__(folder, f"{_FORMAT}/{encoder.name}/{encoder.dimension}")
        self._path = folder / "vectors.faiss"
        self._encoder = encoder
        self._index: Any = None

    def _open(self) -> bool:
        import faiss

        try:
            self._index = faiss.read_index(str(self._path))
        except RuntimeError:
            return False
        return bool(self._index.d == self._encoder.dimension)

    def _create(self) -> None:
        import faiss

        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._encoder.dimension))

    @property
    def is_half(self) -> bool:
        """Whether the vectors are kept in half precision."""
        import faiss

        return isinstance(faiss.downcast_index(self._index.index), faiss.IndexScalarQuantizer)

    def _halve(self) -> None:
        import faiss

        kind, dimension = faiss.ScalarQuantizer.QT_fp16, self._encoder.dimension
        half = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        exact, self._index = self._index, faiss.IndexIDMap2(half)
        numbers = faiss.vector_to_array(exact.id_map)
        flat = faiss.downcast_index(exact.index)
        for first in range(0, len(numbers), _BATCH):
            ids = numbers[first : first + _BATCH]
            self._index.add_with_ids(flat.reconstruct_n(first, len(ids)), ids)

    def _change(
        self, library: Library, removed: NDArray[np.int64], added: NDArray[np.int64]
    ) -> list[int]:
        import faiss

        if len(removed):
            self._index.remove_ids(removed)
        if self._index.ntotal + len(added) > _LARGE and not self.is_half:
            self._halve()
        done: list[int] = []
        for first in range(0, len(added), _BATCH):
            done += self._add(library, added[first : first + _BATCH].tolist())
        faiss.write_index(self._index, str(self._path.with_suffix(".tmp")))
        os.replace(self._path.with_suffix(".tmp"), self._path)
        return done

    def _add(self, library: Library, numbers: Sequence[int]) -> list[int]:
        """Put in those that the encoder has seen."""
        pairs = dict(library.vectors(self._encoder.name, numbers))
        if pairs:
            vectors = np.stack(list(pairs.values())).astype(np.float32)
            self._index.add_with_ids(vectors, np.array(list(pairs), dtype=np.int64))
        return list(pairs)

    def contradictions(self, library: Library, numbers: NDArray[np.int64]) -> list[str]:
        """Passages whose vector is not the library's, bit by bit, or as exactly as half precision is."""
        import faiss

        held = np.sort(faiss.vector_to_array(self._index.id_map))
        if not np.array_equal(held, np.sort(numbers)):
            return [
                f"It holds {len(held):,} vectors, other ones than the {len(numbers):,} it lists."
            ]
        said = library.vectors(self._encoder.name, numbers.tolist())
        wrong = [n for n, vector in said if not self._holds(n, vector)]
        named = ", ".join(map(str, wrong[:5]))
        return (
            [f"{len(wrong):,} vectors are not the library's (passages {named})."] if wrong else []
        )

    def _holds(self, number: int, vector: NDArray[np.float32]) -> bool:
        held = self.vector(number)
        if held is None or not self.is_half:
            return held is not None and np.array_equal(held, vector)
        return bool(np.abs(held - vector).max(initial=0.0) <= _ROUNDED)

    def vector(self, number: int) -> NDArray[np.float32] | None:
        """A passage's vector, shape (dim,); None where the index does not hold it."""
        try:
            return np.asarray(self._index.reconstruct(int(number)), dtype=np.float32)
        except RuntimeError:
            return None

    def search(
        self, vector: NDArray[np.float32], k: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``k`` passage numbers with their cosines, best first; ``vector`` is (dim,).

        ``among`` are the numbers of the only passages to find, None for all of them.
        """
        import faiss

        k = min(k, self._index.ntotal)
        if k <= 0:
            return []
        if among is not None:
            # its package ships no types for what it makes of keywords
            only = faiss.SearchParameters()
            only.sel = faiss.IDSelectorBatch(np.array(among, dtype=np.int64))
            scores, ids = self._index.search(vector[None, :].astype(np.float32), k, params=only)
            return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        # the outer index's own search takes longer to renumber than to search
        flat = faiss.downcast_index(self._index.index)
        scores, places = flat.search(vector[None, :].astype(np.float32), k)
        number_at = self._index.id_map.at
        return [
            (int(number_at(int(p))), float(s))
            for p, s in zip(places[0], scores[0], strict=True)
            if p >= 0
        ]

    def scores(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> dict[int, float]:
        """The cosines of the given passages, without those the index does not hold."""
        found = {}
        for number in numbers:
            try:
                found[number] = float(self._index.reconstruct(int(number)) @ vector)
            except RuntimeError:
                continue
        return found
