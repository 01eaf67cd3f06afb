"""Which rows of a table are of what a question names: all of them, and only those."""

from __future__ import annotations

import pytest

from tests.qa.parts.test_extremes import ROWS, ask, table
from wenju.corpus.script import to_traditional
from wenju.qa.engine import Engine


@pytest.mark.parametrize("convert", [str, to_traditional])
@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("石桥街道有哪些驿站", ["西岭驿站", "南塘驿站"]),
        ("哪些驿站在青田街道", ["滨河驿站", "东门驿站"]),
        ("每月收费980元的驿站有哪几家", ["东门驿站", "南塘驿站"]),
    ],
)
def test_the_rows_of_what_is_named_are_told(
    engine: Engine, question: str, names: list[str], convert: type[str]
) -> None:
    answer = ask(engine, convert(question), convert(table(ROWS)))
    assert [item.text for item in answer.items] == [convert(name) for name in names]


def test_rows_are_found_in_all_passages(engine: Engine) -> None:
    streets = ("青田街道", "石桥街道", "南门街道")
    rows = [(f"第{n}号驿站", streets[n % 3], str(n), "900", "") for n in range(1, 91)]
    answer = ask(engine, "南门街道有哪些驿站", table(rows))
    assert [item.text for item in answer.items] == [r[0] for r in rows if r[1] == "南门街道"]


@pytest.mark.parametrize(
    "question",
    [
        "北门街道有哪些驿站",  # none of the rows
        "石桥街道有哪些学校",  # something else
        "养老驿站有哪些",  # all of them: the table itself
        "东门驿站的电话有哪些",  # something of one row
    ],
)
def test_what_is_not_asked_of_the_table_is_not_told_by_it(engine: Engine, question: str) -> None:
    names = {row[0] for row in ROWS}
    answer = ask(engine, question)
    assert not (answer.joined and {item.text for item in answer.items} <= names)
