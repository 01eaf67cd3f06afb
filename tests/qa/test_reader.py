"""The reader over a scorer that is a function of the text, alone and in the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from tests.making import source
from tests.qa.network.small import RANKER, STRICT, NumberScorer, ranker
from tests.qa.reading import hit
from wenju.index.hit import Hit
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine
from wenju.qa.network import checkpoint as changes
from wenju.qa.network.checkpoint import ReaderError
from wenju.qa.question import parse
from wenju.qa.ranker import Mode, Ranker, bundled
from wenju.qa.reader import RankedReader, Reading, load_reader
from wenju.qa.settings import Settings
from wenju.qa.verification import check

QUESTION = "图书馆有多少席座位"
SURE = "图书馆有自习座位120席。"  # shares 图书, 书馆, 馆有, 座位
LIKELY = "该图书馆的座位:90席。"  # shares 图书, 书馆, 座位
OTHERWISE = "旧图书馆有阅览座位800席。"
AGAIN = "据悉图书馆有座位120席。"
MODES: tuple[Mode, ...] = ("trained", "lexical")
ELSE = ["体育场开放7天。", "游泳池深5年。", "食堂供应6元。", "车库停车3天。"]


def piled(*texts: str) -> list[Hit]:
    return [hit(text, rank=i) for i, text in enumerate(texts, 1)]


def read(
    *texts: str, question: str = QUESTION, weights: Ranker = RANKER
) -> tuple[Reading, list[str]]:
    """A reading, and the passages that were scored for it."""
    scorer = NumberScorer()
    reading = RankedReader(weights, scorer).read(parse(question), piled(*texts))
    return reading, scorer.passages


def said(reading: Reading) -> list[str]:
    return [span.text for span in reading.spans]


@pytest.mark.parametrize(
    ("texts", "scored"),
    [
        ((SURE, *ELSE), 2),
        ((ELSE[0], SURE, *ELSE[1:]), 2),
        ((*ELSE[:2], SURE, *ELSE[2:]), 4),
        ((*ELSE, SURE), 5),
        ((LIKELY, *ELSE), 5),
        ((LIKELY, ELSE[0], LIKELY, ELSE[1], ELSE[2]), 4),  # two that agree are enough
        (tuple(ELSE), 4),
    ],
)
def test_passages_are_read_until_it_is_settled(texts: tuple[str, ...], scored: int) -> None:
    reading, passages = read(*texts)
    assert passages == list(texts[:scored])
    assert (reading.confidence >= 0.75) == (SURE in texts or texts.count(LIKELY) == 2)


def test_all_are_read_where_asked_for() -> None:
    scorer = NumberScorer()
    hits = piled(SURE, *ELSE)
    looked = RankedReader(RANKER, scorer).look(parse(QUESTION), hits, early=False)
    assert len(scorer.passages) == len(hits)
    assert [one.hit for one in looked.looked] == hits
    assert all(looked.sentences(hit) for hit in hits)


def test_the_number_that_is_asked_for() -> None:
    reading, _ = read(ELSE[0], SURE)
    assert said(reading) == ["120席"]
    assert reading.spans[0].hit.rank == 2
    assert not reading.disputed
    assert reading.alternatives == ()


def test_every_passage_that_says_it_is_named_once() -> None:
    reading, _ = read(SURE, AGAIN)
    assert said(reading) == ["120席", "120席"]
    assert [span.hit.rank for span in reading.spans] == [1, 2]
    alone, _ = read(SURE)
    assert alone.confidence < reading.confidence


def test_what_is_as_good_is_disputed() -> None:
    reading, _ = read(SURE, OTHERWISE)
    assert (said(reading), reading.disputed) == (["120席"], True)
    assert [span.text for span in reading.alternatives] == ["800席"]


def test_what_is_nearly_as_good_is_shown_and_not_disputed() -> None:
    reading, _ = read(SURE, LIKELY)
    assert (said(reading), reading.disputed) == (["120席"], False)
    assert [span.text for span in reading.alternatives] == ["90席"]


def test_what_is_far_worse_is_no_alternative() -> None:
    reading, _ = read(SURE, ELSE[0])
    assert (reading.alternatives, reading.disputed) == ((), False)


def test_a_document_does_not_disagree_with_itself() -> None:
    hits = piled(SURE, LIKELY)
    same = replace(hits[1].passage, document_id=hits[0].passage.document_id)
    found = RankedReader(RANKER, NumberScorer()).read(
        parse(QUESTION), [hits[0], replace(hits[1], passage=same)]
    )
    assert (said(found), found.alternatives, found.disputed) == (["120席"], (), False)


def test_at_most_two_alternatives() -> None:
    texts = [f"图书馆有自习座位{n}席。" for n in (11, 22, 33, 44)]
    scorer = NumberScorer()
    weak = ranker(RANKER.weights, {"constant": -99.0})  # never settled
    reader = RankedReader(weak, scorer)
    reading = reader.read(parse(QUESTION), piled(*texts))
    assert said(reading) == ["11席"]
    assert [span.text for span in reading.alternatives] == ["22席", "33席"]


def test_statements_do_not_dispute_one_another() -> None:
    """Two ways to put it are no contradiction; two numbers are."""
    reading, _ = read(SURE, OTHERWISE, question="图书馆有座位是什么意思")
    assert (reading.alternatives, reading.disputed) == ((), False)


def strict(*texts: str, question: str) -> Reading:
    """A reading in which what a document's form says is believed before the network."""
    return read(*texts, question=question, weights=STRICT)[0]


