"""The API's models for feedback."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from wenju.qa.feedback import Verdict
from wenju.ui import examples

MAX_LISTED = 500
MAX_WORDS = 5000


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
