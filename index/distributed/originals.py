"""The files that documents were read from, in PostgreSQL; a copy of those that were looked at on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wenju.index.originals import ID, Originals

if TYPE_CHECKING:
    from wenju.index.library import Library

_COPIES: Final = 200  # files whose copies stay
# what another process is just adding has no document yet, and is spared for an hour
_GONE: Final = (
    "FROM original_links l WHERE since < now() - interval '1 hour' "
    "AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = l.document_id)"
)
_UNWANTED: Final = (
    "DELETE FROM originals o WHERE hash = ? "
    "AND NOT EXISTS (SELECT 1 FROM original_links l WHERE l.hash = o.hash)"
)


class SharedOriginals(Originals):
    """Files by the ids of their documents. Safe for several threads, processes and machines."""

    def __init__(self, library: Library, folder: Path) -> None:
        """``folder`` holds the copies, which can be made again."""
        super().__init__(folder)
        self._library = library

    def keep(self, document_id: str, data: bytes) -> None:
        """Keep the file of a document, in place of an earlier one."""
        name = hashlib.sha256(data).hexdigest()
        with self._library.transaction():
            self._library.write(
                "INSERT INTO originals VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", (name, data)
            )
            self._library.write(
                "INSERT INTO original_links VALUES (?, ?, now()) ON CONFLICT (document_id) DO UPDATE "
                "SET hash = excluded.hash, since = greatest(original_links.since, excluded.since)",
                (document_id, name),
            )

    def path(self, document_id: str) -> Path | None:
        """A copy of the file of a document; None where none is kept."""
        if not ID.fullmatch(document_id):
            return None
        sql = "SELECT hash FROM original_links WHERE document_id = ?"
        found = self._library.rows(sql, (document_id,))
        return self._copy(found[0][0]) if found else None

    def _copy(self, name: str) -> Path | None:
        path = self._folder / f"{name}.pdf"
        if not path.is_file():
            found = self._library.rows("SELECT data FROM originals WHERE hash = ?", (name,))
            if not found:
                return None
            with self._explained():
                self._folder.mkdir(parents=True, exist_ok=True)
                self._forget_copies()
                self._write(path.name, found[0][0])
        return path

    def _forget_copies(self) -> None:
        copies = sorted(self._folder.glob("*.pdf"), key=lambda copy: copy.stat().st_mtime)
        for copy in copies[: max(0, len(copies) - _COPIES + 1)]:
            with suppress(OSError):
                copy.unlink()

    def documents(self) -> set[str]:
        """The ids of the documents whose files are kept."""
        return {row[0] for row in self._library.rows("SELECT document_id FROM original_links")}

    @contextmanager
    def tidied(self, library: Library) -> Iterator[None]:
        """Remove the files of the documents that leave the library meanwhile."""
        yield
        self.tidy(())

    def tidy(self, held: Collection[str], gone: Collection[str] = ()) -> None:
        """Remove the files of documents that are gone; the database knows which those are."""
        if not self._library.rows(f"SELECT 1 {_GONE} LIMIT 1"):
            return
        with self._library.transaction():
            removed = {row[0] for row in self._library.rows(f"DELETE {_GONE} RETURNING hash")}
            self._library.write(_UNWANTED, *((name,) for name in sorted(removed)))

    def size(self) -> int:
        """How many bytes the files take together."""
        sql = "SELECT coalesce(sum(length(data)), 0) FROM originals"
        return int(self._library.rows(sql)[0][0])

    def missing(self) -> list[str]:
        """None: the database keeps links and files together."""
        return []
