"""Looking up: a question that asks for a provision by its number is answered without a search."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from wenju.corpus.document import Document, Passage
from wenju.corpus.lexicon import phrase
from wenju.corpus.statutes import Provision, Statute
from wenju.index.library import Library
from wenju.qa.answer import Answer, Citation, Reference
from wenju.qa.conversation import Turn
from wenju.qa.lookup.absence import absent
from wenju.qa.lookup.answers import Slice, answered, listed, refused, whole
from wenju.qa.lookup.catalogue import Entry, StatuteCatalogue
from wenju.qa.lookup.location import located
from wenju.qa.lookup.provisions import Provisions
from wenju.qa.lookup.references import ProvisionsOf, references_in
from wenju.qa.lookup.request import (
    Request,
    named_in,
    read_matter,
    read_place,
    read_request,
    referred,
    spoken_of,
)
from wenju.qa.lookup.titles import seen
from wenju.qa.question import Question

_FEW = 4  # statutes of one name that are all answered from; of more it is asked which
_phrase = partial(phrase, of="lookups")
DocumentIds = Collection[str] | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A statute with what a question names of it; the paths are empty where it has none such."""

    entry: Entry
    provisions: Provisions
    paths: list[list[Provision]]


@dataclass(frozen=True, slots=True)
class Within:
    """A provision that a question names and asks something of, whole as an answer, and its places.

    ``places`` are those in the text of each document that has it. Where none has, the answer says so.
    """

    answer: Answer
    places: Mapping[str, Sequence[tuple[int, int]]]

    def holds(self, passage: Passage) -> bool:
        """Whether a passage stands in the provision, or the provision in it."""
        places = self.places.get(passage.document_id, ())
        return any(start < passage.end and passage.start < end for start, end in places)


