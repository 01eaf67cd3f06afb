"""A question as it is searched for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index import by_hand
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.corpus.values import terms as value_terms
from wenju.index import query as module
from wenju.index.glossary import Glossary, Translation
from wenju.index.query import Query, expand_query, parse_query, pieces_of
from wenju.index.terms import STOP_WORDS, query_terms
from wenju.index.variants import Variants

TABLE = Variants({"卫健委": ("卫生健康委员会", "卫计委"), "车票": ("票",)})
SMALL = Glossary({"华沙": [[("warsaw",)]], "票": [[("ticket",)], [("ballot",)]]})


def asked(question: str, *, across: bool = False) -> Query:
    return expand_query(parse_query(question), TABLE, across=across)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_glossary", lambda: SMALL)


def test_its_parts() -> None:
    query = asked("衛健委2024年發放多少萬元，是１０００萬元嗎？")
    assert query.text == "衛健委2024年發放多少萬元，是１０００萬元嗎？"
    assert query.simplified == "卫健委2024年发放多少万元，是１０００万元吗？"
    assert query.folded == "卫健委2024年发放多少万元,是1000万元吗?"
    assert query.han
    assert query.terms == query_terms(query.simplified)
    assert query.values == ("y:2024", "n:10000000")
    assert query.variants == (("卫健委", ("卫生健康委员会", "卫计委")),)
    assert query.translations == ()


def test_a_value_is_asked_for_once() -> None:
    assert asked("1000萬元，一千万元，10 million yuan").values == ("n:10000000",)


@pytest.mark.parametrize(
    ("question", "han"),
    [("費用", True), ("What is 費用?", False), ("WHO的建議", True), ("", False)],
)
def test_what_it_is_written_in(question: str, han: bool) -> None:
    assert asked(question).han is han


QUESTIONS = [
    "生態型聯合體最高支持多少？",
    "衛健委第二十條是什麼意思",
    "２０２４年裡圖書館幾點關門",
    "臺北車票多少錢",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_its_script_plays_no_part(question: str) -> None:
    traditional = to_traditional(to_simplified(question))
    assert traditional != to_simplified(question)
    one, two, three = (
        replace(asked(text), text="") for text in (question, traditional, to_simplified(question))
    )
    assert one == two == three


def test_the_subject_is_what_heads_are_asked_for() -> None:
    assert asked("生態聯合體的grants有多少").subject == [
        *("生态", "态联", "联合", "合体", "体的"),
        *("grants", "grant", "有多"),
    ]
    assert asked("How many grants does it have and why?").subject == ["grants", "grant"]
    assert asked("聯合聯合").subject == ["联合", "合联"]
    assert asked("什麼").subject == []


@given(st.lists(st.sampled_from([*QUESTIONS, "grants", "3.5 Wi-Fi", " "])).map("".join))
def test_the_subject_is_bigrams_and_latin_words_each_once(question: str) -> None:
    subject = asked(question).subject
    assert len(set(subject)) == len(subject)
    assert set(subject) == set(by_hand.subject_asked(to_simplified(question)))
    assert not {*subject} & STOP_WORDS


def test_other_names_give_terms_that_the_question_has_not() -> None:
    others = asked("卫健委的委员").others
    assert others.characters == []
    # of 卫生健康委员会 and 卫计委; 委员 is the question's own
    assert others.bigrams == ["卫生", "生健", "健康", "康委", "员会", "卫计", "计委"]
    assert "委员" not in others.words and "委员会" in others.words
    assert asked("圖書館").others.bigrams == []


def test_translations_only_where_they_are_asked_for(small: None) -> None:
    question = "How do I get a ticket to Warsaw?"
    assert asked(question).translations == ()
    found = asked(question, across=True).translations
    assert [t for t in found if t.alternatives] == [
        Translation("ticket", (("票", 1.0),)),
        Translation("warsaw", (("华沙", 1.0),)),
    ]
    found = asked("華沙車票", across=True).translations
    assert found[0] == Translation("华沙", (("warsaw", 1.0),))


def test_the_dictionary_stays_closed_where_nothing_is_translated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> Glossary:
        raise AssertionError("the dictionary was loaded")

    monkeypatch.setattr(module, "load_glossary", fail)
    asked("華沙在哪裡")
    asked("Where is Warsaw?")
    with pytest.raises(AssertionError, match="loaded"):
        asked("Where is Warsaw?", across=True)


@pytest.mark.parametrize(
    ("alternative", "field", "pieces"),
    [
        ("私立学校", "bigrams", ["私立", "立学", "学校"]),
        ("华沙", "bigrams", ["华沙"]),
        ("氧", "characters", ["氧"]),
        ("〇", "characters", ["〇"]),
        ("〇四", "bigrams", ["〇四"]),
        ("privat school", "words", ["privat", "school"]),
        ("1919", "words", ["1919"]),
    ],
)
def test_the_terms_of_an_alternative(alternative: str, field: str, pieces: list[str]) -> None:
    assert pieces_of(alternative) == (field, pieces)


@given(st.text())
def test_any_text_can_be_asked(question: str) -> None:
    query = asked(question)
    assert query.text == question
    assert query.simplified == to_simplified(question)
    assert [*query.values] == list(dict.fromkeys(value_terms(fold(query.simplified))))
    for term in (*query.terms.characters, *query.terms.bigrams, *query.terms.words, *query.subject):
        assert term and term not in STOP_WORDS