RUN = "图书馆座位:儿童室120席,自习室90席,其中阅览室不少于800席。"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("图书馆自习室座位有多少席", "90席"),
        ("图书馆阅览室座位有多少席", "不少于800席"),
        ("图书馆儿童室座位有多少席", "120席"),
    ],
)
def test_of_a_run_of_numbers_the_one_that_is_named_is_taken(question: str, answer: str) -> None:
    assert said(strict(RUN, question=question)) == [answer]


def test_where_two_are_named_none_is_ruled_out() -> None:
    (answer,) = said(strict(RUN, question="图书馆自习室和阅览室座位有多少席"))
    assert answer in ("120席", "90席", "不少于800席")


FINED = "不办理养狗登记的处3000元罚款。"


def test_a_fine_is_no_fee() -> None:
    asked, fined = "养狗登记要多少钱", "不办养狗登记要多少钱"
    assert said(strict(FINED, question=fined)) == ["3000元"]
    assert strict(FINED, question=asked).confidence < 0.1 < strict(FINED, question=fined).confidence
    fee = "养狗登记费收500元。"
    assert said(strict(fee + FINED, question=asked)) == ["500元"]


@pytest.mark.parametrize(("question", "explained"), [("怎样申请", False), ("申请有多少项", True)])
def test_a_heading_explains_nothing(question: str, *, explained: bool) -> None:
    reading = strict("申请3项\n到窗口交表。", question=question)
    assert (said(reading) == ["3项"]) is explained


def test_the_date_of_a_page_is_not_when_something_was() -> None:
    page = "发布日期:2024年5月1日\n图书馆有座位。"
    other, same = (strict(page, question=f"图书馆{w}是哪一天") for w in ("有座位", "发布日期"))
    assert "2024" not in "".join(said(other))
    assert said(same)[0].startswith("2024年")


def test_another_years_number_is_hardly_believed() -> None:
    text = "2027年图书馆有自习座位120席。"
    same = strict(text, question="2027年图书馆有多少席座位").confidence
    other = strict(text, question="2035年图书馆有多少席座位").confidence
    assert same and other and other < 0.3 * same
    # what tells no year may be of any
    assert strict(SURE, question="2035年图书馆有多少席座位").confidence == pytest.approx(
        strict(SURE, question="2027年图书馆有多少席座位").confidence
    )


def test_a_section_answers_by_its_heading_where_the_network_sees_nothing() -> None:
    guide = "申请流程\n到窗口交表,当场受理。"
    reading = strict(ELSE[0], guide, question="窗口的申请流程")
    assert said(reading) == ["到窗口交表,当场受理。"]
    assert reading.confidence > 0.2
    assert said(strict(SURE, guide, question=QUESTION)) == ["120席"]


def test_a_labelled_line_answers_where_the_network_sees_nothing() -> None:
    lines = [f"新闻发布会\n时间:{n}点钟\n" for n in ("九", "十")]
    reading = strict(*lines, question="新闻发布会几点开")
    assert said(reading) == ["九点钟"]
    assert not reading.disputed
    assert reading.confidence > 0.2


def test_and_other_documents_lines_beside_it() -> None:
    lines = [f"新闻发布会\n时间:{n}点钟\n" for n in ("九", "十")]
    reading = strict(*lines, question="新闻发布会几点开")
    assert [span.text for span in reading.alternatives] == ["十点钟"]


