"""The terms that lexical search compares."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold, is_han
from wenju.index.terms import (
    STOP_WORDS,
    is_han_term,
    latin_terms,
    query_terms,
    stem,
    subject_terms,
    terms,
)


def test_han_gives_characters_bigrams_and_words() -> None:
    found = terms("創新聯合體")
    assert found.characters == list("创新联合体")
    assert found.bigrams == ["创新", "新联", "联合", "合体"]
    assert "创新" in found.words
    assert all(len(word) > 1 for word in found.words)


def test_both_scripts_and_both_widths_give_the_same_terms() -> None:
    assert terms("補助１０００萬元") == terms("补助1000万元")
    assert terms("ＡＢＣ公司") == terms("abc公司")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GB/T 3.5", ["gb", "t", "3.5", "3", "5"]),
        ("COVID-19", ["covid-19", "covid", "19"]),
        ("2020—2025", ["2020-2025", "2020", "2025"]),
        ("Wi-Fi.", ["wi-fi", "wi", "fi"]),
        ("。，！ \n", []),
        ("", []),
        ("Families receive", ["families", "famili", "receive", "receiv"]),
        ("policy-makers", ["policy-makers", "policy", "makers", "polici", "maker"]),
        ("H1N1 2b", ["h1n1", "2b"]),
    ],
)
def test_latin_and_digits_stay_whole_and_give_their_parts(text: str, words: list[str]) -> None:
    assert terms(text).words == words


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("receive received receiving receives", "receiv"),
        ("family families", "famili"),
        ("Warsaw warsaw", "warsaw"),
        ("运动 費", ""),
    ],
)
def test_forms_of_a_word_share_a_stem(words: str, one: str) -> None:
    for word in words.split():
        assert stem(word.lower()) == (one or word)
        assert not one or one in terms(word).words


def test_han_beside_another_script_is_still_cut_into_its_characters() -> None:
    for text in ("α粒子", "é粒子", "カ粒子", "粒子α"):
        found = terms(text)
        assert "粒子" in found.bigrams, text
        assert {"粒", "子"} <= set(found.characters)


def test_the_ideographic_zero_belongs_to_its_number() -> None:
    assert terms("二〇二四年").bigrams == ["二〇", "〇二", "二四", "四年"]
    assert all(map(is_han_term, ["〇", "〇二", "二〇", "々", "人々", "联"]))
    assert not any(map(is_han_term, ["0", "a联", "α", "カ", "", "3.5"]))


MIXED = st.lists(
    st.sampled_from(
        ["聯合體", "〇", "人々", "Wi-Fi", "3.5", "GB/T", " ", "。", "α粒子", "é", "families"]
    )
)


@given(st.one_of(st.text(), MIXED.map("".join)))
def test_latin_terms_are_the_words_that_are_not_of_a_han_run(text: str) -> None:
    assert latin_terms(fold(text)) == {w for w in terms(text).words if not is_han_term(w)}


@given(st.one_of(st.text(), MIXED.map("".join)))
def test_the_subject_is_bigrams_and_latin_words(text: str) -> None:
    found = terms(text)
    latin = [word for word in found.words if not is_han_term(word)]
    assert Counter(subject_terms(text)) == Counter([*found.bigrams, *latin])


def test_the_subject_keeps_its_order() -> None:
    assert subject_terms("５Ｇ基地台 grants") == ["5g", "基地", "地台", "grants", "grant"]


@given(st.text())
def test_every_han_character_is_a_term_once_for_each_place(text: str) -> None:
    wanted = Counter(c for c in fold(text) if is_han(c))
    found = terms(text).characters
    assert Counter(c for c in found if len(c) == 1 and is_han(c)) == wanted
    assert all(t == fold(t) and not set(t) & set(" \n\t") for t in found)


@given(st.text(st.sampled_from("联合体最高支持多少？的 abc12")))
def test_a_questions_terms_stand_in_it_once_each(text: str) -> None:
    whole, asked = terms(text), query_terms(text)
    for kind in ("characters", "bigrams", "words"):
        found = getattr(asked, kind)
        assert len(set(found)) == len(found)
        assert set(found) <= set(getattr(whole, kind))


def test_question_words_and_filler_are_not_searched_for() -> None:
    found = query_terms("請問生態型聯合體最高支持多少？")
    assert "支持" in found.bigrams and "最高" in found.words
    assert not {"多少", "请问"} & {*found.bigrams, *found.words}
    assert not set("什么的吗") & set(query_terms("什麼是你的嗎").characters)
    assert query_terms("What is the grant for?").words == ["grant"]
    assert query_terms("Why and how many does it do?").words == []


def test_the_stems_of_filler_are_filler() -> None:
    assert {stem(word) for word in STOP_WORDS if word.isascii()} <= STOP_WORDS
