from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.page.parser import ANSWER, AT, CITATION, HOSTILE, QUOTE, Page
from wenju.ui.page.conversation import Turn, conversation_html, panels_html
from wenju.ui.page.markup import evidence_of, render, segments
from wenju.ui.texts import EN, LANGUAGES, ZH_HANT

# line ends and NUL are the parser's own affair
texts = st.text(max_size=40).map(lambda text: re.sub(r"[\r\x00]", "", text))


@given(texts, st.data())
def test_highlighting_keeps_every_character(quote: str, data: st.DataObject) -> None:
    place = st.integers(0, len(quote))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted).map(tuple), max_size=4))
    highlight = [(a, b) for a, b in spans]
    pieces = segments(quote, highlight)
    assert "".join(quote[start:end] for start, end, _ in pieces) == quote
    first = next(((a, b) for a, b in highlight if a < b), None)
    assert [(a, b) for a, b, mark in pieces if mark == "answer"] == ([first] if first else [])
    citation = replace(CITATION, quote=quote, highlight=tuple(highlight))
    shown = Page(panels_html([Turn("問", replace(ANSWER, citations=(citation,)))]))
    assert quote in shown.text
    if first:
        assert quote[first[0] : first[1]] in shown.marked


def test_a_second_place_is_highlighted_more_softly() -> None:
    again = QUOTE.index("最高500萬元")
    places = ((again, again + 7), (AT, AT + 8), (AT + 2, AT + 10))
    citation = replace(CITATION, highlight=places)
    shown = panels_html([Turn("問", replace(ANSWER, citations=(citation,)))])
    assert "<mark>最高500萬元</mark>" in shown
    assert '<mark class="also">最高1000萬元</mark>' in shown
    assert shown.count("<mark") == 2


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_put_into_an_attribute_stays_there(words: str) -> None:
    citation = replace(CITATION, title=words, document_id=words, headings=())
    answer = replace(ANSWER, question=words, answer=words, kind=words, citations=(citation,))
    shown = Page(conversation_html([Turn(words, answer)]))
    for name in ("data-source", "data-permalink", "data-kind"):
        assert shown.data(name) == [words]
    assert f"1 {words}" in shown.data("aria-label")
    assert words in shown.data("data-copy")[0]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_trouble_and_questions_in_waiting_are_text(words: str) -> None:
    shown, plain = (
        Page(conversation_html([Turn(w), Turn(w, trouble=w)], EN)) for w in (words, "x")
    )
    assert shown.text.count(words) == 3
    assert (shown.tags, shown.attributes, shown.open) == (plain.tags, plain.attributes, [])


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_word_of_the_interface_is_text(words: str) -> None:
    """The words of a language are no markup either."""
    values = {"held": words, "words": words, "languages": LANGUAGES}
    shown, plain = (
        Page(render("header", texts=replace(ZH_HANT, tagline=w, name=w), **values))
        for w in (words, "x")
    )
    assert shown.text.count(words) == 3
    assert (shown.tags, shown.attributes) == (plain.tags, plain.attributes)


def test_a_fact_is_named_once_and_only_where_there_is_one() -> None:
    citation = replace(CITATION, issuer="", date="press.txt", page=None)
    shown = panels_html([Turn("問", replace(ANSWER, citations=(citation,)))])
    assert '<p class="wj-facts"><span>press.txt</span></p>' in shown
    # facts that differ in case are two
    other = replace(CITATION, issuer="Press.txt", date="", page=None)
    shown = panels_html([Turn("問", replace(ANSWER, citations=(other,)))])
    assert "<span>Press.txt</span><span>press.txt</span>" in shown


def test_of_a_quotation_what_answers_best_is_highlighted_in_the_evidence() -> None:
    whole = replace(CITATION, highlight=((0, len(QUOTE)),))
    quoted = replace(ANSWER, answer=QUOTE, granularity="passage", best=(AT, AT + 8))
    quoted = replace(quoted, citations=(whole, CITATION))
    first, other = evidence_of(quoted)
    assert [QUOTE[a:b] for a, b in first.highlight] == ["最高1000萬元"]
    assert other == CITATION
    assert evidence_of(replace(quoted, best=None)) == quoted.citations
