"""A library that several machines share: each document, each vector, and what its indexes hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wenju.index.distributed.counts import PASSAGES
from wenju.index.inspection.documents import inspect_document
from wenju.index.inspection.findings import Finding, fault
from wenju.index.inspection.vectors import inspect_vectors

if TYPE_CHECKING:
    from wenju.index.distributed.indexes import SharedIndexes
    from wenju.index.library import Library

_BATCH = 5000


def inspect_shared_library(library: Library) -> Iterator[Finding]:
    """What of the documents and vectors is not as it was stored.

    Rows have no checksums of Wenju's here: PostgreSQL has its own of its pages (``initdb --data-checksums``).
    """
    for (document_id,) in library.rows("SELECT id FROM documents ORDER BY id"):
        yield from inspect_document(library, document_id)
    yield from inspect_vectors(library)


def inspect_shared_indexes(library: Library, indexes: SharedIndexes) -> Iterator[Finding]:
    """Whether the indexes, once they are brought up, have the library's passages and no others."""
    indexes.bring_up()
    revision, numbers = library.revision, library.numbers().tolist()
    parts = [numbers[first : first + _BATCH] for first in range(0, len(numbers), _BATCH)]
    missing = sum(len(part) - indexes.milvus.count(part) for part in parts)
    counted = library.rows("SELECT holding FROM counts WHERE term = ?", (PASSAGES,))
    held = {
        indexes.milvus.name: indexes.milvus.count(),
        f"{library.name}, counted": counted[0][0] if counted else 0,
        f"{library.name}, marked": library.rows("SELECT count(*) FROM marks")[0][0],
    }
    if library.revision != revision:
        return  # changed meanwhile
    if missing:
        yield fault("index", f"{indexes.milvus.name} lacks {missing:,} of the passages.")
    for where, passages in held.items():
        if passages != len(numbers):
            yield fault(
                "index", f"{where}: {passages:,} passages, where {len(numbers):,} are stored."
            )
