"""The promise, kept before anything leaves the engine: an answer is copied, never composed."""

from __future__ import annotations

from collections.abc import Mapping

from wenju.corpus.document import Document, Passage, content_id
from wenju.qa.answer import Alternative, Answer, Citation, Item


class BrokenPromiseError(RuntimeError):
    """What would have been answered is not in the document it names: a bug, never shown."""


def check(
    answer: Answer, passages: Mapping[str, Passage], documents: Mapping[str, Document]
) -> None:
    """Raise BrokenPromiseError unless all that the answer shows is copied from where it says.

    ``passages`` and ``documents`` are, by id, those that were read.
    """
    if answer.answered != bool(answer.answer) or answer.answered != bool(answer.citations):
        raise BrokenPromiseError("an answer and its citations do not go together")
    for citation in (*answer.citations, *answer.nearest):
        _check_citation(citation, passages[citation.passage_id], documents[citation.document_id])
    _check_words(answer)


def check_sent(answer: Answer, documents: Mapping[str, Document]) -> None:
    """Raise BrokenPromiseError unless an answer is what its documents say, whoever made it.

    ``documents`` are those of its citations by id, as the library has them when it is sent. This is what
    anybody can check again: the hash, the places, the quotations, what is highlighted.
    """
    if answer.answered != bool(answer.answer) or answer.answered != bool(answer.citations):
        raise BrokenPromiseError("an answer and its citations do not go together")
    for document in documents.values():
        _require(content_id(document.source_text) == document.id, "the text", document.id)
    for citation in (*answer.citations, *answer.nearest):
        _check_sent_citation(citation, documents[citation.document_id])
    _check_words(answer)
    if answer.best is not None:
        start, end = answer.best
        _require(0 <= start < end <= len(answer.answer), "the best part", f"{start}:{end}")


def quoted_at(document: Document, quote: str, start: int, end: int) -> int | None:
    """Where in a document's text a quotation begins that was read from ``source_text[start:end]``.

    None where the document does not say it there.
    """
    at = document.text.find(quote) if quote else -1
    while at >= 0:
        if document.alignment.to_source(at, at + len(quote)) == (start, end):
            return at
        at = document.text.find(quote, at + 1)
    return None


def _check_sent_citation(citation: Citation, document: Document) -> None:
    original = document.source_text[citation.start : citation.end]
    _require(original == citation.original, "the original", citation.original)
    at = quoted_at(document, citation.quote, citation.start, citation.end)
    _require(at is not None, "the quote", citation.quote)
    for start, end in citation.highlight:
        _require(0 <= start < end <= len(citation.quote), "the highlight", f"{start}:{end}")
    if citation.source_highlight and at is not None:
        places = [document.alignment.to_source(at + a, at + b) for a, b in citation.highlight]
        _require([*citation.source_highlight] == places, "the place", f"{places}")


def _check_words(answer: Answer) -> None:
    # of items that stand apart each is checked on its own
    if answer.answered and not answer.joined:
        first = answer.citations[0]
        said = [first.quote[a:b] for a, b in first.highlight[:1]]
        _require(said == [answer.answer], "the answer", answer.answer)
    parts: tuple[Item | Alternative, ...] = (*answer.items, *answer.alternatives)
    for item in parts:
        quote = answer.citations[item.citation].quote
        _require(bool(item.text), "a part", item.text)
        _require(quote[item.start : item.end] == item.text, "a part", item.text)


def _check_citation(citation: Citation, passage: Passage, document: Document) -> None:
    _require(passage.document_id == document.id, "the passage", passage.id)
    quote = document.text[passage.start : passage.end]
    _require(quote == citation.quote, "the quote", citation.quote)
    place = document.alignment.to_source(passage.start, passage.end)
    _require((citation.start, citation.end) == place, "the place", f"{place}")
    original = document.source_text[citation.start : citation.end]
    _require(original == citation.original, "the original", citation.original)
    for start, end in citation.highlight:
        _require(0 <= start < end <= len(quote), "the highlight", f"{start}:{end}")


def _require(kept: bool, what: str, text: str) -> None:
    if not kept:
        raise BrokenPromiseError(f"{what} is no slice of its source: {text!r}")
