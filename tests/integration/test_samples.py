"""The bundled gold pairs over the bundled samples, asked of the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.checks import assert_cited
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.eval import gold as gold_folder
from wenju.eval.configuration import Request
from wenju.eval.datasets import GoldQuestion, load
from wenju.eval.run import evaluate
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

pytestmark = pytest.mark.slow

GOLD = Path(gold_folder.__file__).parent / "samples.jsonl"
QUESTIONS = load(GOLD).questions


@pytest.mark.parametrize("gold", QUESTIONS, ids=lambda gold: gold.id)
def test_every_citation_is_verbatim_and_both_scripts_agree(
    samples: Engine, gold: GoldQuestion
) -> None:
    answer = samples.ask(gold.text)
    assert_cited(samples, answer)
    for other in (to_simplified(gold.text), to_traditional(to_simplified(gold.text))):
        again = samples.ask(other)
        assert (again.answer, again.items) == (answer.answer, answer.items)
        assert again.citations == answer.citations


def test_nine_in_ten_gold_pairs_are_right(tmp_path: Path) -> None:
    (report,) = evaluate(Request((GOLD,)), Settings(home=tmp_path, reader="trained"))
    right = [
        r
        for r in report.records
        if (r.score.sentence_correct if r.gold.answerable else not r.score.answered)
    ]
    assert len(report.records) >= 60
    assert sum(not r.gold.answerable for r in report.records) >= 10
    assert len(right) >= 0.9 * len(report.records)
    assert (report.value("recall_at_1") or 0) >= 0.97


def test_the_documents_are_told_apart_by_their_head(samples: Engine) -> None:
    titles = {fold(summary.label) for summary in samples.library.documents()}
    assert len(titles) == len(samples.library.documents())
