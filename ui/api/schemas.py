"""The models of the API's requests and responses."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from wenju.corpus.document import Document, Passage
from wenju.corpus.formats.pdf.sheet import Sheet
from wenju.index.hit import Hit
from wenju.index.ingest import AddReport
from wenju.index.listing import Facet
from wenju.index.records import DocumentSummary
from wenju.qa.answer import Answer, Reference
from wenju.qa.feedback import Feedback, Verdict
from wenju.qa.recheck import Recheck
from wenju.qa.texts import MOST_TEXTS
from wenju.ui.api.models import example_of, make_model, model_of, several

MAX_HITS = 100
MAX_DOCUMENTS = 1000
MAX_SUGGESTIONS = 20
MAX_LISTED = 500
MAX_TURNS = 20
MAX_TURN_CHARACTERS = 10_000
MAX_WORDS = 5000
MAX_VALUES = 100
MAX_QUESTIONS = 100
MAX_NAME = 1000
MAX_NUMBER = 2**53  # that every JSON reader takes
Kind = Literal["law", "regulation", "notice", "press_conference", "faq", "draft", "form"]
_Documents = Annotated[
    list[str],
    Field(
        max_length=MAX_DOCUMENTS,
        description="Ids of the only documents to look in; empty for all of them.",
    ),
]


class TurnIn(BaseModel):
    """A question that was asked before, as it was typed or rewritten, and its answer."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_TURN_CHARACTERS, examples=["生態型聯合體最高支持多少"])
    answer: str = Field("", max_length=MAX_TURN_CHARACTERS, examples=["最高1000萬元"])


class ScopeIn(BaseModel):
    """Which documents to look in."""

    model_config = ConfigDict(extra="forbid")

    documents: _Documents = []
    kinds: list[Kind] = Field(
        [], max_length=MAX_VALUES, description="Only documents of these kinds."
    )
    issuers: list[str] = Field(
        [],
        max_length=MAX_VALUES,
        description="Only documents of these bodies; parts of names will do.",
    )
    jurisdictions: list[str] = Field(
        [],
        max_length=MAX_VALUES,
        description="Only documents of these places: paths (TW/臺北市) or names.",
        examples=[["TW"]],
    )
    issued_from: str = Field("", description="Only documents issued on this day or later.")
    issued_until: str = Field("", description="Only documents issued on this day or earlier.")


class AskIn(ScopeIn):
    """A question to answer."""

    question: str = Field(examples=["生態型聯合體最高支持多少"])
    as_of: str = Field(
        "",
        description="Answer by what was in force on this day (2021-05-01, 2021-05, 2021); today if empty.",
        examples=["2021-05-01"],
    )
    conversation: list[TurnIn] = Field(
        default=[],
        max_length=MAX_TURNS,
        description="What was asked before, newest last, that a follow-up is rewritten from.",
    )

    passages: int = Field(
        0, ge=0, le=MAX_HITS, description="How many of the passages found to send along, at most."
    )
    articles: bool = Field(
        False,
        description="Whether to send along the whole articles that these and citations are of.",
    )
    reword: bool = Field(
        True, description="Whether a question may be asked again in the documents' words."
    )


class BatchIn(BaseModel):
    """Several questions to answer."""

    model_config = ConfigDict(extra="forbid")

    questions: list[AskIn] = Field(min_length=1, max_length=MAX_QUESTIONS)


class TextIn(BaseModel):
    """A text to answer from, and how citations call it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(examples=["圖書館週一閉館，週二至週日上午九點開放。"])
    name: str = Field(
        "", max_length=MAX_NAME, description="The citations' source; else its number."
    )
    title: str = Field("", max_length=MAX_NAME)
    date: str = Field("", max_length=MAX_NAME, description="A day, as 2024-05-16.")


class ReadIn(BaseModel):
    """A question, and the texts to answer it from."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["圖書館週幾閉館"])
    texts: list[str | TextIn] = Field(min_length=1, max_length=MOST_TEXTS)


class SearchIn(ScopeIn):
    """A question to find passages for."""

    question: str = Field(examples=["創新聯合體 支持"])
    k: int = Field(10, ge=1, le=MAX_HITS, description="How many passages at most.")


class FeedbackIn(BaseModel):
    """What a person says of an answer. The place may be left out: it is looked for."""

    model_config = ConfigDict(extra="forbid", **example_of("FeedbackIn"))

    question: str = Field(description="Complete: understood without what was asked before.")
    verdict: Verdict
    answer: str = Field("", max_length=MAX_WORDS, description="What was answered, if anything.")
    correct: str = Field(
        "", max_length=MAX_WORDS, description="With 'wrong': the right answer, copied."
    )
    document_id: str | None = Field(None, description="Where 'correct', or else 'answer', stands.")
    start: int | None = Field(
        None, ge=0, le=MAX_NUMBER, description="Place in the document's source_text."
    )
    end: int | None = Field(None, ge=0, le=MAX_NUMBER)
    comment: str = Field("", max_length=MAX_WORDS)


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


class Problem(BaseModel):
    """An RFC 9457 problem; ``detail`` is a sentence for a person."""

    model_config = ConfigDict(extra="allow", **example_of("Problem"))

    type: str = "about:blank"
    title: str
    status: int
    detail: str


CorrectionsIn = dict[str, str | bool | list[str] | None]
"""Fields of a document and what they shall be; null for what its file says."""

AnswerOut = model_of(Answer)
_found: Any = several(model_of(Hit))
_TEXTS = dict.fromkeys(("document_id", "title", "article", "heading", "text"), str)
ArticleOut = make_model("ArticleOut", {**_TEXTS, "start": int, "end": int})
_whole: Any = several(ArticleOut)
AskOut = create_model(
    "AskOut",
    __doc__="The answer, and the passages found and whole articles, where they were asked for.",
    __base__=AnswerOut,
    passages=(_found, Field(description="Passages found, best first.")),
    articles=(_whole, Field(description="Whole articles, those of citations first, each once.")),
)
_answers: Any = several(AskOut)
BatchOut = create_model(
    "BatchOut",
    __doc__="An answer to each question, in their order.",
    answers=(_answers, Field(description="The answers, in the order of the questions.")),
)
DocumentOut = make_model(
    "DocumentOut",
    get_type_hints(Document)
    | {"passages": several(Passage), "references": several(Reference), "original_pages": int},
)
DocumentsOut = make_model("DocumentsOut", {"documents": several(DocumentSummary), "total": int})
FacetsOut = make_model(
    "FacetsOut", dict.fromkeys(("kinds", "issuers", "jurisdictions"), several(Facet))
)
FeedbackOut = model_of(Feedback)
FeedbackListOut = make_model("FeedbackListOut", {"total": int, "feedback": several(Feedback)})
PlacesOut = make_model(
    "PlacesOut", {"document_id": str, "start": int, "end": int, "pages": several(Sheet)}
)
RecheckOut = model_of(Recheck)
RemovedOut = make_model("RemovedOut", {"removed": several(DocumentSummary)})
SummaryOut = model_of(DocumentSummary)
SearchOut = make_model("SearchOut", {"question": str, "hits": several(Hit)})
_FileOut = make_model("FileOut", get_type_hints(AddReport) | {"name": str})
UploadOut = make_model("UploadOut", {"files": several(_FileOut)})