def test_how_is_told_by_the_list_and_not_by_a_piece_of_it() -> None:
    fees = "图书馆座位的收费依下列标准计算:一、成人每天6元。二、儿童每天3元。"
    reading = strict(fees, question="图书馆座位的收费怎么计算")
    assert said(reading) == [fees.removesuffix("。")]
    assert len(reading.spans[0].parts) == 2
    assert said(strict(fees, question="图书馆座位的收费多少钱")) == ["6元"]


def test_a_section_on_another_aspect_gives_way_to_the_one_asked_for() -> None:
    terms, guide = "申请条件\n窗口怎么申请看满18岁。", "申请流程\n到窗口交表,当场受理。"
    alone = read(terms, question="窗口怎么申请")[0]
    assert said(alone) == ["18"] and alone.confidence > 0.5
    assert said(strict(terms, guide, question="窗口怎么申请")) == ["到窗口交表,当场受理。"]


def test_a_telephone_number_answers_where_the_network_sees_nothing() -> None:
    hits = [hit("图书馆电话:555-0156"), hit(SURE, rank=2)]
    reading = RankedReader(STRICT, NumberScorer()).read(parse("图书馆的电话"), hits)
    assert said(reading)[0] == "555-0156"
    assert reading.confidence > 0.5


@pytest.mark.parametrize("mode", ["trained", "lexical"])
@pytest.mark.parametrize(
    ("question", "sure"), [("图书馆的电话", True), ("体育场场长的手机号码是几号", False)]
)
def test_telephone_numbers_of_what_is_asked_about_as_it_ships(
    question: str, mode: Mode, *, sure: bool
) -> None:
    """And what nothing supports is refused."""
    hits = [hit("图书馆电话:555-0156", dense=0.6 if sure else 0.1)]
    scorer = NumberScorer() if mode == "trained" else None
    reading = RankedReader(bundled(mode), scorer).read(parse(question), hits)
    assert not sure or said(reading) == ["555-0156"]
    assert (reading.confidence >= Settings().min_confidence) is sure
    assert reading.confidence > 0


@pytest.mark.parametrize(
    "question", ["今天星期幾", "现在几点", "请问今天是几月几号", "今年是民國幾年"]
)
def test_no_document_knows_what_day_it_is(question: str) -> None:
    text = "图书馆星期五开放,今天是2024年5月1日。"
    assert strict(text, question=question).confidence < 0.01
    for mode in MODES:
        reader = RankedReader(bundled(mode), NumberScorer() if mode == "trained" else None)
        assert reader.read(parse(question), [hit(text)]).confidence < Settings().min_confidence
    assert strict("今天2024年5月1日开会。", question="开会是哪一年").spans


@pytest.mark.parametrize("question", ["今年哪些馆有多少席座位", "今天几点图书馆有座位"])
def test_what_happens_today_may_be_known(question: str) -> None:
    reading = strict("今天9点图书馆有座位120席。", question=question)
    assert reading.spans
    assert reading.confidence > 0.05


def test_no_hits_no_spans() -> None:
    reading, passages = read()
    assert reading == Reading((), 0.0)
    assert passages == []


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([SURE, LIKELY, OTHERWISE, AGAIN, *ELSE]),
            st.text(alphabet="图书馆有座位120席。;、\n(是", min_size=1, max_size=40),
        ),
        max_size=5,
    ),
    st.sampled_from([QUESTION, "有哪些座位", "可以吗", "座位是什么", "怎么有座位"]),
)
def test_any_reading_keeps_its_word(texts: list[str], question: str) -> None:
    reading, _ = read(*texts, question=question)
    assert 0.0 <= reading.confidence <= 1.0
    for span in (*reading.spans, *reading.alternatives):
        assert 0 <= span.start < span.end <= len(span.hit.passage.text)
    passages = [span.hit.passage.id for span in reading.spans]
    assert len(passages) == len(set(passages))
    assert not reading.disputed or reading.alternatives


@contextmanager
def opened(home: Path, min_confidence: float, *texts: str) -> Iterator[Engine]:
    options = Settings(home=home, cache=home / "cache", min_confidence=min_confidence)
    with Engine.open(options, encoder=FakeEncoder()) as engine:
        engine.answerer.reader = RankedReader(RANKER, NumberScorer())
        engine.add_sources(source(text, f"{i}.txt") for i, text in enumerate(texts))
        yield engine


