from __future__ import annotations

from dataclasses import replace

from tests.ui.page.parser import ANSWER, CITATION, UNANSWERED, Page
from wenju.qa.answer import Citation
from wenju.ui.page.conversation import Turn, panels_html
from wenju.ui.texts import EN, ZH_HANT, Texts


def card(citation: Citation, texts: Texts = ZH_HANT) -> str:
    """A panel of one citation."""
    return panels_html([Turn("問", replace(ANSWER, citations=(citation,)))], texts)


def test_the_lit_text_is_the_answer() -> None:
    page = Page(panels_html([Turn("問", ANSWER)]))
    assert page.marked == ["", ANSWER.answer]


def test_a_citation_says_where_it_stands() -> None:
    text = Page(card(CITATION)).text
    where = ("新聞發布會", "科技局", "2024-05-16", "press.txt", "第 3 頁", "第一章", "支持政策")
    for said in (*where, "3.81", "0.78", ZH_HANT.open_source):
        assert said in text
    assert "p. 3" in Page(card(CITATION, EN)).text


def test_the_original_is_offered_only_where_repairing_changed_it() -> None:
    repaired = replace(CITATION, original="對生態(tài)型聯合體")
    assert ZH_HANT.original not in card(CITATION)
    assert "對生態(tài)型聯合體" in Page(card(repaired)).text


def test_the_other_script_is_offered_as_converted() -> None:
    shown = Page(card(CITATION)).text
    assert ZH_HANT.converted["hans"] in shown and "对生态型联合体" in shown
    plain = replace(CITATION, quote="plain words", highlight=())
    assert "wj-converted" not in card(plain)


def test_a_document_without_title_goes_by_its_name() -> None:
    assert "<h3>press.txt</h3>" in card(replace(CITATION, title=""))


def test_only_the_newest_panel_is_in_sight() -> None:
    panels = panels_html([Turn("甲", ANSWER), Turn("乙", UNANSWERED), Turn("丙")])
    hidden = [" hidden>" in aside for aside in panels.split("<aside")[1:]]
    assert hidden == [True, True, False]
    assert ZH_HANT.sources_hint in panels_html([])


def test_what_is_near_is_named_as_such() -> None:
    near = Page(panels_html([Turn("天氣如何", UNANSWERED)])).text
    assert ZH_HANT.nearest in near and ZH_HANT.nearest_hint in near
    assert ZH_HANT.sources not in near
    nothing = replace(UNANSWERED, nearest=(), reason="nothing_retrieved")
    assert ZH_HANT.no_passages in panels_html([Turn("天氣如何", nothing)])
