"""A layout loses nothing, and its slices agree with it."""

from __future__ import annotations

import json
import lzma
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import Document, content_id
from wenju.corpus.formats.records import one_line
from wenju.corpus.layout import Layout, Role, passage_layout, read_layout
from wenju.corpus.passages import cut

LAWS = Path(os.environ.get("WENJU_DATA", Path(__file__).parents[4] / "shared" / "data"))
LAWS = LAWS / "scale" / "tw_laws_zh_hant.jsonl.xz"
LINES = st.sampled_from(
    [
        *(
            "",
            " ",
            "停車辦法",
            "第三章 罰則",
            "一、申請",
            "二、審查",
            "（一）甲；（二）乙。",
            "- 甲",
            "- 乙",
        ),
        *(
            "第十二條 違反前條規定者，處罰鍰。",
            "第十三條違反前條規定者，處罰鍰。",
            "下列情形：",
            "申請條件",
        ),
        *(
            "記者問：什麼時候發？",
            "時間：五月　地點：市府",
            "甲 | 乙",
            "1 | 2",
            "|---|---|",
            "a\tb\tc",
        ),
        *(
            "發布日期：2024-04-02",
            "市政府",
            "2024年4月2日",
            "一是制度，二是宣導。",
            "①申請；②審查。",
        ),
        *("\u3000\u3000段首空格，說明。", "| 甲 | 乙 |", "一　甲。二　乙。"),
    ]
)
TEXTS = st.lists(LINES, max_size=15).map("\n".join) | st.text()


def all_inside(layout: Layout) -> bool:
    """Whether every place lies in the text, in what it belongs to, the right way round."""
    size = len(layout.text)
    for line in layout.lines:
        places = [line.body, *line.cells, *((m.start, m.end) for m in line.marks)]
        places += [place for f in line.fields for place in (f.label, f.value)]
        if not all(line.start <= a <= b <= line.end for a, b in places):
            return False
    for block in layout.blocks:
        inside = [*((i.start, i.end) for i in block.items)]
        if not all(block.start <= a <= b <= block.end for a, b in inside):
            return False
        if not 0 <= block.start <= block.end <= size:
            return False
    return len(layout.above) == len(layout.lines)


@given(TEXTS)
def test_lines_partition_the_text(text: str) -> None:
    layout = read_layout(text)
    assert "\n".join(text[line.start : line.end] for line in layout.lines) == text
    assert layout == read_layout(text)
    assert all_inside(layout)
    for line in layout.lines:
        assert layout.line_at(line.start) == layout.line_at(line.end) == line
        assert (line.role == Role.BLANK) == (not text[line.start : line.end].strip())


@given(TEXTS, st.data())
def test_a_slice_is_the_same_layout_moved(text: str, data: st.DataObject) -> None:
    layout = read_layout(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = layout.slice(start, end)
    assert piece.text == text[start:end]
    assert "\n".join(piece.text[line.start : line.end] for line in piece.lines) == piece.text
    assert all_inside(piece)
    for line in piece.lines:
        whole = layout.line_at(line.start + start)
        assert line.role in (whole.role, Role.BLANK)
        assert piece.heading_path(line.start) == layout.heading_path(line.start + start)
        known = {(m.start - start, m.end - start, m.style, m.number) for m in whole.marks}
        assert {(m.start, m.end, m.style, m.number) for m in line.marks} <= known
        if line.start + start == whole.start and line.end + start == whole.end:
            assert [(a + start, b + start) for a, b in line.cells] == [*whole.cells]
            assert (line.level, line.article, line.columns) == (
                *(whole.level, whole.article, whole.columns),
            )


@given(TEXTS, st.data())
def test_a_slice_of_a_slice_is_a_slice(text: str, data: st.DataObject) -> None:
    layout = read_layout(text)
    a, b, c, d = sorted(data.draw(st.integers(0, len(text))) for _ in range(4))
    once, twice = layout.slice(b, c), layout.slice(a, d).slice(b - a, c - a)
    assert (twice.text, twice.above) == (once.text, once.above)
    assert [(line.start, line.end, line.role) for line in twice.lines] == [
        (line.start, line.end, line.role) for line in once.lines
    ]


@given(TEXTS)
def test_the_whole_is_its_own_slice(text: str) -> None:
    layout = read_layout(text)
    assert layout.slice(0, len(text)) == layout


def test_outside_is_an_error() -> None:
    with pytest.raises(IndexError, match="7 is no place"):
        read_layout("甲乙").line_at(7)


def document(text: str) -> Document:
    return Document(content_id(text), "a.txt", "/a.txt", "停車辦法", "", "", text, text)


@given(TEXTS)
def test_a_passage_can_be_read_without_its_document(text: str) -> None:
    for passage in cut(document(text)):
        layout = passage_layout(passage)
        assert layout.text == passage.text
        assert all_inside(layout)
        assert layout.heading_path(0)[: len(passage.headings)] == passage.headings


BODY = "申請人應於期限內向區公所提出申請，由區公所審查後通知結果。" * 9


def test_passages_know_their_heading_and_article() -> None:
    text = f"停車辦法\n第一章 總則\n第一條 {BODY}\n{BODY}\n第二章 收費\n{BODY}\n{BODY}"
    told = [(p.text[:4], p.heading, p.article, p.headings) for p in cut(document(text))]
    assert told == [
        ("停車辦法", "", "", ()),
        ("第一章 ", "第一章 總則", "第一條", ()),
        ("申請人應", "第一章 總則", "第一條", ("第一章 總則", "第一條")),
        ("第二章 ", "第二章 收費", "", ()),
        ("申請人應", "第二章 收費", "", ("第二章 收費",)),
    ]


def test_a_passage_inside_a_table_has_its_header() -> None:
    rows = "\n".join(f"第{n}水源管線工程 | 田仲康 | {n}00萬元" for n in range(40))
    text = f"分工表說明如下。\n任務 | 負責人 | 經費\n{rows}"
    first, *others = cut(document(text))
    assert first.header == "" and len(others) > 1
    assert {p.header for p in others} == {"任務 | 負責人 | 經費"}
    line = passage_layout(others[0]).lines[0]
    assert (line.role, line.columns) == (Role.ROW, ("任務", "負責人", "經費"))


@pytest.mark.skipif(not LAWS.is_file(), reason=f"there are no laws at {LAWS}; set WENJU_DATA")
@pytest.mark.parametrize("joined", [True, False])
def test_every_article_of_a_law_is_read(joined: bool) -> None:
    with lzma.open(LAWS, "rt", encoding="utf-8") as file:
        laws = [json.loads(line)["articles"] for line in file]
    for articles in random.Random(7).sample(laws, 250):
        if not all(number.startswith("第") for number, _ in articles):
            continue
        parts = [f"{number}　{text}" for number, text in articles]
        parts = [one_line(part) for part in parts] if joined else parts
        layout = read_layout("\n".join(parts))
        at = 0
        for (number, _), part in zip(articles, parts, strict=True):
            read = {
                layout.above_at(line.start).article for line in layout.lines_in(at, at + len(part))
            }
            assert read == {number.replace(" ", "")}, part
            at += len(part) + 1
