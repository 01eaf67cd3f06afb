"""Answers that stand in several places: parts, sums and comparisons, stages, chapters, long lists."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.checks import assert_cited
from tests.integration.conftest import SEEDS, filled
from wenju.corpus.script import to_simplified
from wenju.qa.engine import Engine

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parent / "composed"
QUESTIONS = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))["question"]
LONGEST_VALUE = 40  # characters of one value with its bound


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if not SEEDS.is_dir():
        pytest.skip(f"the seed documents are not at {SEEDS}; name their folder in WENJU_SEEDS")
    texts = tmp_path_factory.mktemp("texts")
    for path in (*FOLDER.iterdir(), *SEEDS.iterdir()):
        if path.suffix in (".txt", ".md"):
            shutil.copy(path, texts)
    with filled(tmp_path_factory.mktemp("composed"), texts) as engine:
        yield engine


def case(question: dict[str, Any]) -> Any:  # noqa: ANN401 - pytest gives its parameters no type
    """A question as a test's parameter; one that is not answered yet says so."""
    marks = [pytest.mark.xfail(reason=question["open"])] if "open" in question else []
    return pytest.param(question, id=question["text"], marks=marks)


@pytest.mark.parametrize("question", [case(q) for q in QUESTIONS])
def test_all_that_is_asked_for_is_answered(composed: Engine, question: dict[str, Any]) -> None:
    answer = composed.ask(question["text"])
    assert_cited(composed, answer)
    assert answer.missing == tuple(question.get("missing", ()))
    if "missing" in question:
        assert not answer.answered and answer.reason == "part_missing"
        return
    assert answer.concluded == question.get("concluded", True)
    if "single" in question:
        assert question["single"] in answer.answer and len(answer.answer) <= LONGEST_VALUE
        return
    assert len(answer.items) == len(question["parts"])
    for item, part in zip(answer.items, question["parts"], strict=True):
        assert part in item.text


@pytest.mark.parametrize("question", [case(q) for q in QUESTIONS])
def test_both_scripts_give_the_same_parts(composed: Engine, question: dict[str, Any]) -> None:
    here = composed.ask(question["text"])
    there = composed.ask(to_simplified(question["text"]))
    assert (here.answer, here.concluded, here.reason) == (
        there.answer,
        there.concluded,
        there.reason,
    )
    assert [i.text for i in here.items] == [i.text for i in there.items]
