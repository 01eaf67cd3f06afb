"""``ask(question) -> Answer``: the one entry that evaluation and the interfaces use."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from wenju.corpus.document import Document, Source
from wenju.corpus.errors import WenjuError
from wenju.index.corrections import correct
from wenju.index.database import UnwritableLibrary
from wenju.index.encoder import Encoder, load_encoder
from wenju.index.encoding import BATCH, Progress, encode_missing
from wenju.index.hit import Hit, Retriever
from wenju.index.ingest import AddReport, Ingest
from wenju.index.library import Library
from wenju.index.listing import Facet, Listed, Listing, facets_of, ids_of, listed
from wenju.index.pages import Pages
from wenju.index.records import DocumentFacts, DocumentSummary
from wenju.index.retriever import HybridRetriever, Search
from wenju.index.scope import Scope
from wenju.index.variants import Variants
from wenju.qa.answer import Answer, Reference
from wenju.qa.answering import Answerer
from wenju.qa.conversation import Turn
from wenju.qa.feedback import Feedback
from wenju.qa.feedback.places import placed
from wenju.qa.provenance import attested, models_of
from wenju.qa.question import parse
from wenju.qa.reader import Reader, load_reader
from wenju.qa.rewording import Rewording
from wenju.qa.settings import Settings
from wenju.qa.steps import Tell, silent
from wenju.qa.stores import open_feedback, open_indexes, open_library, open_originals
from wenju.qa.suggestions import Suggestions

_LOG = logging.getLogger(__name__)
_NEAR = 20  # passages that are looked at for words whose place is not known


class Engine:
    """A library with everything that answers questions from it.

    Made by :meth:`open`; safe for use from several threads; close it, or use it as a context
    manager. What is in ``on_answer`` is called with each answer to :meth:`ask`, before it is returned.
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
        self.feedback = open_feedback(settings, library)
        self.originals = open_originals(settings, library)
        self.pages = Pages(library, self.originals)
        self.on_answer: list[Callable[[Answer], None]] = []
        self._suggestions = Suggestions(library, lambda text: self._answer(text, Scope(), ()))
        self.answerer = Answerer(settings, library, retriever, reader, Rewording(variants))

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
        progress: Progress | None = None,
    ) -> Engine:
        """Open the library that the settings name, making it where there is none.

        ``encoder`` and ``reader`` replace those that the settings name. Passages that the encoder
        has not seen yet are encoded first, with progress. Raises LibraryError, MilvusError, EncoderError, and
        ReaderError or RankerError where the files of the reader cannot be used.
        """
        encoder = encoder or load_encoder(settings.encoder, settings.device)
        library = open_library(settings)
        try:
            indexes = open_indexes(settings, library, encoder)
        except WenjuError:
            library.close()
            raise
        _encode_what_can_be_kept(library, encoder, progress)
        variants = Variants.load(settings.variants)
        retriever = HybridRetriever(library, encoder, indexes, Search(variants=variants))
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
        if isinstance(self.answerer.retriever, HybridRetriever):
            self.answerer.retriever.close()
        self.library.close()

    def add_paths(
        self,
        paths: Iterable[Path],
        progress: Progress | None = None,
        *,
        sync: bool = False,
        workers: int = 1,
        ray: str = "",
    ) -> AddReport:
        """Add files and folders; with ``sync``, what is gone from a folder is removed.

        ``workers`` files are read at once, each by a process. ``ray`` is the address of a Ray cluster whose
        machines encode the passages (``auto``, ``ray://host:10001``, or ``local`` for this one), ``workers``
        tasks at once. Raises RayError where it cannot. See :class:`index.ingest.Ingest`.
        """
        with self.originals.tidied(self.library), self._encoding(ray, workers) as (encoder, batch):
            ingest = self._ingest(progress, encoder, workers, batch)
            return ingest.add_paths(paths, sync=sync)

    @contextmanager
    def _encoding(self, ray: str, workers: int) -> Iterator[tuple[Encoder, int]]:
        """What encodes passages, and how many it takes at once."""
        if not ray:
            yield self.encoder, BATCH
            return
        from wenju.index.distributed.ray_encoder import RayEncoder

        with RayEncoder(self.settings.encoder, ray, workers, self.settings.device) as encoder:
            yield encoder, BATCH * 4 * workers

    def add_sources(self, sources: Iterable[Source], progress: Progress | None = None) -> AddReport:
        """Add texts that were read elsewhere."""
        with self.originals.tidied(self.library):
            return self._ingest(progress, self.encoder).add_sources(sources)

    def _ingest(
        self, progress: Progress | None, encoder: Encoder, workers: int = 1, batch: int = BATCH
    ) -> Ingest:
        kept = self.originals if self.settings.keep_originals else None
        found_by = self.answerer.retriever
        committed = found_by.committed if isinstance(found_by, HybridRetriever) else None
        allowance = self.settings.allowance
        return Ingest(self.library, encoder, progress, kept, allowance, committed, workers, batch)

    def documents(self, wanted: Listing = Listing()) -> Listed:  # noqa: B008 - frozen
        """A page of the documents, searched, filtered and sorted; raises BadListing."""
        return listed(self.library, self._facts(), wanted)

    def document_ids(self, wanted: Listing) -> list[str]:
        """The ids of all documents that are looked for, whatever the page; raises BadListing."""
        return ids_of(self.library, self._facts(), wanted)

    def facets(self) -> dict[str, list[Facet]]:
        """What documents can be chosen by: their kinds, issuers and jurisdictions."""
        return facets_of(self._facts())

    def _facts(self) -> Collection[DocumentFacts]:
        return self.answerer.catalogues.current().documents.values()

    def remove(self, ids: Sequence[str]) -> list[DocumentSummary]:
        """Remove documents; raises UnknownDocument, and then removes nothing."""
        with self.originals.tidied(self.library):
            return self.library.remove(ids)

    def correct(self, document_id: str, changes: Mapping[str, object]) -> DocumentSummary:
        """Set what is known of a document; None returns a field to what its file says.

        Raises MetadataError for an unknown field or a malformed value, and UnknownDocument.
        """
        correct(self.library, document_id, changes)
        encode_missing(self.library, self.encoder)
        return self.library.summary(document_id)

    @property
    def reader(self) -> Reader:
        """What finds answers inside passages."""
        return self.answerer.reader

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        document_ids: Collection[str] | None = None,
        scope: Scope = Scope(),  # noqa: B008 - frozen
    ) -> list[Hit]:
        """The best ``k`` passages; raises BadQuestion.

        ``document_ids`` names the only documents to look in, None for all of them; ``scope`` says
        the same of them by what they are.
        """
        parsed = parse(question, self.settings.max_question_characters)
        ids = self.answerer.catalogues.current().holding(scope.only(document_ids))
        return self.answerer.retriever.search(parsed.query, k, ids)

    def ask(
        self,
        question: str,
        *,
        document_ids: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
        scope: Scope = Scope(),  # noqa: B008 - frozen
        as_of: str = "",
        reword: bool = True,
        tell: Tell = silent,
    ) -> Answer:
        """Answer a question with a slice of a passage, or not at all; raises BadQuestion, BadScope.

        ``document_ids`` names the only documents to read, None for all of them; ``scope`` says the
        same of them by what they are. ``as_of`` is a day (``2021-05-01``): the texts answer that were
        in force on it; empty for today. ``earlier`` are the turns of the conversation, newest last,
        that a follow-up is rewritten from. Without ``reword`` a question is not asked again in the
        documents' words. ``tell`` is called with each step that is taken.
        """
        scope = replace(scope, as_of=as_of or scope.as_of).only(document_ids)
        answer = self._answer(question, scope, earlier, tell, reword=reword)
        for notice in self.on_answer:
            notice(answer)
        return answer

    def _answer(
        self,
        question: str,
        scope: Scope,
        earlier: Sequence[Turn],
        tell: Tell = silent,
        *,
        reword: bool = True,
    ) -> Answer:
        models = models_of(self.encoder, self.reader)
        answerer = self.answerer if reword else self.answerer.literal()
        return attested(
            lambda: answerer.answer(question, scope, earlier, tell), self.library, models
        )

    def suggestions(self, count: int = 5, language: str = "") -> list[str]:
        """At most ``count`` questions to begin with, which the documents do answer.

        Those in the ``language`` (``zh-Hant``, ``zh-Hans``, ``en``) come first. Made and asked when they are
        first wanted, and again once the library has changed.
        """
        return self._suggestions.questions(count, language)

    def references(self, document: Document) -> list[Reference]:
        """The provisions that a document names, of statutes in the library, in its order."""
        return self.answerer.lookup.references(document)

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


def _encode_what_can_be_kept(library: Library, encoder: Encoder, progress: Progress | None) -> None:
    """Encode passages that have no vector; where none can be stored they are found by their words."""
    try:
        if not library.is_read_only:
            encode_missing(library, encoder, progress)
        elif missing := len(library.without_vector(encoder.name)):
            _LOG.warning(
                "%s is read-only; %d passages that are not encoded are found by their words only.",
                *(library.name, missing),
            )
    except UnwritableLibrary as error:
        _LOG.warning("%s Passages that are not encoded are found by their words only.", error)
