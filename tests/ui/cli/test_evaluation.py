"""``wenju eval``: what it prints, what it keeps, how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pytest

from tests.ui.conftest import PRESS, Run, object_of
from wenju.eval import html
from wenju.eval.report import EvalReport
from wenju.eval.runs import QUESTIONS, REPORT, RUN
from wenju.eval.thresholds import bounds
from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.ui.cli.errors import INTERRUPTED, MISUSED
from wenju.ui.cli.evaluation import BROKEN

Change = Callable[[], None]
Page = Callable[..., None]


@pytest.fixture(autouse=True)
def write_page(monkeypatch: pytest.MonkeyPatch) -> Page:
    """The real page's writer; in its place stands one that takes no time."""

    def write(reports: Sequence[EvalReport], configuration: object, path: Path) -> None:
        path.write_text("page")

    real = html.write_html
    monkeypatch.setattr(html, "write_html", write)
    return real


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    answers = {
        "q1": ("生態型聯合體最高支持多少", "1000萬元"),
        "q2": ("任務型聯合體最高支持多少", "500萬元"),
    }
    qas = [
        {"id": id_, "question": q, "answers": [{"text": a, "answer_start": PRESS.index(a)}]}
        for id_, (q, a) in answers.items()
    ]
    data = {"data": [{"title": "發布會", "paragraphs": [{"context": PRESS, "qas": qas}]}]}
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(data))
    return path


