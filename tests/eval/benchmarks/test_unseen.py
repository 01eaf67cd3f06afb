"""The unseen sets: documents that are made, gold that is checked, figures, and what is kept quiet."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.eval.making import record
from tests.fakes import FakeEncoder
from wenju.corpus.script import to_simplified
from wenju.eval.benchmarks.data import data_folder, seeds_folder
from wenju.eval.benchmarks.unseen import command
from wenju.eval.benchmarks.unseen.documents import header, laws, make, missing, seeds
from wenju.eval.benchmarks.unseen.faults import faults
from wenju.eval.benchmarks.unseen.figures import figures
from wenju.eval.datasets import load
from wenju.eval.places import DatasetError
from wenju.eval.records import QuestionRecord
from wenju.eval.report import summarise
from wenju.eval.runs import read_run

ANSWERS = Path(__file__).resolve().parents[3] / "eval" / "benchmarks" / "answers"
OWN = "開放時間\n\n本館自九時開放至十七時。\n星期一休館。\n"
HEADER = {
    "documents": "documents",
    "laws": [
        {"document": "假.txt", "pcode": "N0000002"},
        {"document": "税.txt", "path": "税/税法(2020-01-01).md"},
    ],
}
ASKED: Mapping[str, object] = {
    "id": "open",
    "question": "幾點開門？",
    "answers": ["九時"],
    "document": "館.txt",
    "passage": [6, 18],
    "kind": "time",
    "script": "hant",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Archives of one law each, and of one beside it that nobody asks for."""
    scale = tmp_path / "data" / "scale"
    scale.mkdir(parents=True)
    articles = [["第 1 條", "給假八日。"], ["第 2 條", "工資照給。"]]
    written = [
        {"pcode": code, "title": title, "articles": articles}
        for code, title in (("N0000001", "別的"), ("N0000002", "假則"))
    ]
    with lzma.open(scale / "tw_laws_zh_hant.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(law, ensure_ascii=False) + "\n" for law in written)
    with tarfile.open(scale / "prc_laws.tar.xz", "w:xz") as archive:
        for name in ("./税/税法(2020-01-01).md", "./税/别的.md"):
            content = "# 税法\n\n<!-- INFO END -->\n\n## 第一章\n\n第一条 税率为三成。\n".encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return tmp_path / "data"


def half(tmp_path: Path, *questions: Mapping[str, object], first: object = HEADER) -> Path:
    folder = tmp_path / "gold" / "open"
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / "館.txt").write_text(OWN, encoding="utf-8")
    lines = (json.dumps(line, ensure_ascii=False) for line in (first, *questions))
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_documents_are_made(tmp_path: Path, data: Path) -> None:
    gold = make(half(tmp_path, ASKED), data, tmp_path / "made")
    texts = {p.name: p.read_text(encoding="utf-8") for p in (gold.parent / "documents").iterdir()}
    assert texts == {
        "館.txt": OWN,
        "假.txt": "假則\n\n第 1 條\n給假八日。\n\n第 2 條\n工資照給。\n",
        "税.txt": "税法\n\n第一章\n\n第一条 税率为三成。\n",
    }
    assert [question.id for question in load(gold).questions] == ["open"]
    assert {source.name for source in load(gold).sources or ()} == set(texts)


def test_what_no_longer_belongs_there_goes(tmp_path: Path, data: Path) -> None:
    gold = make(half(tmp_path, ASKED), data, tmp_path / "made")
    fewer = half(tmp_path, ASKED, first={"documents": "documents"})
    assert make(fewer, data, tmp_path / "made") == gold
    assert [path.name for path in (gold.parent / "documents").iterdir()] == ["館.txt"]


def test_a_law_that_is_not_there_is_named(tmp_path: Path, data: Path) -> None:
    folder = half(tmp_path, ASKED)
    with pytest.raises(DatasetError, match=r"prc_laws\.tar\.xz.*WENJU_DATA"):
        make(folder, tmp_path, tmp_path / "made")
    unknown = {"documents": "documents", "laws": [{"document": "無.txt", "pcode": "N9"}]}
    with pytest.raises(DatasetError, match=r"no law 'N9' for 無\.txt"):
        make(half(tmp_path, ASKED, first=unknown), data, tmp_path / "made")
    with pytest.raises(DatasetError, match="is not in the checkout"):
        make(tmp_path / "none", data, tmp_path / "made")


def found(tmp_path: Path, data: Path, *questions: Mapping[str, object]) -> list[str]:
    return faults(make(half(tmp_path, *questions), data, tmp_path / "made"))


