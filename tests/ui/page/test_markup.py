from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.page.parser import AT, HOSTILE, QUOTE, Page
from wenju.ui.page.markup import attributes, button, lit, note, other_script, spans

# line ends and NUL are the parser's own affair
texts = st.text(max_size=40).map(lambda text: re.sub(r"[\r\x00]", "", text))


@given(texts, st.data())
def test_lit_keeps_every_character(quote: str, data: st.DataObject) -> None:
    place = st.integers(0, len(quote))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted).map(tuple), max_size=4))
    highlight = [(a, b) for a, b in spans]
    page = Page(lit(quote, highlight))
    assert page.text == quote
    first = next(((a, b) for a, b in highlight if a < b), None)
    if first:
        assert quote[first[0] : first[1]] in page.marked


def test_a_second_place_is_lit_more_softly() -> None:
    again = QUOTE.index("最高500萬元")
    shown = lit(QUOTE, [(again, again + 7), (AT, AT + 8), (AT + 2, AT + 10)])
    assert "<mark>最高500萬元</mark>" in shown
    assert '<mark class="also">最高1000萬元</mark>' in shown
    assert shown.count("<mark") == 2


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_put_into_a_piece_stays_text(words: str) -> None:
    page = Page(button("css", words, source=words, places=None))
    assert (page.tags, page.text, page.open) == (["button"], words, [])
    assert page.data("data-source") == [words]
    assert "data-places" not in page.attributes
    noted = Page(note("css", words, words))
    assert noted.tags == ["div", "p", "p"]
    assert noted.text == words * 2


def test_attributes_that_are_none_are_left_out() -> None:
    assert attributes({"a": None, "b": "", "c": 0}) == ' b="" c="0"'


def test_facts_are_named_once_and_only_where_there_are_any() -> None:
    assert Page(spans(["科技局", "", "科技局", "2024"])).text == "科技局2024"


def test_the_other_script_is_named() -> None:
    assert other_script("支持聯合體") == ("hans", "支持联合体")
    assert other_script("支持联合体") == ("hant", "支持聯合體")
    assert other_script("plain words") is None
