"""Evaluation end to end, with the real engine and a fake encoder."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeEncoder
from wenju.corpus.document import Source, content_id
from wenju.eval import runs
from wenju.eval.configuration import Request
from wenju.eval.datasets import DatasetError
from wenju.eval.records import QuestionRecord
from wenju.eval.report import EvalReport, Latency
from wenju.eval.run import evaluate
from wenju.eval.runs import RunError, read_run
from wenju.index.encoding import Progress
from wenju.index.ingest import AddReport
from wenju.qa.answer import Answer
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

CONTEXTS = (
    "市科技局昨日公布了补助办法。生态型联合体最高支持1000万元。申请截止日期另行通知。",
    "图书馆周一闭馆。周二至周日上午九点开放，读者须凭借书证入馆。",
    "青年运动会于2023年5月4日开幕。开幕式由体育局主办，共有三千名运动员参加。",
)
QUESTIONS = (
    ("q1", "生态型联合体最高支持多少？", "1000万元", 0),
    ("q2", "图书馆周几闭馆？", "周一", 1),
    ("q3", "青年运动会哪天开幕？", "2023年5月4日", 2),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    return write(tmp_path / "small.json", QUESTIONS)


def write(path: Path, questions: Iterable[tuple[str, str, str, int]]) -> Path:
    paragraphs: list[dict[str, Any]] = [{"context": c, "qas": []} for c in CONTEXTS]
    for id_, question, answer, place in questions:
        answers = [{"text": answer, "answer_start": -1}] if answer else []
        qa = {"id": id_, "question": question, "answers": answers, "is_impossible": not answer}
        paragraphs[place]["qas"].append(qa)
    data = {"data": [{"title": "", "paragraphs": paragraphs}]}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def run(path: Path, settings: Settings, **options: Any) -> EvalReport:  # noqa: ANN401
    """The report of one gold file; options are those of the request, else those of the run."""
    asked = {field.name for field in fields(Request)} & options.keys()
    request = Request((path,), **{name: options.pop(name) for name in asked})
    (report,) = evaluate(request, settings, encoder=FakeEncoder(), **options)
    return report


def retrieval_of(report: EvalReport) -> Any:  # noqa: ANN401 - the JSON object
    return report.as_dict()["retrieval"]


def record(report: EvalReport, id_: str) -> QuestionRecord:
    return next(r for r in report.records if r.gold.id == id_)


def test_a_squad_file_end_to_end(squad: Path, settings: Settings) -> None:
    report = run(squad, settings)
    shown = report.as_dict()
    assert list(shown) == [
        *("dataset", "questions", "documents", "passages"),
        *("retrieval", "answers", "abstention", "calibration", "kinds"),
        *("latency_ms", "intervals"),
    ]
    assert (shown["dataset"], shown["questions"], shown["documents"]) == ("small", 3, 3)
    assert shown["passages"] >= 3
    assert shown["retrieval"]["recall_at_1"] == 1.0
    assert shown["retrieval"]["answer_recall_at_5"] == 1.0
    assert 0 < shown["latency_ms"]["p50"] <= shown["latency_ms"]["p95"]
    assert json.loads(json.dumps(shown)) == shown


def test_records_are_what_the_engine_said(squad: Path, settings: Settings) -> None:
    homes = []

    def open_engine(chosen: Settings) -> Engine:
        homes.append(chosen.home)
        return Engine.open(chosen, encoder=FakeEncoder())

    report = run(squad, settings, open_engine=open_engine)
    (home,) = homes
    assert home.parent == settings.home / "eval"
    with open_engine(settings.model_copy(update={"home": home})) as engine:
        for asked in report.records:
            answer = engine.ask(asked.gold.text)
            assert (asked.prediction, asked.score.answered) == (answer.answer, answer.answered)
            assert asked.prediction in asked.sentence
            first = engine.search(asked.gold.text, 60)[0].passage
            assert (asked.ranks.document == 1) == (first.document_id == asked.gold.document)
    assert not settings.library_path.exists()


def test_documents_are_indexed_once(
    squad: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = count_adding(monkeypatch)
    first = run(squad, settings)
    second = run(squad, settings, limit=2, script="hant")
    assert counted == [3]
    assert (second.documents, second.passages) == (first.documents, first.passages)
    other = write(squad.with_name("other.json"), QUESTIONS)
    other.write_text(other.read_text(encoding="utf-8").replace("周一", "周五"), encoding="utf-8")
    run(other, settings)
    assert counted == [3, 3]


def count_adding(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counted = []
    add = Engine.add_sources

    def counting(
        self: Engine, sources: Iterable[Source], progress: Progress | None = None
    ) -> AddReport:
        listed = list(sources)
        counted.append(len(listed))
        return add(self, listed, progress)

    monkeypatch.setattr(Engine, "add_sources", counting)
    return counted


def test_an_interrupted_run_is_taken_up_again(
    squad: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        add = Engine.add_sources

        def interrupted(
            self: Engine, sources: Iterable[Source], progress: Progress | None = None
        ) -> AddReport:
            add(self, list(sources)[:1], progress)
            raise KeyboardInterrupt

        patched.setattr(Engine, "add_sources", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(squad, settings)
    assert run(squad, settings).documents == 3


def test_a_limit_asks_less_over_all_documents(squad: Path, settings: Settings) -> None:
    report = run(squad, settings, limit=1, seed=5)
    assert (report.questions, report.documents) == (1, 3)
    assert report.records == () or report.records[0].gold.id in {"q1", "q2", "q3"}


def test_questions_of_another_file_and_script(squad: Path, settings: Settings) -> None:
    other = write(squad.with_name("other.json"), [("q2", "图书馆星期几关门？", "never", 0)])
    report = run(squad, settings, questions=other, script="hant")
    (asked,) = report.records
    assert asked.gold.text == "圖書館星期幾關門？"
    assert asked.gold.answers == ("周一",)
    assert asked.ranks.document == 1
    assert report.documents == 3


def test_both_scripts_score_alike(squad: Path, settings: Settings) -> None:
    simplified, traditional = (run(squad, settings, script=s) for s in ("hans", "hant"))
    assert simplified.intervals == traditional.intervals


def test_unanswerable_and_refused_questions(squad: Path, settings: Settings) -> None:
    long = "图" * (settings.max_question_characters + 1)
    write(
        squad,
        [QUESTIONS[0], ("none", "Who discovered xylophones?", "", 0), ("long", long, "周一", 1)],
    )
    report = run(squad, settings)
    none, refused = record(report, "none"), record(report, "long")
    assert none.score.answered is False
    assert (none.score.exact_match, none.score.sentence_correct) == (1.0, None)
    assert (refused.kind, refused.score.answered, refused.score.char_f1) == ("refused", False, 0.0)
    assert report.value("recall_at_1") == 0.5  # the refused one is answerable, the other is not
    assert report.value("answered_of_unanswerable") == 0.0


@pytest.fixture
def read_within(monkeypatch: pytest.MonkeyPatch) -> dict[str, Collection[str] | None]:
    """Each question with the documents it is read against, once it was asked."""
    seen: dict[str, Collection[str] | None] = {}
    ask = Engine.ask

    def noting(
        self: Engine,
        question: str,
        *,
        document_ids: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
    ) -> Answer:
        seen[question] = document_ids
        return ask(self, question, document_ids=document_ids, earlier=earlier)

    monkeypatch.setattr(Engine, "ask", noting)
    return seen


def test_with_the_context_given_nothing_else_is_read(
    squad: Path, settings: Settings, read_within: dict[str, Collection[str] | None]
) -> None:
    """The third question is asked of the wrong context: only there is it read now."""
    misplaced = ("q3", "青年运动会哪天开幕？", "2023年5月4日", 1)
    none = ("none", "体育局在哪里？", "", 2)
    write(squad, [*QUESTIONS[:2], misplaced, none])
    open_, given = run(squad, settings), run(squad, settings, given_context=True)
    documents = [content_id(text) for text in CONTEXTS]
    del read_within["1+1"]
    assert [*read_within.values()] == [{documents[at]} for at in (0, 1, 1, 2)]
    assert record(open_, "q3").prediction == "2023年5月4日"
    assert record(given, "q3").prediction != "2023年5月4日"
    assert record(given, "q1") == replace(record(open_, "q1"), took_ms=record(given, "q1").took_ms)
    assert retrieval_of(given) == retrieval_of(open_)
    for asked in given.records:
        assert asked.passage in CONTEXTS[documents.index(str(asked.gold.document))]


def test_without_a_known_document_a_question_is_read_as_ever(
    tmp_path: Path, settings: Settings, read_within: dict[str, Collection[str] | None]
) -> None:
    path = gold_lines(tmp_path, document="图书馆.txt")
    extra = {"question": "图书馆周二几点开放？", "answers": ["上午九点"]}
    path.write_text(path.read_text() + "\n" + json.dumps(extra), encoding="utf-8")
    assert record(run(path, settings, given_context=True), "#1").prediction == "周一"
    assert read_within == {
        "1+1": None,
        "图书馆周几闭馆？": {content_id(CONTEXTS[1])},
        "图书馆周二几点开放？": None,
    }


OFF_TOPIC = (
    ("q1", "湖面上有几只天鹅？", "三只", 0),
    ("q2", "Who discovered xylophones?", "Ada", 1),
    ("q3", QUESTIONS[1][1], "周一", 2),
)


def test_questions_off_the_topic_have_no_answer(
    squad: Path, settings: Settings, tmp_path: Path
) -> None:
    other = write(tmp_path / "other.json", OFF_TOPIC)
    report = run(squad, settings, off_topic=other, script="hant")
    added = [r.gold for r in report.records[3:]]
    assert [(g.id, g.text) for g in added] == [
        ("off-topic:q1", "湖面上有幾隻天鵝？"),
        ("off-topic:q2", "Who discovered xylophones?"),  # the third is one of its own
    ]
    assert all((g.answers, g.document, g.answerable) == ((), None, False) for g in added)
    plain = run(squad, settings, script="hant")
    assert [r.gold for r in report.records[:3]] == [r.gold for r in plain.records]
    assert retrieval_of(report) == retrieval_of(plain)
    assert (report.documents, report.passages) == (plain.documents, plain.passages)
    assert report.value("answered_of_unanswerable") is not None


def test_a_limit_draws_as_many_of_either(squad: Path, settings: Settings, tmp_path: Path) -> None:
    other = write(tmp_path / "other.json", OFF_TOPIC)
    drawn = [r.gold.id for r in run(squad, settings, off_topic=other, limit=1).records]
    assert len(drawn) == 2
    assert [id_.startswith("off-topic:") for id_ in drawn] == [False, True]


def test_what_the_gold_file_asks_is_not_off_its_topic(squad: Path, settings: Settings) -> None:
    with pytest.raises(DatasetError, match="asks nothing that small does not ask too"):
        run(squad, settings, off_topic=squad)


def test_progress_is_told(squad: Path, settings: Settings) -> None:
    told: list[tuple[str, int, int]] = []
    run(squad, settings, progress=lambda *said: told.append(said))
    asked = [(done, total) for label, done, total in told if label == "small: ask"]
    assert asked == [(1, 3), (2, 3), (3, 3)]
    indexed = [(done, total) for label, done, total in told if label == "small: index"]
    assert indexed and all(done <= total for done, total in indexed)


def test_jsonl_over_its_documents(tmp_path: Path, settings: Settings) -> None:
    path = gold_lines(tmp_path, document="图书馆.txt")
    report = run(path, settings)
    assert (report.documents, report.value("recall_at_1")) == (1, 1.0)


def test_jsonl_over_the_own_library(tmp_path: Path, settings: Settings) -> None:
    path = gold_lines(tmp_path, document="图书馆.txt", header=False)
    with pytest.raises(DatasetError, match="no document is called '图书馆.txt'"):
        run(path, settings)
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_paths([tmp_path / "documents"])
    report = run(path, settings)
    assert (report.documents, report.value("recall_at_1")) == (1, 1.0)
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        assert [d.name for d in engine.library.documents()] == ["图书馆.txt"]


def test_the_nearest_document_is_suggested_for_one_that_is_unknown(
    tmp_path: Path, settings: Settings
) -> None:
    path = gold_lines(tmp_path, document="图书官.txt")
    with pytest.raises(DatasetError, match=r"documents \(did you mean '图书馆.txt'\?\)\."):
        run(path, settings)


def test_an_unknown_document_is_said_before_anything_is_indexed(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = count_adding(monkeypatch)
    with pytest.raises(DatasetError, match="'#1': no document is called '博物馆.txt'"):
        run(gold_lines(tmp_path, document="博物馆.txt"), settings)
    assert counted == []


def gold_lines(folder: Path, *, document: str, header: bool = True) -> Path:
    documents = folder / "documents"
    documents.mkdir()
    (documents / "图书馆.txt").write_text(CONTEXTS[1], encoding="utf-8")
    question = {"question": "图书馆周几闭馆？", "answers": ["周一"], "document": document}
    rows = [{"documents": "documents"}, question] if header else [question]
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def noise(number: int, lines: int = 1) -> str:
    """So many passages: each line is long enough to stand alone."""
    return "\n".join(f"第{number}号第{i}段" + "湖面风平浪静，远山如黛。" * 20 for i in range(lines))


def test_distractors_of_every_kind(squad: Path, tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "noise"
    folder.mkdir()
    (folder / "a.txt").write_text(noise(1), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    packed = pack(
        tmp_path / "laws.tar.xz", {"b/c.md": noise(2), "../../d.md": noise(3), "e.bin": "x"}
    )
    records = tmp_path / "laws.jsonl.xz"
    rows = [{"title": f"法{i}", "articles": [["第1條", noise(i)]]} for i in range(10, 15)]
    with lzma.open(records, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    report = run(squad, settings, distractors=[folder, packed, records])
    assert report.documents == 3 + 1 + 2 + 5
    assert report.value("recall_at_1") == 1.0
    (skipped,) = report.skipped
    assert "empty.txt" in skipped
    assert report.as_dict()["skipped"] == [skipped]
    assert not list(tmp_path.parent.glob("d.md")) and not list(tmp_path.glob("**/d.md"))


def pack(path: Path, members: dict[str, str]) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for name, text in members.items():
            content = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.md")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return path


@pytest.mark.parametrize("cap", [0, 1, 3, 4, 5, 99])
def test_distractors_are_capped_by_passages(
    squad: Path, tmp_path: Path, settings: Settings, cap: int
) -> None:
    alone = run(squad, settings)
    files = [tmp_path / f"{i}.txt" for i in range(2)]
    for i, file in enumerate(files):
        file.write_text(noise(i, lines=4), encoding="utf-8")
    report = run(squad, settings, distractors=files, distractor_passages=cap)
    assert report.passages - alone.passages == min(cap, 8)


def test_a_gold_context_among_the_distractors_stays_the_gold_one(
    squad: Path, tmp_path: Path, settings: Settings
) -> None:
    same = tmp_path / "same.txt"
    same.write_text(CONTEXTS[0], encoding="utf-8")
    report = run(squad, settings, distractors=[same])
    assert (report.documents, report.value("recall_at_1")) == (3, 1.0)


def test_distractors_that_cannot_be_used(squad: Path, tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(DatasetError, match="no distractors at"):
        run(squad, settings, distractors=[tmp_path / "nowhere"])
    for name in ("broken.tar.xz", "broken.jsonl.xz"):
        broken = tmp_path / name
        broken.write_bytes(b"\xfd7zXZ\x00 and then nothing")
        with pytest.raises(DatasetError, match=f"{name} cannot be unpacked"):
            run(squad, settings, distractors=[broken])
    path = gold_lines(tmp_path, document="x", header=False)
    with pytest.raises(DatasetError, match="brings no documents"):
        run(path, settings, distractors=[squad])


def test_several_files_give_a_report_each(squad: Path, settings: Settings) -> None:
    other = write(squad.with_name("other.json"), QUESTIONS[:1])
    reports = evaluate(Request((squad, other)), settings, encoder=FakeEncoder())
    assert [(r.dataset, r.questions) for r in reports] == [("small", 3), ("other", 1)]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page for people has tests of its own; here it is what it was made of."""

    def write(reports: list[EvalReport], configuration: object, path: Path) -> None:
        path.write_text(json.dumps([report.dataset for report in reports]))

    monkeypatch.setattr("wenju.eval.html.write_html", write)


