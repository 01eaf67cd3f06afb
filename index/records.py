"""Rows of the library's tables as documents, passages and summaries, and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from functools import lru_cache
from typing import Any

from wenju.corpus.document import Document, Heading, Page, Passage, Region, Repair, label_of
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.statutes import Provision

READING = "reading/"
"""What the reading of a file is remembered under, before the file's place."""

# kinds of repairs as they were called when older libraries were filled
_FORMER_KINDS = {"pinyin_gloss": "pinyin_annotation", "slipped_bytes": "gbk_misalignment"}


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text, for lists."""

    id: str
    name: str
    origin: str
    title: str
    date: str
    issuer: str
    characters: int
    passages: int
    repairs: dict[str, int]
    metadata: Metadata = Metadata()
    inventory: Inventory = Inventory()

    @property
    def label(self) -> str:
        """The title, or the file's name where the text names none."""
        return label_of(self.title, self.name)


@dataclass(frozen=True, slots=True)
class StatuteRecord:
    """A document that has articles, without its text; ``articles`` is how many."""

    id: str
    title: str
    name: str
    date: str
    metadata: Metadata
    articles: int

    @property
    def label(self) -> str:
        """The title, or the file's name where the text names none."""
        return label_of(self.title, self.name)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document is called and says of itself, without its text."""

    id: str
    name: str
    title: str
    date: str
    issuer: str
    metadata: Metadata = Metadata()

    @property
    def label(self) -> str:
        """The title, or the file's name where the text names none."""
        return label_of(self.title, self.name)


def document_row(document: Document) -> tuple[str, ...]:
    """A row of ``documents``."""
    return (
        *(document.id, document.name, document.title, document.date, document.issuer),
        *(document.source_text, document.text),
        *(_dump(v) for v in (document.repairs, document.headings, document.pages)),
        metadata_row(document.metadata),
        _dump(document.regions),
        inventory_row(document.inventory),
    )


def metadata_row(metadata: Metadata) -> str:
    """What is known of a document, as it is stored."""
    return _said(asdict(metadata))


def inventory_row(inventory: Inventory) -> str:
    """What a document holds, as it is stored."""
    return _said(asdict(inventory))


def to_inventory(row: str) -> Inventory:
    """What a document holds, from the library."""
    known = json.loads(row)
    known["notes"] = tuple(Note(**note) for note in known.get("notes", ()))
    return Inventory(**known)


@lru_cache(maxsize=16_384)  # two catalogues ask for each
def to_metadata(row: str) -> Metadata:
    """What is known of a document, from the library."""
    known = json.loads(row)
    known["replaces"] = tuple(known.get("replaces", ()))
    known["places"] = tuple((name, start, end) for name, start, end in known.get("places", ()))
    return Metadata(**known)


def to_facts(row: Sequence[Any]) -> DocumentFacts:
    """What a document says of itself, from a row that ends with its metadata."""
    document_id, name, title, date, issuer, metadata = row
    return DocumentFacts(document_id, name, title, date, issuer, to_metadata(metadata))


def provision_row(provision: Provision) -> tuple[object, ...]:
    """A row of ``provisions`` without its document and position."""
    number = "-".join(map(str, provision.number))
    return (
        *(provision.kind, number, provision.label, provision.title),
        *(provision.start, provision.end),
    )


def to_provision(row: Sequence[Any]) -> Provision:
    """A provision from its row without document and position."""
    kind, number, label, title, start, end = row
    parts = tuple(int(part) for part in number.split("-") if part)
    return Provision(kind, parts, label, title, start, end)


def to_document(row: Sequence[Any], origin: str) -> Document:
    """A document from its row and the file it came from."""
    (
        document_id,
        name,
        title,
        date,
        issuer,
        source_text,
        text,
        repairs,
        headings,
        pages,
        metadata,
        regions,
        inventory,
    ) = row
    return Document(
        *(document_id, name, origin, title, date, issuer, source_text, text),
        repairs=tuple(_repairs(repairs)),
        headings=tuple(Heading(*h) for h in json.loads(headings)),
        pages=tuple(Page(*p) for p in json.loads(pages)),
        metadata=to_metadata(metadata),
        regions=tuple(Region(*r) for r in json.loads(regions)),
        inventory=to_inventory(inventory),
    )


def passage_row(passage: Passage) -> tuple[object, ...]:
    """A row of ``passages`` without its number."""
    headings = json.dumps(passage.headings, ensure_ascii=False)
    place = (passage.position, passage.start, passage.end)
    own = (passage.heading, passage.article, passage.header, passage.read_as)
    return (passage.id, passage.document_id, *place, headings, passage.page, *own)


def to_passage(row: Sequence[Any]) -> Passage:
    """A passage from a row that begins with its number and ends with what its document says."""
    _, passage_id, document_id, position, start, end, headings, page, *own, text = row[:-3]
    path, about = tuple(json.loads(headings)), row[-3:]
    return Passage(*(passage_id, document_id, position, start, end, text, path, page), *about, *own)


def to_summary(row: Sequence[Any]) -> DocumentSummary:
    """A summary from a row that ends with the document's repairs, metadata and inventory."""
    *row, repairs, metadata, inventory = row
    document_id, name, origin, title, date, issuer, characters, passages = row
    kinds = dict(sorted(Counter(repair.kind for repair in _repairs(repairs)).items()))
    return DocumentSummary(
        *(document_id, name, origin, title, date, issuer),
        characters,
        passages,
        kinds,
        metadata=to_metadata(metadata),
        inventory=to_inventory(inventory),
    )


def to_statute(row: Sequence[Any]) -> StatuteRecord:
    """What is known of a document with articles, from its row."""
    document_id, title, name, date, metadata, articles = row
    return StatuteRecord(document_id, title, name, date, to_metadata(metadata), articles)


def _repairs(column: str) -> Iterator[Repair]:
    for start, end, text, kind in json.loads(column):
        yield Repair(start, end, text, _FORMER_KINDS.get(kind, kind))


def _said(values: dict[str, Any]) -> str:
    """Those of the values that say something."""
    return json.dumps({name: v for name, v in values.items() if v}, ensure_ascii=False)


def _dump(records: Sequence[Repair | Heading | Page | Region]) -> str:
    return json.dumps([astuple(r) for r in records], ensure_ascii=False)
