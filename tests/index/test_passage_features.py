"""How much of a query a passage has, against shares worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index import by_hand
from wenju.corpus.script import fold, to_simplified
from wenju.corpus.sentences import sentence_spans
from wenju.index.glossary import Translation
from wenju.index.passage_features import FeatureExtractor, rarity
from wenju.index.query import Query, expand_query, parse_query
from wenju.index.variants import Variants
from wenju.index.weights import FEATURES, Features

NONE = Variants({})


class Counted:
    """So many passages of a thousand have a term; ten where nothing else is said."""

    total = 1000

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts = counts or {}
        self.asked: list[tuple[str, str]] = []

    def having(self, field: str, term: str) -> int:
        self.asked.append((field, term))
        return self.counts.get(term, 10)


def asked(question: str, *translations: Translation, variants: Variants = NONE) -> Query:
    return replace(
        expand_query(parse_query(question), variants, across=False), translations=translations
    )


def features(
    query: Query,
    text: str,
    counts: Mapping[str, int] | None = None,
    han: bool = True,
    values: Collection[str] = (),
) -> Features:
    return FeatureExtractor(query, Counted(counts)).features(fold(text), han=han, values=values)


# --- rarity -------------------------------------------------------------------------------------
def test_rarity_is_the_inverse_document_frequency_of_bm25() -> None:
    assert rarity(0, 0) == pytest.approx(math.log(2))
    assert rarity(1, 10) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert rarity(10, 10) == pytest.approx(math.log(1 + 0.5 / 10.5))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_rarity_is_positive_and_falls(having: int, total: int) -> None:
    assert rarity(having, total) > 0
    assert rarity(having + 1, total) <= rarity(having, total)


# --- characters, bigrams, words -----------------------------------------------------------------
def test_a_share_is_by_rarity() -> None:
    query = asked("联合体")
    assert query.terms.bigrams == ["联合", "合体"]
    found = features(query, "與他聯合。", {"联合": 400, "合体": 2, "联": 500, "合": 600, "体": 3})
    weight = {t: rarity(n, 1000) for t, n in {"联": 500, "合": 600, "体": 3}.items()}
    share = (weight["联"] + weight["合"]) / sum(weight.values())
    assert found.characters == pytest.approx(share)
    assert found.bigrams == pytest.approx(rarity(400, 1000) / (rarity(400, 1000) + rarity(2, 1000)))


def test_everything_and_nothing() -> None:
    query = asked("生態型聯合體最高支持")
    every = features(query, "生态型联合体最高支持1000万元。")
    assert astuple(every) == (0, 1, 1, 1, 0, 0, 0)
    assert features(query, "圖書館") == Features()
    assert features(asked("什麼"), "什麼") == Features()
    assert features(query, "") == Features()


def test_the_sentence_is_the_one_that_has_most_of_the_words() -> None:
    query = asked("图书馆 闭馆 公告")
    assert set(query.terms.words) == {"图书", "书馆", "图书馆", "闭馆", "公告"}
    apart = features(query, "圖書館公告。今日閉館，公告如下。圖書室。")
    assert apart.sentence == pytest.approx(4 / 5)
    assert features(query, "圖書館閉館公告。").sentence == 1
    assert apart.characters == features(query, "圖書館閉館公告。").characters == 1


def test_a_term_that_crosses_sentences_is_in_none() -> None:
    assert features(asked("联合"), "关联。合体。").sentence == 0


def test_latin_words_are_compared_whole_and_by_their_stems() -> None:
    query = asked("grants for childcare in 2024")
    assert features(query, "Childcare is granted in 2024.", han=False).sentence > 0.7
    assert features(query, "grantsman, 20245, childcares4", han=False) == Features()
    assert features(asked("COVID-19"), "covid-19疫情").characters == 1


def test_the_ideographic_zero_stands_in_chinese_text() -> None:
    query = asked("二〇二四")
    assert "〇二" in query.terms.bigrams and "〇" in query.terms.characters
    found = features(query, "於二〇二四年底")
    assert (found.characters, found.bigrams) == (1, 1)
    assert features(query, "於二四年〇底").bigrams == pytest.approx(1 / 3)


def test_script_and_width_of_the_passage_play_no_part() -> None:
    query = asked("补助1000万元")
    plain = features(query, "补助1000万元。")
    assert features(query, "補助１０００萬元。") == plain
    assert plain.bigrams == plain.characters == 1


# --- values -------------------------------------------------------------------------------------
def test_values_are_those_that_were_found_when_it_was_indexed() -> None:
    query = asked("2024年的1000萬元")
    assert query.values == ("y:2024", "n:10000000")
    counts = {"y:2024": 300, "n:10000000": 1}
    rare, usual = rarity(1, 1000), rarity(300, 1000)
    found = features(query, "", counts, values=["n:10000000", "n:3"])
    assert found.values == pytest.approx(rare / (rare + usual))
    assert found.without("values") == Features()
    assert features(query, "", counts, values=query.values).values == 1
    assert features(query, "2024年的1000萬元", counts).values == 0
    assert features(asked("多少"), "", values=["n:3"]).values == 0


# --- other names --------------------------------------------------------------------------------
HEALTH = Variants({"卫健委": ("卫生健康委员会", "卫计委"), "人工智能": ("ai", "人工智慧")})


def test_another_name_counts_as_the_name() -> None:
    query = asked("衛健委", variants=HEALTH)
    for text in ("卫健委", "衛生健康委員會發布", "卫计委"):
        found = features(query, text)
        assert (found.characters, found.bigrams, found.sentence) == (1, 1, 1), text
    assert features(asked("衛健委", variants=NONE), "衛生健康委員會發布").bigrams == 0
    assert features(query, "卫生委员会").bigrams == 0


def test_another_name_counts_in_its_own_sentence_only() -> None:
    query = asked("衛健委 公告", variants=HEALTH)
    assert features(query, "衛生健康委員會發布公告。").sentence == 1
    apart = features(query, "衛生健康委員會。公告。")
    assert 0 < apart.sentence < 1
    assert apart.bigrams == 1


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("AI技術", True),
        ("用AI。", True),
        ("an ai-based plan", True),
        ("人工智慧", True),
        ("he said again: tail", False),
        ("a samurai", False),
        ("ai2", False),
    ],
)
def test_a_latin_name_is_none_in_the_midst_of_a_word(text: str, has: bool) -> None:
    assert features(asked("人工智能", variants=HEALTH), text).bigrams == float(has)


# --- translations -------------------------------------------------------------------------------
SCHOOL = Translation("private school", (("私塾", 0.7), ("私立学校", 1.0)))
WARSAW = Translation("warsaw", (("华沙", 1.0),))
POLICY = Translation("政策", (("polici", 1.0), ("public polici", 0.8)))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("華沙的私立學校", (1.0, 1.0)),
        ("私立學校", (1.0, 0.0)),
        ("私塾", (0.7, 0.0)),
        ("私塾與私立學校", (1.0, 0.0)),
        ("私立的學校", (0.0, 0.0)),
        ("华沙（Warsaw）", (0.0, 1.0)),
        ("学校（Warsaw）", (0.0, 1.0)),
        ("A private school 私塾", (0.7, 0.0)),
        ("學校（private school）", (1.0, 0.0)),
        ("學校（private）", (0.0, 0.0)),
        ("", (0.0, 0.0)),
    ],
)
def test_the_best_translation_of_each_word_counts(text: str, held: tuple[float, float]) -> None:
    query = asked("Which private school is in Warsaw?", SCHOOL, WARSAW)
    counts = {"私塾": 2, "warsaw": 0, "华沙": 5, "private": 0, "school": 0}
    # bigrams of 私立学校 are in ten each, so that at most ten have it; 12 have either
    weights = rarity(12, 1000), rarity(5, 1000)
    wanted = sum(h * w for h, w in zip(held, weights, strict=True)) / sum(weights)
    assert features(query, text, counts).translation == pytest.approx(wanted)


def test_english_translations_are_stems_that_all_stand_there() -> None:
    query = asked("政策", POLICY)
    assert features(query, "The policies", han=False).translation == 1
    assert features(query, "The public policy", han=False).translation == 1
    assert features(query, "The public", han=False).translation == 0
    assert features(query, "The 政策", han=False).translation == 1
    public = asked("政策", Translation("政策", (("public polici", 0.8),)))
    assert features(public, "policies for the public", han=False).translation == pytest.approx(0.8)


def test_only_a_passage_in_the_other_language_has_translations() -> None:
    query = asked("Warsaw?", WARSAW)
    assert features(query, "华沙", han=True).translation == 1
    assert features(query, "华沙", han=False).translation == 0
    assert features(asked("Warsaw?"), "华沙", han=True).translation == 0


def test_a_word_of_which_the_library_has_no_translation_counts_for_nothing() -> None:
    query = asked("Which private school is in Warsaw?", SCHOOL, WARSAW)
    none = dict.fromkeys(["私塾", "塾", "私立", "立学", "学校", "private", "school"], 0)
    assert features(query, "华沙", none).translation == 1
    assert features(query, "华沙", none | {"华沙": 0, "warsaw": 0}).translation == 0


# --- all of them --------------------------------------------------------------------------------
def test_each_term_is_counted_once() -> None:
    counted = Counted()
    query = asked("2024年生態型聯合體", variants=HEALTH)
    extractor = FeatureExtractor(query, counted)
    asked_for = len(counted.asked)
    assert sorted(counted.asked) == sorted(set(counted.asked))
    for text in ("生态型联合体。", "2024年", ""):
        extractor.features(fold(text), han=True)
    assert len(counted.asked) == asked_for


WORDS = [
    "生態",
    "联合体",
    "支持",
    "1000万元",
    "AI",
    "卫计委",
    "衛健委",
    "〇",
    "grants",
    "。",
    " ",
    "，",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)


@given(TEXTS, TEXTS)
def test_every_sign_is_what_its_definition_says(question: str, text: str) -> None:
    query = asked(question, variants=HEALTH)
    found = features(query, text)
    folded = fold(text)

    def share(terms: list[str], part: str) -> float:
        names = HEALTH.expand(fold(to_simplified(question)))
        standing = part
        for word, others in names:
            for other in others:
                latin = other.isascii()
                if other in (by_hand.latin(part) if latin else part):
                    standing += f"\n{word}"
        words = by_hand.latin(standing)
        held = [t for t in terms if (t in words if t[0].isascii() else t in standing)]
        return len(held) / len(terms) if terms else 0.0

    sentences = [folded[a:b] for a, b in sentence_spans(folded)]
    assert found.characters == pytest.approx(share(query.terms.characters, folded))
    assert found.bigrams == pytest.approx(share(query.terms.bigrams, folded))
    best = max((share(query.terms.words, sentence) for sentence in sentences), default=0.0)
    assert found.sentence == pytest.approx(best)
    assert all(0 <= getattr(found, name) <= 1 + 1e-9 for name in FEATURES)


@given(TEXTS)
def test_a_text_has_all_of_itself(text: str) -> None:
    query = asked(text, variants=HEALTH)
    found = features(query, text, values=query.values)
    assert found.characters == (1 if query.terms.characters else 0)
    assert found.bigrams == (1 if query.terms.bigrams else 0)
    assert found.values == (1 if query.values else 0)
    assert (found.sentence > 0) == bool(query.terms.words)
