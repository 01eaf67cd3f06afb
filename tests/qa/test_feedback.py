"""Feedback: kept whatever happens, checked against the documents, and good as gold."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.damage import damage
from tests.making import NOTICES, source
from wenju.corpus.script import to_simplified
from wenju.eval.datasets import load
from wenju.index.library import UnknownDocument
from wenju.qa.engine import Engine
from wenju.qa.feedback import BadFeedback, Feedback, FeedbackError, FeedbackStore, Verdict
from wenju.qa.feedback.gold import GoldLines, export, file_names, library_names
from wenju.qa.question import BadQuestion

TEXT = (
    "創新聯合體支持辦法\n生態型聯合體最高支持1000萬元，任務型聯合體最高支持500萬元。\n"
    "本辦法由市科技局負責解釋。生態型聯合體由領軍企業牽頭。"
)
ASKED = "生態型聯合體最高支持多少？"


def said(verdict: Verdict, question: str = ASKED, **more: Any) -> Feedback:  # noqa: ANN401
    return Feedback(question=question, verdict=verdict, **more)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.add_sources([source(TEXT, "support.txt"), *map(source, NOTICES[:2])])
    return engine


def document_id(engine: Engine, name: str = "support.txt") -> str:
    return next(d.id for d in engine.library.documents() if d.name == name)


def gold(engine: Engine) -> GoldLines:
    return export(engine.feedback, engine.library)


def test_what_is_said_is_kept_in_order(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "home" / "feedback.jsonl")
    assert store.read() == []
    kept = [said("right", answer="一\n行\u2028"), said("wrong", comment='"引號"', start=1, end=2)]
    for one in kept:
        store.append(one)
    assert FeedbackStore(store.path).read() == kept
    assert kept[0].id != kept[1].id and kept[0].time <= kept[1].time
    assert kept[0].time.endswith("+00:00")


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_line_that_was_cut_short_costs_no_other(tmp_path: Path, cut: int) -> None:
    store = FeedbackStore(tmp_path / "feedback.jsonl")
    first, second, third = said("right", answer="一"), said("wrong"), said("wrong", comment="三")
    store.append(first)
    store.append(second)
    store.path.write_bytes(store.path.read_bytes()[:-cut])
    assert store.read() == ([first, second] if cut == 1 else [first])
    store.append(third)
    assert store.read() == ([first, second, third] if cut == 1 else [first, third])


def test_lines_that_are_no_feedback_are_passed_over(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "feedback.jsonl")
    store.append(said("right", answer="一"))
    bad = ["null", "{}", '{"question": "x", "verdict": "maybe"}', "\udcff", "[" * 10_000]
    with store.path.open("ab") as file:
        file.write(("\n".join(bad) + "\n").encode("utf-8", "surrogateescape"))
    store.append(said("wrong"))
    assert [f.verdict for f in store.read()] == ["right", "wrong"]


def _append(path: Path, name: str, count: int) -> None:
    for i in range(count):
        FeedbackStore(path).append(said("wrong", comment=f"{name}{i}"))


def test_several_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_append, args=(path, name, 20)) for name in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    comments = [f.comment for f in FeedbackStore(path).read()]
    assert sorted(comments) == sorted(f"{name}{i}" for name in "abc" for i in range(20))
    assert [c for c in comments if c[0] == "a"] == [f"a{i}" for i in range(20)]


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").mkdir()
    store = FeedbackStore(tmp_path / "feedback.jsonl")
    with pytest.raises(FeedbackError, match="feedback.jsonl"):
        store.append(said("right"))
    with pytest.raises(FeedbackError, match="feedback.jsonl"):
        store.read()


def test_the_place_of_what_was_answered_is_found(filled: Engine) -> None:
    answer = filled.ask(ASKED)
    kept = filled.give_feedback(said("right", answer=answer.answer))
    assert kept.place and kept.document_id == document_id(filled)
    assert TEXT[slice(*kept.place)] == answer.answer
    assert filled.feedback.read() == [kept]
    citation = answer.citations[0]
    start, end = citation.source_highlight[0]
    told = said(
        "right", answer=answer.answer, document_id=citation.document_id, start=start, end=end
    )
    assert filled.give_feedback(told) == told


def test_the_place_is_the_one_that_the_question_is_about(engine: Engine) -> None:
    text = (
        "概況\n全市共有學校20所。\n\n"
        + "閒話。" * 200
        + "\n\n公園\n全市公園共有20座，公園免費開放。"
    )
    engine.add_sources([source(text, "facts.txt")])
    kept = engine.give_feedback(said("wrong", "全市公園有幾座", answer="免費", correct="20"))
    assert kept.place and kept.place[0] > text.index("閒話")


def test_a_correct_answer_may_be_copied_from_the_source_or_its_repair(engine: Engine) -> None:
    damaged = damage(to_simplified(TEXT))
    engine.add_sources([source(damaged, "press.txt")])
    (document,) = (engine.library.document(d.id) for d in engine.library.documents())
    assert damaged != document.text
    repaired = document.text[document.text.index("領軍") :][:4]
    at = document.alignment.to_source(
        document.text.index(repaired), document.text.index(repaired) + 4
    )
    original = damaged[slice(*at)]
    assert original != repaired
    question = "生態型聯合體由誰牽頭？"
    for correct in (repaired, original):
        kept = engine.give_feedback(said("wrong", question, correct=correct))
        assert kept.place == at
        (line,) = gold(engine).lines
        assert line["answers"][0] == repaired and correct in line["answers"]


def test_what_no_document_says_is_no_answer(filled: Engine) -> None:
    here = document_id(filled)
    at = TEXT.index("500萬元")
    wrong = [
        said("wrong", correct="900萬元"),
        said("wrong", correct="自行車", document_id=here),
        said("wrong", correct="500萬元", document_id=here, start=at + 1, end=at + 6),
        said("wrong", correct="500萬元", document_id=here, start=at, end=9999),
        said("wrong", correct="500萬元", document_id=here, start=at, end=at),
        said("wrong", correct="500萬元", document_id=here, start=at),
        said("wrong", correct="500萬元", start=at, end=at + 5),
        said("right", answer="900萬元"),
        said("right", correct="500萬元"),
        said("should_not_have_answered", correct="500萬元"),
        replace(said("right"), verdict="perhaps"),  # type: ignore[arg-type]  # from a program
    ]
    for one in wrong:
        with pytest.raises(BadFeedback) as raised:
            filled.give_feedback(one)
        assert str(raised.value).endswith(".") and len(str(raised.value)) < 400
    with pytest.raises(UnknownDocument, match="nowhere"):
        filled.give_feedback(said("wrong", correct="500萬元", document_id="nowhere"))
    with pytest.raises(BadQuestion):
        filled.give_feedback(said("wrong", " "))
    assert filled.feedback.read() == []
    kept = filled.give_feedback(
        said("wrong", correct=" 500萬元 ", document_id=here, start=at, end=at + 5)
    )
    assert (kept.correct, kept.place) == ("500萬元", (at, at + 5))


def test_where_a_wrong_answer_stood_does_not_matter(filled: Engine) -> None:
    kept = filled.give_feedback(said("wrong", answer="查無此語甲乙丙"))
    assert (kept.document_id, kept.place) == (None, None)


def test_each_verdict_becomes_gold_or_is_left_out(filled: Engine) -> None:
    give = filled.give_feedback
    give(said("right", answer="最高支持1000萬元"))
    give(said("wrong", "任務型聯合體最高支持多少", answer="1000萬元", correct="500萬元"))
    give(said("wrong", "由誰解釋", answer="領軍企業"))
    give(said("should_not_have_answered", "市長是誰", answer="領軍企業"))
    give(said("right", "今天天氣如何"))
    found = gold(filled)
    assert found.without_answer == ("由誰解釋",) and found.gone == ()
    assert [{k: v for k, v in line.items() if k != "id"} for line in found.lines] == [
        {"question": ASKED, "answers": ["最高支持1000萬元"], "document": "support.txt"},
        {"question": "任務型聯合體最高支持多少", "answers": ["500萬元"], "document": "support.txt"},
        {"question": "市長是誰", "answerable": False},
        {"question": "今天天氣如何", "answerable": False},
    ]


def test_of_one_question_the_newest_verdict_counts(filled: Engine) -> None:
    give = filled.give_feedback
    give(said("right", answer="500萬元"))
    give(said("wrong", "生态型联合体最高支持多少", answer="500萬元", correct="1000萬元"))
    assert [line["answers"] for line in gold(filled).lines] == [["1000萬元"]]
    give(said("right", answer="最高支持1000萬元"))
    give(said("right", "生态型联合体 最高支持多少", answer="1000萬元"))
    assert [line["answers"] for line in gold(filled).lines] == [["最高支持1000萬元", "1000萬元"]]
    give(said("wrong", answer="1000萬元"))
    assert gold(filled).lines == () and gold(filled).without_answer == (ASKED,)
    give(said("should_not_have_answered", answer="1000萬元"))
    (line,) = gold(filled).lines
    assert line["answerable"] is False and gold(filled).without_answer == ()


def test_answers_of_several_documents_name_none(filled: Engine) -> None:
    filled.add_sources([source(NOTICES[2], "other.txt")])
    for name, answer in (("support.txt", "1000萬元"), ("other.txt", "1000万元")):
        filled.give_feedback(said("right", answer=answer, document_id=document_id(filled, name)))
    (line,) = gold(filled).lines
    assert line["answers"] == ["1000萬元", "1000万元"] and "document" not in line
    filled.remove([document_id(filled)])
    (line,) = gold(filled).lines
    assert line["answers"] == ["1000万元"] and line["document"] == "other.txt"


def test_questions_of_removed_documents_are_left_out_and_named(filled: Engine) -> None:
    filled.give_feedback(said("right", answer="1000萬元"))
    filled.give_feedback(said("should_not_have_answered", "市長是誰"))
    filled.remove([document_id(filled)])
    found = gold(filled)
    assert found.gone == (ASKED,)
    assert [line["question"] for line in found.lines] == ["市長是誰"]


def test_the_lines_are_those_that_evaluation_reads(filled: Engine, tmp_path: Path) -> None:
    filled.give_feedback(said("right", answer="1000萬元"))
    filled.give_feedback(said("should_not_have_answered", "市長是誰"))
    path = tmp_path / "gold.jsonl"
    lines = gold(filled).lines
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    read = load(path)
    assert [(q.text, q.answers, q.document, q.answerable) for q in read.questions] == [
        (ASKED, ("1000萬元",), "support.txt", True),
        ("市長是誰", (), None, False),
    ]


def test_names_that_several_documents_have_give_way_to_ids(engine: Engine) -> None:
    names = ["a.txt", "a.txt", "../甲 乙/A.TXT", "..", "faq.jsonl#3", "長" * 300]
    engine.add_sources(source(f"第{i}份。", name, f"/{i}") for i, name in enumerate(names))
    documents = engine.library.documents()
    called = library_names(documents)
    assert {called[d.id] == d.id for d in documents if d.name == "a.txt"} == {True}
    assert {called[d.id] for d in documents if d.name != "a.txt"} == {*names[2:]}
    files = [*file_names(documents).values()]
    assert len({f.lower() for f in files}) == len(names)
    assert "faq.jsonl_3.txt" in files
    for file in files:
        assert "/" not in file and not file.startswith(".") and len(file.encode()) < 250
