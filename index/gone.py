"""Files that are no longer where the library read them: removed, or moved and renamed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from wenju.corpus.document import Document
from wenju.index.library import Library
from wenju.index.readings import reading_key


def forget(library: Library, paths: Iterable[Path], *, sync: bool) -> tuple[tuple[str, ...], int]:
    """The files below folders that are gone, and how many documents left the library for it.

    None leave without ``sync``. A document that another file gives too stays.
    """
    folders = [os.path.realpath(path) for path in paths if os.path.isdir(path)]
    below = tuple(os.path.join(folder, "") for folder in folders)
    gone = [o for o in library.origins() if below and o.startswith(below) and is_gone(o)]
    if not sync:
        return tuple(gone), 0
    before = library.count()[0]
    with library.transaction():
        for origin in gone:
            for document_id in library.from_origin(origin):
                library.unlink(origin, document_id)
        library.write("DELETE FROM meta WHERE key = ?", *((reading_key(o),) for o in gone))
    return tuple(gone), before - library.count()[0]


def without_gone(library: Library, document: Document) -> list[str]:
    """Where a document comes from, once its file took the place of those that are gone.

    So a file that was renamed or moved is cited by its new name.
    """
    origins = library.origins_of(document.id)
    others = [origin for origin in origins if origin != document.origin]
    if not others or not all(map(is_gone, others)):
        return origins
    with library.transaction():
        library.link(document.origin, document.id)
        for origin in others:
            library.unlink(origin, document.id)
    return [document.origin]


def is_gone(origin: str) -> bool:
    """Whether an origin is a file's path, and no file is there."""
    return os.path.isabs(origin) and not os.path.lexists(origin)
