from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making import made
from tests.ui.page.parser import HOSTILE, Page, text_of
from wenju.corpus.document import Document, Repair
from wenju.qa.answer import Reference
from wenju.ui.page.document_view import document_values, source_html
from wenju.ui.page.markup import Place, render
from wenju.ui.texts import EN, ZH_HANT, Texts

REPAIRED = (
    "創(chuàng)新聯(lián)合體評審(shěn)辦法\n評審費用為每件2500元，由申請人在評審(shěn)前繳納。\n"
)
LETTERS = "ab<&>\"'國 \n"


def document_html(document: Document, places: Sequence[Place], texts: Texts) -> str:
    return render("document", **document_values(document, places, texts))


def document(text: str = REPAIRED) -> Document:
    return made(text, name="repaired.txt")[0]


@st.composite
def repaired_documents(draw: st.DrawFn) -> Document:
    """A document of any text with any repairs: sorted, disjoint, some that only remove or add."""
    source = draw(st.text(LETTERS, min_size=1, max_size=40))
    ends = draw(st.lists(st.integers(0, len(source)), max_size=8, unique=True).map(sorted))
    repairs, text, at = [], "", 0
    for start, end in zip(ends[::2], ends[1::2], strict=False):
        put = draw(st.text(LETTERS, max_size=3))
        repairs.append(Repair(start, end, put, draw(st.sampled_from(["mojibake", "pinyin"]))))
        text += source[at:start] + put
        at = end
    text += source[at:]
    base = document("任何文字")
    return replace(base, source_text=source, text=text, repairs=tuple(repairs))


@given(repaired_documents(), st.data())
def test_links_change_nothing_of_the_text(made: Document, data: st.DataObject) -> None:
    ends = data.draw(st.lists(st.integers(0, len(made.text)), max_size=8, unique=True).map(sorted))
    links = [
        Reference(a, b, "d2", "第3條", {"article": "3"}, (5, 9))
        for a, b in zip(ends[::2], ends[1::2], strict=False)
    ]
    place = data.draw(st.tuples(*[st.integers(0, len(made.source_text))] * 2).map(sorted))
    places = [(place[0], place[1])] if place[0] < place[1] else []
    shown = render("document", **document_values(made, places, ZH_HANT, links))
    assert text_of(shown, "wj-text") == made.text
    page = Page(shown)
    assert page.open == []
    assert {*page.data("href")} <= {"../document/d2#5-9"}
    assert len(page.data("href")) >= len(links)  # one that a highlight cuts is two


@given(repaired_documents(), st.data())
def test_the_text_shown_is_the_document_and_nothing_else(
    made: Document, data: st.DataObject
) -> None:
    place = st.integers(0, len(made.source_text))
    drawn = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=3))
    places = [(a, b) for a, b in drawn if a < b]
    shown = document_html(made, places, ZH_HANT)
    assert text_of(shown, "wj-text") == made.text
    assert Page(shown).open == []


@given(repaired_documents(), st.data())
def test_what_is_lit_is_the_place_repaired(made: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(made.source_text) - 1))
    end = data.draw(st.integers(start + 1, len(made.source_text)))
    start_inside, end_inside = made.alignment.to_text(start), made.alignment.to_text(end)
    marked = Page(document_html(made, [(start, end)], ZH_HANT)).marked[1:]
    assert marked == [t for t in [made.text[start_inside:end_inside]] if t]


def test_a_repaired_place_tells_what_stood_there() -> None:
    shown = Page(document_html(document(), (), ZH_HANT))
    titles = shown.data("title")
    assert len(titles) == 3
    assert all(
        before in after for before, after in zip(("chuàng", "lián", "shěn"), titles, strict=True)
    )
    assert ZH_HANT.repaired.format(count="3") in shown.text
    assert "repaired" in Page(document_html(document(), (), EN)).text


def test_a_clean_document_says_nothing_of_repairs() -> None:
    shown = document_html(document("每件2500元。"), (), ZH_HANT)
    assert "wj-repaired" not in shown and "wj-hint" not in shown


def test_a_lit_place_that_cuts_a_repair_keeps_it_marked_on_both_sides() -> None:
    base = replace(document("任何"), source_text="甲亂碼乙", text="甲國家乙", repairs=())
    made = replace(base, repairs=(Repair(1, 3, "國家", "mojibake"),))
    shown = document_html(made, [(0, 2)], ZH_HANT)
    assert text_of(shown, "wj-text") == "甲國家乙"
    assert Page(shown).open == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_texts_are_text(words: str) -> None:
    base = document(f"手冊\n{words}\n費用300元。")
    hostile = replace(base, name=words, title=words, issuer=words, date=words)
    shown = Page(source_html(hostile, [(0, 2)], ZH_HANT))
    plain = Page(source_html(document("手冊\nx\n費用300元。"), [(0, 2)], ZH_HANT))
    assert shown.open == [] and words in shown.text
    assert set(shown.tags) <= {*plain.tags, "span"}
    assert shown.attributes - {"title"} == plain.attributes  # some of it is repaired


def test_the_panel_leads_back_on_and_to_the_documents_own_page() -> None:
    base = document()
    shown = Page(source_html(base, [(3, 9), (12, 14)], ZH_HANT))
    assert shown.data("data-step") == ["-1", "1"]
    assert shown.data("data-back") == ["yes"]
    assert shown.data("href") == [f"../document/{base.id}#3-9"]
    assert Page(source_html(base, (), ZH_HANT)).data("href") == [f"../document/{base.id}"]


def test_the_other_script_never_replaces_the_text() -> None:
    simplified = document("图书馆周一闭馆。")
    assert re.search("图书馆周一闭馆。", document_html(simplified, (), ZH_HANT))
