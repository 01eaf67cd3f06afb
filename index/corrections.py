"""What people set of documents: kept by origin and name, so that it outlives a change of the file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wenju.corpus.document import Document
from wenju.corpus.layout import read_layout
from wenju.corpus.metadata.extraction import merged
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.metadata.given import OF_DOCUMENT, checked
from wenju.corpus.passages import cut
from wenju.index.records import metadata_row, to_metadata

if TYPE_CHECKING:
    from wenju.index.library import Library

Corrections = Mapping[str, Any]
"""Field to value, as ``checked`` gives it."""


def corrections_of(library: Library, origin: str, name: str) -> dict[str, Any]:
    """What people set of the document of this origin and name."""
    sql = "SELECT field, value FROM corrections WHERE origin = ? AND name = ? ORDER BY field"
    return {field: json.loads(value) for field, value in library.rows(sql, (origin, name))}


def corrected(document: Document, corrections: Corrections) -> Document:
    """The document with what people set in place of what its file says."""
    if not corrections:
        return document
    own = {field: value for field, value in corrections.items() if field in OF_DOCUMENT}
    rest = {field: value for field, value in corrections.items() if field not in OF_DOCUMENT}
    rest |= {"replaces": tuple(rest["replaces"])} if "replaces" in rest else {}
    metadata = merged(Metadata(**rest), document.metadata)
    # what a person says is nothing is nothing
    metadata = replace(metadata, **{f: value for f, value in rest.items() if not value})
    if not own.get("date"):
        own |= {f: v for f, v in (("date", rest.get("amended") or rest.get("issued")),) if v}
    return replace(document, **own, metadata=metadata)


def keep_uncorrected(library: Library, document: Document) -> None:
    """Remember what the file says of a document, to which it can return."""
    row = (document.id, document.title, document.date, document.issuer)
    kept = (*row, metadata_row(document.metadata))
    library.insert("uncorrected", kept, on_conflict="REPLACE")


def _uncorrected(library: Library, document: Document) -> Document:
    sql = "SELECT title, date, issuer, metadata FROM uncorrected WHERE document_id = ?"
    rows = library.rows(sql, (document.id,))
    if not rows:
        return document
    title, date, issuer, metadata = rows[0]
    return replace(document, title=title, date=date, issuer=issuer, metadata=to_metadata(metadata))


def correct(library: Library, document_id: str, changes: Mapping[str, object]) -> Document:
    """Set fields of a document; None returns one to what the file says.

    Passages whose title or issuer changes get new numbers and have no vectors until they are
    encoded. Raises MetadataError for an unknown field or a malformed value, UnknownDocument, and
    then changes nothing.
    """
    values = {f: None if v is None else checked(f, v) for f, v in changes.items()}
    for field, value in changes.items():
        if value is None:
            checked(field, "")
    with library.transaction():
        document = library.document(document_id)
        plain = _uncorrected(library, document)
        keep_uncorrected(library, plain)
        key = (document.origin, document.name)
        for field, value in values.items():
            library.write(
                "DELETE FROM corrections WHERE origin = ? AND name = ? AND field = ?", (*key, field)
            )
            if value is not None:
                row = (*key, field, json.dumps(value, ensure_ascii=False))
                library.insert("corrections", row)
        new = corrected(plain, corrections_of(library, *key))
        _store(library, document, new)
        library.changed()
    return new


def _store(library: Library, before: Document, document: Document) -> None:
    row = (document.title, document.date, document.issuer, metadata_row(document.metadata))
    library.write(
        "UPDATE documents SET title = ?, date = ?, issuer = ?, metadata = ? WHERE id = ?",
        (*row, document.id),
    )
    if (before.title, before.issuer) != (document.title, document.issuer):
        # both are searched and encoded with every passage
        library.write("DELETE FROM passages WHERE document_id = ?", (document.id,))
        layout = read_layout(document.text, document.headings)
        library.add_passages(cut(document, layout))
