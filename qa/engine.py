"""``ask(question) -> Answer``: the one entry that evaluation and the interfaces use."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from wenju.corpus.document import Document, Source
from wenju.index.catalogue import Catalogues
from wenju.index.corrections import correct
from wenju.index.encoder import Encoder, load_encoder
from wenju.index.hit import Hit, Retriever
from wenju.index.ingest import AddReport, Ingest, Progress, encode_missing
from wenju.index.library import Library, UnknownDocument
from wenju.index.records import DocumentSummary
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.scope import Scope
from wenju.index.variants import Variants
from wenju.qa.answer import Answer
from wenju.qa.assembly import assemble, choose
from wenju.qa.conversation import Turn, complete
from wenju.qa.feedback import Feedback, FeedbackStore
from wenju.qa.feedback.places import placed
from wenju.qa.loading import load_reader
from wenju.qa.question import Question, parse
from wenju.qa.reader import Reader, Span
from wenju.qa.rewording import Rewording
from wenju.qa.selection import Selector
from wenju.qa.settings import Settings
from wenju.qa.standing import labelled, read_selection
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
        self._catalogues = Catalogues(library)
        self.reader = reader
        self._rewording = Rewording(variants)

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

    def correct(self, document_id: str, changes: Mapping[str, object]) -> DocumentSummary:
        """Set what is known of a document; None returns a field to what its file says.

        Raises MetadataError for an unknown field or a malformed value, and UnknownDocument.
        """
        correct(self.library, document_id, changes)
        encode_missing(self.library, self.encoder)
        return self.library.summary(document_id)

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        within: Collection[str] | None = None,
        scope: Scope = Scope(),  # noqa: B008 - frozen
    ) -> list[Hit]:
        """The best ``k`` passages; raises BadQuestion.

        ``within`` are the ids of the only documents to look in, None for all of them; ``scope`` says
        the same of them by what they are.
        """
        parsed = parse(question, self.settings.max_question_characters)
        ids = self._catalogues.current().holding(scope.only(within))
        return self._retriever.search(parsed.text, k, ids)

    def ask(
        self,
        question: str,
        *,
        within: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
        scope: Scope = Scope(),  # noqa: B008 - frozen
        as_of: str = "",
    ) -> Answer:
        """Answer a question with a slice of a passage, or not at all; raises BadQuestion, BadScope.

        ``within`` are the ids of the only documents to read, None for all of them; ``scope`` says
        the same of them by what they are. ``as_of`` is a day (``2021-05-01``): the texts answer that
        were in force on it; empty for today. ``earlier`` are the turns of the conversation, newest
        last, that a follow-up is completed from.
        """
        started = time.perf_counter()
        scope = replace(scope, as_of=as_of or scope.as_of).only(within)
        typed = parse(question, self.settings.max_question_characters)
        completed = complete(typed.text, earlier)
        if not completed.changed:
            return self._answer(typed, started, scope)
        parsed = parse(completed.question, self.settings.max_question_characters)
        answer = self._answer(parsed, started, scope)
        return replace(answer, question=typed.text, asked=parsed.text)

    def _answer(self, parsed: Question, started: float, scope: Scope) -> Answer:
        for _ in range(_TRIES):
            try:
                return self._ask(parsed, started, scope)
            except UnknownDocument:
                # removed between being found and being cited: find again without it
                continue
        return self._ask(parsed, started, scope)

    def _ask(self, question: Question, started: float, scope: Scope) -> Answer:
        """Answer as it is asked; where that is doubtful, once more in the documents' words."""
        answer, hits = self._read(question, started, scope)
        words = self._rewording.of(question, hits) if _is_doubtful(answer) else ""
        if not words:
            return answer
        reworded = parse(words, max(len(words), self.settings.max_question_characters))
        again, _ = self._read(reworded, started, scope)
        if again.answered and again.no_answer_score < answer.no_answer_score:
            return replace(again, question=question.text, reworded=words)
        return replace(answer, took_ms=again.took_ms)

    def _read(
        self, question: Question, started: float, scope: Scope
    ) -> tuple[Answer, Sequence[Hit]]:
        catalogue = self._catalogues.current()
        found_by = self._retriever
        usage = found_by.usage if isinstance(found_by, HybridRetriever) else None
        selector = Selector(catalogue, question, scope, usage)
        chosen = selector.select(
            lambda k, ids: self._retriever.search(question.text, k, ids),
            self.settings.passages_read,
        )
        least = self.settings.min_confidence
        read = read_selection(self.reader, question, chosen, least, catalogue)
        shown = choose(read.reading, read.hits, self.settings, self.library.passages_of)
        shown = replace(
            shown,
            others=(*shown.others, *read.beside),
            reason=shown.reason and (chosen.reason or shown.reason),
        )
        documents = self._documents(shown.all)
        took_ms = (time.perf_counter() - started) * 1000
        answer = assemble(question, read.reading, shown, documents, took_ms)
        answer = labelled(answer, catalogue, selector.asked.day)
        check(answer, {span.hit.passage.id: span.hit.passage for span in shown.all}, documents)
        return answer, read.hits

    def suggestions(self, count: int = 5) -> list[str]:
        """At most ``count`` questions to begin with, which the documents do answer.

        Made and asked when they are first wanted, and again once the library has changed.
        """
        return self._suggestions.questions(count)

    def give_feedback(self, feedback: Feedback) -> Feedback:
        """Keep what a person says of an answer; returns it as it is kept, with its place.

        Raises BadQuestion, BadFeedback, UnknownDocument, FeedbackError, and then keeps nothing.
        """
        question = parse(feedback.question, self.settings.max_question_characters)
        feedback = placed(replace(feedback, question=question.text), self.library, self._near)
        self.feedback.append(feedback)
        return feedback

    def _near(self, words: str, within: Collection[str] | None) -> list[Hit]:
        return self.search(words[: self.settings.max_question_characters], _NEAR, within=within)

    def _documents(self, spans: Sequence[Span]) -> dict[str, Document]:
        """The spans' documents by id, each read once; raises UnknownDocument."""
        ids = dict.fromkeys(span.hit.passage.document_id for span in spans)
        return {i: self.library.document(i) for i in ids}


def _is_doubtful(answer: Answer) -> bool:
    """Whether another wording may do better: refused for want of support, or hardly believed."""
    if answer.answered:
        return answer.confidence is not None and answer.confidence < _SURE
    return answer.reason == "not_supported"
