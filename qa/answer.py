"""What asking gives: Answer, Citation, Item. Plain data, ready for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage as evidence, checkable character by character.

    ``original == source_text[start:end]`` in the document as it was read; ``quote`` is the same
    passage repaired; ``highlight`` are half-open places in ``quote``, and ``source_highlight`` the
    places in ``source_text`` that they were read from. Scores: higher is better.

    ``standing`` says what the text is on the day that was asked of: ``in_force``, ``superseded``,
    ``repealed``, ``expired``, ``draft``, ``not_yet`` or ``unknown``; where a version of it is in force
    that the library has, ``current_id``, ``current_title`` and ``current_date`` are that one's.
    ``jurisdiction`` is a path, outermost first (``TW/臺北市``), empty where it is not known.
    """

    document_id: str
    title: str
    source: str
    page: int | None
    headings: tuple[str, ...]
    passage_id: str
    start: int
    end: int
    original: str
    quote: str
    highlight: tuple[tuple[int, int], ...]
    retrieval_score: float
    span_score: float
    date: str = ""
    issuer: str = ""
    source_highlight: tuple[tuple[int, int], ...] = ()
    jurisdiction: str = ""
    standing: str = "unknown"
    current_id: str = ""
    current_title: str = ""
    current_date: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One part of an enumeration: ``citations[citation].quote[start:end] == text``."""

    text: str
    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer that the documents give: ``citations[citation].quote[start:end] == text``.

    ``span_score`` can be compared with the answer's own: higher is better. ``difference`` says in
    what its document differs from the answer's, where that explains it: ``version`` of one text,
    ``jurisdiction``, ``issuer`` or ``date``; empty where it is not known.
    """

    text: str
    citation: int
    start: int
    end: int
    span_score: float
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    When ``answered``, ``answer`` is the text under the first highlight of the first citation and
    ``citations`` is not empty. Otherwise ``answer`` is empty and ``nearest`` holds the passages
    that came closest, and ``reason`` says why: ``nothing_retrieved``, ``nothing_in_scope`` (no
    document is in the scope), ``not_in_force`` (only found in versions that do not count on the
    day that was asked of), ``not_supported`` (retrieved, but not answered) or
    ``answers_disagree``. ``no_answer_score`` is higher the less the documents
    support an answer. ``confidence`` is the calibrated probability that the answer is right, None
    from a reader that is not calibrated. ``alternatives`` are different answers of the same kind.
    ``sentence`` is the place in the first citation's quote of the whole sentence, or sentences,
    that the answer stands in; None where nothing was answered. ``question`` is what was typed;
    ``asked`` the question that it stood for in its conversation, empty where it was complete;
    ``reworded`` that question in the documents' words, empty where it was answered in its own.
    """

    question: str
    answered: bool
    answer: str
    kind: str
    items: tuple[Item, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    no_answer_score: float = 0.0
    took_ms: float = 0.0
    reason: str = field(default="")
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    sentence: tuple[int, int] | None = None
    asked: str = ""
    reworded: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line and the API."""
        return asdict(self)
