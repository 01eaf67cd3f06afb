"""Tables of PDF pages that nothing but alignment makes: their columns, rows of several lines, groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.corpus.formats.test_pdf import at, page, text
from wenju.corpus.formats.pdf.glyphs import Glyph

Drawn = list[list[Glyph]]
LEFT = (50.0, 130.0, 210.0, 290.0)
RIGHT = (100.0, 190.0, 270.0, 350.0)
BODY = [
    ["南湖镇", "1234", "56.7", "8"],
    ["北湖镇", "88", "5.1", "120"],
    ["西山乡", "9", "1023.4", "77"],
]
TOLD = ["1234", "56.7", "8"], ["88", "5.1", "120"], ["9", "1023.4", "77"]


def drawn(
    rows: Sequence[Sequence[str]],
    top: float,
    step: float,
    lines: Sequence[float] = (),
    how: str = "l",
) -> Drawn:
    """Rows of texts at the columns' places; ``how`` has l for left and r for right, for each column."""
    found = []
    for i, row in enumerate(rows):
        base = lines[i] if lines else top + step * i
        for c, cell in enumerate(row):
            width = sum(10 if ord(character) > 0x2E7F else 5 for character in cell)
            left = LEFT[c] if how[c : c + 1] != "r" else RIGHT[c] - width
            found += [at(left, base, cell)] if cell else []
    return found


def told(name: str, values: Sequence[str], names: Sequence[str]) -> str:
    fields = [f"{n}：{v}" for n, v in zip(names, values, strict=True)]
    return "；".join([f"地区：{name}", *fields]) + "。"


ROWS = [told(row[0], row[1:], ("人口", "面积", "村数")) for row in BODY]
DEEP = [told(row[0], row[1:], ("上半年 人口", "上半年 面积", "村数")) for row in BODY]


def test_names_at_the_left_and_numbers_at_the_right_of_a_column() -> None:
    head = drawn([["地区", "人口", "面积", "村数"]], 100, 20)
    assert text(page(*head, *drawn(BODY, 120, 20, how="lrrr"))) == ROWS


@pytest.mark.parametrize("height", [100, 110])
def test_a_name_lies_over_two_columns_and_others_stand_at_any_height(height: float) -> None:
    """What spans the rows of a head is set above or in the middle."""
    head = [at(185, 100, "上半年"), at(130, 120, "人口"), at(210, 120, "面积")]
    head += [at(50, height, "地区"), at(290, height, "村数")]
    assert text(page(*head, *drawn(BODY, 140, 20, how="lrrr"))) == DEEP


def test_what_stands_above_and_below_is_no_row() -> None:
    above, below = at(50, 80, "各地区情况表"), at(50, 185, "注：面积单位为平方公里。")
    rows = drawn([["地区", "人口", "面积", "村数"], *BODY], 100, 20)
    assert text(page(above, below, *rows)) == [
        "各地区情况表",
        *ROWS,
        "注：面积单位为平方公里。",
    ]


def test_the_unit_above_is_of_the_numbers() -> None:
    """The title is as wide as the table, and still no line of the unit."""
    above = [at(50, 65, "各地区二〇二四年度预算收入与支出情况"), at(50, 80, "单位：万元")]
    rows = [
        ["地区", "收入", "支出", "主管"],
        ["南湖镇", "120", "80", "王明"],
        ["北湖镇", "95", "", "李华"],
    ]
    assert text(page(*above, *drawn(rows, 100, 20))) == [
        "各地区二〇二四年度预算收入与支出情况",
        "单位：万元",
        "地区：南湖镇；收入（万元）：120；支出（万元）：80；主管：王明。",
        "地区：北湖镇；收入（万元）：95；主管：李华。",
    ]


WRAPPED = [
    ["项目", "内容", "金额"],
    ["道路", "拓宽南湖路六", "120"],
    ["", "车道", ""],
    ["绿化", "种植行道树", "30"],
    ["路灯", "更换老旧路灯", "55"],
    ["", "灯杆和灯具", ""],
]
WHOLE = [
    "项目：道路；内容：拓宽南湖路六车道；金额：120。",
    "项目：绿化；内容：种植行道树；金额：30。",
    "项目：路灯；内容：更换老旧路灯灯杆和灯具；金额：55。",
]


@pytest.mark.parametrize(
    "lines", [(100, 114, 128, 142, 156, 170), (100, 124, 138, 162, 186, 200)], ids=["even", "roomy"]
)
def test_the_rest_of_a_cell_stands_below_its_full_line(lines: Sequence[float]) -> None:
    assert text(page(*drawn(WRAPPED, 0, 0, lines))) == WHOLE


