from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.page.parser import ANSWER, AT, CITATION, HOSTILE, QUOTE, UNANSWERED, Page
from wenju.qa.answer import Alternative, Answer, Holding, Holdings, Item, with_reference
from wenju.ui.page.conversation import (
    Turn,
    conversation_html,
    header_html,
    panels_html,
    welcome_html,
)
from wenju.ui.page.markup import places_of
from wenju.ui.page.showing import CERTAINTIES
from wenju.ui.texts import EN, LANGUAGES, ZH_HANT, Texts


def shown(answer: Answer) -> str:
    """A conversation of one question."""
    return conversation_html([Turn("問", answer)])


def everything(words: str) -> str:
    """Every text that is not ours replaced by the words, in every state of the conversation."""
    citation = replace(
        CITATION,
        document_id=words,
        title=words,
        source=words,
        headings=(words,),
        date=words,
        issuer=words,
        original=words + "!",
        quote=words,
        highlight=((0, len(words)),),
    )
    answer = replace(
        ANSWER,
        question=words,
        answer=words,
        asked=words,
        kind=words,
        citations=(citation,),
        alternatives=(Alternative(words, 0, 0, len(words), 0.1),),
        sentence=(0, len(words)),
    )
    listed = replace(answer, items=(Item(words, 0, 0, 1), Item(words, 0, 0, 1)))
    refused = replace(UNANSWERED, nearest=(citation,), reason=words)
    turns = [Turn(words, answer), Turn(words, listed), Turn(words, refused), Turn(words, None)]
    turns.append(Turn(words, trouble=words))
    return conversation_html(turns) + panels_html(turns)


@pytest.mark.parametrize("words", HOSTILE)
def test_foreign_text_is_shown_as_text(words: str) -> None:
    harmless, page = Page(everything("x")), Page(everything(words))
    assert page.open == []
    assert page.tags == harmless.tags
    assert page.attributes == harmless.attributes
    assert page.text.count(words) >= 40  # in every place of every state


@given(st.text(max_size=60))
def test_no_text_changes_the_structure(words: str) -> None:
    # line ends and NUL are the parser's own affair; other scripts are offered beside
    words = re.sub(r"[\r\x00\u2e80-\U0003ffff]", "", words) or "x"
    page = Page(everything(words))
    assert page.tags == Page(everything("x")).tags
    assert words in page.text


def test_the_answer_is_lit_in_its_sentence_which_stands_large() -> None:
    html = shown(ANSWER)
    large = re.findall('<p class="wj-answer[^"]*">(.*?)</p>', html)
    assert [Page(words).text for words in large] == [QUOTE[slice(*ANSWER.sentence or (0, 0))]]
    assert Page(large[0]).marked[1:] == [ANSWER.answer]


def test_a_sentence_that_is_no_more_than_the_answer_is_not_lit() -> None:
    alone = replace(ANSWER, sentence=(AT, AT + 8))
    for answer in (alone, replace(ANSWER, sentence=None)):
        assert f'<p class="wj-answer">{ANSWER.answer}</p>' in shown(answer)


def test_a_number_opens_its_source_where_the_answer_stands() -> None:
    page = Page(conversation_html([Turn("天氣如何"), Turn("多少", ANSWER)]))
    assert page.data("data-source") == ["d1"]
    assert page.data("data-places") == [f"{100 + AT}-{108 + AT}"]
    assert page.data("data-cite") == ["wj-cite-2-1"]
    unlit = replace(CITATION, source_highlight=())
    assert places_of(unlit) == f"100-{100 + len(QUOTE)}"


@pytest.mark.parametrize(
    ("headings", "page", "place"),
    [
        (("第五章", "第45條"), 3, "第45條"),
        ((), 3, "p. 3"),
        ((CITATION.title,), None, ""),
        ((), None, ""),
    ],
)
def test_citations_of_one_document_are_told_apart(
    headings: tuple[str, ...], page: int | None, place: str
) -> None:
    citation = replace(CITATION, headings=headings, page=page)
    html = shown(replace(ANSWER, citations=(citation,)))
    assert re.findall("<small>(.*?)</small>", html) == ([place] if place else [])
    # where statements stand side by side, their titles are there already
    assert "<small>" not in shown(replace(UNANSWERED, nearest=(citation,)))


