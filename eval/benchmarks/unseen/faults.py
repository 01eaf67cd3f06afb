"""What is wrong with a half's gold, told by question id and never by its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wenju.corpus.build import build_document
from wenju.corpus.document import Document
from wenju.corpus.read import read_file
from wenju.eval.datasets import GoldQuestion, load


def faults(gold: Path) -> list[str]:
    """One sentence to each fault of a made gold file: its ids, documents, places and answers.

    An answer must stand, character for character, in the repaired document, and one place of it
    in a passage that the question names.
    """
    folder = gold.parent / "documents"
    sources = {path.name: read_file(path) for path in sorted(folder.iterdir())}
    documents = {name: build_document(found[0]) for name, found in sources.items() if found}
    asked = load(gold).questions
    ids = [question.id for question in asked]
    repeated = [f"{id_}: the id repeats" for id_ in dict.fromkeys(ids) if ids.count(id_) > 1]
    return repeated + [
        f"{question.id}: {fault}" for question in asked for fault in _faults(question, documents)
    ]


def _faults(question: GoldQuestion, documents: dict[str, Document]) -> Iterator[str]:
    if not question.answerable:
        return
    document = documents.get(question.document or "")
    if document is None:
        yield "it names no document of this half"
        return
    if not question.places:
        yield "it names no passage"
    yield from _bad_places(question, document.source_text)
    yield from _bad_answers(question, document)


def _bad_places(question: GoldQuestion, text: str) -> Iterator[str]:
    for start, end in question.places:
        if end > len(text):
            yield f"its passage ends at {end}, behind the document's end"
        elif text[start:end] != text[start:end].strip():
            yield f"its passage {start}–{end} begins or ends with white space"


def _bad_answers(question: GoldQuestion, document: Document) -> Iterator[str]:
    for number, answer in enumerate(question.answers, 1):
        found = list(_occurrences(document.text, answer))
        if not found:
            yield f"answer {number} does not stand in the document"
        elif not any(_within(document, place, question.places) for place in found):
            yield f"answer {number} stands in no passage that is named"


def _occurrences(text: str, answer: str) -> Iterator[tuple[int, int]]:
    start = text.find(answer)
    while start >= 0:
        yield start, start + len(answer)
        start = text.find(answer, start + 1)


def _within(
    document: Document, place: tuple[int, int], passages: tuple[tuple[int, int], ...]
) -> bool:
    start, end = document.alignment.to_source(*place)
    return any(left <= start and end <= right for left, right in passages)
