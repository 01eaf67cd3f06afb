"""The row of a table that is cited, cell by cell: slices of the quotation, and of rows only."""

from __future__ import annotations

import pytest

from tests.making import made
from wenju.corpus.document import Passage
from wenju.qa.row import row_at

ROW = "名称：南湖小学；学生（人）：1785；教师（人）：96。"


def passage(text: str) -> Passage:
    return made(text)[1][0]


def test_the_cells_of_the_row_are_slices_under_their_columns() -> None:
    quoted = passage(f"各校学生人数\n名称：北湖小学；学生（人）：1240；教师（人）：71。\n{ROW}\n")
    cells = row_at(quoted, quoted.text.index("1785"))
    assert [(c.column, c.value) for c in cells] == [
        *(("名称", "南湖小学"), ("学生（人）", "1785"), ("教师（人）", "96")),
    ]
    for cell in cells:
        assert quoted.text[cell.start : cell.end] == cell.value
    assert cells[1].start == quoted.text.index("1785")


def test_the_name_of_a_group_has_no_column() -> None:
    quoted = passage(f"各校学生人数\n城区；{ROW}\n城区；{ROW}\n")
    first = row_at(quoted, quoted.text.index("1785"))[0]
    assert (first.column, first.value) == ("", "城区")


@pytest.mark.parametrize(
    "text",
    [
        "甲市圖書館每週一休館。",
        "開放時間：每日上午八時至下午五時。",
        f"備註：{'本表數字由各校填報，' * 14}；說明：{'人數以九月一日為準，' * 14}。",
    ],
)
def test_other_lines_are_no_rows(text: str) -> None:
    quoted = passage(f"公告事項\n{text}\n")
    assert row_at(quoted, quoted.text.index(text) + 3) == ()
