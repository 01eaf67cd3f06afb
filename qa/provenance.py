"""What leaves the engine: an answer checked against the library once more, with what it was made with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from wenju import __version__
from wenju.index.encoder import Encoder
from wenju.index.library import Library, UnknownDocument
from wenju.qa.answer import Answer, Provenance
from wenju.qa.ranker import BUNDLED
from wenju.qa.reader import RankedReader, Reader
from wenju.qa.verification import BrokenPromiseError, check_sent

_TRIES = 3  # how often a question is asked anew while the library is being changed
_DIGITS = 12  # of a hash that is shown


@dataclass(frozen=True, slots=True)
class Models:
    """What answers: names with hashes of what the models hold."""

    encoder: str
    reader: str
    ranker: str


def models_of(encoder: Encoder, reader: Reader) -> Models:
    """The models of an engine; loads none."""
    name = reader.name if isinstance(reader, RankedReader) else type(reader).__name__
    return Models(encoder.name, name, _ranker())


def attested(ask: Callable[[], Answer], library: Library, models: Models) -> Answer:
    """The answer that ``ask`` gives, checked against the library as it is when the answer is sent.

    Asked anew where the library changed meanwhile. Raises BrokenPromiseError where an answer is not
    what its documents say: it is never sent.
    """
    for left in reversed(range(_TRIES)):
        revision = library.revision
        answer = ask()
        cited = dict.fromkeys(c.document_id for c in (*answer.citations, *answer.nearest))
        try:
            check_sent(answer, {i: library.document(i) for i in cited})
        except (UnknownDocument, BrokenPromiseError):
            if not left or library.revision == revision:
                raise
            continue
        made = (models.encoder, models.reader, models.ranker)
        about = Provenance(__version__, library.identity, revision, *made)
        return replace(answer, provenance=about)
    raise AssertionError("unreachable")


@cache
def _ranker() -> str:
    return hashlib.sha256(BUNDLED.read_bytes()).hexdigest()[:_DIGITS]
