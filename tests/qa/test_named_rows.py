"""Rows of tables that a question names, and those that it does not."""

from __future__ import annotations

import pytest

from tests.making import made
from wenju.qa.named_rows import named_rows
from wenju.qa.passage import view_of
from wenju.qa.question import parse

SCHOOLS = (
    "云州市中学基本情况\n"
    "学校：南一中；在校生（人）：2140；专任教师（人）：163。\n"
    "学校：南二中；在校生（人）：1785；专任教师（人）：129。\n"
    "学校：南实验中学；在校生（人）：1320；专任教师（人）：101。"
)
CONTRACTS = "采购合同台账\nHT-2024-0109；金额（万元）：24.3；经办人：周玉兰。\nHT-2024-0110；金额（万元）：51.8；经办人：王海燕。"


def read(question: str, text: str) -> tuple[set[str], set[str]]:
    """The lines that are excluded, and the cells that are sure."""
    _, passages = made(text)
    views = [view_of(passage) for passage in passages]
    excluded, sure = set[str](), set[str]()
    for view, rows in zip(views, named_rows(parse(question), views), strict=True):
        excluded |= {view.passage.text[a:b].split("；")[0] for a, b in rows.excluded}
        sure |= {view.passage.text[a:b] for a, b in rows.sure}
    return excluded, sure


def test_only_the_row_that_is_named_may_answer() -> None:
    excluded, sure = read("南二中有多少在校生？", SCHOOLS)
    assert excluded == {"学校：南一中", "学校：南实验中学"}
    assert sure == {"1785"}


def test_no_row_answers_for_one_that_is_not_there() -> None:
    excluded, sure = read("南三中有多少在校生？", SCHOOLS)
    assert len(excluded) == 3
    assert sure == set()


def test_no_contract_answers_for_another_number() -> None:
    assert read("HT-2024-0110号合同的经办人是谁", CONTRACTS)[1] == {"王海燕"}
    assert len(read("HT-2024-0111号合同的经办人是谁", CONTRACTS)[0]) == 2


def test_a_question_that_names_no_row_excludes_none() -> None:
    assert read("哪所学校的在校生最多？", SCHOOLS)[0] == set()


@pytest.mark.parametrize("question", ["南二中的男生有多少在校生？", "南二中有多少学生？"])
def test_what_the_row_does_not_say_makes_nothing_sure(question: str) -> None:
    assert read(question, SCHOOLS)[1] == set()
