"""What is printed and written of an evaluation."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from eval.answers import Score
from eval.datasets import GoldQuestion
from eval.report import EvalReport, QuestionRecord, summarise, table, write_records
from eval.retrieval import Ranks


def record(number: int, *, answerable: bool = True, took_ms: float = 1.0) -> QuestionRecord:
    right = number % 2 == 0
    return QuestionRecord(
        gold=GoldQuestion(f"q{number}", "問？", ("答",) if answerable else (), "d", answerable),
        kind="span",
        prediction="答" if right else "錯",
        sentence="是答。" if right else "是錯。",
        score=Score(answerable, True, float(right), 2 / 3, right if answerable else None),
        ranks=Ranks(1, 2) if answerable else Ranks(None, None),
        took_ms=took_ms,
    )


@pytest.fixture
def report() -> EvalReport:
    records = [record(i, took_ms=float(i)) for i in range(101)]
    return summarise(
        "集",
        [*records[:-1], record(100, answerable=False, took_ms=100)],
        documents=7,
        passages=1234,
    )


def test_summary_by_hand(report: EvalReport) -> None:
    shown = report.as_dict()
    assert (shown["questions"], shown["documents"], shown["passages"]) == (101, 7, 1234)
    assert shown["latency_ms"] == {"p50": 50.0, "p95": 95.0}
    assert shown["retrieval"] == {
        "recall_at_1": 1.0,
        "recall_at_3": 1.0,
        "recall_at_5": 1.0,
        "recall_at_20": 1.0,
        "mrr_at_10": 1.0,
        "answer_recall_at_1": 0.0,
        "answer_recall_at_5": 1.0,
    }
    assert shown["answers"] == {
        "exact_match": 0.505,
        "char_f1": 0.6667,
        "sentence_accuracy": 0.5,
        "answered": 1.0,
        "answered_of_answerable": 1.0,
        "answered_of_unanswerable": 1.0,
    }


def test_the_table_holds_every_measure_of_every_report(report: EvalReport) -> None:
    none = summarise("無", [record(1, answerable=False)], documents=1, passages=1)
    console = Console(file=io.StringIO(), width=100)
    console.print(table([report, none]))
    assert isinstance(console.file, io.StringIO)
    lines = {
        line.split("│")[1].strip(): line
        for line in console.file.getvalue().splitlines()
        if "│" in line
    }
    assert lines["passages"].split("│")[2:4] == [" 1,234 ", "     1 "]
    assert [c.strip() for c in lines["recall_at_1"].split("│")[2:4]] == ["1.000", "–"]
    assert [c.strip() for c in lines["char_f1"].split("│")[2:4]] == ["0.667", "0.667"]
    assert [c.strip() for c in lines["p95 ms"].split("│")[2:4]] == ["95.0", "1.0"]
    shown = report.as_dict()
    assert {*shown["retrieval"], *shown["answers"]} < set(lines)


def test_records_are_written_one_to_a_line(report: EvalReport, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    write_records([report, report], path)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 202
    assert rows[0] == {
        "dataset": "集",
        "id": "q0",
        "question": "問？",
        "answerable": True,
        "answers": ["答"],
        "document": "d",
        "kind": "span",
        "answered": True,
        "prediction": "答",
        "sentence": "是答。",
        "document_rank": 1,
        "answer_rank": 2,
        "exact_match": 1.0,
        "char_f1": 0.6667,
        "sentence_correct": True,
        "took_ms": 0.0,
    }