def promised(engine: Engine, answer: Answer) -> None:
    """The promise, checked against the library itself."""
    shown = (*answer.citations, *answer.nearest)
    documents = {c.document_id: engine.library.document(c.document_id) for c in shown}
    passages = {p.id: p for d in documents for p in engine.library.passages_of(d)}
    check(answer, passages, documents)


def test_an_answer_and_another(tmp_path: Path) -> None:
    with opened(tmp_path, 0.3, SURE, OTHERWISE) as engine:
        answer = engine.ask(QUESTION)
        promised(engine, answer)
    told = json.loads(json.dumps(answer.as_dict()))
    assert told["answered"]
    assert {told["answer"], *(a["text"] for a in told["alternatives"])} == {"120席", "800席"}
    assert told["confidence"] == pytest.approx(1 - told["no_answer_score"])
    assert told["reason"] == ""
    assert len(told["citations"]) == 2
    for other in told["alternatives"]:
        citation = told["citations"][other["citation"]]
        assert citation["quote"][other["start"] : other["end"]] == other["text"]
        assert [other["start"], other["end"]] in citation["highlight"]
        assert other["span_score"] == pytest.approx(citation["span_score"])


def test_all_that_say_it_are_cited(tmp_path: Path) -> None:
    with opened(tmp_path, 0.3, SURE, AGAIN) as engine:
        answer = engine.ask(QUESTION)
        promised(engine, answer)
    assert answer.answer == "120席"
    assert sorted(c.source for c in answer.citations) == ["0.txt", "1.txt"]
    assert [c.quote[slice(*c.highlight[0])] for c in answer.citations] == ["120席", "120席"]
    assert answer.alternatives == ()


def test_answers_that_disagree_are_shown_where_none_is_given(tmp_path: Path) -> None:
    with opened(tmp_path, 1.0, SURE, OTHERWISE) as engine:
        answer = engine.ask(QUESTION)
        promised(engine, answer)
    told = json.loads(json.dumps(answer.as_dict()))
    assert (told["answered"], told["answer"], told["citations"]) == (False, "", [])
    assert told["reason"] == "answers_disagree"
    assert told["alternatives"] == []
    shown = [c["quote"][slice(*c["highlight"][0])] for c in told["nearest"]]
    assert sorted(shown) == ["120席", "800席"]


@pytest.mark.parametrize("texts", [(SURE,), (ELSE[0], ELSE[1]), (SURE, *ELSE)])
def test_the_threshold_decides(tmp_path: Path, texts: tuple[str, ...]) -> None:
    for least, answered in ((0.0, True), (1.0, False)):
        with opened(tmp_path / f"{least}", least, *texts) as engine:
            answer = engine.ask(QUESTION)
            promised(engine, answer)
            assert answer.answered is answered
            assert answer.reason == ("" if answered else "not_supported")


@pytest.mark.parametrize(
    ("question", "asked"),
    [("网购多少天退货", "网络购买多少天退货"), ("網購多少天退貨", "網絡購買多少天退貨")],
)
def test_what_is_refused_is_asked_again_in_the_documents_words(
    tmp_path: Path, question: str, asked: str
) -> None:
    with opened(tmp_path, 0.3, "消费者网络购买的商品7天内可以退货。") as engine:
        answer = engine.ask(question)
        promised(engine, answer)
        assert (answer.answer, answer.question) == ("7天内", question)
        assert answer.reworded == asked
        assert engine.ask(question, reword=False).reworded == ""
        own = engine.ask("网络购买多少天退货")
        assert (own.answer, own.reworded) == ("7天内", "")
        assert (own.confidence, own.citations) == (answer.confidence, answer.citations)


def test_another_wording_that_answers_no_better_is_not_mentioned(tmp_path: Path) -> None:
    with opened(tmp_path, 1.0, "消费者网络购买的商品7天内可以退货。") as engine:
        answer = engine.ask("网购多少天退货")
        assert (answer.answered, answer.reworded, answer.reason) == (False, "", "not_supported")


def test_without_its_files_the_reader_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: Path = changes.BUNDLED) -> str:
        raise ReaderError("gone; set the reader to lexical.")

    monkeypatch.setattr(changes, "digest", gone)
    with pytest.raises(ReaderError, match="set the reader to lexical"):
        load_reader("trained")
    assert load_reader("lexical").read(parse(QUESTION), piled(SURE)).spans
