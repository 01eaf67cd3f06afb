"""Lay questions: what is learned from, and what is kept to measure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wenju.corpus.document import content_id
from wenju.corpus.script import fold
from wenju.eval.training.network.gold import TrainingDataError, held_out
from wenju.eval.training.network.lay import is_measured, lay_questions, lay_set

ARTICLE = {
    "name": "中华人民共和国某法第五十六条",
    "text": "个人经营的，以个人财产承担。\n\n家庭经营的，以家庭财产承担。",
}
LONG = {"name": "某法第一条", "text": "长" * 700}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    asked = [f"第{i}個人的債誰來還？" for i in range(40)]
    lines = [
        {"id": str(i), "question": q, "articles": [ARTICLE, LONG]} for i, q in enumerate(asked)
    ]
    path = tmp_path / "lay.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_half_is_learned_from_and_the_other_half_never_seen(path: Path) -> None:
    found = lay_questions(path)
    asked = [json.loads(line)["question"] for line in path.read_text().splitlines()]
    learned = [q for q in asked if not is_measured(q)]
    assert 10 < len(learned) < 30
    assert len(found) == len(learned), "an article that cannot be read whole is left out"
    example = found[0]
    assert (example.title, example.whole, example.answers) == ("中华人民共和国某法", True, ())
    assert example.text.count("\n") == 1 and "债谁来还" in example.question


def test_a_set_to_search_holds_every_article_and_questions_that_the_network_never_saw(
    tmp_path: Path,
) -> None:
    texts = [f"個人經營的，以個人財產承擔，第{i}種。" for i in range(60)]
    lines = [
        {"question": f"第{i}個人的債誰來還？", "articles": [{"name": "某法第一條", "text": text}]}
        for i, text in enumerate(texts)
    ]
    path = tmp_path / "lay.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked, sources = lay_set(path, [("別法", "別的條文。")])
    assert len(sources) == 61
    learned = {(e.question, e.text) for e in lay_questions(path) if not held_out(e.text)}
    held = {content_id(text) for text in texts if held_out(fold(text))}
    assert learned and asked and {i for ids in asked.values() for i in ids} <= held
    assert not any(map(is_measured, asked))


@pytest.mark.parametrize("content", ["", "{", '["question"]', '{"question": "甲乙"}'])
def test_what_cannot_be_learned_from_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content)
    with pytest.raises(TrainingDataError, match="bad.jsonl"):
        lay_questions(path)