@pytest.fixture
def two(squad: Path, tmp_path: Path) -> Request:
    """Two gold files: one with every kind of question, one over documents of its own."""
    more = [
        ("long", "图" * 501, "周一", 1),
        ("none", "Who discovered xylophones?", "", 0),
        ("where", "开幕式由谁主办？", "体育局", 2),
    ]
    write(squad, [*QUESTIONS, *more])
    lines = gold_lines(tmp_path, document="图书馆.txt")
    extra = {"question": "图书馆周二几点开放？", "answers": ["上午九点"]}  # names no document
    lines.write_text(lines.read_text() + "\n" + json.dumps(extra), encoding="utf-8")
    return Request((squad, lines))


def without_times(report: EvalReport) -> EvalReport:
    records = tuple(replace(record, took_ms=0) for record in report.records)
    return replace(report, records=records, latency_ms=Latency(0, 0))


def interrupt_after(count: int) -> Callable[[str, int, int], None]:
    asked = 0

    def tell(label: str, done: int, total: int) -> None:
        nonlocal asked
        asked += label.endswith(": ask")
        if asked == count:
            raise KeyboardInterrupt

    return tell


@pytest.mark.usefixtures("page")
def test_a_resumed_run_gives_what_an_uninterrupted_one_gives(
    two: Request, settings: Settings, tmp_path: Path
) -> None:
    whole = evaluate(two, settings, encoder=FakeEncoder(), out=tmp_path / "whole")
    alone = evaluate(two, settings, encoder=FakeEncoder())
    assert [*map(without_times, alone)] == [*map(without_times, whole)]
    total = sum(report.questions for report in whole)
    assert total == 8
    for count in range(1, total + 1):
        out = tmp_path / f"after-{count}"
        with pytest.raises(KeyboardInterrupt):
            stop = interrupt_after(count)
            evaluate(two, settings, encoder=FakeEncoder(), out=out, progress=stop)
        kept = (out / runs.QUESTIONS).read_bytes()
        assert kept.count(b"\n") == count
        parted = evaluate(two, settings, encoder=FakeEncoder(), out=out)
        assert [*map(without_times, parted)] == [*map(without_times, whole)]
        assert (
            (out / runs.QUESTIONS).read_bytes().startswith(kept)
        )  # times too: they were not asked
        assert read_run(out).reports == tuple(parted)
        assert json.loads((out / runs.REPORT).read_text()) == ["small", "gold"]


