"""What a document says of itself, asked for by a question: when and by whom it was issued, its number, its days."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from wenju.corpus.document import Document, Passage
from wenju.corpus.lexicon import phrase
from wenju.corpus.sentences import sentences_around
from wenju.index.hit import Hit
from wenju.index.records import DocumentFacts
from wenju.index.words import load_jieba
from wenju.qa.answer import Answer
from wenju.qa.assembly import cite
from wenju.qa.compose import Span
from wenju.qa.lookup.catalogue import StatuteCatalogue
from wenju.qa.lookup.titles import seen
from wenju.qa.question import Question
from wenju.qa.verification import check

_phrase = partial(phrase, of="lookups")
_WORDS = 2  # of a title, that name it
# the field of a document's metadata, and the pattern that asks for it; the first that fits counts
_ASKED = {
    "number": "asks_number",
    "effective": "asks_effective",
    "repealed": "asks_repealed",
    "expires": "asks_expires",
    "amended": "asks_amended",
    "issued": "asks_issued",
    "issuer": "asks_issuer",
}


@dataclass(frozen=True, slots=True)
class FactRequest:
    """A field of the metadata of one document."""

    field: str
    document_id: str


def read_fact(
    folded: str,
    documents: Mapping[str, DocumentFacts],
    statutes: StatuteCatalogue,
    document_ids: Collection[str] | None,
) -> FactRequest | None:
    """The fact that a folded question asks for, and of which document; None where it asks for more.

    The document is named by its title, or by a statute's short name, or it is the only one there is.
    ``document_ids`` are the ids of the only documents to look among, None for all.
    """
    text = seen(folded)
    asked = ((f, m) for f, name in _ASKED.items() if (m := _phrase(name).search(text)))
    field, found = next(asked, ("", None))
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    ids = [i for i in documents if document_ids is None or i in document_ids]
    for name, named in _named(before, ids, documents, statutes, document_ids):
        if len(named) == 1 and _is_neutral(before.replace(name, " ") + after):
            return FactRequest(field, named[0])
    # only documents have numbers: what is asked for one's is the name of a document, if a short one
    short = _phrase("joint").sub("", before) if field == "number" else ""
    abridged = _abridged(short, ids, documents)
    if len(abridged) == 1 and _is_neutral(after):
        return FactRequest(field, abridged[0])
    if len(ids) == 1 and _is_neutral(_without_kind(before) + after):
        return FactRequest(field, ids[0])
    return None


def _named(
    text: str,
    ids: Sequence[str],
    documents: Mapping[str, DocumentFacts],
    statutes: StatuteCatalogue,
    document_ids: Collection[str] | None,
) -> list[tuple[str, list[str]]]:
    """Names in a text, the longest first, with the documents that they stand for."""
    titles: dict[str, list[str]] = {}
    for i in ids:
        title = seen(documents[i].title)
        about = _phrase("about_title").search(title)
        name = next((n for n in (title, about[0] if about else "") if n and n in text), "")
        if name:
            titles.setdefault(name, []).append(i)
    found = [*titles.items()]
    end = len(_phrase("joint").sub("", text))
    for named in (
        statutes.named_in(text, document_ids),
        statutes.short_before(text, end, document_ids),
    ):
        if named:
            found.append((text[named.start : named.end], [entry.id for entry in named.entries]))
    return sorted(found, key=lambda one: -len(one[0]))


def _abridged(name: str, ids: Sequence[str], documents: Mapping[str, DocumentFacts]) -> list[str]:
    """The documents whose title has all words of a name, in order: 冬季供暖通知, 关于做好冬季供暖工作的通知.

    Two words at the least: a single one is too little of a title.
    """
    words = [word for word in load_jieba().cut(name) if word.strip()]
    if len(words) < _WORDS or not all(map(str.isalnum, words)):
        return []
    in_order = re.compile(".*?".join(map(re.escape, words)))
    return [i for i in ids if in_order.search(seen(documents[i].title))]


def _without_kind(text: str) -> str:
    """Without the word that stands for the only document there is: 本法, 這份通知."""
    return _phrase("this_document").sub(" ", text)


def _is_neutral(text: str) -> bool:
    return bool(_phrase("neutral").fullmatch(text))


def _place(field: str, document: Document) -> tuple[int, int] | None:
    """Where the document's text tells the fact, half-open; its issuer where it is first named."""
    if field != "issuer":
        return next((p[1:] for p in document.metadata.places if p[0] == field), None)
    start = document.text.find(document.issuer) if document.issuer else -1
    return (start, start + len(document.issuer)) if start >= 0 else None


def answered_fact(
    question: Question,
    request: FactRequest,
    document: Document,
    passages_of: Callable[[str], Sequence[Passage]],
) -> Answer | None:
    """The words of the document that tell the fact, as the answer; None where it does not tell."""
    place = _place(request.field, document)
    if place is None:
        return None
    start, end = place
    passage = next((p for p in passages_of(document.id) if p.start <= start and end <= p.end), None)
    if passage is None:
        return None
    span = Span(Hit(passage, 1.0, 1, 1.0, 1.0), start - passage.start, end - passage.start, 1.0)
    documents = {document.id: document}
    answer = Answer(
        question=question.text,
        answered=True,
        answer=span.text,
        kind=question.kind,
        citations=(cite(span, documents),),
        sentence=sentences_around(passage.text, span.start, span.end),
    )
    check(answer, {passage.id: passage}, documents)
    return answer
