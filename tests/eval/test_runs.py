"""The files of a run, read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.eval import making
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, summarise
from wenju.eval.retrieval import Ranks
from wenju.eval.runs import (
    QUESTIONS,
    RUN,
    RunError,
    State,
    line_of,
    read_run,
    read_state,
    records_of,
    write_state,
)

CONFIGURATION = {"wenju": "1", "gold": [{"name": "集.json"}, {"name": "b.json"}]}
RECORDS = (
    making.record(Ranks(1, 2, 1), id_="q1", prediction="答", exact_match=1.0, char_f1=1.0),
    making.record(id_="q2", char_f1=2 / 3, took_ms=30.04999),
    making.record(id_="q3", answerable=False),
)


def report(name: str, records: Sequence[QuestionRecord]) -> EvalReport:
    made = summarise(name, records, documents=7, passages=12)
    return replace(made, skipped=("x.pdf is encrypted.",))


def write_run(folder: Path, *reports: EvalReport, complete: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    summaries = [r.as_dict() for r in reports]
    write_state(folder, State(CONFIGURATION, summaries, complete))
    lines = (line_of(r.dataset, record) for r in reports for record in r.records)
    (folder / QUESTIONS).write_bytes(b"".join(lines))
    return folder


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    reports = (report("集", RECORDS[:2]), report("b", RECORDS[1:]))
    run = read_run(write_run(tmp_path / "run", *reports))
    assert run.reports == reports
    assert run.configuration == CONFIGURATION
    assert [r.as_dict() for r in run.reports] == [r.as_dict() for r in reports]


def test_the_files_can_be_read_by_people(tmp_path: Path) -> None:
    write_run(tmp_path, report("集", RECORDS))
    assert '"name": "集.json"' in (tmp_path / RUN).read_text(encoding="utf-8")
    first = (tmp_path / QUESTIONS).read_text(encoding="utf-8").splitlines()[0]
    assert '"question": "問？"' in first
    assert list(json.loads(first))[:2] == ["dataset", "id"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [QUESTIONS, RUN]


def test_half_a_surrogate_pair_is_kept() -> None:
    record = making.record(id_="\ud800")
    (line,) = line_of("集\udfff", record).splitlines()
    assert QuestionRecord.from_dict(json.loads(line)) == record
    assert json.loads(line)["dataset"] == "集\udfff"


@pytest.mark.parametrize(
    "end",
    [
        line_of("d", RECORDS[2])[:-1],  # the newline lacks: it may go on
        line_of("d", RECORDS[2])[:40],
        b'{"dataset": "d", "id": "q3"}\n',
        b"[]\n",
        b"\xff\n",
        b"\n",
    ],
)
def test_reading_stops_at_a_line_that_is_not_whole(tmp_path: Path, end: bytes) -> None:
    whole = [line_of("d", record) for record in RECORDS[:2]]
    (tmp_path / QUESTIONS).write_bytes(b"".join(whole) + end + line_of("d", RECORDS[2]))
    expected = [("d", r, len(line)) for r, line in zip(RECORDS, whole, strict=False)]
    assert list(records_of(tmp_path)) == expected


def test_nothing_is_there_yet(tmp_path: Path) -> None:
    assert read_state(tmp_path) is None
    assert list(records_of(tmp_path)) == []


def test_what_is_no_finished_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"holds no run.*wenju eval"):
        read_run(tmp_path / "nowhere")
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(RunError, match="holds no run"):
        read_run(file)
    write_run(tmp_path / "half", report("d", RECORDS), complete=False)
    with pytest.raises(RunError, match="not finished"):
        read_run(tmp_path / "half")


@pytest.mark.parametrize(("content", "said"), [("{", "cannot be read"), ('{"a": 1}', "format")])
def test_a_run_of_another_format(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / RUN).write_text(content)
    with pytest.raises(RunError, match=said):
        read_run(tmp_path)


@pytest.mark.parametrize("name", ["d", "other"])
def test_questions_that_lack_are_counted(tmp_path: Path, name: str) -> None:
    folder = write_run(tmp_path / "run", report("d", RECORDS))
    (folder / QUESTIONS).write_bytes(line_of(name, RECORDS[0]))
    with pytest.raises(RunError, match=f"3 were expected, {int(name == 'd')} can be read"):
        read_run(folder)
