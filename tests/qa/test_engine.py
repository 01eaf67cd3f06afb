"""The engine with real parts and a small encoder: every answer is a slice of its sources."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.damage import damage
from tests.fakes import FakeEncoder
from tests.making import NOTICES, source
from wenju.corpus.document import content_id
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.index.hit import Hit
from wenju.index.library import UnknownDocument
from wenju.index.query import Query, parse_query
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.question import BadQuestion, Question
from wenju.qa.reader import Reading, Span
from wenju.qa.settings import Settings
from wenju.qa.steps import Tell, silent
from wenju.qa.verification import BrokenPromiseError

CLEAN = (
    "创新联合体支持政策发布会\n"
    "市科技局介绍，创新联合体分为生态型、任务型、平台型三类。市财政对生态型联合体最高支持1000万元，"
    "对任务型联合体最高支持500万元。到2027年，全市要建成平台型联合体20家。\n"
    "会议由市长黄钦主持，提出“技术强基”“应用领跑”“骨干成林”三大计划。科学规划于3月22日出台。\n"
)
DAMAGED = damage(CLEAN)
ASKED = {
    "生态型联合体最高支持多少": "1000萬元",
    "任务型联合体最高支持多少": "500萬元",
    "到2027年要建成多少家平台型联合体": "20家",
    "创新联合体分为哪几类": "生態型、任務型、平臺型",
    "会议由谁主持": "黃欽",
    "三大计划是什么": "技術強基",
}
QUESTIONS = [
    *ASKED,
    "科学规划什么时候出台",
    "怎样停放自行车",
    "今天天气如何",
    "How much is the grant?",
]


def verify(engine: Engine, answer: Answer) -> None:
    """The promise, checked against the library itself."""
    assert answer.answered == bool(answer.answer) == bool(answer.citations)
    assert not (answer.answered and answer.nearest)
    for citation in (*answer.citations, *answer.nearest):
        document = engine.library.document(citation.document_id)
        assert citation.original == document.source_text[citation.start : citation.end]
        (passage,) = (
            p for p in engine.library.passages_of(document.id) if p.id == citation.passage_id
        )
        assert citation.quote == passage.text == document.text[passage.start : passage.end]
        assert all(0 <= a < b <= len(citation.quote) for a, b in citation.highlight)
    for item in answer.items:
        quote = answer.citations[item.citation].quote
        assert item.text and quote[item.start : item.end] == item.text
        assert item.text in answer.answer
    if answer.answered:
        start, end = answer.citations[0].highlight[0]
        assert answer.citations[0].quote[start:end] == answer.answer


def test_a_damaged_page_is_answered_from_and_cited_as_it_was(engine: Engine) -> None:
    engine.add_sources([source(DAMAGED, "press.txt")])
    for question, wanted in ASKED.items():
        answer = engine.ask(question)
        verify(engine, answer)
        assert fold(wanted) in fold(answer.answer), question
        assert answer.citations[0].original in DAMAGED
        assert "(" in answer.citations[0].original
        assert "(" not in answer.citations[0].quote


def test_items_are_the_parts_of_a_list(engine: Engine) -> None:
    engine.add_sources([source(CLEAN)])
    items = engine.ask("創新聯合體分為哪幾類").items
    assert [item.text for item in items] == ["生态型", "任务型", "平台型"]


@pytest.mark.parametrize("text", [CLEAN, DAMAGED], ids=["clean", "damaged"])
def test_both_scripts_of_a_question_have_one_answer(engine: Engine, text: str) -> None:
    engine.add_sources([source(text), *map(source, NOTICES)])
    for question in QUESTIONS:
        hans, hant = engine.ask(to_simplified(question)), engine.ask(to_traditional(question))
        assert (hans.answer, hans.items, hans.citations, hans.nearest) == (
            hant.answer,
            hant.items,
            hant.citations,
            hant.nearest,
        )


def test_what_nothing_supports_is_not_answered(engine: Engine) -> None:
    engine.add_sources(map(source, NOTICES))
    answer = engine.ask("红烧肉怎么做才好吃")
    verify(engine, answer)
    assert not answer.answered
    assert answer.reason == "not_supported"
    assert len(answer.nearest) == engine.settings.nearest
    assert all(citation.highlight == () for citation in answer.nearest)
    hits = engine.search("红烧肉怎么做才好吃", engine.settings.nearest)
    assert [c.passage_id for c in answer.nearest] == [h.passage.id for h in hits]


def test_an_empty_library_says_so(engine: Engine) -> None:
    answer = engine.ask("最高支持多少")
    assert (answer.answered, answer.nearest, answer.reason) == (False, (), "nothing_retrieved")
    assert answer.no_answer_score == 1.0


@pytest.mark.parametrize("question", ["", " ？ ", "多" * 501])
def test_a_bad_question_is_refused(engine: Engine, question: str) -> None:
    with pytest.raises(BadQuestion):
        engine.ask(question)
    with pytest.raises(BadQuestion):
        engine.search(question)


def test_every_passage_that_says_the_same_is_cited(engine: Engine) -> None:
    one = "圖書館開放公告\n圖書館每週一閉館，共有自習座位120席供讀者使用。"
    two = "图书馆问答\n图书馆共有自习座位120席供读者使用，座位先到先得。"
    three = "體育館公告\n體育館有看臺座位800席。"
    engine.add_sources([source(one, "1.txt"), source(two, "2.txt"), source(three, "3.txt")])
    answer = engine.ask("圖書館有多少席自習座位")
    verify(engine, answer)
    assert answer.answer == "120席"
    assert sorted(c.source for c in answer.citations) == ["1.txt", "2.txt"]
    assert [c.quote[slice(*c.highlight[0])] for c in answer.citations] == ["120席", "120席"]


def test_what_was_removed_is_gone_at_once(engine: Engine) -> None:
    engine.add_sources([source(CLEAN), *map(source, NOTICES)])
    question = "会议由谁主持"
    document_id = engine.ask(question).citations[0].document_id
    engine.remove([document_id])
    answer = engine.ask(question)
    verify(engine, answer)
    assert not answer.answered
    assert document_id not in {c.document_id for c in answer.nearest}
    with pytest.raises(UnknownDocument):
        engine.remove([document_id])


def test_what_was_added_is_there_at_once(engine: Engine, tmp_path: Path) -> None:
    assert not engine.ask("会议由谁主持").answered
    (tmp_path / "press.txt").write_text(CLEAN, encoding="utf-8")
    assert engine.add_paths([tmp_path / "press.txt"]).added == 1
    assert engine.ask("会议由谁主持").answer == "黄钦"


def test_a_library_outlives_its_engine(tmp_path: Path) -> None:
    options = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    with Engine.open(options, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(CLEAN)])
        before = engine.ask("会议由谁主持")
    with Engine.open(options, encoder=FakeEncoder()) as engine:
        after = engine.ask("会议由谁主持")
    assert after.answered
    assert replace(after, took_ms=0.0) == replace(before, took_ms=0.0)


def test_asking_while_documents_come_and_go(engine: Engine) -> None:
    """No answer is ever about a document that is half there."""
    engine.add_sources([source(CLEAN)])
    stop = threading.Event()

    def change() -> None:
        for round_ in range(6):
            added = [source(f"{text}第{round_}版", f"{i}.txt") for i, text in enumerate(NOTICES)]
            engine.add_sources(added)
            names = {s.name for s in added}
            engine.remove([d.id for d in engine.library.documents() if d.name in names])
        stop.set()

    def ask() -> int:
        asked = 0
        while not stop.is_set() or not asked:
            for question in QUESTIONS[::2]:
                answer = engine.ask(question)
                for citation in (*answer.citations, *answer.nearest):
                    assert len(citation.original) == citation.end - citation.start
                asked += 1
            assert engine.ask("生态型联合体最高支持多少").answered
        return asked

    with ThreadPoolExecutor(4) as pool:
        changing = pool.submit(change)
        asking = [pool.submit(ask) for _ in range(3)]
        changing.result(timeout=60)
        assert sum(a.result(timeout=60) for a in asking) >= 3


class Forgetful:
    """A retriever that finds what is no longer there, so many times."""

    def __init__(self, engine: Engine, stale: Sequence[Hit], times: int) -> None:
        self._retriever, self._stale, self._times = engine.answerer.retriever, stale, times

    def search(
        self, query: Query, k: int, document_ids: Collection[str] | None = None
    ) -> list[Hit]:
        self._times -= 1
        fresh = self._retriever.search
        return list(self._stale) if self._times >= 0 else fresh(query, k, document_ids)


def test_what_is_removed_while_it_is_read_is_passed_over(engine: Engine) -> None:
    engine.add_sources([source(CLEAN)])
    stale = engine.search("会议由谁主持")
    engine.remove([d.id for d in engine.library.documents()])
    engine.answerer.retriever = Forgetful(engine, stale, 2)
    assert engine.ask("会议由谁主持").reason == "nothing_retrieved"


def test_what_is_read_is_the_parse_that_was_searched_for(engine: Engine) -> None:
    engine.add_sources([source(CLEAN)])
    searched: list[Query] = []
    read: list[Question] = []
    retriever, reader = engine.answerer.retriever, engine.reader

    class Watching:
        def search(
            self, query: Query, k: int, document_ids: Collection[str] | None = None
        ) -> list[Hit]:
            searched.append(query)
            return retriever.search(query, k, document_ids)

        def read(self, question: Question, hits: Sequence[Hit], tell: Tell = silent) -> Reading:
            read.append(question)
            return reader.read(question, hits)

    engine.answerer.retriever = engine.answerer.reader = Watching()
    assert engine.ask(" 會議由誰\n主持？ ").answer == "黄钦"
    assert searched[0] is read[0].query and len(searched) == len(read)
    assert searched[0] == parse_query("會議由誰 主持？")


def test_within_documents_nothing_else_is_read(engine: Engine) -> None:
    engine.add_sources([source(CLEAN), source(NOTICES[1])])
    ours, other = sorted(engine.library.documents(), key=lambda d: d.id != document_id(CLEAN))
    question = "会议由谁主持"
    assert (
        engine.ask(question, document_ids=[ours.id]).answer == engine.ask(question).answer == "黄钦"
    )
    narrowed = engine.ask(question, document_ids=[other.id])
    assert narrowed.answer != "黄钦"
    for citation in (*narrowed.citations, *narrowed.nearest):
        assert citation.document_id == other.id
    assert engine.ask(question, document_ids=[]).reason == "nothing_retrieved"


def document_id(text: str) -> str:
    return content_id(source(text).text)


class Liar:
    """A reader that points outside of the passage."""

    def read(self, question: Question, hits: Sequence[Hit], tell: Tell = silent) -> Reading:
        span = Span(hits[0], 0, len(hits[0].passage.text) + 1, 1.0)
        return Reading((span,), 1.0)


def test_an_answer_that_is_no_slice_never_leaves(engine: Engine) -> None:
    engine.add_sources([source(CLEAN)])
    engine.answerer.reader = Liar()
    with pytest.raises(BrokenPromiseError):
        engine.ask("会议由谁主持")


SENTENCES = st.sampled_from([s + "。" for t in (CLEAN, *NOTICES) for s in t.split("。")])
SCRAPS = st.text(alphabet="甲乙、。；\n -·*“”|（一）1萬元：ldquo;(xué)?？茖W ", max_size=20)
TEXTS = st.lists(st.one_of(SENTENCES, SCRAPS), min_size=1, max_size=8).map("".join)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=3), st.sampled_from(QUESTIONS)
)
def test_the_promise_holds_for_any_documents(
    documents: list[tuple[str, bool]], question: str
) -> None:
    texts = [damage(text) if damaged else text for text, damaged in documents]
    with tempfile.TemporaryDirectory() as home:
        options = Settings(home=Path(home), cache=Path(home) / "cache", min_confidence=0.0)
        with Engine.open(options, encoder=FakeEncoder()) as engine:
            engine.add_sources(source(text, f"{i}.txt") for i, text in enumerate(texts))
            verify(engine, engine.ask(question))
