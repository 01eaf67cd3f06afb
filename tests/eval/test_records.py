"""A record of a question is what it was when it is read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.eval.answers import Score
from wenju.eval.datasets import GoldQuestion
from wenju.eval.records import QuestionRecord
from wenju.eval.retrieval import Ranks

RANK = st.none() | st.integers(1, 20)
SHARE = st.floats(0, 1)
PLACE = st.integers(0, 99)
SCORE = st.none() | st.floats(-5, 5)


@st.composite
def records(draw: st.DrawFn) -> QuestionRecord:
    answerable = draw(st.booleans())
    golds = draw(st.lists(st.text(min_size=1), min_size=1)) if answerable else []
    correct = draw(st.booleans()) if answerable else None
    return QuestionRecord(
        gold=GoldQuestion(
            draw(st.text()),
            draw(st.text()),
            tuple(golds),
            draw(st.none() | st.text()),
            answerable,
            earlier=tuple(draw(st.lists(st.text(min_size=1), max_size=2))),
            places=tuple(draw(st.lists(st.tuples(PLACE, PLACE), max_size=2))),
        ),
        kind=draw(st.sampled_from(["span", "refused"])),
        prediction=draw(st.text()),
        sentence=draw(st.text()),
        score=Score(
            answerable,
            draw(st.booleans()),
            draw(SHARE),
            draw(SHARE),
            correct,
            draw(SHARE),
            draw(st.none() | st.booleans()),
        ),
        ranks=Ranks(draw(RANK), draw(RANK), draw(RANK)),
        took_ms=draw(st.floats(0, 1e5)),
        answer_score=draw(SCORE),
        retrieval_score=draw(SCORE),
        passage=draw(st.text()),
        passage_source=draw(st.text()),
        gold_passage=draw(st.text()),
        confidence=draw(st.none() | SHARE),
    )


@given(records())
def test_what_is_written_is_what_is_read(record: QuestionRecord) -> None:
    line = json.dumps(record.as_dict())
    assert QuestionRecord.from_dict(json.loads(line)) == record
    assert json.dumps(QuestionRecord.from_dict(json.loads(line)).as_dict()) == line


def example() -> QuestionRecord:
    return QuestionRecord(
        gold=GoldQuestion("hours", "開到幾點？", ("晚間九時", "九點"), "notice.txt", True),
        kind="time",
        prediction="晚間九時",
        sentence="開到晚間九時。",
        score=Score(True, True, 1.0, 2 / 3, True, 1 / 3, True),
        ranks=Ranks(3, 2, 1),
        took_ms=30.249,
        answer_score=0.12345678,
        retrieval_score=1.5,
        passage="開到晚間九時。週一休館。",
        passage_source="公告",
        gold_passage="開到晚間九時。",
        confidence=0.98765432,
    )


def test_the_object_by_hand() -> None:
    assert example().as_dict() == {
        "id": "hours",
        "question": "開到幾點？",
        "answerable": True,
        "answers": ["晚間九時", "九點"],
        "document": "notice.txt",
        "kind": "time",
        "answered": True,
        "prediction": "晚間九時",
        "sentence": "開到晚間九時。",
        "document_rank": 3,
        "answer_rank": 2,
        "coverage_rank": 1,
        "exact_match": 1.0,
        "char_f1": 0.666667,
        "rouge_l": 0.333333,
        "sentence_correct": True,
        "served": True,
        "answer_score": 0.123457,
        "confidence": 0.987654,
        "retrieval_score": 1.5,
        "passage": "開到晚間九時。週一休館。",
        "passage_source": "公告",
        "gold_passage": "開到晚間九時。",
        "took_ms": 30.2,
    }


@pytest.mark.parametrize("key", [*example().as_dict()])
def test_no_key_may_lack(key: str) -> None:
    values = example().as_dict()
    del values[key]
    with pytest.raises(KeyError, match=key):
        QuestionRecord.from_dict(values)


def test_keys_that_others_add_are_no_matter() -> None:
    assert QuestionRecord.from_dict({"dataset": "集", **example().as_dict()}) == example()
