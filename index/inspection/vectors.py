"""The vectors of a library: their sizes, their numbers, and whether they are of unit length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from wenju.index.inspection.findings import Finding, fault, note
from wenju.index.library import Library

_NUMBER = np.dtype("<f4").itemsize
_SLACK = 1e-3  # by which a vector of unit length may miss it
_BATCH = 5000
_NAMED = 5  # passages that are named


def inspect_vectors(library: Library) -> Iterator[Finding]:
    """Vectors that cannot be what an encoder gave, and passages that have none."""
    sizes: dict[str, set[int]] = defaultdict(set)
    wrong: dict[str, list[int]] = defaultdict(list)
    for number, encoder, vector in _all(library):
        if not isinstance(vector, bytes) or len(vector) % _NUMBER or not is_unit(vector):
            wrong[encoder].append(number)
        else:
            sizes[encoder].add(len(vector) // _NUMBER)
    for encoder, numbers in wrong.items():
        named = ", ".join(map(str, numbers[:_NAMED]))
        yield fault(
            "vectors",
            f"{len(numbers):,} vectors of {encoder!r} are not of unit length (passages {named}).",
        )
    for encoder, found in sizes.items():
        if len(found) > 1:
            yield fault("vectors", f"Vectors of {encoder!r} have several sizes: {sorted(found)}.")
        if missing := len(library.without_vector(encoder)):
            yield note(
                "vectors",
                f"{missing:,} passages have no vector of {encoder!r}; they are encoded when it is next "
                "used.",
            )


def _all(library: Library) -> Iterator[tuple[int, str, object]]:
    """Every passage's vectors, some thousands at a time."""
    numbers = library.numbers()
    sql = "SELECT number, encoder, vector FROM vectors WHERE number BETWEEN ? AND ?"
    for first in range(0, len(numbers), _BATCH):
        batch = numbers[first : first + _BATCH]
        yield from library.rows(sql, (int(batch[0]), int(batch[-1])))


def is_unit(vector: bytes) -> bool:
    """Whether the bytes are float32 numbers of unit length, as every encoder gives them."""
    with np.errstate(all="ignore"):
        length = float(np.linalg.norm(np.frombuffer(vector, dtype="<f4").astype(np.float64)))
    return abs(length - 1.0) <= _SLACK
