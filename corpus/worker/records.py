"""Sources, documents, passages and provisions as values of JSON, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

from wenju.corpus.document import Document, Heading, Page, Passage, Region, Repair, Source
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.statutes import Provision

Made = dict[str, Any]
"""A record as JSON has it: a value to each field."""

_ROWS: Final = {"headings": Heading, "pages": Page, "regions": Region, "repairs": Repair}


def object_of(record: Source | Document) -> Made:
    """The values of a source or a document by field, but for the bytes of the file."""
    made = {f.name: getattr(record, f.name) for f in fields(record) if f.init}
    made.pop("original", None)
    made |= {name: [*map(values, made[name])] for name in _ROWS if name in made}
    made["metadata"] = values(record.metadata)
    *counts, notes = values(record.inventory)  # the notes are its last field
    made["inventory"] = [*counts, [*map(values, notes)]]
    return made


def source_of(made: Made, original: bytes) -> Source:
    """The source that ``object_of`` was given."""
    return Source(**_fields(made), original=original)


def document_of(made: Made) -> Document:
    """The document that ``object_of`` was given."""
    return Document(**_fields(made))


def _fields(made: Made) -> Made:
    rows = {n: tuple(kind(*row) for row in made[n]) for n, kind in _ROWS.items() if n in made}
    told = dict(zip(Metadata.__slots__, made["metadata"], strict=True))
    told |= {"replaces": tuple(told["replaces"]), "places": tuple(map(tuple, told["places"]))}
    held = dict(zip(Inventory.__slots__, made["inventory"], strict=True))
    held["notes"] = tuple(Note(*note) for note in held["notes"])
    return made | rows | {"metadata": Metadata(**told), "inventory": Inventory(**held)}


def passage_of(row: list[Any], document: Document) -> Passage:
    """The passage of this document that ``values`` was given, its text left out."""
    made = dict(zip(_PASSAGE, row, strict=True))
    made |= {"text": document.text[made["start"] : made["end"]]}
    return Passage(**made | {"headings": tuple(made["headings"])})


def provision_of(row: list[Any]) -> Provision:
    """The provision that ``values`` was given."""
    kind, number, *rest = row
    return Provision(kind, tuple(number), *rest)


def values(record: Any) -> list[Any]:  # noqa: ANN401 - a dataclass
    """The values of a record in the order of its fields; the text of a passage stays away."""
    left = "text" if isinstance(record, Passage) else ""
    return [getattr(record, f.name) for f in fields(record) if f.init and f.name != left]


_PASSAGE: Final = [f.name for f in fields(Passage) if f.init and f.name != "text"]
