"""The files that documents were read from, kept so that their pages can be shown as they look.

Each file lies once in the folder, named by the hash of its bytes; beside it a link for each document, named
by the document's id, that holds the file's name. Both are written under another name, flushed and renamed,
so that an interruption leaves them whole or not at all.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wenju.corpus.errors import WenjuError

if TYPE_CHECKING:
    from wenju.index.library import Library

_LINK, _PART, _FILE = ".link", ".part", ".pdf"
ID = re.compile(r"[0-9a-f]{1,64}")
_SPARED = 3600  # seconds: what another process is just adding has no document yet


class OriginalError(WenjuError):
    """The file that a document was read from is not kept, or cannot be kept."""


class Originals:
    """The files kept in a folder, by the ids of their documents. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when something is kept."""
        self._folder = folder

    def keep(self, document_id: str, data: bytes) -> None:
        """Keep the file of a document, in place of an earlier one; raises OriginalError."""
        name = hashlib.sha256(data).hexdigest() + _FILE
        with self._explained():
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                os.utime(self._folder / name)  # it is wanted again, whatever it was kept for
            except FileNotFoundError:
                self._write(name, data)
            if self._linked(document_id) != name:
                self._write(document_id + _LINK, name.encode())

    def path(self, document_id: str) -> Path | None:
        """Where the file of a document lies; None where none is kept."""
        name = self._linked(document_id)
        path = self._folder / name if name else None
        return path if path and path.is_file() else None

    def documents(self) -> set[str]:
        """The ids of the documents whose files are kept."""
        return {name.removesuffix(_LINK) for name in self._names() if name.endswith(_LINK)}

    def tidy(self, held: Collection[str], gone: Collection[str] = ()) -> None:
        """Remove the files of documents that are not ``held``, and what an interruption left behind.

        What is newer than an hour stays, for another process may be adding it, except what belongs to
        documents in ``gone``. Raises OriginalError.
        """
        with self._explained():
            removed = set()
            for document_id in self.documents() - set(held):
                link = self._folder / (document_id + _LINK)
                if document_id in gone or _is_old(link):
                    removed.add(self._linked(document_id))
                    link.unlink(missing_ok=True)
            wanted = {self._linked(document_id) for document_id in self.documents()}
            for name in self._names():
                path = self._folder / name
                left = name.endswith((_PART, _FILE)) and name not in wanted
                if left and (name in removed or _is_old(path)):
                    path.unlink(missing_ok=True)

    @contextmanager
    def tidied(self, library: Library) -> Iterator[None]:
        """Remove the files of the documents that leave the library meanwhile."""
        before = self.documents() & library.ids()
        yield
        self.tidy(library.ids(), before)

    def size(self) -> int:
        """How many bytes the files take together."""
        return sum((self._folder / n).stat().st_size for n in self._names() if n.endswith(_FILE))

    def missing(self) -> list[str]:
        """The ids of documents whose link names a file that is not there, sorted."""
        return sorted(d for d in self.documents() if self.path(d) is None)

    def _names(self) -> list[str]:
        try:
            return os.listdir(self._folder)
        except FileNotFoundError:
            return []

    def _linked(self, document_id: str) -> str:
        """The name of a document's file; empty where there is none."""
        if not ID.fullmatch(document_id):
            return ""
        try:
            name = (self._folder / (document_id + _LINK)).read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""
        return name if ID.fullmatch(name.removesuffix(_FILE)) else ""

    def _write(self, name: str, data: bytes) -> None:
        part = self._folder / f"{secrets.token_hex(8)}{_PART}"
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._folder / name)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OriginalError(
                f"{self._folder} cannot keep the files of documents ({error}). Check that it can be "
                "written and has space left, or set WENJU_KEEP_ORIGINALS=false."
            ) from error


def _is_old(path: Path) -> bool:
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime > _SPARED
    return False
