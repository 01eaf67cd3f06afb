"""What files gave when they were last read: one that would give the same again is not read again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from wenju.corpus.allowance import Allowance
from wenju.corpus.document import storable
from wenju.corpus.errors import ReadError
from wenju.corpus.fingerprint import file_fingerprint
from wenju.index.library import Library
from wenju.index.originals import Originals
from wenju.index.records import READING, inventory_row, to_inventory
from wenju.index.report import FileReport, SourceNote


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file gave: its documents, what is reported of it, and whether its own pages can be shown."""

    documents: tuple[str, ...]
    report: FileReport
    notes: tuple[SourceNote, ...]
    has_original: bool


class Readings:
    """The readings of a library's files. They can be found out again, and are remembered as such."""

    def __init__(
        self, library: Library, allowance: Allowance, originals: Originals | None = None
    ) -> None:
        """``originals`` is where files are kept; without one none need be."""
        self._library = library
        self._allowance = repr(allowance)
        self._originals = originals
        self._waiting: dict[str, str] = {}

    def fingerprint(self, path: Path) -> str:
        """What tells whether a file would be read as before; empty where it cannot be read."""
        try:
            return f"{file_fingerprint(path)} {self._allowance}"
        except ReadError:
            return ""

    def unchanged(self, path: Path, fingerprint: str) -> Kept | None:
        """What the file gave, where the library still has it just so; None where it must be read."""
        origin = storable(os.path.realpath(path))
        known = self._library.remembered(reading_key(origin))
        if not known or not fingerprint:
            return None
        said, row = json.loads(known)
        if said != fingerprint:
            return None
        kept = _kept(row)
        return kept if self._is_held(origin, kept) else None

    def _is_held(self, origin: str, kept: Kept) -> bool:
        """Whether its documents are there, are no other file's as well, and have their originals."""
        sql = (
            "SELECT own.document_id, count(*) FROM origins own JOIN origins every "
            "ON every.document_id = own.document_id WHERE own.origin = ? GROUP BY own.document_id"
        )
        found = dict(self._library.rows(sql, (origin,)))
        # of a text that two files give, the library may say what the other one does
        if found.keys() != {*kept.documents} or any(count > 1 for count in found.values()):
            return False
        wanted = kept.documents if self._originals and kept.has_original else ()
        return all(self._originals and self._originals.path(document) for document in wanted)

    def keep(self, origin: str, fingerprint: str, kept: Kept) -> None:
        """Remember it with the next :meth:`store`, once its documents are stored."""
        row = {
            "documents": kept.documents,
            "name": kept.report.name,
            "count": kept.report.documents,
            "repairs": kept.report.repairs,
            "inventory": inventory_row(kept.report.inventory),
            "notes": [asdict(note) for note in kept.notes],
            "has_original": kept.has_original,
        }
        self._waiting[origin] = json.dumps([fingerprint, row], ensure_ascii=False)

    def store(self) -> None:
        """Write what waits; part of the transaction that stores the documents."""
        for origin, row in self._waiting.items():
            self._library.remember(reading_key(origin), row)
        self._waiting.clear()


def reading_key(origin: str) -> str:
    """Under what a library remembers the reading of a file."""
    return READING + origin


def _kept(row: Mapping[str, Any]) -> Kept:
    inventory = to_inventory(row["inventory"])
    report = FileReport(row["name"], row["count"], row["repairs"], inventory)
    notes = tuple(SourceNote(**note) for note in row["notes"])
    return Kept(tuple(row["documents"]), report, notes, row["has_original"])
