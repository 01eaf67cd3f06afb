"""Whole articles of statutes, for those who want more than the passages that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wenju.corpus.statutes import Provision
    from wenju.index.hit import Hit
    from wenju.qa.answer import Answer
    from wenju.qa.engine import Engine


def articles_of(engine: Engine, answer: Answer, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """The articles that an answer's citations, then passages found, stand in; each once, in this order."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for document_id, start in _places(engine, answer, hits):
        for one in engine.library.provisions_of(document_id):
            if one.kind == "article" and one.holds(start):
                found.setdefault((document_id, one.start), _article(engine, document_id, one))
    return list(found.values())


def _places(engine: Engine, answer: Answer, hits: Sequence[Hit]) -> Iterator[tuple[str, int]]:
    """Documents, and places in their texts."""
    for cited in (*answer.citations, *answer.nearest):
        passages = engine.library.passages_of(cited.document_id)
        yield from ((p.document_id, p.start) for p in passages if p.id == cited.passage_id)
    yield from ((hit.passage.document_id, hit.passage.start) for hit in hits)


def _article(engine: Engine, document_id: str, article: Provision) -> dict[str, Any]:
    document = engine.library.document(document_id)
    return {
        "document_id": document_id,
        "title": document.title,
        "article": article.label,
        "heading": article.title,
        "start": article.start,
        "end": article.end,
        "text": document.text[article.start : article.end],
    }
