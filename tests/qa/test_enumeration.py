"""Lists in sentences, the way public notices write them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.script import fold
from wenju.qa.enumeration import Enumeration, enumerations


def listed(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in e.items] for e in enumerations(fold(text))]


@pytest.mark.parametrize(
    ("text", "items", "tally"),
    [
        (
            "全市聚焦通用人工智能、量子科技、第三代半導體、氫能和儲能、深海裝備等5個未來產業主賽道。",
            ["通用人工智能", "量子科技", "第三代半導體", "氫能和儲能", "深海裝備"],
            5,
        ),
        (
            "实施“技术强基”“应用领跑”“骨干成林”三大计划。",
            ["“技术强基”", "“应用领跑”", "“骨干成林”"],
            3,
        ),
        ("包括“甲一”、“乙二”和“丙三”。", ["“甲一”", "“乙二”", "“丙三”"], 0),
        (
            "建设目标一致、机制灵活、运转高效的生态型、任务型、平台型三类联合体。",
            ["生态型", "任务型", "平台型"],
            3,
        ),
        ("優先選房的有烈士遺屬、重度殘疾人以及老人。", ["烈士遺屬", "重度殘疾人", "老人"], 0),
        ("應檢附身分證、戶口名簿及印章。", ["身分證", "戶口名簿", "印章"], 0),
        ("並深化長三角、大灣區等地的合作。", ["長三角", "大灣區"], 0),
        ("新增职教园、金桂路口、会展中心三个站点。", ["职教园", "金桂路口", "会展中心"], 3),
        (
            "The grant covers heat pumps, LED lighting, wall insulation and double glazing.",
            ["heat pumps", "LED lighting", "wall insulation", "double glazing"],
            0,
        ),
        ("Bring a passport, a bill, or a licence", ["a passport", "a bill", "a licence"], 0),
    ],
)
def test_a_list(text: str, items: list[str], tally: int) -> None:
    (only,) = enumerations(fold(text))
    said = [text[a:b] for a, b in only.items]
    # an introduction that no rule knows may stand before the first item, never inside another
    assert said[1:] == items[1:]
    assert said[0].endswith(items[0])
    assert only.tally == tally
    assert text[only.start : only.end] == text[only.items[0][0] : only.items[-1][1]]


@pytest.mark.parametrize(
    "text",
    [
        *("最高支持1000萬元，期限三年。", "“12345”方案", "by rail, by road", "A和B。", "", "、"),
        "第七条 消费者在购买、使用商品和接受服务时享有人身、财产安全不受损害的权利。",
        "消费者享有人身、财产安全不受损害的权利。",
    ],
)
def test_no_list(text: str) -> None:
    assert listed(text) == []


def test_a_verb_of_every_item_stays() -> None:
    assert listed("推進招商、培育企業、完善政策。") == [["推進招商", "培育企業", "完善政策"]]
    assert listed("全面推進招商、就業、投資。") == [["招商", "就業", "投資"]]


def test_two_lists_in_one_sentence() -> None:
    assert listed("設有醫院、學校，包括醫生、教師。") == [["醫院", "學校"], ["醫生", "教師"]]


@pytest.mark.parametrize(
    ("tally", "items", "number", "fit"),
    [(5, 5, 5, 1.0), (0, 5, 5, 0.25), (3, 5, 5, 0.0), (5, 5, 0, 0.0), (5, 5, 6, 0.0)],
)
def test_how_a_list_fits_the_number_asked_for(
    tally: int, items: int, number: int, fit: float
) -> None:
    assert Enumeration(0, 9, ((0, 1),) * items, tally).fit(number) == fit


@given(st.text(alphabet="甲乙的、和及等三個類“”，。包括 ab,and一是\n", max_size=40))
def test_items_are_places_in_order(text: str) -> None:
    folded = fold(text)
    for found in enumerations(folded):
        assert all(0 <= a < b <= len(text) for a, b in found.items)
        assert all(left[1] <= right[0] for left, right in pairwise(found.items))
        assert (found.start, found.end) == (found.items[0][0], found.items[-1][1])