def test_references_lead_to_the_citations_of_their_own_turn() -> None:
    turns = [
        Turn("甲", replace(ANSWER, citations=(replace(CITATION, title="甲一"), CITATION))),
        Turn("乙", UNANSWERED),
        Turn("丙", replace(ANSWER, citations=(replace(CITATION, title="丙一"),))),
    ]
    panels = panels_html(turns)
    wanted = Page(conversation_html(turns)).data("data-cite")
    titles = dict(re.findall(r'<article[^>]* id="([^"]+)".*?<h3>(.*?)</h3>', panels))
    # those of the refusal are what its documents say, side by side
    assert [titles[w] for w in wanted] == ["甲一", "新聞發布會", "新聞發布會", "丙一"]
    assert len(titles) == 4


def test_no_answer_says_why_and_offers_questions() -> None:
    near = replace(CITATION, highlight=())
    page = Page(conversation_html([Turn("天氣如何", replace(UNANSWERED, nearest=(near,)))]))
    assert ZH_HANT.not_answered in page.text
    assert ZH_HANT.reasons["not_supported"] in page.text
    assert ZH_HANT.try_these in page.text and ZH_HANT.has_answer in page.text
    assert page.marked == [""]


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_a_passage_that_may_answer_is_shown_and_named_as_such(texts: Texts) -> None:
    other = replace(CITATION, title="後來的公告")
    unsure = replace(UNANSWERED, reason="uncertain", nearest=(CITATION, other))
    page = Page(conversation_html([Turn("天氣如何", unsure)], texts))
    assert texts.titles["uncertain"] in page.text and texts.likely["others"] in page.text
    assert texts.not_answered not in page.text
    assert QUOTE in page.text and page.marked[1] == ANSWER.answer
    beside = Page(panels_html([Turn("天氣如何", unsure)], texts)).text
    assert texts.likely["title"] in beside and texts.likely["hint"] in beside
    assert texts.nearest not in beside and texts.nearest_hint not in beside
    alone = replace(unsure, nearest=(CITATION,))
    assert texts.likely["others"] not in conversation_html([Turn("天氣如何", alone)], texts)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_only_where_nothing_is_near_no_answer_was_found(texts: Texts) -> None:
    """Whatever else keeps an answer back stands above it: a part that is missing, two that differ."""
    plain = {r for r in texts.reasons if texts.refusal_title(said(r)) == texts.not_answered}
    assert plain == {"not_supported", "nothing_retrieved"}
    assert set(texts.titles) <= set(texts.reasons)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_a_greeting_is_shown_what_there_is(texts: Texts) -> None:
    kinds = (Holding("notice", 1200, ("甲", "乙")), Holding("", 3, ("<丙>",)))
    held = Holdings(1203, kinds, (Holding("海濱市政府", 2, ("甲",)),))
    greeted = replace(UNANSWERED, reason="overview", nearest=(), holdings=held)
    page = Page(conversation_html([Turn("你好", greeted)], texts))
    told = [texts.kinds["notice"], texts.holdings["other"], "1,203", "1,200", "甲、乙", "<丙>"]
    for words in (*told, "海濱市政府 (2)", texts.titles["overview"], texts.try_these):
        assert words in page.text
    assert texts.has_answer not in page.text and page.open == []
    assert texts.no_passages not in panels_html([Turn("你好", greeted)], texts)


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)
def test_passages_that_mention_a_word_are_called_that(texts: Texts) -> None:
    word = replace(UNANSWERED, reason="word")
    page = Page(conversation_html([Turn("押金", word)], texts))
    assert texts.titles["word"] in page.text and texts.has_answer not in page.text
    beside = panels_html([Turn("押金", word)], texts)
    assert texts.mentioned["hint"] in beside and texts.nearest_hint not in beside


def said(reason: str) -> Answer:
    return replace(UNANSWERED, reason=reason)


def test_documents_that_disagree_stand_side_by_side() -> None:
    other = replace(CITATION, title="後來的公告", date="2025-01-01")
    said = Alternative("最高500萬元", 1, 0, 7, 0.5)
    answer = replace(ANSWER, citations=(CITATION, other), alternatives=(said,))
    page = Page(shown(answer))
    for words in (ZH_HANT.alternatives, "最高500萬元", "後來的公告", "2025-01-01"):
        assert words in page.text
    assert page.data("data-cite") == ["wj-cite-1-1", "wj-cite-1-2"] * 2
    refused = replace(UNANSWERED, reason="answers_disagree", nearest=(CITATION, other))
    text = Page(shown(refused)).text
    assert text.count(f"{ANSWER.answer}新聞發布會2024-05-16") == 1
    assert ZH_HANT.reasons["answers_disagree"] in text


