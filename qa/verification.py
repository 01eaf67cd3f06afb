"""The promise, kept before anything leaves the engine: an answer is copied, never composed."""

from __future__ import annotations

from collections.abc import Mapping

from wenju.corpus.document import Document, Passage
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
        raise BrokenPromiseError(f"an answer and its citations go together: {answer!r}")
    for citation in (*answer.citations, *answer.nearest):
        _check_citation(citation, passages[citation.passage_id], documents[citation.document_id])
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
