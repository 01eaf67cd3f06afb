"""Answers as plain data, and the promise that guards them."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from tests.making import made
from wenju.corpus.document import Document, Passage
from wenju.qa.answer import Answer, Citation, Item
from wenju.qa.verification import BrokenPromiseError, check

DOCUMENT, (PASSAGE,) = made("生態型聯合體的支持辦法\n生態型最高1000萬元，任務型、平臺型另定。")
PLACE = DOCUMENT.alignment.to_source(PASSAGE.start, PASSAGE.end)
AT = PASSAGE.text.index("1000萬元")
LIST = PASSAGE.text.index("任務型")


def citation() -> Citation:
    return Citation(
        document_id=DOCUMENT.id,
        title=DOCUMENT.label,
        source=DOCUMENT.name,
        page=None,
        headings=("一、支持",),
        passage_id=PASSAGE.id,
        start=PLACE[0],
        end=PLACE[1],
        original=DOCUMENT.source_text[slice(*PLACE)],
        quote=PASSAGE.text,
        highlight=((AT, AT + 6),),
        retrieval_score=2.0,
        span_score=1.0,
    )


def answer() -> Answer:
    return Answer("最高多少", True, "1000萬元", "amount", (), (citation(),))


def checked(given: Answer, document: Document = DOCUMENT, passage: Passage = PASSAGE) -> None:
    check(given, {PASSAGE.id: passage}, {DOCUMENT.id: document})


def test_an_answer_is_one_json_object() -> None:
    given = replace(answer(), items=(Item("任務型", 0, LIST, LIST + 3),))
    told = json.loads(json.dumps(given.as_dict(), ensure_ascii=False))
    assert told["answer"] == "1000萬元"
    assert told["citations"][0]["highlight"] == [[AT, AT + 6]]
    assert told["citations"][0]["headings"] == ["一、支持"]
    item = {"text": "任務型", "citation": 0, "start": LIST, "end": LIST + 3, "label": ""}
    assert told["items"] == [item]
    assert told["nearest"] == []
    assert set(told) >= {"question", "answered", "kind", "no_answer_score", "took_ms", "reason"}


def test_an_answer_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        answer().answer = "2000萬元"  # type: ignore[misc]  # this is what must fail


def test_what_is_copied_passes() -> None:
    checked(answer())
    checked(replace(answer(), items=(Item("任務型", 0, LIST, LIST + 3),)))
    checked(Answer("?", False, "", "statement", nearest=(replace(citation(), highlight=()),)))
    checked(Answer("?", False, "", "statement"))


@pytest.mark.parametrize(
    "broken",
    [
        replace(answer(), answer="2000萬元"),
        replace(answer(), answer="1000萬"),
        replace(answer(), answer=""),
        replace(answer(), answered=False),
        replace(answer(), citations=()),
        replace(answer(), items=(Item("任務型", 0, LIST + 1, LIST + 4),)),
        replace(answer(), items=(Item("", 0, LIST, LIST),)),
        replace(answer(), citations=(replace(citation(), highlight=()),)),
        replace(answer(), citations=(replace(citation(), highlight=((AT, 999),)),)),
        replace(answer(), citations=(replace(citation(), quote=PASSAGE.text + "。"),)),
        replace(answer(), citations=(replace(citation(), original="1000萬元"),)),
        replace(answer(), citations=(replace(citation(), start=PLACE[0] + 1),)),
        replace(answer(), citations=(citation(), replace(citation(), end=PLACE[1] - 1))),
        Answer("?", False, "", "statement", nearest=(replace(citation(), original="…"),)),
    ],
)
def test_what_is_not_copied_never_leaves(broken: Answer) -> None:
    with pytest.raises(BrokenPromiseError):
        checked(broken)


def test_a_passage_must_be_of_its_document() -> None:
    with pytest.raises(BrokenPromiseError, match="passage"):
        checked(answer(), passage=replace(PASSAGE, document_id="another"))
    with pytest.raises(BrokenPromiseError, match="quote"):
        checked(answer(), passage=replace(PASSAGE, start=PASSAGE.start + 1))
