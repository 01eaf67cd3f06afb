"""What is announced and then told in numbered parts, as the answer to how it is done."""

from __future__ import annotations

import pytest

from tests.qa.reading import hit
from wenju.qa.question import parse
from wenju.qa.trained.lists import led

OVERTIME = (
    "第 24 條\n雇主延長勞工工作時間者，其延長工作時間之工資，依下列標準加給：一、在二小時以內者，加給三分之一。"
    "二、再延長者，加給三分之二。雇主並應記錄。"
)
ITEMS = ["在二小時以內者，加給三分之一", "再延長者，加給三分之二"]
ELSE = "第 25 條\n雇主對勞工不得因性別而有差別之待遇。"


@pytest.mark.parametrize("question", ["延長工作時間之工資怎麼算", "延长工作时间的工资如何计算"])
def test_how_is_told_in_parts(question: str) -> None:
    span = led(parse(question), [hit(ELSE), hit(OVERTIME, rank=2)])
    assert span is not None
    assert span.text.startswith("雇主延長勞工工作時間者")
    assert span.text.endswith(ITEMS[-1])
    assert [OVERTIME[a:b] for a, b in span.parts] == ITEMS


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("退休金怎麼計算", OVERTIME),  # of something else
        ("怎麼算", OVERTIME),  # of nothing
        ("延長工作時間之工資怎麼算", OVERTIME.replace("依下列標準加給", "加給")),  # no promise
        ("延長工作時間之工資怎麼算", OVERTIME.replace("二、", "")),  # no parts
    ],
)
def test_other_lists_say_nothing_of_it(question: str, text: str) -> None:
    assert led(parse(question), [hit(text)]) is None


def test_it_is_looked_for_in_the_first_passages_only() -> None:
    hits = [*(hit(ELSE, rank=i) for i in range(1, 4)), hit(OVERTIME, rank=4)]
    assert led(parse("延長工作時間之工資怎麼算"), hits) is None
