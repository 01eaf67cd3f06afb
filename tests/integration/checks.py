"""What holds for every answer, whatever was asked."""

from __future__ import annotations

from wenju.corpus.document import apply_repairs
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine


def assert_cited(engine: Engine, answer: Answer) -> None:
    """Every citation is verbatim, in the document as it was read and as it was repaired."""
    for citation in (*answer.citations, *answer.nearest):
        document = engine.library.document(citation.document_id)
        assert document.source_text[citation.start : citation.end] == citation.original
        assert apply_repairs(document.source_text, document.repairs) == document.text
        passages = {p.id: p for p in engine.library.passages_of(document.id)}
        passage = passages.get(citation.passage_id)
        # a provision of a statute is cited from the document, however it was cut for the search
        assert passage or citation.article or citation.breadcrumb
        start = passage.start if passage else document.alignment.to_text(citation.start)
        assert document.text[start : start + len(citation.quote)] == citation.quote
        assert passage is None or passage.text == citation.quote
    if answer.joined:
        assert answer.answer == "；".join(item.text for item in answer.items)
        assert all(item.text for item in answer.items)
    elif answer.answered:
        first = answer.citations[0]
        start, end = first.highlight[0]
        assert answer.answer == first.quote[start:end] != ""
    for item in answer.items:
        assert answer.citations[item.citation].quote[item.start : item.end] == item.text