@pytest.fixture
def unanswering(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Call it, and no question is answered any more."""

    def change() -> None:
        def ask(
            self: Engine, question: str, *, document_ids: object = None, earlier: object = ()
        ) -> Answer:
            return Answer(question, answered=False, answer="", kind="span", no_answer_score=1.0)

        monkeypatch.setattr(Engine, "ask", ask)

    return change


def test_one_object_on_stdout_and_the_run_on_disk(wenju: Run, gold: Path, tmp_path: Path) -> None:
    details = tmp_path / "details.jsonl"
    result = wenju("eval", gold, "--json", "--details", details)
    said = object_of(result)
    assert said["questions"] == 2
    assert said["retrieval"]["recall_at_1"] == 1.0
    (folder,) = (tmp_path / "home" / "eval" / "runs").iterdir()
    assert result.stderr.splitlines() == [f"Report: {folder / REPORT}", f"Run: {folder}"]
    assert details.read_bytes() == (folder / QUESTIONS).read_bytes()
    lines = details.read_text(encoding="utf-8").splitlines()
    assert [(json.loads(x)["dataset"], json.loads(x)["id"]) for x in lines] == [
        ("gold", "q1"),
        ("gold", "q2"),
    ]
    state = json.loads((folder / RUN).read_text(encoding="utf-8"))
    assert state["complete"] and state["reports"] == [said]
    assert (folder / REPORT).read_text() == "page"


def test_the_page_is_written(
    wenju: Run, gold: Path, tmp_path: Path, write_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "write_html", write_page)
    assert wenju("eval", gold, "--out", tmp_path / "run").exit_code == 0
    page = (tmp_path / "run" / REPORT).read_text(encoding="utf-8")
    assert "<html" in page and "gold" in page


def test_a_table_for_people_and_a_folder_of_ones_choice(
    wenju: Run, gold: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a" / "run"
    result = wenju("eval", gold, "--script", "hans", "--out", out)
    assert "recall_at_1" in result.stdout and "1.000 [1.000, 1.000]" in result.stdout
    assert str(out / REPORT) in result.stderr
    assert not (tmp_path / "home" / "eval" / "runs").exists()


def test_several_gold_files_are_a_list(wenju: Run, gold: Path) -> None:
    said = wenju("eval", gold, gold, "--json")
    assert [report["dataset"] for report in json.loads(said.stdout)] == ["gold", "gold"]


def test_the_same_command_goes_on_where_it_was_interrupted(
    wenju: Run, gold: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    ask = Engine.ask

    def interrupted(
        self: Engine,
        question: str,
        *,
        document_ids: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
    ) -> Answer:
        asked.append(question)
        if "任務型" in question and asked.count(question) == 1:
            raise KeyboardInterrupt
        return ask(self, question, document_ids=document_ids, earlier=earlier)

    monkeypatch.setattr(Engine, "ask", interrupted)
    first = wenju("eval", gold, "--json")
    (folder,) = (tmp_path / "home" / "eval" / "runs").iterdir()
    assert (first.exit_code, first.stdout) == (INTERRUPTED, "")
    assert str(folder) in first.stderr and "same command continues" in first.stderr
    assert not (folder / REPORT).exists()
    asked.clear()
    asked.append("任務型聯合體最高支持多少")
    again = wenju("eval", gold, "--json")
    assert again.stderr.startswith("1 of 2 questions are done already.\n")
    assert asked[1:] == ["1+1", "任務型聯合體最高支持多少"]
    assert object_of(again)["questions"] == 2
    fresh = wenju("eval", gold, "--json", "--out", tmp_path / "fresh")
    assert "done already" not in fresh.stderr
    del (one := object_of(again))["latency_ms"], (other := object_of(fresh))["latency_ms"]
    assert one == other


def test_another_configuration_in_the_same_folder(wenju: Run, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    wenju("eval", gold, "--out", out)
    result = wenju("eval", gold, "--limit", "1", "--out", out)
    assert result.exit_code == MISUSED
    assert "limit: None there, 1 here" in result.stderr and "--out" in result.stderr


@pytest.mark.parametrize("least", ["0", ".95", "1", "1.0"])
def test_a_share_that_is_reached(wenju: Run, gold: Path, least: str) -> None:
    result = wenju("eval", gold, "--fail-under", f"recall_at_1={least}", "--json")
    assert object_of(result)["questions"] == 2


def test_a_share_that_is_not_reached(wenju: Run, gold: Path, unanswering: Change) -> None:
    unanswering()
    least = ("--fail-under", "exact_match=.95", "--fail-under", "recall_at_1=1")
    result = wenju("eval", gold, *least, "--json")
    assert result.exit_code == BROKEN == 3
    assert json.loads(result.stdout)["answers"]["exact_match"] == 0
    assert result.stderr.splitlines()[-1] == "gold: exact_match is 0.0000, below 0.95."
    assert "recall_at_1" not in result.stderr


def test_a_figure_of_the_whole_set_can_be_asked_for(
    wenju: Run, gold: Path, off_topic: Path
) -> None:
    given = ("eval", gold, "--off-topic", off_topic, "--json")
    found = object_of(wenju(*given))["abstention"]["abstention_auroc"]
    assert 0.5 < found <= 1
    assert wenju(*given, "--fail-under", "abstention_auroc=.5").exit_code == 0
    result = wenju("eval", gold, "--fail-under", "abstention_auroc=.5")
    assert result.exit_code == BROKEN
    assert result.stderr.splitlines()[-1] == "gold: no question counts for abstention_auroc."


@pytest.fixture
def off_topic(tmp_path: Path) -> Path:
    path = tmp_path / "other.jsonl"
    path.write_text(
        '{"question": "Who discovered xylophones?", "answers": ["Ada"]}', encoding="utf-8"
    )
    return path


def test_questions_off_the_topic_and_contexts_given(
    wenju: Run, gold: Path, off_topic: Path, tmp_path: Path
) -> None:
    details = tmp_path / "details.jsonl"
    more = ("--off-topic", off_topic, "--given-context", "--details", details)
    said = object_of(wenju("eval", gold, *more, "--json"))
    assert (said["questions"], said["kinds"]["amount"]["questions"]) == (3, 2)
    lines = [json.loads(x) for x in details.read_text(encoding="utf-8").splitlines()]
    assert [(x["id"], x["answerable"]) for x in lines] == [
        ("q1", True),
        ("q2", True),
        ("off-topic:#1", False),
    ]
    (folder,) = (tmp_path / "home" / "eval" / "runs").iterdir()
    configuration = json.loads((folder / RUN).read_text(encoding="utf-8"))["configuration"]
    assert configuration["given_context"] is True
    assert configuration["off_topic"]["name"] == "other.jsonl"


def test_every_dataset_must_reach_it(wenju: Run, gold: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(gold.read_text().replace("q1", "q3").replace("answer_start", "x"))
    lost = json.loads(other.read_text())
    lost["data"][0]["paragraphs"][0]["qas"] = [
        {"id": "q", "question": "培訓費用多少", "answers": [], "is_impossible": True}
    ]
    other.write_text(json.dumps(lost))
    result = wenju("eval", gold, other, "--fail-under", "recall_at_1=.1")
    assert result.exit_code == BROKEN
    assert result.stderr.splitlines()[-1] == "other: no question counts for recall_at_1."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("recall=.9", "no measure 'recall'; give NAME=VALUE with one of recall_at_1, recall_at_3"),
        ("recall_at_1", "'' is no share"),
        ("recall_at_1=95", "'95' is no share; give a number from 0 to 1"),
        ("recall_at_1=-.1", "is no share"),
        ("recall_at_1=nan", "is no share"),
        ("recall_at_1=high", "'high' is no share"),
        ("answered_of_unanswerable=.1", "lower is better"),
        ("aurc=.1", "lower is better for aurc, so it cannot have a least value; use --fail-over"),
        ("ece=.1", "lower is better"),
    ],
)
def test_a_share_that_cannot_be_asked_for(
    wenju: Run, gold: Path, tmp_path: Path, given: str, said: str
) -> None:
    result = wenju("eval", gold, "--fail-under", given)
    assert result.exit_code == MISUSED
    assert said in result.stderr
    assert not (tmp_path / "home").exists()


def test_what_should_be_low_has_a_greatest_value(wenju: Run, gold: Path, off_topic: Path) -> None:
    given = ("eval", gold, "--off-topic", off_topic, "--json")
    found = object_of(wenju(*given))["answers"]["answered_of_unanswerable"]
    kept = f"answered_of_unanswerable={found}"
    assert wenju(*given, "--fail-over", kept, "--fail-over", "aurc=1").exit_code == 0
    result = wenju("eval", gold, "--fail-over", "aurc=1", "--fail-over", kept)
    assert result.exit_code == BROKEN
    said = "gold: no question counts for answered_of_unanswerable."
    assert result.stderr.splitlines()[-1] == said


def test_which_side_of_a_bound_is_which(wenju: Run, gold: Path) -> None:
    least, greatest = bounds(["exact_match=.5"], ["ece=.1"])
    assert [least.breaks(share) for share in (0.4, 0.5, 0.6)] == ["below", "", ""]
    assert [greatest.breaks(share) for share in (0.05, 0.1, 0.2)] == ["", "", "above"]
    result = wenju("eval", gold, "--fail-over", "exact_match=.5")
    assert result.exit_code == MISUSED
    assert "higher is better for exact_match" in result.stderr and "--fail-under" in result.stderr


def test_details_that_could_not_be_written_are_refused_first(
    wenju: Run, gold: Path, tmp_path: Path
) -> None:
    result = wenju("eval", gold, "--details", tmp_path / "nowhere" / "x.jsonl")
    assert result.exit_code == MISUSED
    assert "there is no folder" in result.stderr
    assert not (tmp_path / "home").exists()


@pytest.fixture
def runs(wenju: Run, gold: Path, tmp_path: Path, unanswering: Change) -> tuple[Path, Path]:
    """A run, and one in which nothing is answered."""
    folders = tmp_path / "before", tmp_path / "after"
    wenju("eval", gold, "--out", folders[0])
    unanswering()
    assert wenju("eval", gold, "--out", folders[1], "--seed", "1").exit_code == 0
    return folders


def test_two_runs_are_compared(wenju: Run, runs: tuple[Path, Path]) -> None:
    result = wenju("eval", "--compare", *runs)
    assert result.exit_code == 0, result.stderr
    shown = result.stdout
    assert shown.startswith("seed: 0 → 1\n")
    assert "gold: 2 questions in both runs" in shown
    (row,) = (x for x in shown.splitlines() if x.startswith("char_f1 "))
    assert "-1.000 [-1.000, -1.000]" in row and "no real change" in row  # of two questions
    assert "recall_at_1: 0 gained, 0 lost" in shown
    assert "exact_match: 0 gained, 2 lost" in shown
    assert "- q1  生態型聯合體最高支持多少  (gold: 1000萬元)" in shown
    assert "1000萬元 (document at 1) → no answer (document at 1)" in shown


def test_a_comparison_as_one_object(wenju: Run, runs: tuple[Path, Path]) -> None:
    said = object_of(wenju("eval", "--compare", *runs, "--json"))
    assert said["configuration"] == {"seed": [0, 1]}
    (dataset,) = said["datasets"]
    assert dataset["measures"]["exact_match"]["difference"] == -1.0
    assert [change["id"] for change in dataset["lost"]["exact_match"]] == ["q1", "q2"]
    back = object_of(wenju("eval", "--compare", runs[1], runs[0], "--json"))
    assert [c["id"] for c in back["datasets"][0]["gained"]["exact_match"]] == ["q1", "q2"]


def test_unlike_runs_are_warned_of(
    wenju: Run, gold: Path, runs: tuple[Path, Path], tmp_path: Path
) -> None:
    less = tmp_path / "less"
    wenju("eval", gold, "--limit", "1", "--out", less)
    shown = wenju("eval", "--compare", runs[0], less).stdout
    assert "gold: 1 questions are only in the first run and 0 only in the second" in shown
    gold.write_text(gold.read_text() + "\n")
    wenju("eval", gold, "--out", tmp_path / "other")
    shown = wenju("eval", "--compare", runs[0], tmp_path / "other").stdout
    assert "gold: the gold files of the two runs differ." in shown
    (line,) = (x for x in shown.splitlines() if x.startswith("gold.0.sha256"))
    assert re.fullmatch(r"gold\.0\.sha256: [0-9a-f]{8}… → [0-9a-f]{8}…", line)


def test_more_examples_than_are_shown_are_counted(
    wenju: Run, gold: Path, tmp_path: Path, unanswering: Change
) -> None:
    data = json.loads(gold.read_text())
    paragraph = data["data"][0]["paragraphs"][0]
    paragraph["qas"] = [{**paragraph["qas"][0], "id": f"n{i:02}\x1b[2J[red]"} for i in range(13)]
    gold.write_text(json.dumps(data))
    wenju("eval", gold, "--out", tmp_path / "a")
    unanswering()
    wenju("eval", gold, "--out", tmp_path / "b")
    shown = wenju("eval", "--compare", tmp_path / "a", tmp_path / "b").stdout
    below = shown[shown.index("\nexact_match: 0 gained, 13 lost") :]
    assert "- n09 [2J[red]" in below and "n10" not in below  # and the terminal is left alone
    assert "\x1b" not in shown
    assert "- 3 more" in below
    (row,) = (x for x in shown.splitlines() if x.startswith("exact_match "))
    assert "worse" in row and "<.001" in row


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["GOLD"], "leave out the gold files."),
        (["--fail-under", "recall_at_1=.9"], "leave out --fail-under."),
        (["--limit", "3", "--out", "x"], "leave out --limit, --out."),
    ],
)
def test_comparing_takes_two_runs_and_no_more(
    wenju: Run, gold: Path, more: list[str], said: str
) -> None:
    given = [str(gold) if word == "GOLD" else word for word in more]
    result = wenju("eval", "--compare", "run1", "run2", *given)
    assert result.exit_code == MISUSED
    assert said in result.stderr


def test_what_is_no_run_and_what_is_nothing(wenju: Run, tmp_path: Path) -> None:
    result = wenju("eval", "--compare", tmp_path, tmp_path)
    assert result.exit_code == MISUSED
    assert "holds no run" in result.stderr
    result = wenju("eval")
    assert result.exit_code == MISUSED
    assert "No gold file was named" in result.stderr
