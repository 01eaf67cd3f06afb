from __future__ import annotations

import re
from dataclasses import replace

from tests.ui.page.parser import ANSWER, CITATION, UNANSWERED, Page
from wenju.qa.answer import Absent, Alternative, Citation, RowCell
from wenju.ui.page.conversation import Turn, conversation_html, panels_html
from wenju.ui.texts import EN, LANGUAGES, ZH_HANS, ZH_HANT, Texts


def card(citation: Citation, texts: Texts = ZH_HANT) -> str:
    """A panel of one citation."""
    answer = replace(ANSWER, citations=(citation,), confidence=0.9)
    return panels_html([Turn("問", answer)], texts)


def test_the_lit_text_is_the_answer() -> None:
    page = Page(panels_html([Turn("問", ANSWER)]))
    assert page.marked == ["", ANSWER.answer]


def test_a_citation_says_where_it_stands() -> None:
    text = Page(card(CITATION)).text
    where = ("新聞發布會", "科技局", "2024-05-16", "press.txt", "第 3 頁", "第一章", "支持政策")
    for said in (*where, "3.81", "0.78", ZH_HANT.open_source):
        assert said in text
    assert "p. 3" in Page(card(CITATION, EN)).text


def test_what_was_looked_up_has_no_scores() -> None:
    looked_up = Page(panels_html([Turn("問", replace(ANSWER, confidence=None))])).text
    assert ZH_HANT.details["retrieval"] in Page(card(CITATION)).text
    assert ZH_HANT.details["retrieval"] not in looked_up and ZH_HANT.open_source in looked_up


def test_a_provision_is_told_by_the_way_to_it() -> None:
    statute = replace(
        CITATION,
        article="第24條",
        breadcrumb=("第三章 工資", "第24條", "第一項"),
        reference="勞動基準法第24條第1項",
    )
    way = "第三章 工資", "第24條", "第一項"
    assert all(f"<span>{step}</span>" in card(statute) for step in way)
    answer = replace(ANSWER, citations=(statute,), granularity="passage")
    shown = conversation_html([Turn("問", answer)])
    assert all(step in Page(shown).text for step in way)
    copied = Page(shown).data("data-copy")[0]
    assert copied.split("\n")[1].startswith("勞動基準法第24條第1項（")


def test_what_is_not_there_is_said_in_the_language_of_the_page() -> None:
    absent = Absent("勞動基準法", "第200條", "article", 98, "條", "第86條")
    refused = replace(UNANSWERED, reason="no_such_provision", absent=absent)
    said = [
        Page(conversation_html([Turn("問", refused)], texts)).text for texts in LANGUAGES.values()
    ]
    assert all(part in text for text in said for part in ("98", "第86", "第200"))
    assert "共有 98 條，最後一條是第86條，沒有第200條" in said[0]
    assert "there is no 第200條" in said[-1]
    for kind in ("part", "division"):
        other = replace(refused, absent=replace(absent, kind=kind))
        assert "沒有第200條" in Page(conversation_html([Turn("問", other)])).text


def test_namesakes_are_told_apart_by_their_references() -> None:
    two = replace(
        ANSWER,
        granularity="passage",
        citations=(
            replace(CITATION, reference="甲法第1條"),
            replace(CITATION, reference="《甲法》第一条"),
        ),
        alternatives=(Alternative("別的", 1, 0, 2, 1.0),),
    )
    text = Page(conversation_html([Turn("問", two)])).text
    assert all(said in text for said in (ZH_HANT.namesakes, "甲法第1條", "《甲法》第一条", "別的"))


def test_the_original_is_offered_only_where_repairing_changed_it() -> None:
    repaired = replace(CITATION, original="對生態(tài)型聯合體")
    assert ZH_HANT.original not in card(CITATION)
    assert "對生態(tài)型聯合體" in Page(card(repaired)).text


def test_scores_stand_behind_their_details() -> None:
    [hidden] = re.findall("<details.*?</details>", card(CITATION))
    assert "3.81" in hidden and "0.78" in hidden
    assert ZH_HANT.confidence.format(percent="90") in hidden
    assert "3.81" not in card(CITATION).replace(hidden, "")


def test_a_quotation_is_converted_for_whoever_reads_the_other_script() -> None:
    simplified = replace(CITATION, quote="对生态型联合体", original="对生态型联合体", highlight=())
    shown = Page(card(simplified)).text
    assert ZH_HANT.converted["hant"] in shown and "對生態型聯合體" in shown
    shown = Page(card(CITATION, ZH_HANS)).text
    assert ZH_HANS.converted["hans"] in shown and "对生态型联合体" in shown
    for unchanged in (card(CITATION), card(simplified, ZH_HANS), card(CITATION, EN)):
        assert "wj-converted" not in unchanged


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


def test_a_quoted_row_stands_under_its_columns_and_the_quotation_stays_whole() -> None:
    quote = "名称：南湖小学；学生（人）：1785；教师（人）：<96>。"
    cells = [("名称", "南湖小学"), ("学生（人）", "1785"), ("教师（人）", "<96>")]
    row = tuple(
        RowCell(column, value, quote.index(value), quote.index(value) + len(value))
        for column, value in cells
    )
    lit = row[1].start, row[1].end
    shown = card(replace(CITATION, quote=quote, original=quote, highlight=(lit,), row=row))
    head, body = re.findall(r"<tr>(.*?)</tr>", shown)
    assert re.findall(r"<th scope=\"col\">(.*?)</th>", head) == [column for column, _ in cells]
    values = ["南湖小学", "<mark>1785</mark>", "&lt;96&gt;"]
    assert re.findall(r"<td>(.*?)</td>", body) == values
    assert quote in Page(shown).text
    assert Page(shown).open == []
    assert "<table" not in card(CITATION)
