"""The page's filters, and what it says of texts that are not in force."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest

from tests.ui.page.parser import ANSWER, CITATION, Page
from wenju.corpus.metadata.fields import KINDS
from wenju.index.jurisdictions import path_of
from wenju.index.scope import BadScope, Scope
from wenju.qa.answer import Alternative
from wenju.ui.page.conversation import Turn, conversation_html, filters_html, panels_html
from wenju.ui.page.events import chosen_scope
from wenju.ui.texts import LANGUAGES, Texts

OLD = replace(
    CITATION,
    passage_id="p2",
    document_id="d2",
    jurisdiction="TW/臺北市",
    standing="superseded",
    current_id="d1",
    current_title="辦法",
    current_date="2024-05-16",
)


def test_what_the_page_sends_is_a_scope() -> None:
    assert chosen_scope("") == chosen_scope("[]") == chosen_scope("null") == Scope()
    assert chosen_scope("not JSON") == Scope()
    assert chosen_scope('["a"]') == Scope(document_ids=("a",))
    said = '{"document_ids": [], "kinds": ["law"], "jurisdictions": ["TW"], "as_of": "2021-05-01"}'
    assert chosen_scope(said) == Scope(kinds=("law",), jurisdictions=("TW",), as_of="2021-05-01")
    assert chosen_scope('{"kinds": 5, "issuers": ["", "a"]}') == Scope(issuers=("a",))
    with pytest.raises(BadScope):
        chosen_scope('{"as_of": "soon"}')


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_every_kind_can_be_chosen(texts: Texts) -> None:
    shown = filters_html(texts)
    assert all(
        f'<option value="{kind}" data-words="{texts.kinds[kind]}">' in shown for kind in KINDS
    )
    named = ("as_of", "kinds", "jurisdictions", "issuers", "issued_from", "issued_until")
    assert all(f'data-filter="{name}"' in shown for name in named)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_a_place_can_be_filtered_by_as_the_page_calls_it(texts: Texts) -> None:
    assert {path: path_of(name) for path, name in texts.places.items()} == {
        path: path for path in texts.places
    }


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_an_old_version_says_what_it_is_and_why_it_differs(texts: Texts) -> None:
    other = Alternative("最高500萬元", 1, *OLD.highlight[0], 0.5, "version")
    answer = replace(ANSWER, citations=(CITATION, OLD), alternatives=(other,))
    turns = [Turn("問", answer)]
    for shown in map(unescape, (conversation_html(turns, texts), panels_html(turns, texts))):
        assert texts.standings["superseded"] in shown
        assert texts.current.format(title="辦法", date="2024-05-16") in Page(shown).text
        assert 'href="../document/d1"' in shown
        assert "臺北市" in shown
    assert texts.differences["version"] in conversation_html(turns, texts)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_what_stands_side_by_side_is_named_after_the_one_thing_in_which_it_differs(
    texts: Texts,
) -> None:
    def headed(*differences: str) -> str:
        others = tuple(Alternative("別的", 1, *OLD.highlight[0], 0.5, d) for d in differences)
        answer = replace(ANSWER, citations=(CITATION, OLD), alternatives=others)
        return Page(conversation_html([Turn("問", answer)], texts)).text

    for difference, words in texts.beside.items():
        assert words in headed(difference) and words in headed(difference, difference)
        assert texts.alternatives not in headed(difference)
    for mixed in (("version", "jurisdiction"), ("version", ""), ("",), ("issuer",)):
        assert texts.alternatives in headed(*mixed)


def test_what_is_in_force_says_nothing_of_it() -> None:
    answer = replace(ANSWER, citations=(replace(CITATION, standing="in_force", jurisdiction="CN"),))
    for texts in LANGUAGES.values():
        shown = panels_html([Turn("問", answer)], texts)
        assert "wj-standing" not in shown
        assert texts.places["CN"] in shown
