"""A damaged library made anew from what of it is sound; nothing is encoded again that need not be."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wenju.corpus.document import Document, Passage
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.statutes import provisions_of
from wenju.index.database import LibraryError
from wenju.index.dense import DenseIndex
from wenju.index.inspection.indexes import NAMES, remove_index, sound_vectors
from wenju.index.inspection.remains import Remains
from wenju.index.library import Library
from wenju.index.replacement import discard, put_aside


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a repair kept and what it could not.

    ``lost`` are the documents that are gone, by name or id; of those ``described_anew``, by name, only the
    text was what it was, so a date or a title that their files gave is gone; ``encoded_again`` is how many
    passages have no vector left; ``put_aside`` is where the damaged file is kept.
    """

    documents: int
    passages: int
    lost: tuple[str, ...]
    described_anew: tuple[str, ...]
    encoded_again: int
    put_aside: str


def salvage(path: Path, indexes: Path) -> Salvaged:
    """Put in a damaged library's place one with all of it that is what it was; keep the damaged file.

    Documents count whose source text has their hash. Vectors are taken from the library, and from the
    dense index where that is whole. No other process may have the library open. Raises LibraryError
    where nothing can be read; then nothing has changed.
    """
    staged = path.with_name(f"{path.name}.repaired")
    discard(staged)
    try:
        remains = Remains(path)
    except sqlite3.Error as error:
        raise LibraryError(
            f"Nothing of {path} can be read ({error}). Import an archive of it with `wenju import "
            "FILE --replace`, or move it away and add the documents again."
        ) from None
    try:
        kept = _rebuilt(remains, staged, indexes)
    finally:
        remains.close()
    aside = put_aside(path)
    os.replace(staged, path)
    for name in NAMES:
        remove_index(indexes, name)
    return Salvaged(*kept, str(aside))


def _rebuilt(
    remains: Remains, staged: Path, indexes: Path
) -> tuple[int, int, tuple[str, ...], tuple[str, ...], int]:
    library = Library(staged)
    second = sound_vectors(indexes)
    names: dict[str, str] = {}
    encoders: set[str] = set()
    try:
        with library.transaction():
            for name, document in remains.documents():
                if document is None:
                    names[name] = name
                else:
                    encoders |= _add(library, remains, document, second)
            _add_rest(library, remains)
        held = {document.id for document in library.documents()}
        lost = sorted({*names, *(remains.named() - held)} - _ids_of_named(remains, names))
        missing = max((len(library.without_vector(e)) for e in encoders), default=0)
        count = library.count()
        library.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        library.close()
    anew = tuple(sorted(remains.described_anew))
    return (*count, tuple(lost), anew, missing if encoders else count[1])


def _ids_of_named(remains: Remains, names: dict[str, str]) -> set[str]:
    """The ids of the lost documents that are told by name, so that none is told twice."""
    sql = "SELECT id FROM documents WHERE name = ?"
    return {str(row[0]) for name in names for row in remains.rows(sql, (name,))}


def _add(
    library: Library, remains: Remains, document: Document, second: tuple[str, DenseIndex] | None
) -> set[str]:
    """A document with its passages, cut anew, and their vectors; returns the encoders' names."""
    layout = read_layout(document.text, document.headings)
    passages = cut(document, layout)
    numbers = library.add(document, passages, provisions_of(layout))
    for origin in remains.origins(document.id):
        library.link(origin, document.id)
    encoders = set()
    for passage, number in zip(passages, numbers, strict=True):
        for encoder, vector in _vectors(remains, passage, second):
            library.add_vectors(encoder, [number], vector[None, :])
            encoders.add(encoder)
    return encoders


def _vectors(
    remains: Remains, passage: Passage, second: tuple[str, DenseIndex] | None
) -> Iterator[tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]]:
    """A passage's vectors; of what is in the index, which is sealed, the index's."""
    found = {e: np.frombuffer(v, dtype="<f4") for e, v in remains.vectors(passage.id).items()}
    number = remains.number(passage.id)
    if second and number is not None:
        encoder, index = second
        copy = index.vector(number)
        if copy is not None:
            found[encoder] = copy
    yield from found.items()


def _add_rest(library: Library, remains: Remains) -> None:
    """What people set, and the number of changes, beyond the last that is known."""
    library.insert("corrections", *remains.corrections(), on_conflict="IGNORE")
    held = {document.id for document in library.documents()}
    rows = [row for row in remains.uncorrected() if row[0] in held]
    library.insert("uncorrected", *rows, on_conflict="IGNORE")
    known = remains.meta("revision") or ""
    revision = int(known) if known.isdecimal() else int(time.time())
    library.remember("revision", str(revision + 1))