@pytest.mark.parametrize(("step", "other"), [(14, "HT-02"), (24, "HT-02"), (24, "二号")])
def test_a_row_with_a_name_alone_is_no_rest_of_the_one_above(step: float, other: str) -> None:
    """Names fill their column, and the values of some rows are missing."""
    rows = [["编号", "单价"], ["HT-01", "3.5"], [other, ""], ["HT-03", "4.5"]]
    places = (50.0, 88.0)
    glyphs = [
        at(x, 100 + step * i, t) for i, r in enumerate(rows) for x, t in zip(places, r, strict=True)
    ]
    assert text(page(*filter(None, glyphs))) == [
        "编号：HT-01；单价：3.5。",
        f"编号：{other}。",
        "编号：HT-03；单价：4.5。",
    ]


def test_numbers_that_fill_their_columns_are_rows() -> None:
    """The first column is a group's, so that its further rows have fewer texts."""
    rows = [
        ["片区", "学校", "人数"],
        ["城东", "南湖第一小学", "1785"],
        ["", "北湖第一小学", "1031"],
        ["城西", "西山第一小学", "2044"],
        ["", "东河第一小学", "1950"],
    ]
    assert text(page(*drawn(rows, 100, 14))) == [
        "片区：城东；学校：南湖第一小学；人数：1785。",
        "片区：城东；学校：北湖第一小学；人数：1031。",
        "片区：城西；学校：西山第一小学；人数：2044。",
        "片区：城西；学校：东河第一小学；人数：1950。",
    ]


def test_an_empty_value_is_not_filled_from_above() -> None:
    rows = [
        ["学校", "人数", "校长"],
        ["南湖小学", "178", "王明"],
        ["北湖小学", "96", ""],
        ["西山小学", "", ""],
    ]
    assert text(page(*drawn(rows, 100, 24))) == [
        "学校：南湖小学；人数：178；校长：王明。",
        "学校：北湖小学；人数：96。",
        "学校：西山小学。",
    ]


def test_groups_with_a_row_of_their_own() -> None:
    rows = [
        ["学校", "人数", "校长"],
        ["一、城东片区及新区"],
        *[["南湖", "178", "王明"], ["北湖", "96", "李华"]],
    ]
    rows += [["二、城西片区"], ["西山", "51", "张三"]]
    assert text(page(*drawn(rows, 100, 24))) == [
        "一、城东片区及新区；学校：南湖；人数：178；校长：王明。",
        "一、城东片区及新区；学校：北湖；人数：96；校长：李华。",
        "二、城西片区；学校：西山；人数：51；校长：张三。",
    ]


def test_a_table_goes_on_over_pages() -> None:
    """Its names, its group and the rest of its last row, which the end of the page cut in two."""
    first = [["学校", "人数", "地址"], ["一、城东", "", ""], ["南湖", "178", "和平路一号院"]]
    second = [
        ["", "", "内二楼"],
        ["北湖", "96", "学府街"],
        ["二、城西", "", ""],
        ["西山", "51", "建设街"],
    ]
    third = [["东河", "33", "文化路"]]
    pages = [
        page(*drawn(rows, 100, 24)) for rows in (first, second, [*third, ["北河", "7", "中山街"]])
    ]
    assert text(*pages) == [
        "一、城东；学校：南湖；人数：178；地址：和平路一号院内二楼。",
        "一、城东；学校：北湖；人数：96；地址：学府街。",
        "二、城西；学校：西山；人数：51；地址：建设街。",
        "二、城西；学校：东河；人数：33；地址：文化路。",
        "二、城西；学校：北河；人数：7；地址：中山街。",
    ]


def test_another_table_on_the_next_page_has_its_own_names() -> None:
    first = [["学校", "人数", "面积"], ["南湖", "178", "52"], ["北湖", "96", "31"]]
    second = [["企业", "产值", "税收"], ["恒信", "88", "7"], ["大成", "45", "3"]]
    assert text(*(page(*drawn(rows, 100, 24)) for rows in (first, second)))[2:] == [
        "企业：恒信；产值：88；税收：7。",
        "企业：大成；产值：45；税收：3。",
    ]


def test_the_room_beside_digits_is_no_space_but_a_typed_one_is() -> None:
    """As programs set a date: a quarter of the size between ideographs and digits."""
    date = [at(50, 100, "2024"), at(72.5, 100, "年"), at(85, 100, "5"), at(92.5, 100, "月")]
    assert text(page(*date)) == ["2024年5月"]
    first, second = *at(50, 100, "第"), *at(62.5, 100, "3")
    assert text(page([first, replace(second, typed=True)])) == ["第 3"]
