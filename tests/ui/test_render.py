from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Answer, Citation, Item
from ui import render
from ui.render import Turn
from ui.texts import ZH_HANT

QUOTE = "對生態型聯合體，給予最高1000萬元支持；對任務型聯合體，給予最高500萬元支持。"
AT = QUOTE.index("最高1000萬元")
CITATION = Citation(
    document_id="d1",
    title="新聞發布會",
    source="press.txt",
    page=3,
    headings=("第一章", "支持政策"),
    passage_id="p1",
    start=0,
    end=len(QUOTE),
    original=QUOTE,
    quote=QUOTE,
    highlight=((AT, AT + 8),),
    retrieval_score=3.811,
    span_score=0.777,
    date="2024-05-16",
    issuer="科技局",
)
ANSWER = Answer("最高支持多少", True, "最高1000萬元", "amount", citations=(CITATION,), took_ms=42.0)
UNANSWERED = Answer("天氣如何", False, "", "other", nearest=(CITATION,), reason="not_supported")
HOSTILE = [
    "<script>alert(1)</script>",
    "</div></aside></section>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "**粗體** _斜體_ [連結](javascript:alert(1)) # 標題",
    "$x$ $$\\frac{1}{2}$$ \\(a\\)",
    "{{value}} ${1+1} `code`",
    "&lt;b&gt; &amp;",
]


class Page(HTMLParser):
    """The tags and the visible text of a piece of HTML, and whether its tags are balanced."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.marked = [""]
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self.open:
            self.marked[-1] += data


def everything(words: str) -> str:
    """Every text that is not ours replaced by the words, in every state of the page."""
    citation = replace(
        CITATION,
        title=words,
        source=words,
        headings=(words,),
        date=words,
        issuer=words,
        original=words + "!",
        quote=words,
        highlight=((0, len(words)),),
    )
    answer = replace(ANSWER, question=words, answer=words, kind=words, citations=(citation,))
    listed = replace(answer, items=(Item(words, 0, 0, 1), Item(words, 0, 0, 1)))
    refused = replace(UNANSWERED, nearest=(citation,), reason=words)
    turns = [Turn(words, answer), Turn(words, listed), Turn(words, refused), Turn(words, None)]
    turns.append(Turn(words, trouble=words))
    return render.conversation(turns) + render.panels_html(turns)


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_is_shown_as_text(words: str) -> None:
    harmless, page = Page(everything("x")), Page(everything(words))
    assert page.open == []
    assert page.tags == harmless.tags
    assert page.attributes == harmless.attributes
    assert page.text.count(words) >= 25  # in every place of every state


@given(st.text(max_size=60))
def test_no_text_changes_the_structure(words: str) -> None:
    # line ends and NUL are the parser's own affair
    words = re.sub(r"[\r\x00]", "", words) or "x"
    page = Page(everything(words))
    assert page.tags == Page(everything("x")).tags
    assert words in page.text


@given(st.text(max_size=40), st.data())
def test_lit_keeps_every_character(quote: str, data: st.DataObject) -> None:
    quote = re.sub(r"[\r\x00]", "", quote)
    place = st.integers(0, len(quote))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted).map(tuple), max_size=4))
    highlight = [(a, b) for a, b in spans]
    page = Page(render.lit(quote, highlight))
    assert page.text == quote
    first = next(((a, b) for a, b in highlight if a < b), None)
    if first:
        assert quote[first[0] : first[1]] in page.marked


def test_the_lit_text_is_the_answer() -> None:
    page = Page(render.panel_html(Turn("問", ANSWER)))
    assert page.marked == ["", ANSWER.answer]


def test_a_second_place_is_lit_more_softly() -> None:
    again = QUOTE.index("最高500萬元")
    lit = render.lit(QUOTE, [(again, again + 7), (AT, AT + 8), (AT + 2, AT + 10)])
    assert "<mark>最高500萬元</mark>" in lit
    assert '<mark class="also">最高1000萬元</mark>' in lit
    assert lit.count("<mark") == 2


def test_a_citation_says_where_it_stands() -> None:
    text = Page(render.citation_html(CITATION, 1)).text
    for said in (
        "新聞發布會",
        "科技局",
        "2024-05-16",
        "press.txt",
        "第 3 頁",
        "支持政策",
        "3.81",
        "0.78",
    ):
        assert said in text


def test_the_original_is_offered_only_where_repairing_changed_it() -> None:
    repaired = replace(CITATION, original="對生態(tài)型聯合體")
    assert ZH_HANT.original not in render.citation_html(CITATION, 1)
    assert "對生態(tài)型聯合體" in Page(render.citation_html(repaired, 1)).text


def test_a_document_without_title_goes_by_its_name() -> None:
    assert "<h3>press.txt</h3>" in render.citation_html(replace(CITATION, title=""), 1)


def test_references_lead_to_the_citations_of_their_own_turn() -> None:
    turns = [
        Turn("甲", replace(ANSWER, citations=(replace(CITATION, title="甲一"), CITATION))),
        Turn("乙", UNANSWERED),
        Turn("丙", replace(ANSWER, citations=(replace(CITATION, title="丙一"),))),
    ]
    panels = render.panels_html(turns)
    wanted = re.findall(r'data-cite="([^"]+)"', render.conversation(turns))
    titles = dict(re.findall(r'<article[^>]* id="([^"]+)".*?<h3>(.*?)</h3>', panels))
    assert [titles[w] for w in wanted] == ["甲一", "新聞發布會", "丙一"]
    assert len(titles) == 4
    assert [" hidden>" in aside for aside in panels.split("<aside")[1:]] == [True, True, False]


def test_no_answer_names_the_nearest_passages_as_such() -> None:
    turn = Turn("天氣如何", UNANSWERED)
    said, panel = Page(render.turn_html(turn)).text, Page(render.panel_html(turn))
    assert ZH_HANT.not_answered in said
    assert ZH_HANT.reasons["not_supported"] in said
    assert ZH_HANT.nearest in panel.text and ZH_HANT.nearest_hint in panel.text
    assert ZH_HANT.sources not in panel.text


def test_nothing_near_is_said_too() -> None:
    turn = Turn("天氣如何", replace(UNANSWERED, nearest=(), reason="nothing_retrieved"))
    assert ZH_HANT.no_passages in render.panel_html(turn)
    assert ZH_HANT.reasons["nothing_retrieved"] in render.turn_html(turn)


def test_an_enumeration_lists_its_items() -> None:
    items = (Item("甲", 0, 0, 1), Item("乙", 0, 2, 3))
    listed = render.answer_html(replace(ANSWER, answer="甲、乙", items=items))
    assert "<li>甲</li><li>乙</li>" in listed
    assert "wj-answer" not in listed


@pytest.mark.parametrize(("length", "css"), [(40, 'er"'), (41, "wj-long"), (121, "wj-longest")])
def test_a_long_answer_is_set_smaller(length: int, css: str) -> None:
    assert css in render.answer_html(replace(ANSWER, answer="字" * length))


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "wenju add" in render.welcome_html(0)
    assert ZH_HANT.welcome in render.welcome_html(1)
    assert "1,234 份文件" in render.header_html(1234, 5)
