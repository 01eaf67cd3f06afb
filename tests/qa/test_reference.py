from __future__ import annotations

from dataclasses import replace

from wenju.qa.answer import Answer, Citation, Item, reference, with_reference

CITATION = Citation(
    document_id="d1",
    title="支持辦法",
    source="rules.pdf",
    page=3,
    headings=("第一章", "第二條"),
    passage_id="p1",
    start=100,
    end=120,
    original="最高支持1000萬元",
    quote="最高支持1000萬元",
    highlight=((4, 10),),
    retrieval_score=1.0,
    span_score=1.0,
    date="2024-05-16",
    issuer="科技局",
    source_highlight=((104, 110),),
)
ANSWER = Answer("最高多少", True, "1000萬元", "amount", citations=(CITATION,))


def test_a_reference_names_issuer_date_place_and_characters() -> None:
    assert (
        reference(CITATION) == "《支持辦法》（科技局，2024-05-16），第二條，p. 3，rules.pdf:104–110"
    )


def test_what_a_document_does_not_say_is_left_out() -> None:
    bare = replace(CITATION, issuer="", date="", headings=(), page=None, source_highlight=())
    assert reference(bare) == "《支持辦法》，rules.pdf:100–120"
    assert reference(replace(CITATION, issuer="")).startswith("《支持辦法》（2024-05-16），")


def test_an_answer_is_quoted_above_all_its_references() -> None:
    two = replace(ANSWER, citations=(CITATION, replace(CITATION, title="公告")))
    assert with_reference(two).split("\n") == [
        "「1000萬元」",
        reference(CITATION),
        reference(replace(CITATION, title="公告")),
    ]


def test_an_answer_in_parts_is_quoted_part_by_part() -> None:
    parts = replace(ANSWER, answer="甲、乙", items=(Item("甲", 0, 0, 1), Item("乙", 0, 2, 3)))
    assert with_reference(parts).startswith("「甲」「乙」\n")


def test_no_answer_has_no_reference() -> None:
    refused = Answer("天氣", False, "", "other", nearest=(CITATION,), reason="not_supported")
    assert with_reference(refused) == ""
