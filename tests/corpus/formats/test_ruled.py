"""Ruled tables of PDF files: units above them, boxes over pages, rows that the end of a page cuts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from tests.corpus.formats.drawing import Stroke, Word, drawn_pages, text_within
from wenju.corpus.formats.pdf.glyphs import Ruling
from wenju.corpus.formats.pdf.rulings import connected
from wenju.corpus.formats.pdf.sheet import sheet
from wenju.corpus.read import read_file

XS = (60, 140, 220, 330)
TOP = 100
Box = str | tuple[int, int, str]
"""A box: how many columns and rows it spans (one), and its text, whose lines bars part."""
Page = tuple[list[Word], list[Stroke]]


def boxed(rows: Sequence[Sequence[Box]], top: float = TOP) -> Page:
    """A page with a table in which every box has lines of its own, as LibreOffice draws them."""
    words: list[Word] = []
    lines: list[Stroke] = []
    heights = [20 * max(_lines(box) for box in row) for row in rows]
    ys = [top + sum(heights[:i]) for i in range(len(rows) + 1)]
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for box in row:
            wide, high, text = box if not isinstance(box, str) else (1, 1, box)
            while (r, column) in taken:
                column += 1
            taken |= {(r + down, column + right) for down in range(high) for right in range(wide)}
            left, right, upper, lower = XS[column], XS[column + wide], ys[r], ys[r + high]
            lines += [(left, upper, right, upper), (left, lower, right, lower)]
            lines += [(left, upper, left, lower), (right, upper, right, lower)]
            words += [
                (left + 4, upper + 14 + 20 * n, t) for n, t in enumerate(text.split("|")) if t
            ]
            column += wide
    return words, lines


def _lines(box: Box) -> int:
    wide, high, text = box if not isinstance(box, str) else (1, 1, box)
    return text.count("|") + 1 if high == 1 else 1


def read(folder: Path, *pages: Page) -> list[str]:
    (folder / "a.pdf").write_bytes(drawn_pages(pages))
    return read_file(folder / "a.pdf")[0].text.split("\n")


HEAD = ["学校", "人数", "地址"]
ROWS = [
    ["南湖", "178", "和平路"],
    ["北湖", "96", "学府街"],
    ["西山", "51", "建设街"],
    ["东河", "33", "文化路"],
]
TOLD = [f"学校：{name}；人数：{number}；地址：{place}。" for name, number, place in ROWS]


@pytest.mark.parametrize("line", ["单位：人", "各校情况表（单位：人）", "表一  各校情况  单位：人"])
def test_the_unit_above_is_of_the_numbers(tmp_path: Path, line: str) -> None:
    words, lines = boxed([HEAD, *ROWS])
    told = [row.replace("人数：", "人数（人）：") for row in TOLD]
    assert read(tmp_path, ([(60, 80, line), *words], lines))[-4:] == told


@pytest.mark.parametrize("again", [True, False], ids=["with its head again", "without"])
def test_a_table_goes_on_over_three_pages(tmp_path: Path, again: bool) -> None:  # noqa: FBT001
    head = [HEAD] if again else []
    pages = [boxed([HEAD, *ROWS[:2]]), boxed([*head, ROWS[2]]), boxed([*head, ROWS[3]])]
    assert read(tmp_path, *pages) == TOLD


def test_running_heads_and_numbers_of_pages_part_no_table(tmp_path: Path) -> None:
    pages = []
    for number, rows in enumerate(([HEAD, ROWS[0]], ROWS[1:2], ROWS[2:3], ROWS[3:]), 1):
        words, lines = boxed(rows)
        pages.append(([(60, 60, "南湖区教育公报"), *words, (200, 800, f"- {number} -")], lines))
    assert read(tmp_path, *pages) == ["南湖区教育公报", *TOLD]


def test_a_paragraph_between_ends_the_table(tmp_path: Path) -> None:
    words, lines = boxed([["恒信公司", "88", "文化路"], ["大成公司", "45", "学府街"]])
    told = read(tmp_path, boxed([HEAD, *ROWS[:2]]), ([(60, 80, "以下为企业。"), *words], lines))
    assert not any("学校：恒信" in line for line in told)


def test_a_table_with_names_of_its_own_does_not_go_on(tmp_path: Path) -> None:
    other = [["企业", "产值", "地点"], ["恒信", "88", "文化路"], ["大成", "45", "学府街"]]
    assert read(tmp_path, boxed([HEAD, *ROWS]), boxed(other)) == [
        *TOLD,
        "企业：恒信；产值：88；地点：文化路。",
        "企业：大成；产值：45；地点：学府街。",
    ]


def test_a_group_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    """Its box is drawn on both pages, with its text on the first; the next group has its own."""
    head: list[Box] = ["片区", "学校", "人数"]
    first = boxed([head, [(1, 2, "城东"), "南湖", "178"], ["北湖", "96"]])
    second = boxed([[(1, 2, ""), "西山", "51"], ["东河", "33"], [(1, 1, "城西"), "北河", "7"]])
    assert read(tmp_path, first, second) == [
        f"片区：{group}；学校：{name}；人数：{number}。"
        for group, name, number in [
            ("城东", "南湖", "178"), ("城东", "北湖", "96"), ("城东", "西山", "51"),
            ("城东", "东河", "33"), ("城西", "北河", "7"),
        ]
    ]  # fmt: skip


def test_an_empty_cell_on_the_next_page_is_not_filled(tmp_path: Path) -> None:
    head: list[Box] = ["学校", "人数", "校长"]
    first = boxed([head, ["南湖", "178", (1, 2, "王明")], ["北湖", "96"]])
    assert read(tmp_path, first, boxed([["西山", "51", ""]]))[-1] == "学校：西山；人数：51。"


CUT = [["南湖区第二实验", "178", "和平路一百二十一号院"], ["学校", "", "内西侧"], *ROWS[1:]]


def test_a_row_that_is_cut_by_the_end_of_a_page_is_one(tmp_path: Path) -> None:
    pages = boxed([HEAD, *ROWS[1:], CUT[0]]), boxed(CUT[1:])
    assert read(tmp_path, *pages)[3:5] == [
        "学校：南湖区第二实验学校；人数：178；地址：和平路一百二十一号院内西侧。",
        TOLD[1],
    ]


def test_a_row_with_an_empty_cell_is_none_that_was_cut(tmp_path: Path) -> None:
    """Its name follows one that fills its box."""
    pages = (
        boxed([HEAD, *ROWS[1:], CUT[0]]),
        boxed([["北河", "", "中山街"], ["南河", "", "路"], ROWS[0]]),
    )
    assert read(tmp_path, *pages)[3:5] == [
        "学校：南湖区第二实验；人数：178；地址：和平路一百二十一号院。",
        "学校：北河；地址：中山街。",
    ]


def test_a_code_is_not_parted_at_the_end_of_its_line(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        boxed([["编号", "金额", "地址"], ["HT-|0109", "88", "学府街"], ["二号", "45", "路"]]),
    )
    assert told[0] == "编号：HT-0109；金额：88；地址：学府街。"


def test_values_are_framed_on_every_page(tmp_path: Path) -> None:
    """Also in the row that is cut: the part on its first page."""
    pages = [boxed([HEAD, *ROWS[1:], CUT[0]]), boxed(CUT[1:]), boxed(ROWS[:2])]
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn_pages(pages))
    source = read_file(path)[0]
    starts = [*((page.start, page.number) for page in source.pages), (len(source.text), 0)]
    chance, seen = random.Random(5), 0
    for (first, number), (last, _) in pairwise(starts):
        text = source.text[first:last]
        for line in text.split("\n")[:-1] if number < len(pages) else text.split("\n"):
            value = chance.choice(line.removesuffix("。").split("；")).partition("：")[2]
            start = text.index(line) + line.index(f"：{value}") + 1
            held = text_within(
                path, number, sheet(path, number, text, start, start + len(value)).boxes
            )
            assert value.startswith(held) and held
            seen += held == value
    assert seen >= 6


def test_lines_that_are_drawn_box_by_box_are_put_together() -> None:
    """The work depends on the lines, not on how often they are drawn."""
    pieces = [
        ruling
        for r in range(50)
        for c in range(20)
        for ruling in (
            Ruling(20 * c, 15 * r, 20 * c + 20, 15 * r),
            Ruling(20 * c, 15 * r, 20 * c, 15 * r + 15),
        )
    ]
    random.Random(0).shuffle(pieces)
    (group,) = connected(pieces)
    assert len(group) == 50 + 20
