"""Questions in everyday words: what is in the files, and who learns from which."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wenju.corpus.script import fold
from wenju.eval.training.everyday import everyday, for_network, in_english, is_for_network
from wenju.eval.training.network.gold import TrainingDataError
from wenju.eval.training.sets import among_statutes


def test_every_answer_stands_in_its_text_and_no_question_is_asked_twice() -> None:
    found = everyday()
    assert len(found) > 2000
    assert len({(e.question, e.text) for e in found}) == len(found)
    for example in found:
        assert all(example.text[a:b].strip() for a, b in example.answers)
    open_ = sum(not e.answers for e in found)
    assert 0.1 < open_ / len(found) < 0.2, "one in seven is left open by its text"


def test_the_network_and_the_ranker_never_learn_from_the_same_text() -> None:
    found = everyday()
    of_network = {e.text for e in for_network(found)}
    (of_ranker,) = among_statutes([], [])
    texts = {fold(source.text) for source in of_ranker.sources or ()}
    assert of_network and texts and not of_network & texts
    assert {fold(e.text) for e in found} == of_network | texts
    assert all(e.apart for e in for_network(found))


def test_texts_are_divided_about_as_said() -> None:
    share = sum(is_for_network(f"text {i}") for i in range(2000)) / 2000
    assert 0.55 < share < 0.65


def test_questions_of_published_sets_are_asked_in_english() -> None:
    found = in_english()
    assert len(found) > 500
    assert all(q.strip() and q.isprintable() for q in found.values())


@pytest.mark.parametrize("line", ["{", '{"question": "几席"}', '{"question": 1}'])
def test_what_cannot_be_learned_from_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(TrainingDataError, match="give JSONL"):
        everyday(tmp_path)
    with pytest.raises(TrainingDataError, match="give JSONL"):
        in_english(tmp_path / "bad.jsonl")


def test_an_answer_that_is_not_there_is_refused(tmp_path: Path) -> None:
    said = {"question": "几席", "title": "馆", "text": "有座位120席。", "answer": "130席"}
    (tmp_path / "bad.jsonl").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(TrainingDataError, match="stands in the text"):
        everyday(tmp_path)
