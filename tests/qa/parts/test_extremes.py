"""Which row of a table has the most of something: all rows are compared, and sums are no rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.integration.checks import assert_cited
from tests.making import source
from wenju.corpus.script import to_traditional
from wenju.qa.answer import Answer
from wenju.qa.engine import Engine

COLUMNS = ("驿站", "街道", "床位（张）", "每月收费（元）", "电话")
ROWS = (
    ("滨河驿站", "青田街道", "40", "1200", "5551001"),
    ("东门驿站", "青田街道", "157", "980", "5551002"),
    ("西岭驿站", "石桥街道", "88", "1,350", "5551003"),
    ("南塘驿站", "石桥街道", "96", "980", "5551004"),
    ("合计", "", "381", "", ""),
)


def table(rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS, title: str = "") -> str:
    lines = (
        "；".join(f"{c}：{v}" for c, v in zip(columns, row, strict=True) if v) + "。"
        for row in rows
    )
    return "\n".join([title or "云岭市养老驿站一览表", *lines])


def ask(engine: Engine, question: str, *texts: str) -> Answer:
    engine.add_sources(source(text) for text in texts or (table(ROWS),))
    answer = engine.ask(question)
    assert_cited(engine, answer)
    return answer


@pytest.mark.parametrize("convert", [str, to_traditional])
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("哪个驿站床位最多", ["东门驿站"]),
        ("床位最少的是哪个驿站", ["滨河驿站"]),
        ("哪家驿站每月收费最高", ["西岭驿站"]),
        ("每月收费最低的是哪几家驿站", ["东门驿站", "南塘驿站"]),
        ("石桥街道哪个驿站床位最多", ["南塘驿站"]),
    ],
)
def test_the_row_with_the_most_is_named(
    engine: Engine, question: str, names: list[str], convert: type[str]
) -> None:
    answer = ask(engine, convert(question), convert(table(ROWS)))
    assert [item.text for item in answer.items] == [convert(name) for name in names]
    assert answer.citations[0].row  # the page shows the row


@pytest.mark.parametrize(
    "question",
    [
        "哪个驿站护工最多",  # no column of it
        "哪个驿站所在街道最大",  # the column holds no quantities
        "哪个学校床位最多",  # of something else
        "驿站床位最多可以申请多少",  # at most
    ],
)
def test_what_the_table_does_not_tell_is_not_concluded(engine: Engine, question: str) -> None:
    assert "驿站" not in "".join(item.text for item in ask(engine, question).items)


def test_rows_of_all_passages_are_compared(engine: Engine) -> None:
    rows = [
        (f"第{n}号驿站", "青田街道", str(n * 37 % 101), str(900 + n), "") for n in range(1, 101)
    ]
    answer = ask(engine, "哪个驿站床位最多", table(rows))
    assert [item.text for item in answer.items] == [max(rows, key=lambda row: int(row[2]))[0]]


def test_another_table_is_not_compared(engine: Engine) -> None:
    other = [
        (f"{name}", "青田街道", "999", "1", "") for name in ("北门驿站", "中心驿站", "桥头驿站")
    ]
    text = table(ROWS) + "\n" + table(other, title="拟建养老驿站一览表，尚未开放。")
    assert [i.text for i in ask(engine, "云岭市哪个驿站床位最多", text).items] == ["东门驿站"]


def test_a_cell_that_is_no_quantity_leaves_it_open(engine: Engine) -> None:
    rows = [*ROWS[:-1], ("北门驿站", "石桥街道", "待定", "900", "")]
    assert ask(engine, "哪个驿站床位最多", table(rows)).items == ()


def test_what_a_sentence_says_itself_comes_first(engine: Engine) -> None:
    said = "云岭市民政局通报：全市养老驿站中，床位最多的是城北驿站，共有200张。"
    answer = ask(engine, "床位最多的是哪个驿站", said, table(ROWS))
    assert "城北驿站" in answer.answer
