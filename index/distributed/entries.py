"""What is counted of passages and documents, and what Milvus is given of a passage to search by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np

from wenju.corpus.document import Document, Passage
from wenju.corpus.values import terms as value_terms
from wenju.index.distributed.counts import DOCUMENTS, LENGTH, PASSAGES, key, of_place
from wenju.index.jurisdictions import outermost
from wenju.index.lexical import head
from wenju.index.query import Query
from wenju.index.similarity_baseline import is_han_text
from wenju.index.terms import TERMS_VERSION, subject_terms, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = f"distributed-1/terms-{TERMS_VERSION}"
WORDS_LENGTH: Final = 65_535
"""Bytes of the words of a passage that Milvus takes; what is longer is cut."""

HAN, OTHER = key("language", "han"), key("language", "other")
# of the fields that stand with half the weight of the others in a lexical index, words come once in a query
_TWICE, _ONCE = ("characters", "bigrams"), ("words", "values", "head")


class Said(NamedTuple):
    """A passage's text as it is searched by words: the terms of each field, and whether it is Chinese."""

    fields: dict[str, list[str]]
    han: bool

    @property
    def counted(self) -> set[int]:
        """What the passage counts for, each once."""
        found = {key(f, term) for f, held in self.fields.items() for term in held}
        return found | {PASSAGES, HAN if self.han else OTHER}


def read_passage(text: str, folded: str) -> Said:
    """The terms of a passage's text."""
    body = terms(text)
    fields = {"characters": body.characters, "bigrams": body.bigrams, "words": body.words}
    return Said(fields | {"values": value_terms(folded)}, is_han_text(text))


def words_of(said: Said, passage: Passage) -> str:
    """The words that Milvus ranks a passage by, each written as letters and digits."""
    fields = said.fields | {"head": subject_terms(head(passage))}
    tokens = " ".join(_token(field, term) for field, held in fields.items() for term in held)
    return tokens[:WORDS_LENGTH].rpartition(" ")[0] if len(tokens) > WORDS_LENGTH else tokens


def words_asked(query: Query) -> str:
    """The words of a query; one that counts double stands there twice."""
    found, others = query.terms, query.others
    asked: dict[str, Sequence[str]] = {
        "characters": found.characters,
        "bigrams": found.bigrams,
        "words": found.words,
        "values": query.values,
        "head": query.subject,
    }
    tokens = [_token(field, term) for field in (*_TWICE, *_TWICE, *_ONCE) for term in asked[field]]
    tokens += [_token("bigrams", term) for term in others.bigrams]
    return " ".join(tokens)


def words_translated(pieces: Iterable[tuple[str, list[str]]]) -> str:
    """The words of a query's translations, each once."""
    return " ".join(dict.fromkeys(_token(field, t) for field, found in pieces for t in found))


def _token(field: str, term: str) -> str:
    # one word to every tokenizer, in any script
    return f"{field[0]}{crc32(f'{field} {term}'.encode()):08x}"


class Subject(NamedTuple):
    """How often a document has each of its terms, as bytes, ascending by the terms' keys."""

    place: str
    length: int
    terms: bytes
    times: bytes


def subject_of(document: Document) -> Subject:
    """What a document is about, as it is weighed."""
    found = subject_terms(f"{document.title}\n{document.issuer}\n{document.text}")
    held = sorted((key("text", term), times) for term, times in Counter(found).items())
    keys, times = [k for k, _ in held], [often for _, often in held]
    place = outermost(document.metadata.jurisdiction)
    return Subject(
        place,
        len(found),
        np.array(keys, dtype="<i8").tobytes(),
        np.array(times, dtype="<u4").tobytes(),
    )


def counted_of(subject: Subject) -> Iterator[tuple[int, int]]:
    """What a document counts for, and how much."""
    yield DOCUMENTS, 1
    yield LENGTH, subject.length
    held = np.frombuffer(subject.terms, dtype="<i8").tolist()
    yield from ((term, 1) for term in held)
    if subject.place:
        yield key("jurisdiction", subject.place), 1
        yield from ((of_place(subject.place, term), 1) for term in held)
