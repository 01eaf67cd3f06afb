"""What is printed and written of an evaluation."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from tests.eval import making
from wenju.eval.intervals import bootstrap
from wenju.eval.measures import MEASURES
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, summarise, table
from wenju.eval.retrieval import Ranks


def record(number: int, *, answerable: bool = True, took_ms: float = 1.0) -> QuestionRecord:
    right = number % 2 == 0
    return making.record(
        Ranks(1, 2, 1) if answerable else making.NOWHERE,
        id_=f"q{number}",
        answerable=answerable,
        prediction="答" if right else "錯",
        sentence="是答。" if right else "是錯。",
        exact_match=float(right),
        char_f1=2 / 3,
        rouge_l=1 / 4,
        passage="答在此。" if number % 4 else "段",
        sentence_correct=right,
        served=number % 4 == 0,
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
        "ndcg_at_10": 1.0,
        "answer_recall_at_1": 0.0,
        "answer_recall_at_5": 1.0,
        "answer_coverage_at_1": 1.0,
        "answer_coverage_at_5": 1.0,
    }
    assert shown["answers"] == {
        "exact_match": 0.505,
        "char_f1": 0.6667,
        "rouge_l": 0.25,
        "sentence_accuracy": 0.5,
        "served": 0.25,
        "citation_precision": 0.75,
        "answered": 1.0,
        "answered_of_answerable": 1.0,
        "answered_of_unanswerable": 1.0,
    }
    assert shown["abstention"] == {
        "abstention_auroc": 0.5,
        "aurc": 0.0099,  # all score alike, and 1 of 101 is not right
        "false_answers_at_90_coverage": 1.0,
    }
    assert shown["calibration"] == {"ece": None, "bins": []}
    assert shown["kinds"]["span"]["questions"] == 101
    assert report.value("sentence_accuracy") == 0.5
    assert report.value("ndcg_at_10") == 1.0


def test_every_mean_has_its_interval(report: EvalReport) -> None:
    shown = report.as_dict()
    assert list(shown["intervals"]) == list(MEASURES)
    half = bootstrap([1.0] * 50 + [0.0] * 50)
    assert 0.38 < half.low < 0.42 and 0.58 < half.high < 0.62
    # over the answerable ones, not over all
    expected = [round(half.low, 4), round(half.high, 4)]
    assert shown["intervals"]["sentence_accuracy"] == expected
    assert shown["intervals"]["recall_at_1"] == [1.0, 1.0]
    means = {**shown["retrieval"], **shown["answers"]}
    for name, (low, high) in shown["intervals"].items():
        assert low <= means[name] <= high


def test_what_no_question_counts_for_is_null() -> None:
    none = summarise("無", [record(1, answerable=False)], documents=1, passages=1)
    shown = none.as_dict()
    assert shown["retrieval"]["recall_at_1"] is None
    assert shown["intervals"]["recall_at_1"] is None
    assert shown["intervals"]["answered_of_unanswerable"] == [1.0, 1.0]
    assert json.loads(json.dumps(shown)) == shown


def test_the_table_holds_every_measure_of_every_report(report: EvalReport) -> None:
    unknown = replace(record(1, answerable=False), confidence=0.5)
    none = summarise("無", [unknown], documents=1, passages=1)
    console = Console(file=io.StringIO(), width=100)
    console.print(table([report, none]))
    assert isinstance(console.file, io.StringIO)
    lines = {
        line.split("│")[1].strip(): [cell.strip() for cell in line.split("│")[2:4]]
        for line in console.file.getvalue().splitlines()
        if "│" in line
    }
    assert lines["passages"] == ["1,234", "1"]
    assert lines["recall_at_1"] == ["1.000 [1.000, 1.000]", "–"]
    assert lines["char_f1"] == [".667 [.667, .667]", ".667 [.667, .667]"]
    half = bootstrap([1.0] * 50 + [0.0] * 50)
    assert lines["sentence_accuracy"][0] == f".500 [{half.low:.3f}, {half.high:.3f}]".replace(
        "0.", "."
    )
    assert lines["abstention_auroc"] == [".500", "–"]
    assert lines["ece"] == ["–", ".500"]
    assert lines["p95 ms"] == ["95.0", "1.0"]
    assert {*MEASURES} < set(lines)


def test_what_is_told_of_no_set_has_no_row(report: EvalReport) -> None:
    console = Console(file=io.StringIO(), width=100)
    console.print(table([report]))
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert "aurc" in shown and "ece" not in shown


def test_any_figure_by_its_name(report: EvalReport) -> None:
    assert report.value("sentence_accuracy") == 0.5
    assert report.value("false_answers_at_90_coverage") == 1.0
    assert report.value("ece") is None
    none = summarise("無", [record(1, answerable=False)], documents=1, passages=1)
    assert none.value("recall_at_1") is None