def test_right_gold_has_no_faults(tmp_path: Path, data: Path) -> None:
    law = {**ASKED, "id": "law", "document": "假.txt", "answers": ["八日"], "passage": [4, 15]}
    assert (
        found(tmp_path, data, ASKED, law, {"id": "no", "question": "x", "answerable": False}) == []
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"answers": ["九时"]}, "answer 1 does not stand in the document"),  # typed, not copied
        ({"answers": ["九時", "星期一"]}, "answer 2 stands in no passage that is named"),
        ({"passage": [5, 18]}, "its passage 5–18 begins or ends with white space"),
        ({"passage": [6, 99]}, "its passage ends at 99, behind the document's end"),
        ({"passage": None}, "it names no passage"),
        ({"document": "無.txt"}, "it names no document of this half"),
    ],
)
def test_every_fault_is_found(
    tmp_path: Path, data: Path, changes: Mapping[str, object], fault: str
) -> None:
    assert f"open: {fault}" in found(tmp_path, data, {**ASKED, **changes})


def test_ids_are_told_apart(tmp_path: Path, data: Path) -> None:
    assert found(tmp_path, data, ASKED, ASKED) == ["open: the id repeats"]


RECORDS = [
    record(prediction="答", served=True, exact_match=1.0, confidence=0.9, sentence_correct=True),
    record(prediction="答案", served=True, confidence=0.5, sentence_correct=True),
    record(prediction="錯", confidence=0.75),
    record(prediction="錯", confidence=0.74),
    record(),
    record(answerable=False, prediction="錯", confidence=0.8),
    record(answerable=False, exact_match=1.0),
]


@pytest.mark.parametrize(
    ("name", "mean", "n"),
    [
        ("served", 2 / 5, 5),
        ("exact_match", 2 / 7, 7),
        ("answered", 5 / 7, 7),
        ("answered_of_unanswerable", 1 / 2, 2),
        ("wrong_of_answered", 3 / 5, 5),
        ("sure_of_wrong", 2 / 3, 3),
        ("wrong_of_sure", 2 / 3, 3),
        # bins up to .5: |.5 - 1|; up to .8, three: |.7633 - 0|; up to .9: |.9 - 1|
        ("ece", (0.5 + 0.75 + 0.74 + 0.8 + 0.1) / 5, 5),
    ],
)
def test_figures_by_hand(name: str, mean: float, n: int) -> None:
    one = figures(RECORDS)[name]
    assert one is not None
    assert one.mean == pytest.approx(mean)
    assert one.n == n
    assert one.low <= one.mean <= one.high


def test_what_nothing_counts_for_has_no_figure() -> None:
    assert figures([record()])["wrong_of_answered"] is None
    assert figures([record()])["ece"] is None
    assert figures([record()])["answered_of_unanswerable"] is None


def outcome_of(name: str, tmp_path: Path) -> command.Outcome:
    gold = tmp_path / "questions.jsonl"
    said = [{"kind": "list" if i < 4 else "amount", "script": "hant"} for i in range(len(RECORDS))]
    lines = [json.dumps(line) for line in ({"documents": "documents"}, *said)]
    gold.write_text("\n".join(lines), encoding="utf-8")
    report = summarise("questions", RECORDS, documents=3, passages=9)
    return command.outcome(name, gold, report)


def test_the_open_half_is_told_by_kind_and_script(tmp_path: Path) -> None:
    told = outcome_of("open", tmp_path)
    assert list(told.groups["kinds"]) == ["list", "amount"]
    assert list(told.groups["scripts"]) == ["hant"]
    assert told.groups["scripts"]["hant"] == told.totals
    assert "  list" in command.described(told)


