"""Exact inner-product search over the passages' vectors, by FAISS."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import manifest
from index.manifest import Manifest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.encoder import Encoder
    from index.library import Library

_FORMAT = "dense-1"
_BATCH = 20_000


class DenseIndex:
    """A flat FAISS index in a folder, kept up to a library by :meth:`sync`."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._built_with = f"{_FORMAT}/{encoder.name}/{encoder.dimension}"
        self._encoder = encoder
        self._index: Any = None

    def sync(self, library: Library) -> None:
        """Bring the index up to the library, from nothing where it cannot be continued."""
        revision = library.revision
        held = manifest.load(self._folder)
        todo = manifest.changes(library, held, self._built_with)
        if not todo.rebuild and not self._opens(held):
            todo = manifest.changes(library, None, self._built_with)
        if todo.rebuild:
            self._create()
        if len(todo.removed):
            self._index.remove_ids(todo.removed)
        for first in range(0, len(todo.added), _BATCH):
            self._add(library, todo.added[first : first + _BATCH])
        if todo.rebuild or len(todo.added) or len(todo.removed):
            self._write(Manifest(self._built_with, library.identity, revision))
        elif held is not None and held[0].revision != revision:
            manifest.save(
                self._folder, Manifest(self._built_with, library.identity, revision), held[1]
            )

    def _opens(self, held: tuple[Manifest, NDArray[np.int64]] | None) -> bool:
        """Whether the index on disk, or the one in memory, is the one the manifest speaks of."""
        import faiss

        if self._index is None or not self._same(held):
            try:
                self._index = faiss.read_index(str(self._folder / "vectors.faiss"))
            except RuntimeError:
                return False
        return self._same(held)

    def _same(self, held: tuple[Manifest, NDArray[np.int64]] | None) -> bool:
        import faiss

        assert held is not None
        numbers = np.sort(faiss.vector_to_array(self._index.id_map))
        return bool(self._index.d == self._encoder.dimension and np.array_equal(numbers, held[1]))

    def _create(self) -> None:
        import faiss

        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(self._encoder.dimension))

    def _add(self, library: Library, numbers: NDArray[np.int64]) -> None:
        pairs = list(library.vectors(self._encoder.name, numbers.tolist()))
        if pairs:
            found = np.array([n for n, _ in pairs], dtype=np.int64)
            self._index.add_with_ids(np.stack([v for _, v in pairs]).astype(np.float32), found)

    def _write(self, about: Manifest) -> None:
        import faiss

        self._folder.mkdir(parents=True, exist_ok=True)
        manifest.discard(self._folder)
        faiss.write_index(self._index, str(self._folder / "vectors.tmp"))
        os.replace(self._folder / "vectors.tmp", self._folder / "vectors.faiss")
        manifest.save(self._folder, about, np.sort(faiss.vector_to_array(self._index.id_map)))

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
        """The best ``k`` passage numbers with their cosines, best first; ``vector`` is (dim,)."""
        k = min(k, self._index.ntotal)
        if k <= 0:
            return []
        scores, numbers = self._index.search(vector[None, :].astype(np.float32), k)
        return [(int(n), float(s)) for n, s in zip(numbers[0], scores[0], strict=True) if n >= 0]

    def scores(self, vector: NDArray[np.float32], numbers: Sequence[int]) -> dict[int, float]:
        """The cosines of the given passages; 0 for those the index does not hold."""
        found = {}
        for number in numbers:
            try:
                found[number] = float(self._index.reconstruct(int(number)) @ vector)
            except RuntimeError:
                found[number] = 0.0
        return found
