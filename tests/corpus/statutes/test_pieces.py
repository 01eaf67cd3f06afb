"""Long articles in pieces: nothing lost, and cut where a reader would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.statutes.pieces import pieces

LINES = st.sampled_from(
    [
        "前項規定，準用之。",
        "有下列情形之一者：",
        "一、未滿十八歲。",
        "二、曾受補助：",
        "（一）去年" + "受過補助" * 20 + "。",
        "甲 | 乙",
        "這一段比較長，說明了補助的對象、金額和申請的方式。" * 6,
        "沒有標點" * 50,
    ]
)


@given(st.lists(LINES, max_size=20), st.integers(20, 400))
def test_pieces_lose_nothing_and_are_not_too_long(lines: list[str], limit: int) -> None:
    text = "\n".join(["第一章 總則", "第三條 甲。", *lines])
    at = 0
    for start, end in pieces(text, 0, text.index("第三條"), len(text), limit):
        assert at <= start < end <= start + limit
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_it_is_cut_before_paragraphs_and_items() -> None:
    items = [f"{n}、{'辦理某種事項' * 12}。" for n in "一二三四五六"]
    text = "\n".join(["第三條 如下：", *items, "前項事項，" + "準用之，" * 30 + "完。"])
    found = [text[a:b] for a, b in pieces(text, 0, 0, len(text), 400)]
    assert len(found) == 2
    assert found[0].startswith("第三條 如下：\n一、")
    assert found[1].split("\n")[0] in items


def test_items_inside_a_line_are_kept_whole() -> None:
    items = [f"（{n}）{'辦理某種事項，完成。' * 8}" for n in "一二三四五六七八"]
    text = "第三条 如下：" + "".join(items)
    found = [text[a:b] for a, b in pieces(text, 0, 0, len(text), 400)]
    assert "".join(found) == text
    assert all(piece.startswith("（") for piece in found[1:])


def test_headings_go_with_the_beginning_of_a_long_article() -> None:
    text = "第三章 罰則\n第三條 " + "違反規定者，處以罰鍰。" * 60
    first = pieces(text, 0, text.index("第三條"), len(text), 400)[0]
    assert text[slice(*first)].startswith("第三章 罰則\n第三條 違反")
