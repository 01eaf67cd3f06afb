"""The API's request and response models: what ``ui.plain`` gives, with types and examples."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wenju.qa.feedback import Verdict
from wenju.ui.api import examples

MAX_HITS = 100
MAX_DOCUMENTS = 1000
MAX_SUGGESTIONS = 20
MAX_LISTED = 500
MAX_TURNS = 20
MAX_TURN_CHARACTERS = 10_000
MAX_WORDS = 5000
_Documents = Annotated[
    list[str],
    Field(
        max_length=MAX_DOCUMENTS,
        description="Ids of the only documents to look in; empty for all of them.",
    ),
]


class TurnIn(BaseModel):
    """A question that was asked before, as it was typed or completed, and its answer."""

    question: str = Field(max_length=MAX_TURN_CHARACTERS, examples=["生態型聯合體最高支持多少"])
    answer: str = Field("", max_length=MAX_TURN_CHARACTERS, examples=["最高1000萬元"])


class AskIn(BaseModel):
    """A question to answer."""

    question: str = Field(examples=["那任務型呢"])
    documents: _Documents = []
    conversation: list[TurnIn] = Field(
        default=[],
        max_length=MAX_TURNS,
        description="What was asked before, newest last, that a follow-up is completed from.",
    )


class SearchIn(BaseModel):
    """A question to find passages for."""

    question: str = Field(examples=["創新聯合體 支持"])
    k: int = Field(10, ge=1, le=MAX_HITS, description="How many passages at most.")
    documents: _Documents = []


class CitationOut(BaseModel):
    """A passage as evidence: ``original == source_text[start:end]`` of its document."""

    document_id: str
    title: str
    source: str
    page: int | None
    headings: list[str]
    passage_id: str
    start: int = Field(description="Place in the document's source_text, in characters.")
    end: int
    original: str
    quote: str = Field(description="The same passage, repaired.")
    highlight: list[tuple[int, int]] = Field(description="Half-open places in quote.")
    source_highlight: list[tuple[int, int]] = Field(
        description="The places in source_text that the highlights were read from."
    )
    retrieval_score: float
    span_score: float
    date: str
    issuer: str


class ItemOut(BaseModel):
    """One part of an enumeration: ``citations[citation].quote[start:end] == text``."""

    text: str
    citation: int
    start: int
    end: int


class AlternativeOut(BaseModel):
    """Another answer that the documents give: ``citations[citation].quote[start:end] == text``."""

    text: str
    citation: int
    start: int
    end: int
    span_score: float


class AnswerOut(BaseModel):
    """The answer, always copied from the first citation; or the nearest passages instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ANSWER]})

    question: str
    answered: bool
    answer: str
    kind: str = Field(description="What the question asks for.")
    items: list[ItemOut]
    citations: list[CitationOut]
    nearest: list[CitationOut] = Field(description="Close, but no answer.")
    no_answer_score: float = Field(description="Higher: less supported by the documents.")
    took_ms: float
    reason: str = Field(
        description="Why there is no answer: nothing_retrieved, not_supported (retrieved, but not "
        "answered), answers_disagree."
    )
    confidence: float | None = Field(
        description="The probability that the answer is right; null from a reader without one."
    )
    alternatives: list[AlternativeOut] = Field(description="Different answers of the same kind.")
    sentence: tuple[int, int] | None = Field(
        description="Place in the first citation's quote of the sentence the answer stands in."
    )
    asked: str = Field(
        description="What a follow-up was completed to and answered as; empty where it was complete."
    )
    reworded: str = Field(
        description="The question in the documents' words, where only that was answered; else empty."
    )


class PassageOut(BaseModel):
    """A citable piece of a document: ``text == document.text[start:end]``."""

    id: str
    document_id: str
    position: int
    start: int
    end: int
    text: str
    headings: list[str]
    page: int | None
    title: str
    date: str
    issuer: str


class HitOut(BaseModel):
    """A passage that was found; higher scores are better, rank 1 is the best."""

    rank: int
    score: float
    dense_score: float
    lexical_score: float
    passage: PassageOut


class SearchOut(BaseModel):
    """The passages found, best first."""

    question: str
    hits: list[HitOut]


class SummaryOut(BaseModel):
    """A document without its text; ``repairs`` counts them by kind."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SUMMARY]})

    id: str
    name: str
    title: str
    date: str
    issuer: str
    characters: int
    passages: int
    repairs: dict[str, int]


class DocumentsOut(BaseModel):
    """Every document in the library, by name."""

    documents: list[SummaryOut]


class RepairOut(BaseModel):
    """``source_text[start:end]`` reads ``text`` in the document's text."""

    start: int
    end: int
    text: str
    kind: str


class HeadingOut(BaseModel):
    """A heading's place in the text; level 1 is the outermost."""

    start: int
    end: int
    level: int


class PageOut(BaseModel):
    """Where a page begins in the text; pages are numbered from 1."""

    start: int
    number: int


class DocumentOut(BaseModel):
    """A whole document: as it was read, as it was repaired, and how it was cut."""

    id: str
    name: str
    title: str
    date: str
    issuer: str
    text: str
    source_text: str
    repairs: list[RepairOut]
    headings: list[HeadingOut]
    pages: list[PageOut]
    passages: list[PassageOut]


class FailureOut(BaseModel):
    """A source that could not be read, and why."""

    source: str
    reason: str


class FileOut(BaseModel):
    """What became of one uploaded file."""

    name: str
    added: int
    updated: int
    unchanged: int
    failed: list[FailureOut]
    passages: int
    repairs: dict[str, int]


class UploadOut(BaseModel):
    """What became of each uploaded file, in order."""

    files: list[FileOut]


class RemovedOut(BaseModel):
    """The documents that were removed."""

    removed: list[SummaryOut]


class SuggestionsOut(BaseModel):
    """Questions that the documents answer, in the documents' own words."""

    questions: list[str] = Field(examples=[["生態型聯合體最高支持多少？"]])


class HealthOut(BaseModel):
    """That the service answers, and over what."""

    status: Literal["ok"]
    version: str
    documents: int
    passages: int
    encoder: str
    reader: str


class FeedbackIn(BaseModel):
    """What a person says of an answer. The place may be left out: it is looked for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.FEEDBACK]})

    question: str = Field(description="Complete: understood without what was asked before.")
    verdict: Verdict
    answer: str = Field("", max_length=MAX_WORDS, description="What was answered, if anything.")
    correct: str = Field(
        "", max_length=MAX_WORDS, description="With 'wrong': the right answer, copied."
    )
    document_id: str | None = Field(None, description="Where 'correct', or else 'answer', stands.")
    start: int | None = Field(None, description="Place in the document's source_text.")
    end: int | None = None
    comment: str = Field("", max_length=MAX_WORDS)


class FeedbackOut(BaseModel):
    """The feedback as it is kept; ``time`` is UTC."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"id": "c4a1f0", "time": "2026-03-01T08:30:00.000+00:00", **examples.FEEDBACK}
            ]
        }
    )

    id: str
    time: str
    question: str
    verdict: Verdict
    answer: str
    correct: str
    document_id: str | None
    start: int | None
    end: int | None
    comment: str


class FeedbackListOut(BaseModel):
    """Feedback, newest first; ``total`` is how much there is."""

    total: int
    feedback: list[FeedbackOut]


class Problem(BaseModel):
    """An RFC 9457 problem; ``detail`` is a sentence for a person."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [examples.PROBLEM],
        },
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