@pytest.mark.usefixtures("page")
def test_only_what_was_not_asked_is_asked(
    two: Request, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Engine.ask

    def noting(
        self: Engine,
        question: str,
        *,
        document_ids: Collection[str] | None = None,
        earlier: Sequence[Turn] = (),
    ) -> Answer:
        asked.append(question)
        return ask(self, question, document_ids=document_ids, earlier=earlier)

    opened: list[Path] = []

    def open_engine(chosen: Settings) -> Engine:
        opened.append(chosen.home)
        return Engine.open(chosen, encoder=FakeEncoder())

    monkeypatch.setattr(Engine, "ask", noting)
    told: list[tuple[str, int, int]] = []
    for progress in (interrupt_after(7), lambda *said: told.append(said)):
        asked.clear()
        opened.clear()
        with suppress(KeyboardInterrupt):
            evaluate(
                two,
                settings,
                encoder=FakeEncoder(),
                out=tmp_path / "run",
                progress=progress,
                open_engine=open_engine,
            )
    assert asked == ["1+1", "图书馆周二几点开放？"]
    assert told == [("gold: ask", 2, 2)]
    assert len(opened) == 1  # nothing of the first file was left to ask


@pytest.mark.usefixtures("page")
def test_what_is_asked_over_the_own_library_is_asked_again_when_that_changes(
    tmp_path: Path, settings: Settings
) -> None:
    path = gold_lines(tmp_path, document="图书馆.txt", header=False)
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_paths([tmp_path / "documents"])
    run(path, settings, out=tmp_path / "run")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([Source("b", "b", CONTEXTS[0])])
    with pytest.raises(RunError, match=r"another configuration \(gold\.0\.documents"):
        run(path, settings, out=tmp_path / "run")


@pytest.mark.usefixtures("page")
def test_a_changed_document_makes_another_run(tmp_path: Path, settings: Settings) -> None:
    path = gold_lines(tmp_path, document="图书馆.txt")
    run(path, settings, out=tmp_path / "run")
    (tmp_path / "documents" / "图书馆.txt").write_text(CONTEXTS[1] + "免费。", encoding="utf-8")
    with pytest.raises(RunError, match=r"another configuration \(gold\.0\.documents"):
        run(path, settings, out=tmp_path / "run")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"given_context": True}, r"given_context: False there, True here"),
        ({"off_topic": "other.json"}, r"off_topic\.name: None there, 'other\.json' here"),
    ],
)
def test_a_run_is_gone_on_with_only_as_it_was_begun(
    squad: Path, settings: Settings, tmp_path: Path, options: dict[str, Any], said: str
) -> None:
    write(tmp_path / "other.json", OFF_TOPIC)
    options = {k: tmp_path / v if isinstance(v, str) else v for k, v in options.items()}
    with pytest.raises(KeyboardInterrupt):
        run(squad, settings, out=tmp_path / "run", progress=interrupt_after(2))
    with pytest.raises(RunError, match=said):
        run(squad, settings, out=tmp_path / "run", **options)
    with pytest.raises(KeyboardInterrupt):
        stop = interrupt_after(2)
        run(squad, settings, out=tmp_path / "other", progress=stop, **options)
    whole = run(squad, settings, **options)
    parted = run(squad, settings, out=tmp_path / "other", **options)
    assert without_times(parted) == without_times(whole)


