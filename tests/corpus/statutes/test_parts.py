"""The parts of an article, written as either country writes them, on lines or inside one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.statutes.parts import parts_of

HAN = "一二三四五六七八九十"
NUMBERS = ["第三條　", "第 3 條\n", "第三条之一 ", "Article 3 ", "§ 3 "]
# marks of items and of sub-items, as Taiwan, the mainland, and notices write them
STYLES = [
    ("{han}、", "（{han}）"),
    ("（{han}）", "{n}."),
    ("({han})", "{n}．"),
    ("{n}. ", "（{n}）"),
]


def mark(style: str, number: int) -> str:
    return style.format(han=HAN[number - 1], n=number)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, str]]]:
    """An article with its parts as kind, number and the text that they begin with."""
    outer, inner = draw(st.sampled_from(STYLES))
    lines: list[str] = []
    parts: list[tuple[str, int, str]] = []
    for paragraph in range(1, draw(st.integers(1, 4)) + 1):
        items = draw(st.integers(0, 4))
        # one item is no list where it stands inside a sentence, but on a line of its own it is
        lines.append(f"第{paragraph}段的說明" + ("如下：" if items else "。"))
        parts.append(("paragraph", paragraph, lines[-1]))
        for item in range(1, items + 1):
            subitems = draw(st.integers(0, 3))
            lines.append(f"{mark(outer, item)}甲事項" + ("：" if subitems else "；"))
            parts.append(("item", item, lines[-1]))
            for subitem in range(1, subitems + 1):
                lines.append(f"{mark(inner, subitem)}乙事項。")
                parts.append(("subitem", subitem, lines[-1]))
    return draw(st.sampled_from(NUMBERS)) + "\n".join(lines), parts


@given(articles())
def test_every_part_is_found_in_its_order(made: tuple[str, list[tuple[str, int, str]]]) -> None:
    text, parts = made
    found = [(p.kind, p.number[0], text[p.start : p.end].split("\n")[0]) for p in parts_of(text)]
    assert found == parts


@given(articles())
def test_parts_lie_in_what_is_above_them(made: tuple[str, list[tuple[str, int, str]]]) -> None:
    text, _ = made
    found = parts_of(text)
    depths = {"paragraph": 0, "item": 1, "subitem": 2}
    for i, part in enumerate(found):
        above = [p for p in found[:i] if depths[p.kind] < depths[part.kind]][-1:]
        assert all(p.start <= part.start and part.end <= p.end for p in above)
        # and they end where the next of their depth begins
        after = [p for p in found[i + 1 :] if depths[p.kind] <= depths[part.kind]][:1]
        assert all(not text[part.end : p.start].strip() for p in after)
        assert text[part.start : part.end].strip() == text[part.start : part.end] != ""
        assert text[part.start :].startswith(part.label)


@given(st.text())
def test_any_text_has_parts(text: str) -> None:
    for part in parts_of(text):
        assert 0 <= part.start < part.end <= len(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第三條 分為：一、甲；二、乙：（一）子；（二）丑；三、丙。", "p1 i1 i2 s1 s2 i3"),
        ("第三条 有下列情形之一的：（一）甲；（二）乙。", "p1 i1 i2"),
        ("第三條 一、甲。\n二、乙。\n前項規定，準用之。", "p1 i1 i2 p2"),
        ("第三條\n（立法目的）\n為了某事，制定本法。\n本法另定之。", "p1 p2"),
        ("第三條 （刪除）", "p1"),
        ("第三條", ""),
        # one mark in a sentence, a share, a reference: no lists
        ("第三條 稅率為1.5％，依第二條第一項（一）之規定。", "p1"),
        ("第三條 二、三級主管，得申請之。", "p1"),
        # an unfinished line goes on below; a formula and a table belong to what announces them
        ("第三條 主管機關應於收到申請之日起\n三十日內決定之。\n前項，準用之。", "p1 p2"),
        ("第三條 公式如下：\nＱ＝甲／乙\n甲 | 乙\n前項，準用之。", "p1 p2"),
        # items twice in one article, and one that was deleted
        ("第三條 如下：\n一、甲。\n二、乙。\n前項如下：\n一、丙。\n三、丁。", "p1 i1 i2 p2 i1 i3"),
        ("第三條 如下：\n一　甲。\n二　乙。", "p1 i1 i2"),
        ("第三條 如下：\n一  甲。\n二  乙。\n前項。", "p1 i1 i2 p2"),
        ("第三條 如下：\n一 甲項。\n二 乙項。", "p1 i1 i2"),
        ("第三條 如下：\n一 般 規 定。\n二 乙 丙 丁。", "p1 p2"),
        ("第三條 如下：\n一、設備：\n鑽床。\n（一）甲。\n二、人員。", "p1 i1 s1 i2"),
    ],
)
def test_articles_of_many_shapes(text: str, parts: str) -> None:
    assert " ".join(f"{p.kind[0]}{p.number[0]}" for p in parts_of(text)) == parts


def test_labels_are_as_they_are_written() -> None:
    labels = [p.label for p in parts_of("第三條 如下：\n（ 一 ）甲。\n(二)乙：\n1. 丙。\n2. 丁。")]
    assert labels == ["", "（一）", "(二)", "1.", "2."]
