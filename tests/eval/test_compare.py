"""What changed between two runs: worked by hand, and checked against what is known to be so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.eval import making
from wenju.eval.compare import Comparison, compare
from wenju.eval.records import QuestionRecord
from wenju.eval.report import summarise
from wenju.eval.retrieval import Ranks
from wenju.eval.runs import Run, RunError


def question(number: int | str, *, first: bool = True, **more: Any) -> QuestionRecord:  # noqa: ANN401
    """One whose gold document is first, or second."""
    return making.record(Ranks(1 if first else 2, 1, 1), id_=f"q{number}", **more)


def run(configuration: dict[str, Any] | None = None, **datasets: Sequence[QuestionRecord]) -> Run:
    reports = tuple(
        summarise(name, records, documents=1, passages=1) for name, records in datasets.items()
    )
    gold = [{"name": f"{name}.json", "sha256": "s", "documents": "d"} for name in datasets]
    return Run(Path("run"), {"gold": gold, **(configuration or {})}, reports)


def ids(comparison: Comparison, measure: str, which: str) -> list[str]:
    changed = comparison.datasets[0].measures[measure]
    return [change.after.gold.id for change in getattr(changed, which)]


def test_gained_and_lost_by_hand() -> None:
    before = run(d=[question(i, first=i >= 4) for i in range(10)])  # 0..3 were second
    after = run(d=[question(i, first=i not in {3, 9}) for i in range(10)])  # 3 still is, 9 now too
    found = compare(before, after)
    assert ids(found, "recall_at_1", "gained") == ["q0", "q1", "q2"]
    assert ids(found, "recall_at_1", "lost") == ["q9"]
    changed = found.datasets[0].measures["recall_at_1"].difference
    assert (changed.before, changed.after, changed.n) == (0.6, 0.8, 10)
    assert changed.difference == pytest.approx(0.2)
    assert changed.low < 0 < changed.high
    assert ids(found, "recall_at_5", "gained") == ids(found, "recall_at_5", "lost") == []


def test_questions_are_matched_by_id_and_not_by_place() -> None:
    records = [question(i, first=i % 2 == 0) for i in range(20)]
    found = compare(run(d=records), run(d=records[::-1]))
    for measure in found.datasets[0].measures.values():
        assert measure.gained == measure.lost == ()
        assert measure.difference.difference == 0
        assert measure.verdict == "no real change"
    assert found.warnings == ()


@pytest.mark.parametrize(("rose", "verdict"), [(True, "better"), (False, "worse")])
def test_a_difference_that_is_real(rose: bool, verdict: str) -> None:
    some, more = ([question(i, first=i < n) for i in range(100)] for n in (60, 80))
    before, after = (some, more) if rose else (more, some)
    found = compare(run(d=before), run(d=after)).datasets[0].measures
    assert found["recall_at_1"].verdict == verdict
    assert found["mrr_at_10"].verdict == verdict
    assert found["recall_at_3"].verdict == "no real change"
    assert found["recall_at_1"].difference.p_value < 0.01


@pytest.mark.parametrize(("changed", "verdict"), [(5, "no real change"), (6, "better")])
def test_a_handful_of_questions_proves_nothing(changed: int, verdict: str) -> None:
    before = [question(i, first=i >= changed) for i in range(1000)]
    after = [question(i) for i in range(1000)]
    found = compare(run(d=before), run(d=after)).datasets[0].measures["recall_at_1"]
    assert found.difference.low > 0  # the interval alone would have it real
    assert found.verdict == verdict


def test_answering_the_unanswerable_more_often_is_worse() -> None:
    def records(answered: int) -> list[QuestionRecord]:
        answers = ["x"] * answered + [""] * (40 - answered)
        return [question(i, answerable=False, prediction=a) for i, a in enumerate(answers)]

    found = compare(run(d=records(5)), run(d=records(25))).datasets[0].measures
    assert found["answered_of_unanswerable"].verdict == "worse"
    assert found["answered"].verdict == "higher"
    assert "recall_at_1" not in found and "answered_of_answerable" not in found
    back = compare(run(d=records(25)), run(d=records(5))).datasets[0].measures
    assert back["answered_of_unanswerable"].verdict == "better"
    assert back["answered"].verdict == "lower"


def test_only_shared_questions_are_compared() -> None:
    shared = [question(i) for i in range(4)]
    before = run(d=[question("old", first=False), *shared])
    after = run(d=[*shared, question("new", first=False), question("newer")])
    (dataset,) = compare(before, after).datasets
    assert dataset.questions == 4
    assert dataset.measures["recall_at_1"].difference.before == 1.0
    assert dataset.measures["recall_at_1"].difference.after == 1.0
    assert (dataset.only_before, dataset.only_after) == (("qold",), ("qnew", "qnewer"))
    (warning,) = compare(before, after).warnings
    assert warning.startswith("d: 1 questions are only in the first run and 2 only in the second")


def test_a_question_counts_where_it_counts_in_both_runs() -> None:
    before = run(d=[question(0, first=False), question(1), question(2, answerable=False)])
    after = run(d=[question(0), question(1, answerable=False), question(2)])
    found = compare(before, after).datasets[0].measures
    assert found["recall_at_1"].difference.n == 1
    assert found["recall_at_1"].difference.difference == 1.0
    assert found["exact_match"].difference.n == 3


def test_ids_and_names_that_repeat_are_told_apart_by_their_order() -> None:
    one, two = question(0, first=False), question(0)
    assert ids(compare(run(d=[one, two]), run(d=[two, two])), "recall_at_1", "gained") == ["q0"]
    reports = run(d=[one]).reports + run(d=[two]).reports
    twice = Run(Path("run"), {"gold": [{}, {}]}, reports)
    found = compare(twice, twice)
    assert [d.dataset for d in found.datasets] == ["d", "d (2)"]
    befores = [d.measures["recall_at_1"].difference.before for d in found.datasets]
    assert befores == [0.0, 1.0]


def test_what_the_runs_were_made_with() -> None:
    before, after = (
        run({"code": "a", "seed": 0}, d=[question(0)]),
        run({"code": "b", "seed": 0}, d=[question(0)]),
    )
    found = compare(before, after)
    assert found.configuration == {"code": ("a", "b")}
    assert found.warnings == ()


def test_other_gold_files_or_documents_are_warned_of() -> None:
    before, after = run(d=[question(0)], e=[question(0)]), run(d=[question(0)], e=[question(0)])
    after.configuration["gold"][0]["sha256"] = "t"
    after.configuration["gold"][1]["documents"] = "e"
    assert compare(before, after).warnings == (
        "d: the gold files of the two runs differ.",
        "e: the documents of the two runs differ.",
    )


def test_datasets_of_one_run_are_named() -> None:
    before, after = run(d=[question(0)], old=[question(0)]), run(new=[question(0)], d=[question(0)])
    found = compare(before, after)
    assert [d.dataset for d in found.datasets] == ["d"]
    assert found.warnings == ("old is only in the first run.", "new is only in the second run.")


def test_nothing_in_common_is_refused() -> None:
    with pytest.raises(RunError, match=r"no dataset in common \(d; e, f\)"):
        compare(run(d=[question(0)]), run(e=[question(0)], f=[question(0)]))
    with pytest.raises(RunError, match="no question of d in common"):
        compare(run(d=[question(0)]), run(d=[question(1)]))


def test_the_json_object_holds_everything() -> None:
    before = run({"seed": 1}, d=[question(i, first=False) for i in range(30)])
    after = run({"seed": 2}, d=[question(i, prediction="答", sentence="是答。") for i in range(30)])
    said = compare(before, after).as_dict()
    assert json.loads(json.dumps(said)) == said
    assert said["configuration"] == {"seed": [1, 2]}
    (dataset,) = said["datasets"]
    assert dataset["measures"]["recall_at_1"] == {
        "before": 0.0,
        "after": 1.0,
        "difference": 1.0,
        "low": 1.0,
        "high": 1.0,
        "p_value": 0.0005,
        "n": 30,
        "verdict": "better",
    }
    assert dataset["measures"]["mrr_at_10"]["before"] == 0.5
    assert len(dataset["gained"]["recall_at_1"]) == 30
    assert dataset["lost"] == {"recall_at_1": [], "sentence_accuracy": [], "exact_match": []}
    first = dataset["gained"]["recall_at_1"][0]
    assert (first["id"], first["question"], first["answers"]) == ("q0", "問？", ["答"])
    assert (first["before"]["document_rank"], first["after"]["document_rank"]) == (2, 1)
    assert (first["before"]["prediction"], first["after"]["prediction"]) == ("", "答")
