"""Runs are kept while they go, and gone on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.eval import making
from wenju.eval.datasets import GoldQuestion
from wenju.eval.recording import Recorder, recording
from wenju.eval.records import QuestionRecord
from wenju.eval.report import summarise
from wenju.eval.runs import QUESTIONS, REPORT, RUN, RunError, line_of, read_run

CONFIGURATION = {"wenju": "1", "settings": {"min_confidence": 0.34}, "gold": [{"name": "d.json"}]}
RECORDS = tuple(making.record(id_=f"q{i}", took_ms=float(i)) for i in range(5))
ASKED: list[tuple[str, GoldQuestion]] = [("d", record.gold) for record in RECORDS]


@pytest.fixture(autouse=True)
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(reports: object, configuration: object, path: Path) -> None:
        path.write_text(json.dumps(configuration))

    monkeypatch.setattr("wenju.eval.html.write_html", write)


def begin(folder: Path, count: int) -> None:
    """A run that is interrupted when it has asked so many questions."""
    with pytest.raises(KeyboardInterrupt), recording(folder, CONFIGURATION, ASKED) as recorder:
        ask(recorder, count)
        raise KeyboardInterrupt


def ask(recorder: Recorder, until: int) -> list[QuestionRecord]:
    kept = recorder.take(len(RECORDS))
    for record in RECORDS[len(kept) : until]:
        recorder.add("d", record)
    return [*kept, *RECORDS[len(kept) : until]]


def finish(folder: Path) -> Recorder:
    with recording(folder, CONFIGURATION, ASKED) as recorder:
        records = ask(recorder, len(RECORDS))
        recorder.finish(summarise("d", records, documents=3, passages=4))
        recorder.complete()
    return recorder


def lines(folder: Path) -> list[bytes]:
    return (folder / QUESTIONS).read_bytes().splitlines(keepends=True)


def test_a_question_is_on_disk_as_soon_as_it_is_kept(tmp_path: Path) -> None:
    with recording(tmp_path / "a" / "run", CONFIGURATION, ASKED) as recorder:
        for count, record in enumerate(RECORDS, 1):
            recorder.add("d", record)
            assert len(lines(tmp_path / "a" / "run")) == recorder.asked == count
        with pytest.raises(RunError, match="not finished"):
            read_run(tmp_path / "a" / "run")


@pytest.mark.parametrize("count", range(len(RECORDS) + 1))
def test_an_interrupted_run_is_gone_on_with(tmp_path: Path, count: int) -> None:
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    finish(whole)
    begin(parted, count)
    recorder = finish(parted)
    assert (recorder.resumed, recorder.asked) == (count, len(RECORDS))
    for name in (RUN, QUESTIONS, REPORT):
        assert (parted / name).read_bytes() == (whole / name).read_bytes()
    assert read_run(parted).reports[0].records == RECORDS


def torn(kept: Sequence[bytes]) -> bytes:
    return b"".join(kept)[:-7]


def of_another_question(kept: Sequence[bytes]) -> bytes:
    return b"".join([kept[0], kept[1], line_of("d", making.record(id_="q2", golds=("別",)))])


def of_another_dataset(kept: Sequence[bytes]) -> bytes:
    return b"".join([kept[0], kept[1], line_of("e", RECORDS[2])])


@pytest.mark.parametrize("damage", [torn, of_another_question, of_another_dataset])
def test_what_is_not_the_next_question_is_asked_again(tmp_path: Path, damage: Any) -> None:  # noqa: ANN401
    begin(tmp_path, 3)
    (tmp_path / QUESTIONS).write_bytes(damage(lines(tmp_path)))
    with recording(tmp_path, CONFIGURATION, ASKED) as recorder:
        assert recorder.resumed == 2
        assert recorder.take(5) == list(RECORDS[:2])
        assert lines(tmp_path) == [line_of("d", record) for record in RECORDS[:2]]


def test_more_than_was_asked_for_is_dropped(tmp_path: Path) -> None:
    begin(tmp_path, 5)
    with recording(tmp_path, CONFIGURATION, ASKED[:2]) as recorder:
        assert recorder.resumed == len(lines(tmp_path)) == 2


def test_a_finished_run_is_begun_anew(tmp_path: Path) -> None:
    finish(tmp_path)
    with recording(tmp_path, CONFIGURATION, ASKED) as recorder:
        assert (recorder.resumed, recorder.counts()) == (0, None)
        assert sorted(p.name for p in tmp_path.iterdir() if p.name[0] != ".") == [QUESTIONS, RUN]
        assert lines(tmp_path) == []


def test_a_finished_gold_file_is_known_with_its_counts(tmp_path: Path) -> None:
    asked = [*ASKED, ("e", RECORDS[0].gold)]
    with recording(tmp_path, CONFIGURATION, asked) as recorder:
        recorder.finish(summarise("d", ask(recorder, 5), documents=3, passages=4))
    for _ in range(2):  # an interruption before the second file was begun loses nothing
        with recording(tmp_path, CONFIGURATION, asked) as recorder:
            assert recorder.counts() == (3, 4)
    with recording(tmp_path, CONFIGURATION, asked) as recorder:
        records = recorder.take(5)
        assert records == list(RECORDS)
        recorder.finish(summarise("d", records, documents=3, passages=4))
        assert recorder.counts() is None
        assert recorder.take(1) == []
    assert [s["dataset"] for s in json.loads((tmp_path / RUN).read_text())["reports"]] == ["d"]


def test_what_an_earlier_run_summed_up_stays_until_it_is_reached(tmp_path: Path) -> None:
    asked = [("d", RECORDS[0].gold), ("e", RECORDS[1].gold)]
    both = [
        summarise(name, [r], documents=1, passages=1)
        for name, r in zip("de", RECORDS, strict=False)
    ]
    with recording(tmp_path, CONFIGURATION, asked) as recorder:
        for name, record, report in zip("de", RECORDS, both, strict=False):
            recorder.add(name, record)
            recorder.finish(report)
    with recording(tmp_path, CONFIGURATION, asked) as recorder:
        recorder.finish(both[0])
    with recording(tmp_path, CONFIGURATION, asked) as recorder:
        recorder.finish(both[0])
        assert recorder.counts() == (1, 1)


def test_another_configuration_is_refused_with_what_differs(tmp_path: Path) -> None:
    begin(tmp_path, 3)
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    other = {**CONFIGURATION, "settings": {"min_confidence": 0.5}, "limit": 9}
    said = r"settings\.min_confidence: 0\.34 there, 0\.5 here; limit: None there, 9 here\); .*--out"
    with pytest.raises(RunError, match=said), recording(tmp_path, other, ASKED):
        pass
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_only_some_of_many_differences_are_named(tmp_path: Path) -> None:
    begin(tmp_path, 1)
    other = {**CONFIGURATION, **{f"k{i}": i for i in range(9)}}
    with pytest.raises(RunError, match="k3: .*; and 5 more"), recording(tmp_path, other, ASKED):
        pass


@pytest.mark.parametrize("name", [QUESTIONS, REPORT])
def test_a_file_of_somebody_else_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(RunError, match=f"{name} exists already"):
        finish(tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with recording(tmp_path, CONFIGURATION, ASKED):
        with pytest.raises(RunError, match="Another evaluation is writing"):
            finish(tmp_path)
    finish(tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot be written to"):
        finish(tmp_path / "file")
    with pytest.raises(RunError, match="cannot be written to"):
        finish(tmp_path / "file" / "below")


def test_a_page_that_fails_loses_no_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("wenju.eval.html.write_html", None)
        with pytest.raises(TypeError):
            finish(tmp_path)
    assert finish(tmp_path).resumed == 5
    assert json.loads((tmp_path / REPORT).read_text()) == CONFIGURATION


def test_without_a_folder_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with recording(None, CONFIGURATION, ASKED) as recorder:
        recorder.finish(summarise("d", ask(recorder, 5), documents=1, passages=1))
        recorder.complete()
    assert (recorder.resumed, recorder.asked) == (0, 5)
    assert list(tmp_path.iterdir()) == []
