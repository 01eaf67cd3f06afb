"""Feedback on the command line, and the way back into evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ui.conftest import PRESS, Run, make_engine, object_of
from wenju.eval.datasets import load
from wenju.qa.feedback import Feedback, FeedbackStore
from wenju.ui.cli.errors import FAILED, MISUSED

ASKED = "生態型聯合體最高支持多少"


@pytest.fixture
def store(wenju: Run, press: Path, tmp_path: Path) -> FeedbackStore:
    wenju("add", press)
    with make_engine(tmp_path / "home") as engine:
        engine.give_feedback(Feedback(question=ASKED, verdict="right", answer="1000萬元"))
        wrong = Feedback(question="任務型呢", verdict="wrong", answer="1000萬元", correct="500萬元")
        engine.give_feedback(wrong)
        engine.give_feedback(Feedback(question="市長是\x1b誰", verdict="should_not_have_answered"))
        engine.give_feedback(Feedback(question="由誰牽頭", verdict="wrong", answer="市財政"))
        return engine.feedback


def test_the_list_is_newest_first(wenju: Run, store: FeedbackStore) -> None:
    said = object_of(wenju("feedback", "list", "-n", 2, "--json"))
    assert said["total"] == 4
    assert [one["question"] for one in said["feedback"]] == ["由誰牽頭", "市長是\x1b誰"]
    shown = wenju("feedback", "list")
    assert "should not have answered" in shown.stdout and "500萬元" in shown.stdout
    assert "\x1b誰" not in shown.stdout
    assert "3 older" in wenju("feedback", "list", "-n", 1).stderr


def test_an_empty_list_says_so(wenju: Run) -> None:
    assert "no feedback" in wenju("feedback", "list").stdout
    assert object_of(wenju("feedback", "list", "--json")) == {"total": 0, "feedback": []}


@pytest.mark.parametrize("documents", [False, True])
def test_what_was_said_is_exported_and_evaluated(
    wenju: Run, store: FeedbackStore, tmp_path: Path, documents: bool
) -> None:
    path = tmp_path / "gold.jsonl"
    more = ["--documents"] if documents else []
    said = object_of(wenju("feedback", "export", path, "--json", *more))
    assert (said["questions"], said["unanswerable"], said["documents"]) == (3, 1, int(documents))
    assert said["without_answer"] == ["由誰牽頭"] and said["gone"] == []
    read = load(path)
    assert [q.answers for q in read.questions] == [("1000萬元",), ("500萬元",), ()]
    assert [s.text for s in read.sources or ()] == [PRESS] * documents
    again = wenju("feedback", "export", path, *more)
    assert again.exit_code == MISUSED and "--force" in again.stderr
    forced = wenju("feedback", "export", path, "--force", *more)
    assert forced.exit_code == 0 and "由誰牽頭" in forced.stderr
    assert f"wenju eval {path}" in forced.stdout


def test_the_export_can_be_evaluated(
    wenju: Run, store: FeedbackStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.fakes import FakeEncoder

    monkeypatch.setattr("wenju.eval.preparation.load_encoder", lambda *named: FakeEncoder())
    path = tmp_path / "gold.jsonl"
    for more in ([], ["--documents", "--force"]):
        object_of(wenju("feedback", "export", path, "--json", *more))
        report = object_of(wenju("eval", path, "--json"))
        assert (report["questions"], report["documents"]) == (3, 1)
        assert report["retrieval"]["recall_at_1"] == 1.0


def test_nothing_to_export_writes_nothing(wenju: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    nothing = wenju("feedback", "export", path)
    assert nothing.exit_code == FAILED and "nothing to export" in nothing.stderr
    assert not path.exists()
    assert wenju("feedback", "export", tmp_path / "gold.json").exit_code == MISUSED


def test_a_place_that_cannot_be_written_is_named(
    wenju: Run, store: FeedbackStore, tmp_path: Path
) -> None:
    refused = wenju("feedback", "export", tmp_path / "nowhere" / "gold.jsonl")
    assert refused.exit_code == MISUSED and "nowhere" in refused.stderr


def test_what_is_exported_is_one_object_to_a_line(
    wenju: Run, store: FeedbackStore, tmp_path: Path
) -> None:
    path = tmp_path / "gold.jsonl"
    wenju("feedback", "export", path, "--documents")
    header, *lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert header == {"documents": "gold-documents"}
    assert {line.get("document") for line in lines} == {"press.txt", None}
    assert (tmp_path / "gold-documents" / "press.txt").read_text(encoding="utf-8") == PRESS
