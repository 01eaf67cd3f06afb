"""Ranges that a text sets as conditions, and the sizes that a question names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold
from wenju.corpus.values import Interval, intervals, points, values

NUMERALS = "零一二三四五六七八九十"


def read(text: str) -> list[Interval]:
    folded = fold(text)
    return intervals(folded, values(folded))


def holds(text: str, asked: str) -> bool:
    """Whether the one range of a text holds the one size of a question."""
    (found,) = read(text)
    folded = fold(asked)
    ((family, edge, _),) = points(folded, values(folded))
    return family == found.family and found.holds(edge)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("五年以上十年未滿", "5年 7年 滿七年 七年半", "4年 10年 十年"),
        ("满16周岁不满18周岁", "16岁 17周岁", "15岁 18岁"),
        ("超过180立方米不超过300立方米", "181立方米 300立方米", "180立方米 301立方米"),
        ("六個月以上一年未滿", "六个月 两百天", "5個月 一年 十二個月"),
        ("1万元至5万元", "1万元 3万元 50000元", "9999元 六万元"),
        ("超过1至5万元", "20000元", "1万元 5.1万元"),
        ("滿五年未滿十年", "5年", "10年"),
        ("100人以上（含）不满300人", "100人 299名", "300人 99人"),
        ("3公里以内", "3公里 2900米", "3.1公里"),
        ("未逾十年", "十年", "11年"),
        ("18岁以下", "18岁 不满18岁", "超过18岁"),
        ("2年6个月以上", "三年 30個月", "2年"),
    ],
)
def test_what_lies_in_a_range(text: str, inside: str, outside: str) -> None:
    assert all(holds(text, one) for one in inside.split())
    assert not any(holds(text, one) for one in outside.split())


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 10), st.booleans())
def test_both_numeral_forms_are_alike(low: int, more: int, asked: int, han: bool) -> None:
    high = min(10, low + more)
    if high <= low:
        return
    told = (NUMERALS[low], NUMERALS[high]) if han else (str(low), str(high))
    for text in (f"{told[0]}年以上{told[1]}年未满", f"满{told[0]}年不满{told[1]}年"):
        assert holds(text, f"{asked}年") == (low <= asked < high)
        assert holds(text, f"{NUMERALS[asked]}年") == (low <= asked < high)


@pytest.mark.parametrize("text", ["上一年", "工作五年", "第二级", "2024年5月1日至31日", "满意度高"])
def test_no_range(text: str) -> None:
    assert read(text) == []


@given(st.text(alphabet="满未不超过以上下内至到,(含)1二十.万元年个月人%", max_size=30))
def test_ranges_are_in_order_and_inside(text: str) -> None:
    found = read(text)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert one.low is not None or one.high is not None
        if one.low and one.high:
            assert one.low < one.high


def test_steps_that_follow_以上_are_numbers() -> None:
    """上十年 is some tens of years, and 上一年 the last one; 以上十年 is neither."""
    for text, number in (("五年以上十年未满", 10), ("六个月以上一年未满", 1)):
        found = values(text)
        assert [v.number for v in found][-1] == number
