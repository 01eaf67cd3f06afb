"""An answer against a library: is each citation still what its document says, and if not, where is it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from wenju.corpus.document import Document, content_id
from wenju.corpus.sentences import sentences_around
from wenju.index.catalogue import Catalogue
from wenju.index.library import Library, UnknownDocument
from wenju.qa.answer import JOINT
from wenju.qa.recheck.claims import ClaimedAnswer, ClaimedCitation
from wenju.qa.recheck.report import CheckedCitation, Place, Recheck, Status, worst
from wenju.qa.recheck.words import places_of
from wenju.qa.verification import quoted_at

_SHOWN = 5  # places of one quotation that are told


def recheck(answer: ClaimedAnswer, library: Library) -> Recheck:
    """Check an answer object against the library as it is; needs no model."""
    revision = library.revision
    checker = _Checker(library)
    citations = tuple(map(checker.check, answer.citations))
    nearest = tuple(map(checker.check, answer.nearest))
    reason = _broken(answer)
    statuses: list[Status] = [checked.status for checked in (*citations, *nearest)]
    if reason:
        statuses.append("gone")
    about = (library.identity, revision)
    return Recheck(worst(statuses), not reason, reason, citations, nearest, *about)


def _broken(answer: ClaimedAnswer) -> str:
    """Why the answer's words are not what its citations highlight; empty where they are."""
    if not answer.answered:
        return "Nothing was answered, yet there is an answer." if answer.answer else ""
    if not answer.citations:
        return "The answer cites nothing."
    for part in (*answer.items, *answer.alternatives):
        held = part.citation in range(len(answer.citations))
        quote = answer.citations[part.citation].quote if held else ""
        if not part.text or not _slice(quote, part.start, part.end) == part.text:
            return "An item or another answer is not what its citation quotes."
    first = answer.citations[0]
    said = [_slice(first.quote, *place) for place in first.highlight[:1]]
    joined = len(answer.items) > 1 and JOINT.join(item.text for item in answer.items)
    if answer.answer and answer.answer in (*said, joined):
        return ""
    return "The answer's words are not those that its first citation highlights."


def _slice(quote: str, start: int, end: int) -> str:
    return quote[start:end] if 0 <= start < end <= len(quote) else ""


class _Checker:
    """Checks citations, each document read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents: dict[str, Document | None] = {}
        self._catalogue: Catalogue | None = None

    def check(self, citation: ClaimedCitation) -> CheckedCitation:
        document = self._document(citation.document_id)
        reason = _difference(citation, document)
        about = (citation.document_id, citation.source)
        if not reason:
            return CheckedCitation(*about, "unchanged")
        own = [document] if document else []
        if places := list(islice(self._whole(citation, own), _SHOWN)):
            return CheckedCitation(*about, "moved", reason, "quotation", tuple(places))
        if place := self._sentences(citation, own):
            return CheckedCitation(*about, "moved", reason, "sentence", place)
        return CheckedCitation(*about, "gone", reason)

    def _whole(self, citation: ClaimedCitation, own: list[Document]) -> Iterator[Place]:
        """Where the whole quotation stands, in its document, else in the first that has it."""
        for document in self._candidates(citation, own):
            found = [_place(document, *p) for p in places_of(citation.quote, document.text)]
            if found:
                yield from found
                return

    def _sentences(self, citation: ClaimedCitation, own: list[Document]) -> tuple[Place, ...]:
        """Where each highlighted sentence stands, if all do in one document and each only once.

        A short sentence may be said of several things; what stands twice is not told apart.
        """
        quote = citation.quote
        valid = [(a, b) for a, b in citation.highlight if _slice(quote, a, b)]
        spans = dict.fromkeys(sentences_around(quote, *place) for place in valid)
        for document in self._candidates(citation, own) if spans else ():
            found = [[*islice(places_of(quote[a:b], document.text), 2)] for a, b in spans]
            if all(len(places) == 1 for places in found):
                return tuple(_place(document, *places[0]) for places in found)
        return ()

    def _candidates(self, citation: ClaimedCitation, own: list[Document]) -> Iterator[Document]:
        """The citation's document, then its versions, then those of its name or title."""
        yield from own
        for document_id in self._versions(citation, bool(own)):
            if document := self._document(document_id):
                yield document

    def _versions(self, citation: ClaimedCitation, known: bool) -> list[str]:
        self._catalogue = self._catalogue or Catalogue(self._library.facts())
        facts = self._catalogue.documents.values()
        same = self._catalogue.versions.of(citation.document_id)[::-1] if known else ()
        named = [d.id for d in facts if citation.source and d.name == citation.source]
        titled = [d.id for d in facts if citation.title and d.title == citation.title]
        found = dict.fromkeys((*same, *named, *titled))
        return [i for i in found if i != citation.document_id]

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            try:
                self._documents[document_id] = self._library.document(document_id)
            except UnknownDocument:
                self._documents[document_id] = None
        return self._documents[document_id]


def _place(document: Document, start: int, end: int) -> Place:
    place = document.alignment.to_source(start, end)
    return Place(document.id, document.title, document.name, *place)


def _difference(citation: ClaimedCitation, document: Document | None) -> str:
    """What a citation says that its document does not; empty where there is nothing."""
    if document is None:
        return "Its document is not in the library."
    if content_id(document.source_text) != document.id:
        return "The library's copy of its document is damaged: its text has another hash."
    if document.source_text[citation.start : citation.end] != citation.original:
        return "The document's source does not say this there."
    at = quoted_at(document, citation.quote, citation.start, citation.end)
    if at is None:
        return "The quotation is not what the document says there."
    if not all(_slice(citation.quote, *place) for place in citation.highlight):
        return "What is highlighted lies outside the quotation."
    places = tuple(document.alignment.to_source(at + a, at + b) for a, b in citation.highlight)
    if citation.source_highlight and citation.source_highlight != places:
        return "What is highlighted stands elsewhere in the source."
    return ""
