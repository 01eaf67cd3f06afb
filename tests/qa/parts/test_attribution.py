"""Of which part a value is told, and where the like of another part stands."""

from __future__ import annotations

import pytest

from tests.qa.reading import hit
from wenju.qa.parts.attribution import owners
from wenju.qa.parts.counterpart import counterpart
from wenju.qa.passage import PassageView
from wenju.qa.question import parse

CLAUSES = "生態型聯合體，給予最高1000萬元支持；任務型聯合體，給予500萬元支持。"
BEFORE = "到2027年建成20家平台型聯合體、30家任務型聯合體。"
SHARED = "甲證、乙證每張工本費5元。丙證每張8元。"
TABLE = "項目 | 平日 | 假日\n游泳池 | 120 | 150\n健身房 | 80 | 100"


def told(text: str, words: str, names: list[str]) -> set[str]:
    at = text.index(words)
    return {*owners(PassageView(hit(text).passage), (at, at + len(words)), names)}


@pytest.mark.parametrize(
    ("text", "words", "names", "owner"),
    [
        (CLAUSES, "1000萬元", ["生态型", "任务型"], {"生态型"}),
        (CLAUSES, "500萬元", ["生态型", "任务型"], {"任务型"}),
        (BEFORE, "20家", ["平台型", "任务型"], {"平台型"}),
        (BEFORE, "30家", ["平台型", "任务型"], {"任务型"}),
        (SHARED, "5元", ["甲证", "乙证"], {"甲证", "乙证"}),
        (SHARED, "8元", ["甲证", "丙证"], {"丙证"}),
        (TABLE, "150", ["平日", "假日"], {"假日"}),
        (TABLE, "80", ["游泳池", "健身房"], {"健身房"}),
        (CLAUSES, "500萬元", ["老年", "儿童"], set()),
    ],
)
def test_a_value_is_told_of_what_is_named_with_it(
    text: str, words: str, names: list[str], owner: set[str]
) -> None:
    assert told(text, words, names) == owner


@pytest.mark.parametrize(
    ("text", "sure", "name", "wanted", "question", "found"),
    [
        (CLAUSES, "最高1000萬元", "生态型", "任务型", "任務型最高支持多少錢", "500萬元"),
        (TABLE, "120", "平日", "假日", "游泳池假日多少元", "150"),
        (TABLE, "120", "游泳池", "健身房", "健身房平日多少元", "80"),
        (TABLE, "120", "游泳池", "羽球場", "羽球場平日多少元", None),
        (
            "甲館設座位12席。乙館設座位9席，其中7席靠窗。",
            "12席",
            "甲馆",
            "乙馆",
            "乙館有多少席",
            "9席",
        ),
        ("甲館設座位12席。乙館正在整修。", "12席", "甲馆", "乙馆", "乙館有多少席", None),
    ],
)
def test_the_like_of_another_part_is_found_or_nothing(
    text: str, sure: str, name: str, wanted: str, question: str, found: str | None
) -> None:
    at = text.index(sure)
    view = PassageView(hit(text).passage)
    place = counterpart(view, (at, at + len(sure)), name, wanted, [name, wanted], parse(question))
    assert (text[slice(*place)] if place else None) == found
