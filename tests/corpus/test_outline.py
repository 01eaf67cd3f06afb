"""What a line's numbering says: headings, articles, questions, and ordinary text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.layout import ARTICLE_LEVEL, QUESTION_LEVEL, outline


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一編 總則", 1),
        ("附則", 1),
        ("附件2：申請表", 1),
        ("關於印發促進就業辦法的通知", 1),
        ("第三章 罰則", 2),
        ("第二部分 主要任务", 2),
        ("第一節 一般規定", 3),
        ("三、工作要求", 3),
        ("（二）申報條件", 4),
        ("(十) 附则说明", 4),
        ("• 一、停放範圍", 3),
    ],
)
def test_headings_and_their_levels(line: str, level: int) -> None:
    found = outline(line)
    assert found is not None
    assert (found.level, found.whole_line) == (level, True)
    assert found.label in line


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("第十二條 本辦法自公布日施行。", "第十二條"),
        ("第 12 條", "第12條"),
        ("第\u3000五\u3000条 违反规定的，处以罚款。", "第五条"),
        ("第四條之一 前條之申請，應備文件。", "第四條之一"),
        ("第二百三十一条 合同的订立。", "第二百三十一条"),
    ],
)
def test_an_article_opens_a_level_though_its_line_is_text(line: str, label: str) -> None:
    found = outline(line)
    assert found is not None
    assert (found.level, found.label, found.whole_line) == (ARTICLE_LEVEL, label, False)


@pytest.mark.parametrize("line", ["記者問：補助什麼時候發？", "Q1：怎么申请？", "问：几点开门？"])
def test_a_question_is_a_heading_of_its_answer(line: str) -> None:
    found = outline(line)
    assert found is not None
    assert (found.level, found.label, found.whole_line) == (QUESTION_LEVEL, line, True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "市民應當把自行車停放在劃定的區域內。",
        "一、凡年滿六十五歲者，得申請補助。",
        "三、" + "很長的一行" * 10,
        "第一次會議紀錄",
        "2024年4月2日",
        "關於此事，",
        "Question time",
    ],
)
def test_ordinary_text_says_nothing(line: str) -> None:
    assert outline(line) is None


@given(st.text())
def test_any_line_has_an_answer_and_a_label_of_its_own_characters(line: str) -> None:
    found = outline(line)
    if found is not None:
        assert found.label
        assert "".join(found.label.split()) in "".join(line.split())
