"""Answers, hits and documents as plain JSON values: the same on the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wenju.qa.answer import Answer, Reference

if TYPE_CHECKING:
    from wenju.corpus.document import Document, Heading, Page, Passage, Region, Repair
    from wenju.corpus.formats.pdf.sheet import Sheet
    from wenju.corpus.inventory import Inventory
    from wenju.corpus.metadata.fields import Metadata
    from wenju.index.hit import Hit
    from wenju.index.ingest import AddReport
    from wenju.index.records import DocumentSummary
    from wenju.qa.recheck import Recheck

SCORE_DECIMALS, TIME_DECIMALS = 4, 1


def rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The value with every ``…score`` and confidence rounded to 4 decimals and every ``…_ms`` to 1.

    What a dataclass keeps for itself (``_folded``) is left out.
    """
    if isinstance(value, dict):
        return {key: _number(key, item) for key, item in value.items() if key[:1] != "_"}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value


def plain(
    record: AddReport
    | DocumentSummary
    | Heading
    | Hit
    | Inventory
    | Metadata
    | Page
    | Passage
    | Reference
    | Region
    | Repair
    | Sheet,
) -> dict[str, Any]:
    """A dataclass as an object, its numbers rounded, without what it keeps for itself."""
    return dict(rounded(asdict(record)))


def _number(key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, float) and key.endswith(("score", "confidence")):
        return round(value, SCORE_DECIMALS)
    if isinstance(value, float) and key.endswith("_ms"):
        return round(value, TIME_DECIMALS)
    return rounded(value)


def answer_object(answer: Answer) -> dict[str, Any]:
    """An answer as the JSON object of `wenju ask` and of the API."""
    return dict(rounded(answer.as_dict()))


def recheck_object(found: Recheck) -> dict[str, Any]:
    """What checking an answer again found, as the JSON object of `wenju verify` and of the API."""
    return dict(rounded(found.as_dict()))


def search_object(question: str, hits: Sequence[Hit]) -> dict[str, Any]:
    """Hits in rank order, each with its passage; scores: higher is better."""
    return {"question": question, "hits": [plain(hit) for hit in hits]}


def summary_object(summary: DocumentSummary) -> dict[str, Any]:
    """What the library says of one document, without its text."""
    return plain(summary)


def document_object(
    document: Document,
    passages: Sequence[Passage],
    references: Sequence[Reference] = (),
    original_pages: int = 0,
) -> dict[str, Any]:
    """A whole document: text, source text, repairs (places in the source text), passages.

    ``original_pages`` is how many pages its file has, if it is kept.
    """
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "date": document.date,
        "issuer": document.issuer,
        "metadata": plain(document.metadata),
        "text": document.text,
        "source_text": document.source_text,
        "repairs": [plain(repair) for repair in document.repairs],
        "headings": [plain(heading) for heading in document.headings],
        "pages": [plain(page) for page in document.pages],
        "regions": [plain(region) for region in document.regions],
        "inventory": plain(document.inventory),
        "passages": [plain(passage) for passage in passages],
        "references": [plain(reference) for reference in references],
        "original_pages": original_pages,
    }


def report_object(report: AddReport) -> dict[str, Any]:
    """What adding did: counts, what could not be read (``failed``), what to know of the rest (``notes``)."""
    return plain(report)


def kept(report: dict[str, Any]) -> bool:
    """Whether adding read anything at all, going by its counts."""
    return bool(report["added"] or report["updated"] or report["unchanged"])
