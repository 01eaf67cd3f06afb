"""The scores of each kind of question, by hand."""

from __future__ import annotations

from tests.eval.making import record
from wenju.eval.kinds import by_kind


def test_scores_by_hand() -> None:
    found = by_kind(
        [
            record(kind="time", prediction="答", exact_match=1.0, char_f1=1.0),
            record(kind="span", prediction="答", char_f1=0.5, sentence_correct=True),
            record(kind="span"),
            record(kind="span", answerable=False, exact_match=1.0, char_f1=1.0),
            record(kind="a", answerable=False, prediction="錯"),
        ]
    )
    assert list(found) == ["span", "a", "time"]  # the most frequent first, then by name
    assert found["span"].as_dict() == {
        "questions": 3,
        "answered": 0.3333,
        "exact_match": 0.3333,
        "char_f1": 0.5,
        "sentence_accuracy": 0.5,
    }
    assert found["time"].sentence_accuracy == 0.0
    assert found["a"].as_dict()["sentence_accuracy"] is None
    assert by_kind([]) == {}
