"""Namesakes: what bears the asked name but for its beginning."""

from __future__ import annotations

import pytest

from tests.qa.network.small import NumberScorer
from tests.qa.reading import hit
from wenju.corpus.script import fold, to_traditional
from wenju.qa.namesakes import has_namesake, tails_of
from wenju.qa.question import parse
from wenju.qa.ranker import bundled
from wenju.qa.reader import RankedReader

OWN, OTHER = "任务型创新联合体支持500万元。", "生态型创新联合体支持1000万元。"
QUESTION = "任务型创新联合体支持多少"


@pytest.mark.parametrize(
    ("question", "own", "other"),
    [
        (QUESTION, OWN, OTHER),
        ("美国首都人口多少", "美国首都人口70万人。", "法国首都人口200万人。"),
        ("第二级水价每立方米多少钱", "第二级水价为3.60元。", "第三级水价为6.90元。"),
        ("南一中招生多少人", "南一中招生900人。", "南二中招生800人。"),
    ],
)
def test_what_begins_otherwise_is_a_namesake(question: str, own: str, other: str) -> None:
    for write in (str, to_traditional):
        parsed = parse(write(question))
        texts = [fold(write(text)) for text in (own, other)]
        tails = tails_of(parsed, texts)
        assert [has_namesake(text, tails) for text in texts] == [False, True]


def test_without_a_text_that_names_it_nothing_is_a_namesake() -> None:
    assert not has_namesake(fold(OTHER), tails_of(parse(QUESTION), [fold(OTHER)]))
    assert not has_namesake(fold(OTHER), ())


@pytest.mark.parametrize("text", ["这项经费支持另行通知。", "任务型创新联合体和生态型创新联合体。"])
def test_what_names_it_or_nothing_like_it_is_none(text: str) -> None:
    tails = tails_of(parse(QUESTION), [fold(OWN)])
    assert tails and not has_namesake(fold(text), tails)


@pytest.mark.parametrize("first", [OWN, OTHER])
def test_the_one_that_is_asked_for_answers_whichever_was_found_first(first: str) -> None:
    hits = [hit(t, rank=i) for i, t in enumerate(sorted((OWN, OTHER), key=lambda t: t != first), 1)]
    reader = RankedReader(bundled("trained"), NumberScorer())
    read = reader.look(parse(QUESTION), hits, early=False)
    assert "500" in read.groups[0].best.text
