"""``ask(question) -> Answer``: the one entry that evaluation and the interfaces use."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType

from corpus.document import Document, Source
from index.encoder import Encoder, load_encoder
from index.hit import Hit, Retriever
from index.ingest import AddReport, Ingest, Progress, encode_missing
from index.library import Library
from index.records import DocumentSummary
from index.retriever import HybridRetriever
from qa.answer import Answer, Citation, Item
from qa.lexical_reader import LexicalReader
from qa.question import Question, parse
from qa.reader import Reader, Reading, Span
from qa.settings import Settings


class Engine:
    """A library with everything that answers questions from it.

    Made by :meth:`open`; safe for use from several threads; close it, or use it as a context
    manager.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        encoder: Encoder,
        retriever: Retriever,
        reader: Reader,
    ) -> None:
        self.settings = settings
        self.library = library
        self.encoder = encoder
        self._retriever = retriever
        self._reader = reader

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        progress: Progress | None = None,
    ) -> Engine:
        """Open the library under ``settings.home``, making it where there is none.

        Passages that the encoder has not seen yet are encoded first, with progress.
        Raises LibraryError, EncoderError.
        """
        encoder = encoder or load_encoder(settings.encoder, settings.cache)
        library = Library(settings.library_path)
        encode_missing(library, encoder, progress)
        retriever = HybridRetriever(library, encoder, settings.index_path)
        return cls(settings, library, encoder, retriever, LexicalReader())

    def __enter__(self) -> Engine:
        """Use as a context manager."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Close the library; the engine cannot be used afterwards."""
        self.library.close()

    def add_paths(self, paths: Iterable[Path], progress: Progress | None = None) -> AddReport:
        """Add files and folders; see :class:`index.ingest.Ingest`."""
        return Ingest(self.library, self.encoder, progress).add_paths(paths)

    def add_sources(self, sources: Iterable[Source], progress: Progress | None = None) -> AddReport:
        """Add texts that were read elsewhere."""
        return Ingest(self.library, self.encoder, progress).add_sources(sources)

    def remove(self, ids: Sequence[str]) -> list[DocumentSummary]:
        """Remove documents; raises UnknownDocument, and then removes nothing."""
        return self.library.remove(ids)

    def search(self, question: str, k: int = 10) -> list[Hit]:
        """The best ``k`` passages; raises BadQuestion."""
        parsed = parse(question, self.settings.max_question_characters)
        return self._retriever.search(parsed.text, k)

    def ask(self, question: str) -> Answer:
        """Answer a question with a slice of a passage, or not at all; raises BadQuestion."""
        started = time.perf_counter()
        parsed = parse(question, self.settings.max_question_characters)
        hits = self._retriever.search(parsed.text, self.settings.passages_read)
        reading = self._reader.read(parsed, hits)
        supported = 1.0 - reading.no_answer_score >= self.settings.min_support
        if reading.spans and supported:
            answer = self._answered(parsed, reading, started)
        else:
            answer = self._unanswered(parsed, hits, reading, started)
        _check(answer)
        return answer

    def _answered(self, question: Question, reading: Reading, started: float) -> Answer:
        best = reading.spans[0]
        documents: dict[str, Document] = {}
        spans = _one_per_passage(reading.spans)
        citations = [self._cite(span, documents) for span in spans]
        offset = best.hit.passage.text
        items = [Item(offset[a:b], 0, a, b) for a, b in best.parts]
        return Answer(
            question=question.text,
            answered=True,
            answer=best.text,
            kind=question.kind,
            items=tuple(items),
            citations=tuple(citations),
            no_answer_score=reading.no_answer_score,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def _unanswered(
        self, question: Question, hits: Sequence[Hit], reading: Reading, started: float
    ) -> Answer:
        documents: dict[str, Document] = {}
        nearest = [
            self._cite(Span(hit, 0, 0, 0.0), documents) for hit in hits[: self.settings.nearest]
        ]
        reason = "not_supported" if hits else "nothing_retrieved"
        return Answer(
            question=question.text,
            answered=False,
            answer="",
            kind=question.kind,
            nearest=tuple(nearest),
            no_answer_score=reading.no_answer_score,
            took_ms=(time.perf_counter() - started) * 1000,
            reason=reason,
        )

    def _cite(self, span: Span, documents: dict[str, Document]) -> Citation:
        passage = span.hit.passage
        if passage.document_id not in documents:
            documents[passage.document_id] = self.library.document(passage.document_id)
        document = documents[passage.document_id]
        start, end = document.alignment.to_source(passage.start, passage.end)
        return Citation(
            document_id=document.id,
            title=document.label,
            source=document.name,
            page=passage.page,
            headings=passage.headings,
            passage_id=passage.id,
            start=start,
            end=end,
            original=document.source_text[start:end],
            quote=passage.text,
            highlight=((span.start, span.end),) if span.start < span.end else (),
            retrieval_score=span.hit.score,
            span_score=span.score,
            date=document.date,
            issuer=document.issuer,
        )


def _one_per_passage(spans: Sequence[Span]) -> list[Span]:
    """The answer's span, and where other passages say the very same, theirs."""
    best, seen, kept = spans[0], set(), []
    for span in spans:
        if span.hit.passage.id not in seen and (span is best or span.text == best.text):
            seen.add(span.hit.passage.id)
            kept.append(span)
    return kept


def _check(answer: Answer) -> None:
    """The promise, before anything leaves the engine; a breach is a bug, never shown as an answer."""
    if answer.answered:
        first = answer.citations[0]
        start, end = first.highlight[0]
        if not answer.answer or first.quote[start:end] != answer.answer:
            raise AssertionError(f"the answer is no slice of its citation: {answer.answer!r}")
    for item in answer.items:
        if answer.citations[item.citation].quote[item.start : item.end] != item.text:
            raise AssertionError(f"the item is no slice of its citation: {item.text!r}")