def test_a_half_is_asked_in_a_library_of_its_own(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = {**ASKED, "id": "later", "question": "那幾點關？", "answers": ["十七時"]}
    follow["earlier"] = [{"question": "圖書館幾點開門？"}]
    monkeypatch.setattr(command, "GOLD", half(tmp_path, ASKED, follow).parent)
    monkeypatch.setenv("WENJU_HOME", str(tmp_path / "mine"))
    run = tmp_path / "run"
    told = command.measure("open", data, tmp_path / "made", run, encoder=FakeEncoder())
    assert (told.questions, told.documents) == (2, 3)
    assert told.totals["served"] is not None
    assert told.totals["served"].n == 2
    assert [one.gold.id for one in read_run(run).reports[0].records] == ["open", "later"]
    assert not (tmp_path / "mine").exists()


def test_of_the_closed_half_only_totals_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outs: list[Path | None] = []

    def asked(*_: object, out: Path | None = None, **__: object) -> list[object]:
        outs.append(out)
        return [summarise("questions", [secret], documents=1, passages=1)]

    secret: QuestionRecord = record(prediction="密", sentence="密", golds=("密",), served=True)
    closed = half(tmp_path, {**ASKED, "question": "密？", "kind": "密"})
    closed.rename(closed.parent / "closed")
    monkeypatch.setattr(command, "GOLD", closed.parent)
    monkeypatch.setattr(command, "evaluate", asked)
    into = tmp_path / "made"
    given = ["--half", "closed", "--data", str(tmp_path / "data"), "--into", str(into)]
    (tmp_path / "data" / "scale").mkdir(parents=True, exist_ok=True)
    (closed.parent / "closed" / "questions.jsonl").write_text(
        json.dumps({"documents": "documents"}) + "\n" + json.dumps({**ASKED, "question": "密？"}),
        encoding="utf-8",
    )
    assert command.main([*given, "--out", str(tmp_path / "run")]) == 0
    assert outs == [None]
    figures_ = (into / "figures-closed.json").read_text(encoding="utf-8")
    assert set(json.loads(figures_)["closed"]) == {"questions", "documents", "passages", "totals"}
    assert "密" not in capsys.readouterr().out + figures_


def test_an_error_of_the_closed_half_says_where_and_not_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("open", "closed"):
        folder = tmp_path / name
        (folder / "documents").mkdir(parents=True)
        (folder / "documents" / "館.txt").write_text(OWN, encoding="utf-8")
        broken = {"question": "密？", "answers": "密"}
        lines = (
            json.dumps(line, ensure_ascii=False) for line in ({"documents": "documents"}, broken)
        )
        (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(command, "GOLD", tmp_path)
    for name, told in (("open", True), ("closed", False)):
        assert command.main(["--half", name, "--check", "--into", str(tmp_path / "made")]) == 2
        said = capsys.readouterr().err
        assert "line 2" in said
        assert ("密" in said) is told


@pytest.mark.parametrize("name", command.SETS)
def test_the_gold_stands_where_it_says(name: str, tmp_path: Path) -> None:
    """Every answer is copied, and every passage is the one that holds it."""
    gold = command.GOLD / name
    if not (gold / "questions.jsonl").is_file():
        pytest.skip(f"the set {name} is not in this checkout")
    first = header(gold / "questions.jsonl")
    if lacking := missing(laws(first), data_folder()):
        pytest.skip(f"{', '.join(lacking)} is not in {data_folder() / 'scale'}")
    if any(not (seeds_folder() / seed).is_file() for seed in seeds(first)):
        pytest.skip(f"the seeds are not in {seeds_folder()}")
    assert faults(make(gold, data_folder(), tmp_path)) == []


def test_seeds_are_taken_from_beside_the_data(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WENJU_SEEDS", raising=False)
    folder = half(tmp_path, ASKED, first={"seeds": ["損(sǔn).txt"]})
    with pytest.raises(DatasetError, match=r"seeds lacks 損.*WENJU_SEEDS"):
        make(folder, data, tmp_path / "made")
    (data.parent / "seeds").mkdir()
    (data.parent / "seeds" / "損(sǔn).txt").write_bytes(b"\xef\xbb\xbfa\r\n")
    (data.parent / "seeds" / "other.txt").write_text("b", encoding="utf-8")
    made = make(folder, data, tmp_path / "made").parent / "documents"
    assert {p.name: p.read_bytes() for p in made.iterdir()} == {"損(sǔn).txt": b"\xef\xbb\xbfa\r\n"}


def test_of_the_questions_on_the_seeds_only_totals_are_told(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "GOLD", tmp_path)
    (tmp_path / "seeds").mkdir()
    assert outcome_of("seeds", tmp_path).groups == {}
    lines = (json.dumps(line) for line in ({"seeds": ["none.txt"]}, ASKED))
    (tmp_path / "seeds" / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    given = ["--half", "seeds", "--data", str(data), "--into", str(tmp_path / "made")]
    assert command.main(given) == 2
    said = capsys.readouterr().err
    assert "lacks none.txt" in said and "cannot be used" not in said


def test_the_questions_on_the_seeds_are_new() -> None:
    """None is asked elsewhere, both scripts ask about alike often, and one in six or so has no answer."""
    path = command.GOLD / "seeds" / "questions.jsonl"
    if not path.is_file():
        pytest.skip("the questions on the seeds are not in this checkout")
    asked = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(asked) == 26
    assert sum(one["answerable"] for one in asked) == 22
    assert sum("earlier" in one for one in asked) == 4
    assert 10 <= sum(one["script"] == "hant" for one in asked) <= 16
    simplified = [to_simplified(one["question"]) == one["question"] for one in asked]
    assert simplified == [one["script"] == "hans" for one in asked]
    elsewhere = {
        to_simplified(question.text)
        for gold in (command.GOLD.parent / "samples.jsonl", ANSWERS / "seeds.jsonl")
        for question in load(gold).questions
    }
    assert sum(to_simplified(one["question"]) in elsewhere for one in asked) == 0
