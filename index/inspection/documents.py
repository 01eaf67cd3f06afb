"""One document of a library, recomputed from its source text as far as it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from wenju.corpus.document import Document, Passage, apply_repairs, content_id
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.statutes import Provision, provisions_of
from wenju.index.inspection.findings import Finding, fault, note
from wenju.index.library import Library

if TYPE_CHECKING:
    from wenju.corpus.layout import Layout


def inspect_document(library: Library, document_id: str) -> Iterator[Finding]:
    """What of a document cannot be read, is not what its hash says, or would be made otherwise today."""
    try:
        document = library.document(document_id)
        passages = library.passages_of(document_id)
        provisions = library.provisions_of(document_id)
    except Exception as error:  # whatever damaged bytes lead to
        if not library.rows("SELECT 1 FROM documents WHERE id = ?", (document_id,)):
            return  # removed meanwhile
        yield fault("documents", f"Document {document_id} cannot be read ({_brief(error)}).")
        return
    named = f"{document_id} ({document.name})"
    yield from (fault("documents", f"Document {named}: {s}.") for s in faults_of(document))
    yield from (
        fault("passages", f"Document {named}: {s}.") for s in _misplaced(document, passages)
    )
    yield from _remade(document, passages, provisions, named)


def faults_of(document: Document) -> Iterator[str]:
    """What of a document is not as it was stored: its hash, its text, its places."""
    if content_id(document.source_text) != document.id:
        yield "its source text is not the one it was stored with: it has another hash"
    elif apply_repairs(document.source_text, document.repairs) != document.text:
        yield "its text is not what its repairs make of its source text"
    length = len(document.text)
    places = [(h.start, h.end) for h in document.headings]
    places += [(p.start, p.start) for p in document.pages]
    places += [(r.start, r.end) for r in document.regions]
    places += [(start, end) for _, start, end in document.metadata.places]
    if not all(0 <= start <= end <= length for start, end in places):
        yield "headings, pages or facts of it lie outside its text"


def _misplaced(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    if [p.position for p in passages] != [*range(len(passages))]:
        yield "its passages are not numbered in order"
    for passage in passages:
        where = (str(passage.start), str(passage.end))
        if not 0 <= passage.start < passage.end <= len(document.text):
            yield f"passage {passage.id} lies outside its text"
        elif passage.id != content_id(document.id, *where):
            yield f"passage {passage.id} has the id of another place"


def _remade(
    document: Document,
    passages: Sequence[Passage],
    provisions: Sequence[Provision],
    named: str,
) -> Iterator[Finding]:
    """Where the text would be cut otherwise today: by damage, or by a newer Wenju."""
    try:
        layout: Layout = read_layout(document.text, document.headings)
        today = ([_row(p) for p in cut(document, layout)], [*provisions_of(layout)])
    except Exception as error:  # of a document that is damaged otherwise
        yield fault("passages", f"Document {named}: it cannot be cut anew ({_brief(error)}).")
        return
    if today != ([_row(p) for p in passages], [*provisions]):
        yield note(
            "passages",
            f"Document {named}: its passages or provisions are not those that this Wenju would make of "
            "it. Add its file again to have them made anew.",
        )


def _row(passage: Passage) -> tuple[object, ...]:
    return tuple(getattr(passage, f.name) for f in fields(passage) if f.name[:1] != "_")


def _brief(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
