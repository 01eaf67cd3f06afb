"""Provisions by their numbers: the whole text or nothing, in both scripts, and never another's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeEncoder
from tests.making import source
from tests.qa.lookup.statutes import CONTRACT, LABOUR, statutes
from wenju.corpus.document import Document, Passage, content_id
from wenju.corpus.script import to_simplified, to_traditional
from wenju.qa.answer import Citation
from wenju.qa.conversation import Turn
from wenju.qa.engine import Engine
from wenju.qa.lookup.request import referred
from wenju.qa.lookup.titles import seen
from wenju.qa.settings import Settings
from wenju.qa.verification import BrokenPromiseError, check

FIRST_ITEM = "一、在二小時以內者，加給三分之一以上。"
SECOND_ITEM = "二、再延長工作時間者，加給三分之二以上。"
REST_DAY = "雇主使勞工於休息日工作者，另再加給一又三分之一以上。"
ASKED = {
    "勞動基準法第3條第1項第2款規定什麼": SECOND_ITEM,
    "勞基法第三條第一項第一款": FIRST_ITEM,
    "勞基法第3條第2款": SECOND_ITEM,
    "勞動基準法第3條第2項是什麼？": REST_DAY,
    "勞基法 3-1": "第 3-1 條\n前條之工資，應於發薪日一併發給。",
    "勞基法第3條之1的內容": "第 3-1 條\n前條之工資，應於發薪日一併發給。",
    "請問勞基法第４條寫了什麼": "第 4 條\n（刪除）",
    "劳动合同法第二条第二款": "劳动者月工资高于三倍的，按三倍的数额支付。",
    "《中华人民共和国劳动合同法》第三条第二项怎么规定的": "（二）被依法追究刑事责任的。",
    "劳动合同法3条1项": "（一）严重违反规章制度的；",
    "劳动合同法第三条之一": "第三条之一 用人单位应当出具证明。",
    "what does article 5 of the Labor Standards Act say?": "第 5 條\n本法自公布日施行。",
}


@pytest.mark.parametrize(("question", "text"), ASKED.items())
def test_what_is_asked_for_is_what_is_shown(laws: Engine, question: str, text: str) -> None:
    answer = laws.ask(question)
    assert (answer.answer, answer.granularity) == (text, "passage")
    assert not answer.alternatives


@pytest.mark.parametrize("question", ASKED)
def test_both_scripts_are_answered_alike(laws: Engine, question: str) -> None:
    simple, traditional = (laws.ask(f(question)) for f in (to_simplified, to_traditional))
    assert simple.answered
    assert simple.citations == traditional.citations
    assert simple.items == traditional.items


def test_an_article_is_cited_whole_with_its_place(laws: Engine) -> None:
    first = laws.ask("勞基法第3條第2項").citations[0]
    assert first.quote.startswith("第 3 條\n雇主延長") and first.quote.endswith(REST_DAY)
    assert first.article == "第3條"
    assert first.provision == {"chapter": "2", "article": "3", "paragraph": "2"}
    assert first.breadcrumb == ("第二章 工資", "第3條", "第二項")
    assert first.reference == "勞動基準法第3條第2項"


def test_the_mainland_calls_paragraphs_and_items_otherwise(laws: Engine) -> None:
    paragraph = laws.ask("劳动合同法第二条第二款").citations[0]
    assert paragraph.reference == "《中华人民共和国劳动合同法》第二条第二款"
    item = laws.ask("劳动合同法第三条第二项").citations[0]
    assert item.reference == "《中华人民共和国劳动合同法》第三条第二项"
    assert item.provision["item"] == "2"


def test_a_number_that_several_paragraphs_have_is_answered_from_each(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    text = "收費規則\n第一條 甲如下：\n一、甲一。\n二、甲二。\n乙如下：\n一、乙一。\n二、乙二。\n第二條 完。"
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(text)])
        answer = engine.ask("第一條第二款")
        assert (answer.answer, [o.text for o in answer.alternatives]) == (
            "二、甲二。",
            ["二、乙二。"],
        )
        assert len(answer.citations) == 1


ACT = """Bicycle Parking Act
Article 1 This Act applies to all bicycles.
Article 2 Owners shall:
(1) park in marked places;
(2) lock their bicycles.
Article 3 This Act enters into force on 1 January 2024.
"""


@pytest.mark.parametrize(
    ("question", "text", "reference"),
    [
        ("Article 3 of the Bicycle Parking Act", "Article 3 This", "Article 3"),
        ("What does § 3 of the Bicycle Parking Act say?", "Article 3 This", "Article 3"),
        ("Art. 2(2) Bicycle Parking Act", "(2) lock", "Article 2, item 2"),
        ("bicycle parking act article 2 item 1", "(1) park", "Article 2, item 1"),
    ],
)
def test_english_statutes(tmp_path: Path, question: str, text: str, reference: str) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(ACT), *statutes()])
        answer = engine.ask(question)
        assert answer.answer.startswith(text)
        assert answer.citations[0].reference == f"Bicycle Parking Act, {reference}"


def test_statutes_of_one_name_are_all_answered_from(laws: Engine) -> None:
    answer = laws.ask("著作权法第1条规定什么")
    titles = {citation.title for citation in answer.citations}
    assert titles == {"著作權法", "中华人民共和国著作权法"}
    assert len(answer.alternatives) == 1
    assert {c.provision["article"] for c in answer.citations} == {"1"}


@pytest.mark.parametrize("where", ["中华人民共和国", "中国大陆"])
def test_the_country_tells_them_apart(laws: Engine, where: str) -> None:
    answer = laws.ask(f"{where}著作权法第2条")
    assert answer.answer == "第二条 中国公民的作品享有著作权。"
    assert not answer.alternatives


ABSENT = {
    "勞基法第200條": ("第200條", "article", 6, "第5條"),
    "劳动合同法第五条": ("第五条", "article", 5, "第四条"),
    "勞基法第2條之7": ("第2條之7", "article", 6, "第5條"),
    "勞基法第3條第9項": ("第3條第9項", "part", 2, ""),
    "勞基法第3條第1項第8款": ("第3條第1項第8款", "part", 2, ""),
    "勞基法第九章有哪幾條": ("第九章", "division", 2, ""),
}


@pytest.mark.parametrize(("question", "said"), ABSENT.items())
def test_what_is_not_there_is_refused_with_what_is(
    laws: Engine, question: str, said: tuple[str, str, int, str]
) -> None:
    answer = laws.ask(question)
    assert (answer.answered, answer.reason) == (False, "no_such_provision")
    assert answer.absent is not None
    absent = answer.absent
    assert (absent.asked, absent.kind, absent.count, absent.last) == said


@given(number=st.integers(6, 9999), under=st.none() | st.integers(2, 99), part=st.integers(0, 99))
def test_numbers_that_are_not_there_never_answer(
    laws: Engine, number: int, under: int | None, part: int
) -> None:
    said = f"勞基法第{number}條" + (f"之{under}" if under else "") + (f"第{part}項" if part else "")
    answer = laws.ask(said)
    assert (answer.answered, answer.reason) == (False, "no_such_provision")


@given(article=st.sampled_from(["1", "2", "3", "3-1", "4", "5"]), paragraph=st.integers(1, 9))
def test_a_paragraph_is_a_slice_of_its_article(laws: Engine, article: str, paragraph: int) -> None:
    whole = laws.ask(f"勞基法第{article}條")
    part = laws.ask(f"勞基法第{article}條第{paragraph}項")
    assert whole.answered and LABOUR.count(whole.answer) == 1
    if part.answered:
        assert part.answer in whole.answer
        assert part.citations[0].passage_id == whole.citations[0].passage_id
    else:
        assert part.reason == "no_such_provision"


@pytest.mark.parametrize("question", [*ASKED, *ABSENT, "著作权法第1条", "勞基法第二章有哪幾條"])
def test_every_look_up_verifies_and_a_changed_one_does_not(laws: Engine, question: str) -> None:
    answer = laws.ask(question)
    shown = (*answer.citations, *answer.nearest)
    documents = {c.document_id: laws.library.document(c.document_id) for c in shown}
    passages = {c.passage_id: passage(c, documents[c.document_id]) for c in shown}
    check(answer, passages, documents)
    assert all(c.passage_id == content_id(c.document_id, *place(passages, c)) for c in shown)
    with pytest.raises(BrokenPromiseError):
        check(replace(answer, answer=f"{answer.answer}。"), passages, documents)


def passage(citation: Citation, document: Document) -> Passage:
    start = document.alignment.to_text(citation.start)
    end = start + len(citation.quote)
    return Passage(citation.passage_id, document.id, 0, start, end, citation.quote)


def place(passages: dict[str, Passage], citation: Citation) -> tuple[str, str]:
    """Where a cited passage stands: the id of a passage is made of that."""
    found = passages[citation.passage_id]
    return str(found.start), str(found.end)


@pytest.mark.parametrize(
    "question",
    ["火星管理法第3條規定什麼", "行政訴訟法第3條", "勞動基準法施行細則第1條", "民法典第三条"],
)
def test_a_statute_that_is_not_there_is_not_another(laws: Engine, question: str) -> None:
    answer = laws.ask(question)
    assert (answer.answered, answer.reason) == (False, "no_such_statute")


def test_without_a_name_it_is_asked_which(laws: Engine) -> None:
    answer = laws.ask("第3條規定什麼")
    assert (answer.answered, answer.reason) == (False, "which_statute")
    assert 0 < len(answer.nearest) <= laws.settings.nearest
    assert {c.provision["article"] for c in answer.nearest} == {"3"}


def test_the_only_statute_needs_no_name(laws: Engine) -> None:
    labour = next(d.id for d in laws.library.documents() if d.title == "勞動基準法")
    answer = laws.ask("第3條第2項規定什麼", document_ids=[labour])
    assert (answer.answer, answer.asked) == (REST_DAY, "")


def test_a_conversation_goes_on_with_its_statute(laws: Engine) -> None:
    earlier = [Turn("勞基法第1條規定什麼"), Turn("自行車停在哪裡")]
    answer = laws.ask("那第3條呢", earlier=earlier)
    assert answer.citations[0].reference == answer.asked == "勞動基準法第3條"
    part = laws.ask("第二項呢？", earlier=[*earlier, Turn(answer.asked)])
    assert (part.answer, part.asked) == (REST_DAY, "勞動基準法第3條第2項")
    other = laws.ask("劳动合同法第3条呢", earlier=earlier)
    assert other.citations[0].article == "第三条"


@pytest.mark.parametrize(
    "question",
    ["違反勞基法第3條要罰多少", "劳动合同法第3条和第4条有何不同"],
)
def test_what_asks_more_is_searched_for_in_the_statute(laws: Engine, question: str) -> None:
    answer = laws.ask(question)
    assert answer.confidence is not None, "it was searched for, and not looked up"
    titles = {c.title for c in (*answer.citations, *answer.nearest)}
    assert len(titles) == 1


def test_what_is_asked_of_an_article_is_read_there_and_else_it_is_shown_whole(
    laws: Engine,
) -> None:
    answer = laws.ask("勞基法第3條的工資怎麼算")
    assert (answer.answered, answer.citations[0].article) == (True, "第3條")
    assert answer.granularity == "passage" and answer.best is not None
    assert "加給" in answer.answer[slice(*answer.best)]
    none = laws.ask("勞基法第99條的工資怎麼算")
    assert (none.answered, none.reason) == (False, "no_such_provision")
    assert none.absent is not None and none.absent.asked


def test_a_chapter_is_told_by_its_heading_and_its_articles(laws: Engine) -> None:
    heading = laws.ask("勞基法第二章是什麼")
    assert heading.answer == "第二章 工資"
    listed = laws.ask("勞基法第二章有哪幾條")
    assert listed.granularity == "list"
    assert [item.text for item in listed.items] == ["第 3 條", "第 3-1 條", "第 4 條", "第 5 條"]
    count = laws.ask("劳动合同法一共多少条")
    assert count.answer == "第四条"


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("勞基法哪一條規定了休息日工作的工資", "第 3 條"),
        ("勞動基準法的用詞定義規定在第幾條", "第 2 條"),
        ("劳动合同法哪条规定了用人单位可以解除劳动合同", "第三条"),
    ],
)
def test_which_article_provides_for_a_matter(laws: Engine, question: str, label: str) -> None:
    for ask in (question, to_traditional(question), to_simplified(question)):
        answer = laws.ask(ask)
        assert (answer.question, answer.answer, answer.granularity) == (ask, label, "span")
        assert answer.citations[0].quote.startswith(label)
        assert answer.confidence == pytest.approx(1 - answer.no_answer_score)


def test_a_mere_reference_is_followed() -> None:
    assert referred(seen("依本法第四十七條規定")) == referred(seen("第47条的规定")) == (47,)
    assert referred(seen("依第三十二條規定加倍發給")) == ()
    assert referred(seen("加倍發給")) == ()


def test_a_name_of_ones_own(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    settings.home.mkdir()
    (settings.home / "statute_names.tsv").write_text("勞動基準法\t打工法\n", encoding="utf-8")
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources(statutes())
        assert engine.ask("打工法第5條").citations[0].title == "勞動基準法"


def test_the_newest_version_of_a_title_is_meant(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    old, new = (CONTRACT.replace("制定本法", f"制定本法（{word}）") for word in ("舊", "新"))
    with Engine.open(settings, encoder=FakeEncoder()) as engine:
        engine.add_sources([source(new, "劳动合同法(2012-12-28).txt")])
        engine.add_sources([source(old, "劳动合同法(2007-06-29).txt")])
        answer = engine.ask("劳动合同法第一条")
        assert "（新）" in answer.answer and not answer.alternatives
        # the catalogue follows the library
        engine.remove([answer.citations[0].document_id])
        assert "（舊）" in engine.ask("劳动合同法第一条").answer


def test_a_library_without_statutes_is_searched(engine: Engine) -> None:
    engine.add_sources([statutes()[-1]])
    assert engine.ask("第三條規定什麼").reason not in ("which_statute", "no_such_statute")
