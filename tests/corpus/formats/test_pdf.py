"""PDF pages as they are read: columns, tables, marks of notes, text that is turned."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from wenju.corpus.formats.pdf.flow import Flow
from wenju.corpus.formats.pdf.furniture import without_furniture
from wenju.corpus.formats.pdf.glyphs import Glyph, Ruling
from wenju.corpus.formats.pdf.lines import joined, pieces_of
from wenju.corpus.formats.pdf.reading import written
from wenju.corpus.formats.pdf.regions import column_of, regions
from wenju.corpus.formats.pdf.ruled import tables_of

SIZE = 10.0


def at(left: float, base: float, text: str, size: float = SIZE) -> list[Glyph]:
    """A text drawn from a place on: ideographs as wide as they are high, others half as wide."""
    found: list[Glyph] = []
    for character in text:
        step = size if ord(character) > 0x2E7F else size / 2
        if character != " ":
            found.append(
                Glyph(
                    character, left, base - size, left + step, base + 2, base, size,
                    spaced=bool(found) and text[text.index(character) - 1] == " ",
                )
            )  # fmt: skip
        left += step
    return found


def page(*drawn: Sequence[Glyph]) -> list[Glyph]:
    """Characters of a page in an order that says nothing."""
    found = [glyph for glyphs in drawn for glyph in glyphs]
    random.Random(0).shuffle(found)
    return found


def text(*pages: Sequence[Glyph]) -> list[str]:
    """The pages' lines of text, as they are read."""
    return written([list(regions(pieces_of(glyphs))) for glyphs in pages])[0].split("\n")


def test_columns_are_read_one_after_the_other() -> None:
    left = [
        "龙吟湖水库位于县城以北十八公里，总库容",
        "五千四百万立方米，由县水库管理处负责调",
        "度，大坝为黏土心墙坝。",
    ]
    right = [
        "二〇二三年对溢洪道闸门进行了更换，工程",
        "总投资六百三十万元，由省级财政补助六成",
        "，下一步实现全覆盖。",
    ]
    drawn = [at(50, 100 + 15 * i, line) for i, line in enumerate(left)]
    drawn += [at(270, 100 + 15 * i, line) for i, line in enumerate(right)]
    title = at(180, 70, "水库简介", 16)
    assert text(page(title, *drawn)) == ["水库简介", "".join(left), "".join(right)]


def test_columns_whose_lines_are_not_level_are_columns() -> None:
    left = ["甲部門負責推動全縣老舊社區改造與無障礙", "設施的更新，並且於年底之前完成驗收。"]
    right = ["乙部門負責編列經費並且督導各鄉鎮市公所", "依照期程辦理，按季提報執行情形。"]
    drawn = [at(50, 100 + 15 * i, line) for i, line in enumerate(left)]
    drawn += [at(270, 107 + 15 * i, line) for i, line in enumerate(right)]
    assert text(page(*drawn)) == ["".join(left), "".join(right)]


def test_aligned_words_are_a_table_though_two_heads_nearly_touch() -> None:
    rows = [
        ["乡镇", "参保人数", "减免金额（万元）", "未参保人数"],
        ["河口镇", "31240", "46.5", "213"],
        ["杨柳乡", "18760", "", "94"],
        ["龙潭乡", "9850", "19.8", ""],
    ]
    places = (60, 120, 180, 263)
    drawn = [
        at(x, 100 + 20 * i, cell)
        for i, row in enumerate(rows)
        for x, cell in zip(places, row, strict=True)
    ]
    assert text(page(at(60, 70, "各乡镇2024年医保参保情况"), *drawn)) == [
        "各乡镇2024年医保参保情况",
        "乡镇：河口镇；参保人数：31240；减免金额（万元）：46.5；未参保人数：213。",
        "乡镇：杨柳乡；参保人数：18760；未参保人数：94。",
        "乡镇：龙潭乡；参保人数：9850；减免金额（万元）：19.8。",
    ]


def test_a_signature_to_the_right_makes_no_columns() -> None:
    lines = ["特此通知。", "附件：名单"]
    drawn = [at(50, 100 + 15 * i, line) for i, line in enumerate(lines)]
    drawn += [at(300, 160, "某某市水务局"), at(300, 175, "2024年5月1日")]
    assert text(page(*drawn)) == [*lines, "某某市水务局", "2024年5月1日"]


