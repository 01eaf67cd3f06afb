"""Spaces between the characters of a line are taken out, those between words and names stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.document import apply_repairs
from wenju.corpus.repair import repair


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("云 麓 市 ２ ０ ２ ３ 年 公 报", "云麓市２０２３年公报"),
        ("全　縣　人　口　三　百　萬　人　。", "全縣人口三百萬人。"),
        (
            "甲 乙\n全 市 生 产 总 值 达 到 一 千 亿 元 ， 增 长 百 分 之 五 。",
            "甲 乙\n全市生产总值达到一千亿元，增长百分之五。",
        ),
    ],
)
def test_spaced_lines(source: str, text: str) -> None:
    repairs = repair(source)
    assert apply_repairs(source, repairs) == text
    assert {r.kind for r in repairs} == {"letter_spacing"}


@pytest.mark.parametrize(
    "source",
    [
        "出席：張 三、李 四、王小明、陳 五。",
        "姓 名 | 電 話",
        "第一條　本辦法依據組織法訂定之。",
        "The quick brown fox jumps.",
    ],
)
def test_other_lines_stay(source: str) -> None:
    assert repair(source) == ()


@given(st.text("市長辦公室公告年度預算", min_size=8, max_size=40))
def test_the_text_is_the_one_without_spaces(text: str) -> None:
    spaced = " ".join(text)
    assert apply_repairs(spaced, repair(spaced)) == text