@pytest.mark.usefixtures("page")
def test_a_run_of_an_earlier_encoder_is_not_gone_on_with(
    squad: Path, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(squad, settings, out=tmp_path / "run", progress=interrupt_after(2))
    with pytest.raises(RunError, match=r"settings\.encoder: 'fake:1' there, 'fake:2' here"):
        evaluate(Request((squad,)), settings, encoder=FakeEncoder("fake:2"), out=tmp_path / "run")


def test_a_gold_file_that_cannot_be_used_leaves_no_run(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(DatasetError):
        run(gold_lines(tmp_path, document="博物馆.txt"), settings, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_follow_up_is_asked_in_its_conversation(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The turns before it are asked first, each in what came before, and are not marked."""
    asked: list[tuple[str, list[str]]] = []
    ask = Engine.ask

    def noting(self: Engine, question: str, *, earlier: Sequence[Turn] = (), **kept: Any) -> Answer:  # noqa: ANN401 - what is passed on
        asked.append((question, [turn.question for turn in earlier]))
        return ask(self, question, earlier=earlier, **kept)

    monkeypatch.setattr(Engine, "ask", noting)
    (tmp_path / "notice.txt").write_text(
        "生态型联合体最高支持1000万元。任务型联合体最高支持500万元。"
    )
    first = {"question": "生态型联合体最高支持多少？"}
    last = {"id": "two", "question": "任务型呢？", "answers": ["500万元"], "earlier": [first]}
    gold = tmp_path / "gold.jsonl"
    lines = ({"documents": "notice.txt"}, last)
    gold.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    (report,) = evaluate(Request((gold,)), settings, encoder=FakeEncoder(), out=tmp_path / "run")
    assert asked[1:] == [(first["question"], []), ("任务型呢？", [first["question"]])]
    (kept,) = report.records
    assert kept.gold.earlier == (first["question"],)
    assert kept.passage.startswith("生态型"), "the completed question is searched for"
    assert read_run(tmp_path / "run").reports[0].records == report.records