class Lookup:
    """Provisions of a library's statutes by their numbers; safe for use from several threads.

    ``others`` are further names of statutes: what a name is also called, folded. What the library
    holds is read when it is first needed, and again once it has changed.
    """

    def __init__(self, library: Library, others: Mapping[str, tuple[str, ...]]) -> None:
        self._library = library
        self._others = others
        self._lock = threading.Lock()
        self._known: tuple[int, StatuteCatalogue] | None = None

    @property
    def catalogue(self) -> StatuteCatalogue:
        """The library's statutes, as it is now."""
        with self._lock:
            revision = self._library.revision
            if self._known is None or self._known[0] != revision:
                self._known = revision, StatuteCatalogue(self._library.statutes(), self._others)
            return self._known[1]

    def answer(
        self,
        question: Question,
        document_ids: DocumentIds,
        earlier: Sequence[Turn] = (),
        nearest: int = 3,
    ) -> Answer | None:
        """The provision that is asked for, or why there is none; None where none is asked for.

        ``document_ids`` names the only documents to look in, None for all of them; ``earlier`` the
        turns of the conversation, newest last; at most ``nearest`` passages are shown beside a
        refusal. Raises UnknownDocument where a document is removed meanwhile.
        """
        if document_ids is not None:
            document_ids = frozenset(document_ids)
        request = read_request(question.folded, self.catalogue, document_ids)
        if request is None:
            return None
        if request.stranger:
            return refused(question, "no_such_statute")
        request, completed = self._completed(request, earlier, document_ids)
        found = [self._found(entry, request) for entry in request.entries[: _FEW + 1]]
        if request.mention.is_part or (request.mention.bare and not any(f.paths for f in found)):
            return None  # a part of nothing; and a number behind a name may be anything
        if not found or len(found) > _FEW:
            candidates = self._candidates(request, document_ids, nearest)
            return refused(question, "which_statute", candidates) if candidates else None
        slices = [s for one in found for path in one.paths for s in _slices(request, one, path)]
        if request.unit and not slices:
            return None  # without chapters there is nothing to count
        if not slices:
            missing = absent(request, found[0].provisions)
            asked = f"{missing.title}{missing.asked}" if completed else ""
            near = _near(found[0], request)
            return refused(question, "no_such_provision", near, missing, asked=asked)
        made = listed if request.unit and len(found) == 1 else answered
        answer = self._with_references(made(question, slices), found)
        return replace(answer, asked=answer.citations[0].reference) if completed else answer

    def _with_references(self, answer: Answer, found: Sequence[_Found]) -> Answer:
        return self.located(answer, {f.entry.id: f.provisions.document for f in found})

    def _completed(
        self, request: Request, earlier: Sequence[Turn], document_ids: DocumentIds
    ) -> tuple[Request, bool]:
        """With the only statute there is, or the one that was spoken of; whether it was that."""
        if not request.entries:
            request = replace(request, entries=self._only(document_ids))
        if request.entries and not request.mention.is_part:
            return request, False
        before = spoken_of([turn.question for turn in earlier], self.catalogue, document_ids)
        if before is None:
            return request, False
        mention = request.mention.below(before.mention)
        return replace(request, entries=request.entries or before.entries, mention=mention), True

    def named(self, question: Question, document_ids: DocumentIds) -> list[str] | None:
        """The statutes of which a question names an article; None where it names none."""
        entries = named_in(question.folded, self.catalogue, document_ids)
        return [entry.id for entry in entries] or None

    def within(self, question: Question, document_ids: DocumentIds) -> Within | None:
        """The article of which 勞基法第24條對平日加班怎麼算 asks something; None where it names none."""
        request = read_place(question.folded, self.catalogue, document_ids)
        found = [self._found(e, request) for e in request.entries[:_FEW]] if request else []
        slices = [whole(one.provisions, path) for one in found for path in one.paths]
        if request and found and not slices:
            missing = absent(request, found[0].provisions)
            near = _near(found[0], request)
            return Within(refused(question, "no_such_provision", near, missing), {})
        if not slices:
            return None
        places: dict[str, list[tuple[int, int]]] = {}
        for one in slices:
            places.setdefault(one.provisions.document.id, []).append(one.cited)
        return Within(self._with_references(answered(question, slices), found), places)

    def matter(
        self, question: Question, document_ids: DocumentIds
    ) -> tuple[str, list[str] | None] | None:
        """What 勞基法哪一條規定了加班費 asks about, as a question, and the statutes to search.

        None where it asks for no article; None for the statutes where it names none.
        """
        matter = read_matter(seen(question.folded), self.catalogue, document_ids)
        if matter is None:
            return None
        text, entries = matter
        return text, [entry.id for entry in entries] or None

    def article_of(self, question: Question, answer: Answer) -> Answer:
        """The article that an answer to its matter stands in, or refers to, as the answer.

        What stands in no article stays as it is.
        """
        first = next(iter(answer.citations), None)
        if first is None or not first.article:
            return replace(answer, question=question.text)
        provisions = self._provisions(self._library.document(first.document_id))
        numbers = [
            referred(seen(answer.answer)),
            tuple(map(int, first.provision["article"].split("-"))),
        ]
        article = next(a for n in numbers for a in provisions.statute.numbered("article", n))
        found = answered(question, [_labelled(provisions, article)])
        return replace(
            found,
            granularity="span",
            confidence=answer.confidence,
            no_answer_score=answer.no_answer_score,
            took_ms=answer.took_ms,
        )

    def located(self, answer: Answer, documents: Mapping[str, Document]) -> Answer:
        """An answer whose citations say where in a statute they are, and what they refer to."""
        provisions_of = self._opened([self._provisions(d) for d in documents.values()])
        catalogue = self.catalogue

        def told(citation: Citation) -> Citation:
            provisions = provisions_of(citation.document_id)
            start = provisions.document.alignment.to_text(citation.start)
            place = start, start + len(citation.quote)
            found = references_in(provisions, *place, catalogue, provisions_of)
            return replace(located(citation, provisions), references=tuple(found))

        return replace(
            answer,
            citations=tuple(map(told, answer.citations)),
            nearest=tuple(map(told, answer.nearest)),
        )

    def references(self, document: Document) -> list[Reference]:
        """The provisions that a whole document names, of statutes in the library."""
        source = self._provisions(document)
        place = 0, len(document.text)
        return list(references_in(source, *place, self.catalogue, self._opened([source])))

    def _opened(self, known: Sequence[Provisions]) -> ProvisionsOf:
        """Provisions by the id of their document, each read once."""
        held = {provisions.document.id: provisions for provisions in known}

        def provisions_of(document_id: str) -> Provisions:
            if document_id not in held:
                held[document_id] = self._provisions(self._library.document(document_id))
            return held[document_id]

        return provisions_of

    def _provisions(self, document: Document) -> Provisions:
        return Provisions(document, Statute(tuple(self._library.provisions_of(document.id))))

    def _found(self, entry: Entry, request: Request) -> _Found:
        provisions = self._provisions(self._library.document(entry.id))
        if request.unit:
            return _Found(entry, provisions, [[d] for d in provisions.called(request.unit)])
        if request.form == "count":
            return _Found(entry, provisions, [[article] for article in provisions.articles[-1:]])
        return _Found(entry, provisions, provisions.named(request.mention))

    def _only(self, document_ids: DocumentIds) -> tuple[Entry, ...]:
        """The only statute to look in, none where there are several."""
        entries = self.catalogue.newest(document_ids)
        return entries if len({entry.version_of for entry in entries}) == 1 else ()

    def _candidates(self, request: Request, document_ids: DocumentIds, count: int) -> list[Slice]:
        """What a number may mean, in statutes that have it."""
        slices: list[Slice] = []
        for entry in request.entries or self.catalogue.newest(document_ids):
            if len(slices) >= count:
                break
            found = self._found(entry, request)
            slices += [_labelled(found.provisions, path[0]) for path in found.paths[:1]]
        return slices


def _slices(request: Request, found: _Found, path: list[Provision]) -> list[Slice]:
    provisions, last = found.provisions, path[-1]
    if request.form == "count" and not request.unit:
        return [_labelled(provisions, last)]
    if not request.mention.divisions and not request.unit:
        return [whole(provisions, path)]
    first = next(iter(provisions.articles_of(last)), None)
    heading = (last.start, first.start if first else last.end)
    if request.form != "list":
        return [Slice(provisions, heading, heading)]
    labels = [(a.start, _label_end(provisions, a)) for a in provisions.articles_of(last)]
    return [Slice(provisions, (last.start, last.end), heading, tuple(labels))]


def _labelled(provisions: Provisions, article: Provision) -> Slice:
    """An article with its number highlighted."""
    end = _label_end(provisions, article)
    return Slice(provisions, (article.start, article.end), (article.start, end))


def _label_end(provisions: Provisions, article: Provision) -> int:
    """Where the number of an article ends, which may be written with blanks in it."""
    rest = len(article.label.replace(" ", ""))
    for at in range(article.start, article.end):
        rest -= not provisions.document.text[at].isspace()
        if not rest:
            return at + 1
    return article.end


def _near(found: _Found, request: Request) -> list[Slice]:
    """What is there instead of a provision that is not: its article, or the last one."""
    provisions = found.provisions
    named = provisions.statute.numbered("article", request.mention.article)
    return [_labelled(provisions, article) for article in (named or provisions.articles[-1:])[:1]]
