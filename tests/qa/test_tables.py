"""Cells of a table under the column that is asked for."""

from __future__ import annotations

import pytest
from wenju.qa.tables import cells

from tests.qa.reading import hit, weighed
from wenju.qa.question import parse
from wenju.qa.terms import question_terms

TABLE = """任務分工表
任務 | 負責人 | 完成期限 | 經費
第二水源管線 | 田仲康 | 11月底 | 300萬元
智慧水務平臺 | 閔致遠 | 9月30日 | 80萬元"""


def cell(question: str, row: int) -> list[str]:
    parsed = parse(question)
    statement = weighed(question, hit(TABLE))[row]
    return [
        TABLE[statement.start + a : statement.start + b]
        for a, b in cells(parsed, question_terms(parsed), statement)
    ]


@pytest.mark.parametrize(
    ("question", "row", "wanted"),
    [
        ("第二水源管線由誰負責", 2, ["田仲康"]),
        ("智慧水務平臺的負責人是誰", 3, ["閔致遠"]),
        ("智慧水務平臺什麼時候完成", 3, ["9月30日"]),
        ("第二水源管線的經費是多少錢", 2, ["300萬元"]),
        ("智慧水務平臺的顏色", 3, []),  # no column is named
        ("第二水源管線由誰負責", 1, []),  # the head itself
        ("第二水源管線由誰負責", 0, []),  # no row
    ],
)
def test_the_cell_under_the_column(question: str, row: int, wanted: list[str]) -> None:
    assert cell(question, row) == wanted


def test_a_row_with_other_columns_than_the_head_has_no_cells() -> None:
    text = "任務 | 負責人\n管線 | 田仲康 | 兼任"
    parsed = parse("管線負責人是誰")
    statement = weighed(parsed.text, hit(text))[1]
    assert cells(parsed, question_terms(parsed), statement) == []
