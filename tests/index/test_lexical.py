"""BM25 by Tantivy against BM25 by hand, and what a passage is found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.index import by_hand
from tests.making import NOTICES, add, made
from wenju.corpus.script import fold, to_simplified
from wenju.corpus.values import terms as value_terms
from wenju.index.glossary import Translation
from wenju.index.lexical import WEIGHTS, LexicalIndex
from wenju.index.library import Library
from wenju.index.query import Query, expand_query, parse_query
from wenju.index.similarity_baseline import is_han_text
from wenju.index.terms import query_terms

QUESTION = "生態型聯合體最高支持多少？"
MANY = [
    *NOTICES,
    *(
        f"第{n}號公告\n第{n}號停車場自{n}日起開放，最高收費{n * 10}元，支持行動支付。"
        for n in range(1, 15)
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lexical"


def synced(folder: Path, library: Library) -> LexicalIndex:
    index = LexicalIndex(folder)
    index.sync(library)
    return index


def asked(question: str, *translations: Translation) -> Query:
    parsed = expand_query(parse_query(question), by_hand.VARIANTS, across=False)
    return replace(parsed, translations=translations)


def field(library: Library, name: str) -> dict[int, list[str]]:
    return {n: by_hand.fields(p)[name] for n, p in by_hand.every_passage(library).items()}


def summed(scores: Iterable[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """Weighted scores of entries, added up."""
    total: dict[int, float] = {}
    for weight, found in scores:
        for number, score in found.items():
            total[number] = total.get(number, 0.0) + weight * score
    return total


def oracle(library: Library, question: str) -> dict[int, float]:
    """BM25 of every passage that has a term, summed over weighted fields."""
    question = to_simplified(question)
    found = query_terms(question)
    names = [other for _, others in by_hand.VARIANTS.expand(fold(question)) for other in others]
    others = {
        kind: {t for name in names for t in getattr(query_terms(name), kind)}
        - {*getattr(found, kind)}
        for kind in ("bigrams", "words")
    }
    wanted: list[tuple[str, float, Iterable[str]]] = [
        ("characters", 1.0, found.characters),
        ("bigrams", 1.0, found.bigrams),
        ("words", 0.5, found.words),
        ("values", 0.5, set(value_terms(fold(question)))),
        ("head", 0.4, by_hand.subject_asked(question)),
        # what the question's words are also called counts half
        ("bigrams", 0.5, others["bigrams"]),
        ("words", 0.25, others["words"]),
    ]
    return summed(
        (weight, by_hand.bm25(field(library, name), term))
        for name, weight, asked_for in wanted
        for term in asked_for
    )


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "最高收費30元",
        "停車場 公告",
        "grants for a child",
        "收費叁拾元的是哪一號公告",
        "卫健委管停车场吗",
    ],
)
def test_it_scores_as_bm25_by_hand(
    folder: Path, library: Library, encoder: FakeEncoder, question: str
) -> None:
    add(
        library,
        encoder,
        [*MANY, "值班表\n卫生健康委员会由张三值班。", "值班表\n卫计委由李四值班。"],
    )
    found = synced(folder, library).search(asked(question), 1000)
    assert dict(found) == pytest.approx(oracle(library, question), rel=1e-4)
    assert len(found) > 2 or "grants" in question
    assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)


def test_the_weights_are_those_that_were_worked_out_by_hand() -> None:
    assert WEIGHTS == {"characters": 1, "bigrams": 1, "words": 0.5, "values": 0.5, "head": 0.4}


def test_both_scripts_find_the_same(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    traditional, simplified = asked("圖書館週一閉館嗎"), asked("图书馆周一闭馆吗")
    assert index.search(traditional, 5) == index.search(simplified, 5) != []


def test_every_passage_is_found_by_its_text(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    index = synced(folder, library)
    for number, passage in by_hand.every_passage(library).items():
        assert index.search(asked(passage.text), 100)[0][0] == number


def test_what_stands_above_a_passage_finds_it(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    body = "申請人應備妥文件，於期限內送達，逾期不受理。"
    for title in ("臺南市幼兒補助", "高雄市長者補助"):
        library.add(*made(f"{body}（{title[:2]}）", title=title))
    (best, *_) = synced(folder, library).search(asked("高雄的補助怎麼申請"), 5)
    assert library.passages([best[0]])[best[0]].title == "高雄市長者補助"


def test_a_sum_is_found_in_any_spelling(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, [f"第{n}號\n經費為{n},000,000元整。" for n in range(5, 15)])
    index = synced(folder, library)
    for spelling in ("1000萬元", "一千万", "10 million yuan"):
        (best, *_) = index.search(asked(spelling), 1)
        assert "10,000,000" in library.passages([best[0]])[best[0]].text, spelling


def test_nothing_to_search_for(folder: Path, library: Library, encoder: FakeEncoder) -> None:
    index = synced(folder, library)
    assert index.search(asked(QUESTION), 5) == []
    add(library, encoder, NOTICES)
    index.sync(library)
    for question in ("", "？！", "什麼是", "鑫焱淼", "How many of them are there and why?"):
        assert index.search(asked(question), 5) == []
        assert index.search_translated(asked(question), 5) == []
    assert index.search(asked(QUESTION), 0) == []
    nothing = Translation("xyzzy", ())
    assert index.search_translated(asked("xyzzy", nothing), 5) == []


def test_another_name_finds_a_passage_but_counts_for_less_than_the_name(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, [f"第{n}號\n{name}發布。" for n, name in ((1, "卫健委"), (2, "卫计委"))])
    add(library, encoder, [f"第{n}號\n房產局發布。" for n in range(3, 9)])
    found = synced(folder, library).search(asked("卫健委的消息"), 5)
    passages = [library.passages([n])[n].text for n, _ in found]
    assert "卫健委" in passages[0] and "卫计委" in passages[1]


SCHOOL = Translation("private school", (("私立学校", 1.0), ("私塾", 0.7), ("塾", 0.5)))
WARSAW = Translation("warsaw", (("华沙", 1.0), ("鲸落", 0.9)))


def translated(library: Library, *translations: Translation) -> dict[int, float]:
    """BM25 of the best alternative of each word: the mean of its terms, all of which are there."""
    scores: list[tuple[float, Mapping[int, float]]] = []
    for translation in translations:
        best: dict[int, float] = {}
        for name, weight in [*translation.alternatives, (translation.words, 1.0)]:
            kind, parts = by_hand.pieces(name)
            found = [by_hand.bm25(field(library, kind), part) for part in parts]
            for number in set.intersection(*map(set, found)):
                score = weight * sum(f[number] for f in found) / len(parts)
                best[number] = max(score, best.get(number, 0.0))
        scores.append((1.0, best))
    return summed(scores)


def test_translations_score_as_their_best_alternative(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    schools = (
        "华沙有十五所私立学校。",
        "华沙的私立醫院不是学校。",
        "從前的私塾，塾師一人。",
        "Warsaw, a private school.",
        "A school is private.",
    )
    add(library, encoder, [*MANY, *(f"第{n}篇\n{text}" for n, text in enumerate(schools, 90))])
    index = synced(folder, library)
    for translations in ((SCHOOL,), (WARSAW,), (SCHOOL, WARSAW)):
        found = index.search_translated(asked("", *translations), 1000)
        wanted = translated(library, *translations)
        assert len(wanted) >= 3
        assert dict(found) == pytest.approx(wanted, rel=1e-4)
        assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    # the question's own terms are the other search's matter
    assert index.search(asked("", SCHOOL), 5) == []


def test_it_knows_what_its_passages_are_written_in(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    index = synced(folder, library)
    assert not index.has_language(han=True) and not index.has_language(han=False)
    add(library, encoder, NOTICES[:3])
    index.sync(library)
    assert index.has_language(han=True) and not index.has_language(han=False)
    add(library, encoder, NOTICES[3:])
    index.sync(library)
    assert index.has_language(han=True) and index.has_language(han=False)
    passages = by_hand.every_passage(library)
    han = {n for n, p in passages.items() if is_han_text(p.text)}
    assert len(han) == 3 and index.in_han(passages) == han
    assert index.in_han(sorted(han)[:1]) == {min(han)}


def test_it_knows_the_values_of_its_passages(
    folder: Path, library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, MANY)
    passages = by_hand.every_passage(library)
    index = synced(folder, library)
    found = index.values_in(passages, asked("收費30元還是1000萬，或是99元"))
    for number, passage in passages.items():
        assert found[number] == {"n:30", "n:10000000"} & {*value_terms(fold(passage.text))}
    assert sorted(map(len, found.values()))[-3:] == [0, 1, 1]
    assert index.values_in(passages, asked("收費多少")) == {n: set() for n in passages}
