"""The dictionary: what is sure of the real one, and how a small one is used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold, to_traditional
from wenju.index.glossary import Entries, Glossary, Translation, english_words, load_glossary
from wenju.index.terms import STOP_WORDS

SMALL = Glossary(
    {
        "学校": [[("school",)], [("academi",)]],
        "私立": [[("privat",)]],
        "私立学校": [[("privat", "school")]],
        "老": [[("old",), ("senior",)], [("of", "the", "past")]],
        "老城": [[("old", "town")]],
        "纽约": [[("new", "york")]],
        "在": [[("in",)]],
    }
)


# --- a small one --------------------------------------------------------------------------------
def test_the_longest_entry_is_taken() -> None:
    assert SMALL.to_chinese("Old private schools of New York") == [
        Translation("old", (("老", 1.0),)),
        Translation("private schools", (("私立学校", 1.0),)),
        Translation("new york", (("纽约", 1.0),)),
    ]


def test_a_later_sense_weighs_less() -> None:
    assert SMALL.to_chinese("an academy") == [Translation("academy", (("学校", 1 / 1.3),))]
    assert SMALL.to_english("学校") == [
        Translation("学校", (("school", 1.0), ("academi", 1 / 1.3)))
    ]


def test_a_word_that_it_lacks_has_no_alternatives_and_filler_is_left_out() -> None:
    assert SMALL.to_chinese("What is in the Xyzzy of 1919?") == [
        Translation("xyzzy", ()),
        Translation("1919", ()),
    ]
    assert SMALL.to_chinese("What is it?") == SMALL.to_chinese("") == []
    assert SMALL.to_english("什么是的") == SMALL.to_english("，。") == []


def test_what_is_not_chinese_in_a_chinese_question_stands_for_itself() -> None:
    found = SMALL.to_english("2024年Policies")
    assert found[0] == Translation("2024", (("2024", 1.0),))
    assert found[-1] == Translation("policies", (("polici", 1.0),))


def test_a_phrase_may_have_filler_in_it_but_is_not_all_filler() -> None:
    (found,) = SMALL.to_chinese("of the past")
    assert found.words == "of the past"
    assert SMALL.to_chinese("in") == []


def test_alternatives_are_few_and_the_usual_ones() -> None:
    rare = [chr(0x20000 + n) for n in range(30)]
    many = Glossary({word: [[("thing",)]] for word in [*rare, "东西"]})
    (found,) = many.to_chinese("thing")
    assert len(found.alternatives) == 12
    assert found.alternatives[0] == ("东西", 1.0)
    senses = Glossary({"东西": [[(f"thing{n}",)] for n in range(30)]})
    (named,) = senses.to_english("东西")
    assert [other for other, _ in named.alternatives] == [f"thing{n}" for n in range(12)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Warsaw's old town", ["warsaw", "old", "town"]),
        ("the students’ union", ["the", "students", "union"]),
        ("COVID-19 in 2020", ["covid", "19", "in", "2020"]),
        ("學校 school", ["school"]),
        ("", []),
    ],
)
def test_english_words(text: str, words: list[str]) -> None:
    assert english_words(text) == words


# --- its text -----------------------------------------------------------------------------------
LINES = """# a comment
學校 学校 [xue2 xiao4] /school/CL:所[suo3]/
老 老 [lao3] /old; senior/(of people) elderly/
名著 名著 [ming2 zhu4] /masterpiece/
老 老 [Lao3] /surname Lao/prefix of respect/
T恤 T恤 [T xu4] /T-shirt/"""


@pytest.mark.parametrize(
    ("word", "senses"),
    [
        ("学校", [[("school",)]]),
        ("老", [[("old",), ("senior",)], [("elder",)], [("prefix", "of", "respect")]]),
        (fold("名著"), [[("masterpiec",)]]),
    ],
)
def test_a_word_is_looked_up_as_all_of_them_are_read(
    word: str, senses: list[list[tuple[str, ...]]]
) -> None:
    entries = Entries(LINES)
    assert entries[word] == dict(entries.items())[word] == senses


@pytest.mark.parametrize("word", ["校", "学", "xue2", "", "T恤", "school"])
def test_what_is_no_entry_is_not_found(word: str) -> None:
    entries = Entries(LINES)
    assert word not in entries
    assert word not in list(entries)
    assert len(entries) == 3


# --- the real one -------------------------------------------------------------------------------
def chinese(question: str) -> dict[str, list[str]]:
    found = load_glossary().to_chinese(question)
    return {t.words: [other for other, _ in t.alternatives] for t in found}


def english(question: str) -> dict[str, list[str]]:
    found = load_glossary().to_english(question)
    return {t.words: [other for other, _ in t.alternatives] for t in found}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Warsaw", "华沙"),
        ("warsaw's", "华沙"),
        ("private school", "私立学校"),
        ("private schools", "私立学校"),
        ("oxygen", "氧"),
        ("president", "总统"),
        ("the New York Times", "纽约时报"),
        ("environmental protection", "环保"),
        ("London", "伦敦"),
        ("unemployment", "失业"),
    ],
)
def test_the_chinese_of_a_word(words: str, wanted: str) -> None:
    (alternatives,) = chinese(words).values()
    assert wanted in alternatives


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("華沙", "warsaw"),
        ("华沙", "warsaw"),
        ("私立學校", "privat school"),
        ("大學", "universiti"),
        ("醫院", "hospit"),
        ("政策", "polici"),
        ("失業", "unemploy"),
    ],
)
def test_the_english_of_a_word(word: str, wanted: str) -> None:
    (alternatives,) = english(word).values()
    assert wanted in alternatives


def test_a_question_is_taken_apart() -> None:
    found = chinese("Which private school is in Warsaw's old town?")
    assert [*found] == ["private school", "warsaw", "old town"]
    assert "老城" in found["old town"]
    assert [*english("華沙有多少所私立學校？")][0] == "华沙"


def test_both_scripts_have_the_same_english() -> None:
    for question in ("华沙有多少所私立学校？", "失业与医疗保险的政策"):
        assert english(question) == english(to_traditional(question)) != {}


def test_alternatives_are_such_as_an_index_can_look_up() -> None:
    """Folded Chinese, stems of English, weights of at most 1, the best of a dozen."""
    question = "The old president and the people of a small town visit the national museum"
    for translation in load_glossary().to_chinese(question):
        assert translation.alternatives, translation
        assert len(translation.alternatives) <= 12
        for other, weight in translation.alternatives:
            assert fold(other) == other and 0 < weight <= 1
    for translation in load_glossary().to_english("老總統帶小鎮居民參觀國家博物館"):
        for other, weight in translation.alternatives:
            assert 0 < weight <= 1 and other == other.lower()
            assert all(word.isascii() and word.isalnum() for word in other.split()), other


def test_notes_on_a_words_form_are_no_meaning_of_it() -> None:
    # 王 [Wang2] is a surname, and a king by its second reading; 馆 has a variant and a measure word
    assert "king or monarch" in english("王")["王"]
    for word in ("王", "李", "館", "點"):
        (alternatives,) = english(word).values()
        assert alternatives
        assert not {"surnam", "variant", "cl", "see"} & {w for o in alternatives for w in o.split()}


@given(st.text(st.sampled_from("warsaw private school's the of 1919 ,.?-’ 華沙")))
def test_the_words_of_a_question_stay_in_order_and_none_is_lost(question: str) -> None:
    words = english_words(question)
    translations = load_glossary().to_chinese(question)
    found = [word for t in translations for word in t.words.split()]
    assert {w for w in found if w not in STOP_WORDS} == {w for w in words if w not in STOP_WORDS}
    rest = iter(words)
    assert all(word in rest for word in found)


def test_it_is_read_once() -> None:
    assert load_glossary() is load_glossary()
