"""Passages as answers: when one is shown in a span's place, and when it is only named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import source
from tests.qa.network.small import NumberScorer, ranker
from tests.qa.reading import hit
from wenju.qa.answer import Answer
from wenju.qa.compose import Span, whole
from wenju.qa.engine import Engine
from wenju.qa.question import parse
from wenju.qa.ranker import CONSTANT, Mode, bundled
from wenju.qa.reader import RankedReader, Reading
from wenju.qa.relevance import EVIDENCE, OF_SENTENCES, Linear, Relevant

TEXT = "圖書館管理規則\n圖書館有自習座位120席。座位須先預約，逾時不到者取消。\n館內禁止飲食。"
QUESTION = "圖書館有多少席座位"
UNIT = st.floats(0, 1)


def reading(span: float, sentence: float, passage: float) -> Reading:
    """A reading of one span, its sentence and its passage."""
    found = hit(TEXT)
    best = Relevant(found, passage, (8, 20), sentence)
    return Reading((Span(found, 15, 19, 1.0),), span, relevant=(best,))


@given(UNIT, UNIT, UNIT, UNIT)
def test_the_smallest_size_that_is_sure_is_shown(
    span: float, sentence: float, passage: float, least: float
) -> None:
    read = reading(span, sentence, passage)
    sizes = {"span": span, "sentence": sentence, "passage": passage}
    sure = [size for size, probability in sizes.items() if probability >= least]
    assert read.size(least) == (sure[0] if sure else None)
    shown = read.answer(least)
    if shown is None:
        assert not sure
    else:
        assert shown.score == sizes[sure[0]] >= least


def test_each_size_holds_the_one_below() -> None:
    texts = [reading(*sure).answer(0.5) for sure in ((1, 1, 1), (0, 1, 1), (0, 0, 1))]
    span, sentence, passage = (shown.text if shown else "" for shown in texts)
    assert span in sentence in passage
    assert len(span) < len(sentence) < len(passage)


@pytest.mark.parametrize("mode", ["trained", "lexical"])
@pytest.mark.parametrize("name", dict.fromkeys((*EVIDENCE, *OF_SENTENCES)))
def test_what_speaks_for_a_passage_never_counts_against_it(mode: Mode, name: str) -> None:
    ranker = bundled(mode)
    weights = ranker.relevance if name in EVIDENCE else ranker.sentences
    low = [0.5] * len(weights.names)
    high = [1.0 if n == name else 0.5 for n in weights.names]
    against = name in ("off_focus", "other_year", "other_place", "untyped")
    one, other = weights.probability(low), weights.probability(high)
    assert (other <= one) if against else (other >= one)
    assert 0 <= one <= 1


@pytest.mark.parametrize("mode", ["trained", "lexical"])
def test_the_passage_that_says_it_is_the_likelier_one(mode: Mode) -> None:
    scorer = NumberScorer() if mode == "trained" else None
    hits = [hit("食堂供应早餐6元。", rank=1), hit("图书馆有自习座位120席。", rank=2)]
    read = RankedReader(bundled(mode), scorer).read(parse(QUESTION), hits)
    assert [one.hit.rank for one in read.relevant][0] == 2
    for one in read.relevant:
        assert 0 <= one.sentence[0] < one.sentence[1] <= len(one.hit.passage.text)


def test_a_passage_as_an_answer_leaves_out_the_heading_above_it() -> None:
    span = whole(Relevant(hit(TEXT), 0.6, (8, 20), 0.3))
    assert span.text.startswith("圖書館有自習") and span.text.endswith("飲食。")
    assert span.score == 0.6


def asked(engine: Engine, constant: float, of_sentences: float = -9.0) -> Answer:
    """A question whose spans nobody trusts, and whose passages all are of one probability."""
    engine.add_sources([source(TEXT, "a.txt")])
    unsure = ranker({}, {CONSTANT: -9.0}, {CONSTANT: constant}, {CONSTANT: of_sentences})
    engine.answerer.reader = RankedReader(unsure)
    return engine.ask(QUESTION)


def test_where_no_words_are_sure_the_passage_answers(engine: Engine) -> None:
    answer = asked(engine, 2.0)
    assert (answer.answered, answer.granularity) == (True, "passage")
    assert answer.confidence == pytest.approx(0.8808, abs=1e-3)
    assert "120席" in answer.answer
    assert answer.best is not None
    start, end = answer.best
    assert "120席" in answer.answer[start:end] and "飲食" not in answer.answer[start:end]


def test_where_a_sentence_is_sure_it_answers_with_its_best_words_marked(engine: Engine) -> None:
    answer = asked(engine, 4.0, 2.0)
    assert (answer.answered, answer.granularity) == (True, "sentence")
    assert answer.answer == "圖書館有自習座位120席。"
    assert answer.confidence == pytest.approx(0.8808 * 0.982, abs=1e-3)
    assert answer.best is not None and answer.is_quoted
    assert answer.answer[slice(*answer.best)].startswith("120")


def test_passages_that_may_answer_are_named_and_not_given_as_the_answer(engine: Engine) -> None:
    answer = asked(engine, -2.0)
    assert (answer.answered, answer.reason) == (False, "uncertain")
    first = answer.nearest[0]
    ((start, end),) = first.highlight
    assert "120席" in first.quote[start:end]


def test_where_nothing_is_near_nothing_is_called_near(engine: Engine) -> None:
    answer = asked(engine, -9.0)
    assert (answer.answered, answer.reason) == (False, "not_supported")
    assert all(not citation.highlight for citation in answer.nearest)


def test_the_probability_is_the_logistic_of_the_sum() -> None:
    weights = Linear(EVIDENCE, {**dict.fromkeys(EVIDENCE, 1.0), CONSTANT: -1.0})
    assert weights.probability([0.0] * len(EVIDENCE)) == pytest.approx(0.2689, abs=1e-4)
    even = [1 / len(EVIDENCE)] * len(EVIDENCE)
    assert weights.probability(even) == pytest.approx(0.5, abs=1e-6)