def test_an_enumeration_lists_its_items() -> None:
    items = (Item("甲", 0, 0, 1), Item("乙", 0, 2, 3))
    listed = shown(replace(ANSWER, answer="甲、乙", items=items))
    assert "<li>甲</li><li>乙</li>" in listed
    assert "wj-answer" not in listed


@pytest.mark.parametrize(("length", "css"), [(40, 'er"'), (41, "wj-long"), (121, "wj-longest")])
def test_a_long_answer_is_set_smaller(length: int, css: str) -> None:
    assert css in shown(replace(ANSWER, answer="字" * length, sentence=None))


def test_a_follow_up_shows_what_it_was_rewritten_to() -> None:
    assert "wj-understood" not in conversation_html([Turn("最高支持多少", ANSWER)])
    page = Page(
        conversation_html([Turn("那任務型呢", replace(ANSWER, asked="任務型最高支持多少"))])
    )
    assert ZH_HANT.understood.format(question="任務型最高支持多少") in page.text
    assert page.data("data-edit") == page.data("data-permalink") == ["任務型最高支持多少"]


def test_a_question_in_other_words_is_shown_and_can_be_edited() -> None:
    turn = Turn("加班費怎麼算", replace(ANSWER, question="加班費怎麼算", reworded="延長工時怎麼算"))
    page = Page(conversation_html([turn]))
    assert ZH_HANT.reworded.format(question="延長工時怎麼算") in page.text
    assert page.data("data-edit") == ["延長工時怎麼算"]
    # what is passed on and judged is the question as it was put
    assert page.data("data-permalink") == ["加班費怎麼算"]


def test_a_judgement_knows_what_it_is_about() -> None:
    page = Page(shown(replace(ANSWER, asked="完整的問題")))
    [about] = page.data("data-about")
    assert json.loads(about) == {
        "question": "完整的問題",
        "answer": ANSWER.answer,
        "document_id": "d1",
        "start": 100 + AT,
        "end": 108 + AT,
    }
    assert page.data("data-verdict") == ["right", "wrong", "should_not_have_answered"]
    [about] = Page(shown(UNANSWERED)).data("data-about")
    assert json.loads(about)["document_id"] is None


def test_what_is_copied_is_the_answer_with_its_reference() -> None:
    assert Page(shown(ANSWER)).data("data-copy") == [with_reference(ANSWER)]


@pytest.mark.parametrize(
    ("confidence", "name"),
    [(0.9, "certain"), (0.899, "likely"), (0.6, "likely"), (0.599, "possible"), (0.1, "possible")],
)
def test_a_confidence_is_a_word_with_its_number(confidence: float, name: str) -> None:
    html = shown(replace(ANSWER, confidence=confidence))
    number = ZH_HANT.confidence.format(percent=f"{100 * confidence:.0f}")
    assert Page(html).data("data-certainty") == [name] and f'title="{number}"' in html
    assert f"{ZH_HANT.certainty[name]} {number}" in " ".join(Page(html).text.split())


def test_a_confidence_is_shown_only_where_it_is_calibrated() -> None:
    assert "wj-certainty" not in shown(ANSWER) and "%" not in shown(ANSWER)


def test_the_words_of_a_confidence_are_those_of_the_texts() -> None:
    names = [name for name, _ in CERTAINTIES]
    assert all(list(texts.certainty) == names for texts in LANGUAGES.values())


def test_an_empty_library_says_how_to_fill_it() -> None:
    assert "wenju add" in welcome_html(0)
    assert ZH_HANT.welcome in welcome_html(1)
    assert ZH_HANT.try_these not in welcome_html(0)


def test_the_header_hands_the_script_its_words_and_offers_the_languages() -> None:
    page = Page(header_html(1234, 5, EN))
    assert "1,234 documents" in page.text
    [words] = page.data("data-words")
    assert json.loads(words) == {**EN.script, "problems": {**EN.problems}}
    assert page.data("href") == [f"../{name}/" for name in LANGUAGES]
    assert page.data("aria-current") == ["true"]
    current = page.values.index(("aria-current", "true"))
    assert ("data-lang", "en") in page.values[current - 2 : current]
