"""What a browser keeps of a conversation, and what is made of it when it comes back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from tests.ui.page.parser import ANSWER, UNANSWERED
from wenju.qa.engine import Engine
from wenju.ui.page import history
from wenju.ui.page.conversation import Turn
from wenju.ui.texts import EN

TURNS = [Turn("一", ANSWER), Turn("二", UNANSWERED), Turn("三", trouble="沒有問成")]


def kept(*turns: Turn) -> str:
    return json.dumps([json.loads(history.newest([turn])) for turn in turns], ensure_ascii=False)


def test_a_conversation_comes_back_as_it_was(filled: Engine) -> None:
    box, turns, shown, panels, _ = history.reopened(filled, EN, kept(*TURNS))
    assert box == "" and [turn.question for turn in turns] == ["一", "二", "三"]
    assert turns[0].answer and asdict(turns[0].answer) == asdict(replace(ANSWER, provenance=None))
    assert "最高1000萬元" in shown and EN.from_source in shown and "沒有問成" in shown
    assert panels.count("<aside") == len(TURNS)
    header, *rest = history.load(filled, EN, kept(TURNS[0]))
    assert EN.tagline in header and rest[0] == turns[:1]


def test_without_a_conversation_there_is_the_welcome(filled: Engine) -> None:
    for said in ("", "[]", "null", "{", "5", '["a"]', '[{"question": 5}]', "[" * 10_000):
        _, turns, shown, *_ = history.reopened(filled, EN, said)
        assert turns == [] and "wj-welcome" in shown
    assert history.newest([]) == history.newest([Turn("?")]) == ""


@pytest.mark.parametrize(
    "broken",
    [
        replace(ANSWER, citations=()),
        replace(ANSWER, best=(0, 2), citations=(replace(ANSWER.citations[0], highlight=()),)),
        "an older answer",
        {"question": "half of one"},
        None,
    ],
)
def test_what_cannot_be_shown_is_left_out(filled: Engine, broken: object) -> None:
    answer = asdict(broken) if isinstance(broken, type(ANSWER)) else broken
    said = [json.loads(history.newest([TURNS[0]])), {"question": "壞", "answer": answer}]
    _, turns, *_ = history.reopened(filled, EN, json.dumps(said))
    assert [turn.question for turn in turns] == ["一"]