def test_a_raised_mark_runs_into_no_number() -> None:
    drawn = [at(50, 100, "常住人口"), at(90, 96, "1", 6), at(93, 100, "84.62万人，绿地30m")]
    drawn += [at(200 - 12, 96, "2", 6)]
    (line,) = pieces_of(page(*drawn))
    assert joined(line).text == "常住人口[1]84.62万人，绿地30m²"


def test_ideographs_that_are_set_apart_are_one_word() -> None:
    drawn = [at(50 + 14 * i, 100, c) for i, c in enumerate("云麓市国民经济公报")]
    (line,) = pieces_of(page(*drawn))
    assert joined(line).text == "云麓市国民经济公报"


def test_words_of_letters_keep_their_spaces() -> None:
    (line,) = pieces_of(page(at(50, 100, "the quick fox")))
    assert joined(line).text == "the quick fox"


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    """All lines of a grid."""
    level = [Ruling(xs[0], y, xs[-1], y) for y in ys]
    return level + [Ruling(x, ys[0], x, ys[-1]) for x in xs]


def test_boxes_without_a_line_between_them_are_one_cell() -> None:
    rulings = [
        *(Ruling(0, y, 300, y) for y in (0, 20, 60)),
        Ruling(100, 40, 300, 40),
        *(Ruling(x, 0, x, 60) for x in (0, 100, 200, 300)),
    ]
    drawn = page(
        at(5, 15, "机具"), at(105, 15, "档次"), at(205, 15, "金额"), at(5, 45, "插秧机"),
        at(105, 35, "一档"), at(205, 35, "5200"), at(105, 55, "二档"), at(205, 55, "8600"),
        at(5, 90, "完。"),
    )  # fmt: skip
    (table,), rest = tables_of(drawn, rulings)
    assert [[(c.text, c.rows, c.columns) for c in row] for row in table.rows] == [
        [("机具", 1, 1), ("档次", 1, 1), ("金额", 1, 1)],
        [("插秧机", 2, 1), ("一档", 1, 1), ("5200", 1, 1)],
        [("二档", 1, 1), ("8600", 1, 1)],
    ]
    assert sorted(g.text for g in rest) == sorted("完。")


@pytest.mark.parametrize("frame", [ruled([0, 300], [0, 60]), [Ruling(0, 20, 300, 20)], []])
def test_a_frame_or_a_line_is_no_table(frame: list[Ruling]) -> None:
    drawn = page(at(5, 15, "注意事項"))
    tables, rest = tables_of(drawn, frame)
    assert (tables, len(rest)) == ([], 4)


def test_every_cell_of_a_grid_is_found() -> None:
    xs, ys = [0.0, 90, 150, 290], [0.0, 20, 40, 75, 110]
    cells = [[f"{chr(0x7532 + 5 * r + c)}{r}{c}" for c in range(3)] for r in range(4)]
    drawn = page(
        *(
            at(xs[c] + 4, ys[r] + 14, cell)
            for r, row in enumerate(cells)
            for c, cell in enumerate(row)
        )
    )
    (table,), rest = tables_of(drawn, ruled(xs, ys))
    assert ([[c.text for c in row] for row in table.rows], rest) == (cells, [])


def test_running_heads_are_read_once_though_their_numbers_differ() -> None:
    pages = [
        page(
            at(50, 20, f"公報 第{n}期"),
            at(50, 100, f"正文{chr(0x7532 + n)}。"),
            at(150, 400, f"- {n} -"),
        )
        for n in (1, 2, 3, 4)
    ]
    kept = without_furniture([list(regions(pieces_of(glyphs))) for glyphs in pages])
    assert written(kept)[0].split("\n") == ["公報 第1期", *(f"正文{c}。" for c in "申甴电甶")]


def test_hyphens_at_the_end_of_a_line_join_a_word() -> None:
    flow = Flow()
    lines = [
        joined(line)
        for line in pieces_of(page(at(0, 0, "a long docu-"), at(0, 15, "ment of pages")))
    ]
    column = column_of(lines)
    for line in lines:
        flow.add(line, column)
    assert flow.text == "a long document of pages"
