"""``ask(question) -> Answer``: the one entry that evaluation and the interfaces use."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from wenju.corpus.document import Document, Source
from wenju.index.encoder import Encoder, load_encoder
from wenju.index.hit import Hit, Retriever
from wenju.index.ingest import AddReport, Ingest, Progress, encode_missing
from wenju.index.library import Library, UnknownDocument
from wenju.index.records import DocumentSummary
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.variants import Variants
from wenju.qa.answer import Answer, Reference
from wenju.qa.assembly import assemble, choose
from wenju.qa.conversation import Turn, rewrite
from wenju.qa.feedback import Feedback, FeedbackStore
from wenju.qa.feedback.places import placed
from wenju.qa.lookup import Lookup, load_names
from wenju.qa.question import Question, parse
from wenju.qa.reader import Reader, Span, load_reader
from wenju.qa.rewording import Rewording
from wenju.qa.settings import Settings
from wenju.qa.suggestions import Suggestions
from wenju.qa.verification import check

_NEAR = 20  # passages that are looked at for words whose place is not known
_SURE = 0.5  # confidence from which an answer needs no second look
_TRIES = 3  # how often a question is asked anew while documents are being removed


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
        variants: Variants,
    ) -> None:
        self.settings = settings
        self.library = library
        self.encoder = encoder
        self.feedback = FeedbackStore(settings.feedback_path)
        self._suggestions = Suggestions(library, self.ask)
        self._retriever = retriever
        self.reader = reader
        self._rewording = Rewording(variants)
        self._lookup = Lookup(library, load_names(settings.statute_names, settings.home))

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        progress: Progress | None = None,
    ) -> Engine:
        """Open the library under ``settings.home``, making it where there is none.

        ``encoder`` and ``reader`` replace those that the settings name. Passages that the encoder
        has not seen yet are encoded first, with progress. Raises LibraryError, EncoderError, and
        ReaderError or RankerError where the files of the reader cannot be used.
        """
        encoder = encoder or load_encoder(settings.encoder, settings.cache)
        library = Library(settings.library_path)
        encode_missing(library, encoder, progress)
        variants = Variants.load(settings.variants)
        search = Search(variants=variants)
        retriever = HybridRetriever(library, encoder, settings.index_path, search)
        reader = reader or load_reader(settings.reader)
        return cls(settings, library, encoder, retriever, reader, variants)

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

    def search(
        self, question: str, k: int = 10, *, document_ids: Collection[str] | None = None
    ) -> list[Hit]:
        """The best ``k`` passages; raises BadQuestion.

        ``document_ids`` names the only documents to look in, None for all of them.
        """
        parsed = parse(question, self.settings.max_question_characters)
        return self._retriever.search(parsed.query, k, document_ids)

    def ask(
        self,
        question: str,
        *,
        document_ids: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
    ) -> Answer:
        """Answer a question with a slice of a passage, or not at all; raises BadQuestion.

        ``document_ids`` names the only documents to read, None for all of them; ``earlier`` the
        turns of the conversation, newest last, that a follow-up is rewritten from.
        """
        started = time.perf_counter()
        typed = parse(question, self.settings.max_question_characters)
        if looked_up := self._look_up(typed, started, document_ids, earlier):
            return looked_up
        rewritten = rewrite(typed.text, earlier)
        if not rewritten.changed:
            return self._answer(typed, started, document_ids)
        parsed = parse(rewritten.question, self.settings.max_question_characters)
        answer = self._look_up(parsed, started, document_ids)
        answer = answer or self._answer(parsed, started, document_ids)
        return replace(answer, question=typed.text, asked=parsed.text)

    def _look_up(
        self,
        question: Question,
        started: float,
        document_ids: Collection[str] | None,
        earlier: Sequence[Turn] = (),
    ) -> Answer | None:
        """The provision that is asked for by its number, or why there is none; None for all else."""
        try:
            found = self._lookup.answer(question, document_ids, earlier, self.settings.nearest)
        except UnknownDocument:
            return None  # removed while it was looked up: what is left is searched
        took_ms = (time.perf_counter() - started) * 1000
        return replace(found, took_ms=took_ms) if found else None

    def _answer(
        self, parsed: Question, started: float, document_ids: Collection[str] | None
    ) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._ask(parsed, started, document_ids)
            except UnknownDocument:
                # removed between being found and being cited: find again without it
                continue
        return self._ask(parsed, started, document_ids)

    def _ask(
        self, question: Question, started: float, document_ids: Collection[str] | None
    ) -> Answer:
        """Answer as it is asked; where that is doubtful, once more in the documents' words.

        A question about an article of a statute that it names is answered from that statute; which
        article provides for a matter is told by what is answered about the matter.
        """
        if matter := self._lookup.matter(question, document_ids):
            about = parse(matter[0], len(matter[0]))
            return self._lookup.article_of(question, self._ask(about, started, matter[1]))
        document_ids = self._lookup.limited(question, document_ids)
        answer, hits = self._read(question, started, document_ids)
        words = self._rewording.of(question, hits) if _is_doubtful(answer) else ""
        if not words:
            return answer
        reworded = parse(words, max(len(words), self.settings.max_question_characters))
        again, _ = self._read(reworded, started, document_ids)
        if again.answered and again.no_answer_score < answer.no_answer_score:
            return replace(again, question=question.text, reworded=words)
        return replace(answer, took_ms=again.took_ms)

    def _read(
        self, question: Question, started: float, document_ids: Collection[str] | None
    ) -> tuple[Answer, list[Hit]]:
        hits = self._retriever.search(question.query, self.settings.passages_read, document_ids)
        reading = self.reader.read(question, hits)
        shown = choose(reading, hits, self.settings, self.library.passages_of)
        documents = self._documents(shown.all)
        took_ms = (time.perf_counter() - started) * 1000
        answer = assemble(question, reading, shown, documents, took_ms)
        answer = self._lookup.located(answer, documents)
        check(answer, {span.hit.passage.id: span.hit.passage for span in shown.all}, documents)
        return answer, hits

    def suggestions(self, count: int = 5) -> list[str]:
        """At most ``count`` questions to begin with, which the documents do answer.

        Made and asked when they are first wanted, and again once the library has changed.
        """
        return self._suggestions.questions(count)

    def references(self, document: Document) -> list[Reference]:
        """The provisions that a document names, of statutes in the library, in its order."""
        return self._lookup.references(document)

    def give_feedback(self, feedback: Feedback) -> Feedback:
        """Keep what a person says of an answer; returns it as it is kept, with its place.

        Raises BadQuestion, BadFeedback, UnknownDocument, FeedbackError, and then keeps nothing.
        """
        question = parse(feedback.question, self.settings.max_question_characters)
        feedback = placed(replace(feedback, question=question.text), self.library, self._near)
        self.feedback.append(feedback)
        return feedback

    def _near(self, words: str, document_ids: Collection[str] | None) -> list[Hit]:
        return self.search(
            words[: self.settings.max_question_characters], _NEAR, document_ids=document_ids
        )

    def _documents(self, spans: Sequence[Span]) -> dict[str, Document]:
        """The spans' documents by id, each read once; raises UnknownDocument."""
        ids = dict.fromkeys(span.hit.passage.document_id for span in spans)
        return {i: self.library.document(i) for i in ids}


def _is_doubtful(answer: Answer) -> bool:
    """Whether another wording may do better: refused for want of support, or hardly believed."""
    if answer.answered:
        return answer.confidence is not None and answer.confidence < _SURE
    return answer.reason == "not_supported"
