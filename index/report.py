"""What adding did, in figures and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from wenju.corpus.errors import Why
from wenju.corpus.inventory import Inventory, NoteKind


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a part of one, that could not be read: a sentence, and which kind of reason it gives."""

    source: str
    reason: str
    why: Why = "other"


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Something to know of a file that was read, or of a part of it: a ``corpus.inventory.Note``."""

    source: str
    kind: NoteKind
    detail: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in a file: in all its documents together."""

    name: str
    documents: int
    repairs: dict[str, int]
    inventory: Inventory


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding did: documents by fate, passages and repairs of the added and updated ones.

    ``failed`` is what could not be read; ``notes`` are of what was read, and ``files`` all that was.
    ``skipped`` counts the files of folders that were passed over, by suffix or as ``hidden``. ``gone``
    are files that a folder held before and holds no more; their documents are ``removed`` where that
    was asked for, else they stay.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    repairs: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    removed: int = 0
    notes: tuple[SourceNote, ...] = ()
    files: tuple[FileReport, ...] = ()
