"""What is timed beside others finds what it should, in a process of its own."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from wenju.corpus.document import Source
from wenju.eval.benchmarks.external.systems import OthersError
from wenju.eval.benchmarks.external.task import make_task
from wenju.eval.benchmarks.peers.command import measured, table
from wenju.eval.datasets import GoldQuestion, GoldSet

TEXTS = {
    "library.txt": "圖書館開放時間\n市圖書館每週一休館，其餘日子開放到晚上九點。",
    "tax.txt": "地價稅公告\n地價稅每年十一月一日起繳納，逾期加徵滯納金。",
}
GOLD = GoldSet(
    name="two",
    questions=(
        GoldQuestion("1", "圖書館開放到幾點", ("九點",), "library.txt", answerable=True),
        GoldQuestion("2", "地價稅什麼時候繳", ("十一月一日",), "tax.txt", answerable=True),
    ),
    sources=tuple(Source(name, name, text) for name, text in TEXTS.items()),
)


@pytest.mark.slow
def test_the_same_passages_are_indexed_and_found() -> None:
    task = replace(make_task(GOLD, passages=True), depth=2)
    figures = measured(task, GOLD.sources, "static", ("wenju", "faiss"))
    assert [f.system for f in figures] == ["wenju", "faiss"]
    assert {f.recall_at_1 for f in figures} == {1.0}
    assert all(min(*f.indexed, *f.asked) > 0 for f in figures)
    shown = StringIO()
    Console(file=shown, width=110).print(table(figures))
    assert "recall_at_1" in shown.getvalue() and "1.00" in shown.getvalue()


def test_a_system_that_is_not_known_is_a_sentence() -> None:
    task = make_task(GOLD, passages=True)
    with pytest.raises(OthersError, match="nothing could not be measured"):
        measured(task, GOLD.sources, "static", ("nothing",))
