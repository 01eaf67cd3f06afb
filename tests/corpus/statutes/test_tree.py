"""The tree of a statute: which lines open articles and divisions, and where those end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Document, Heading, content_id
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import LONG, cut
from wenju.corpus.statutes import Provision, Statute, provisions_of
from wenju.eval.benchmarks.statutes.truth import FORMS, rendered

TEXTS = st.sampled_from(
    [
        "本辦法依某法第三條規定訂定之。",
        "第三條所定之申請，應於期限內提出。",
        "第三條第一項之申請，應於期限內提出。\n前項申請，由主管機關受理。",
        "（刪除）",
        "有下列情形之一者，不予補助：\n一、未滿十八歲。\n二、曾受補助：\n（一）去年。\n（二）今年。\n前項情形，得申復。",
        "主管機關應辦理下列事項：\n" + "\n".join(f"{n}、{'辦理某種事項' * 9}。" for n in "一二三四五六七八九"),
        "違反第五條規定者，處新臺幣三千元以下罰鍰。" * 30,
    ]
)  # fmt: skip
# what a line of an article may begin with and is no article
REFERENCES = st.sampled_from(
    [
        "第二條所定之期限，得延長之。",
        "第二條及第三條之申請，由主管機關受理。",
        "第九十九條 第一項之規定，準用之。",
        "第一條、第二條，於法人準用之。",
    ]
)


def tree(text: str, headings: tuple[Heading, ...] = ()) -> list[Provision]:
    return provisions_of(read_layout(text, headings))


def told(text: str) -> list[tuple[str, tuple[int, ...], str, str, str]]:
    """Kind, number, label, title and text of every provision."""
    return [(p.kind, p.number, p.label, p.title, text[p.start : p.end]) for p in tree(text)]


def document(text: str) -> Document:
    return Document(content_id(text), "a.txt", "/a.txt", "某辦法", "", "", text, text)


@st.composite
def laws(draw: st.DrawFn) -> list[tuple[str, str]]:
    """The articles of a law, numbered as official texts number them; lines may refer to others."""
    found: list[tuple[str, str]] = []
    main = 0
    for _ in range(draw(st.integers(1, 12))):
        main += draw(st.sampled_from([1, 1, 1, 2]))
        for part in range(draw(st.sampled_from([1, 1, 1, 3]))):
            text = draw(TEXTS)
            if draw(st.booleans()) and found:
                text += "\n" + draw(REFERENCES)
            found.append((f"第 {main}-{part} 條" if part else f"第 {main} 條", text))
    return found


@given(laws(), st.sampled_from(sorted(set(FORMS) - {"glued"})))
def test_every_article_is_found_and_nothing_else(law: list[tuple[str, str]], form: str) -> None:
    made = rendered("某辦法", law, form)
    found = [(p.number, p.start, p.end) for p in tree(made.text)]
    assert found == [(p.number, p.start, p.end) for p in made.places]


@given(laws(), st.sampled_from(sorted(set(FORMS) - {"glued"})))
def test_a_passage_lies_in_one_article_and_bears_its_number(
    law: list[tuple[str, str]], form: str
) -> None:
    made = rendered("某辦法", law, form)
    passages = cut(document(made.text))
    articles = {p.start: p for p in tree(made.text)}
    for place in made.places:
        inside = [p for p in passages if place.start <= p.start < place.end]
        assert inside[0].start == place.start and inside[-1].end == place.end
        assert {p.article for p in inside} == {articles[place.start].label}
        assert len(inside) == 1 or place.end - place.start > LONG


def test_divisions_end_with_all_that_is_below_them() -> None:
    text = (
        "某法\n第一編 總　則\n第一章 通則\n第一節 名詞\n第一款 總稱\n第一條 甲。\n第二節 其他\n第二條 乙。\n"
        "第二章之一 罰則\n第二條之一 丙。\n第二編\n債\n第三條 丁。\n附則\n第四條 戊。\n附表一　收費\n甲｜乙"
    )
    chapter = "第一章 通則\n第一節 名詞\n第一款 總稱\n第一條 甲。\n第二節 其他\n第二條 乙。"
    assert told(text) == [
        ("book", (1,), "第一編", "總則", text[3 : text.index("\n第二編")]),
        ("chapter", (1,), "第一章", "通則", chapter),
        ("section", (1,), "第一節", "名詞", "第一節 名詞\n第一款 總稱\n第一條 甲。"),
        ("subsection", (1,), "第一款", "總稱", "第一款 總稱\n第一條 甲。"),
        ("article", (1,), "第一條", "", "第一條 甲。"),
        ("section", (2,), "第二節", "其他", "第二節 其他\n第二條 乙。"),
        ("article", (2,), "第二條", "", "第二條 乙。"),
        ("chapter", (2, 1), "第二章之一", "罰則", "第二章之一 罰則\n第二條之一 丙。"),
        ("article", (2, 1), "第二條之一", "", "第二條之一 丙。"),
        ("book", (2,), "第二編", "債", "第二編\n債\n第三條 丁。"),
        ("article", (3,), "第三條", "", "第三條 丁。"),
        ("chapter", (), "", "附則", "附則\n第四條 戊。"),
        ("article", (4,), "第四條", "", "第四條 戊。"),
        ("annex", (1,), "附表一", "收費", "附表一　收費\n甲｜乙"),
    ]


def test_a_statute_is_asked_by_number_and_by_place() -> None:
    text = "第一章 總則\n第一條 甲。\n第二章 罰則\n第二條 乙。\n第二條之一 丙。"
    statute = Statute(tuple(tree(text)))
    assert [p.label for p in statute.numbered("article", (2, 1))] == ["第二條之一"]
    assert [p.label for p in statute.path(text.index("丙"))] == ["第二章", "第二條之一"]
    chapter = statute.numbered("chapter", (2,))[0]
    assert [p.label for p in statute.inside(chapter, "article")] == ["第二條", "第二條之一"]


@pytest.mark.parametrize(
    "contents",
    [
        "目錄\n第一章 總則\n第二章 罰則\n",
        "目 录\n序言\n第一章 總則 …… 1\n第二章 罰則 …… 3\n",
        "第一章 總則\n第二章 罰則\n",
        "目錄\n第一章 總則\n第一條 目的\n第二條 名詞\n第二章 罰則\n第三條 罰鍰\n",
    ],
)
def test_a_table_of_contents_is_no_division(contents: str) -> None:
    body = "第一章 總則\n第一條 甲。\n第二條 乙。\n第二章 罰則\n第三條 丙。"
    text = f"某法\n{contents}{body}"
    at = text.rindex("第一章")
    assert [(p.label, p.start) for p in tree(text)] == [(p.label, p.start + at) for p in tree(body)]


def test_a_chapter_without_articles_is_no_contents() -> None:
    text = "第一章 總則\n第一條 甲。\n第二章 （刪除）\n第三章 罰則\n第二條 乙。"
    assert [p.label for p in tree(text)] == ["第一章", "第一條", "第二章", "第三章", "第二條"]


def test_several_laws_in_a_file_begin_anew() -> None:
    text = "第一條 甲。\n第二條 乙。\n第三條 丙。\n第一條 丁。\n第二條 戊。"
    assert [p.number for p in tree(text)] == [(1,), (2,), (3,), (1,), (2,)]


def test_the_title_of_the_next_law_is_no_part_of_the_one_before() -> None:
    first = "甲辦法\n第一條 甲。\n第二條 下列各款：\n一、乙\n二、丙。"
    second = "乙辦法\n中華民國一百年一月一日公布\n第一章 總則\n第一條 丁。\n第二條 戊。"
    text = f"{first}\n{second}"
    assert [(p.label, text[p.start : p.end].count("辦法")) for p in tree(text)] == [
        *(("第一條", 0), ("第二條", 0), ("第一章", 0), ("第一條", 0), ("第二條", 0)),
    ]
    assert [p.article for p in cut(document(text)) if "乙辦法" in p.text] in (["第一條"], [""])
    # an article that ends in the middle of a sentence goes on
    quoted = "第一條 甲。\n第二條 書表格式如下：\n申請書\n第一條 乙。"
    assert tree(quoted)[1].end == quoted.index("\n第一條 乙")


def test_excerpts_leave_numbers_out() -> None:
    text = "第六十條 甲。\n第七十二條 乙。\n第一百條 丙。"
    assert [p.number for p in tree(text)] == [(60,), (72,), (100,)]


@pytest.mark.parametrize("number", ["第十三條", "第６０條", "第九条", "第12條", "第 12-1 條"])
def test_what_breaks_the_sequence_is_a_reference(number: str) -> None:
    text = f"第十一條 甲。\n第十二條 乙：\n{number} 規定之申請。\n第十三條 丙。\n第十四條 丁。"
    assert [p.number for p in tree(text)] == [(11,), (12,), (13,), (14,)]
    assert tree(text)[2].start == text.index("第十三條 丙")


def test_headings_of_one_size_are_nested() -> None:
    text = "某法\n第一章 總則\n第一節 通則\n第一條 甲。\n第二節 其他\n第二條 乙。"
    marks = tuple(
        Heading(text.index(h), text.index(h) + len(h), 2)
        for h in ("第一章 總則", "第一節 通則", "第二節 其他")
    )
    marked = replace(document(text), headings=marks)
    assert [p.headings for p in cut(marked)] == [p.headings for p in cut(document(text))]
    labels = "第一章 第一節 第一條 第二節 第二條"
    assert " ".join(p.label for p in tree(text, marks)) == labels


def test_no_statute_has_no_divisions() -> None:
    assert tree("第一章 前言\n這是一份計畫。\n第二章 目標\n這是目標。") == []
