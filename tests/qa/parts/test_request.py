"""What questions ask of several things, read off their words alone."""

from __future__ import annotations

import pytest

from wenju.corpus.script import to_simplified, to_traditional
from wenju.qa.parts import Request, counted_items, read_parts

EACH = {
    "成人借阅证和儿童借阅证的押金分别是多少": {
        "成人借阅证": "成人借阅证的押金是多少",
        "儿童借阅证": "儿童借阅证的押金是多少",
    },
    "霞浦縣博士和碩士每月各補助多少": {
        "博士": "霞浦縣博士每月補助多少",
        "碩士": "霞浦縣碩士每月補助多少",
    },
    "停车一类区域月卡和年卡分别多少钱": {
        "月卡": "停车一类区域月卡多少钱",
        "年卡": "停车一类区域年卡多少钱",
    },
    "运动中心游泳池和健身房平日的票价分别是多少": {
        "游泳池": "运动中心游泳池平日的票价是多少",
        "健身房": "运动中心健身房平日的票价是多少",
    },
    "A區、B區和C區的收費分別是多少": {
        "A區": "A區的收費是多少",
        "B區": "B區的收費是多少",
        "C區": "C區的收費是多少",
    },
    "新聞發布會是什麼時候開的、在哪裡舉行": {
        "新聞發布會是什麼時候開的": "新聞發布會是什麼時候開的",
        "在哪裡舉行": "新聞發布會在哪裡舉行",
    },
    "水价是多少，低保家庭每月免收多少水费？": {
        "水价是多少": "水价是多少",
        "低保家庭每月免收多少水费": "低保家庭每月免收多少水费",
    },
}
CONCLUDED = {
    "城东片区和城西片区一共有多少家食堂": ("sum", ["城东片区", "城西片区"]),
    "城東片區和城西片區哪個的食堂多": ("comparison", ["城東片區", "城西片區"]),
    "接待旅客2024年比2023年多多少": ("difference", ["2024年", "2023年"]),
    "博士和硕士每月的补助相差多少": ("difference", ["博士", "硕士"]),
    "养老床位比上年增加多少张": ("difference", []),
}
ONE_THING = (
    "生態型聯合體最高支持多少",
    "各部门分别负责什么",
    "哪些单位、哪些个人可以申请",
    "什么时候、在哪里举行",
    "比赛什么时候开始",
    "第一级和第二级水价的比例是多少",
    "印度野驴与非洲野驴的分别是什么",
    "湖人選擇了哪位球員，為未來幾年王朝奠下基礎",
    "教育局和卫生局共同负责什么",
)


def read(text: str) -> Request:
    request = read_parts(text)
    assert request is not None
    return request


@pytest.mark.parametrize(("text", "parts"), EACH.items())
def test_each_part_is_a_question_of_its_own(text: str, parts: dict[str, str]) -> None:
    request = read(text)
    assert {part.label: part.question for part in request.parts} == parts
    assert request.conclusion == ""


@pytest.mark.parametrize("text", [*EACH, *CONCLUDED])
def test_labels_are_words_of_the_question_in_its_order(text: str) -> None:
    labels = [part.label for part in read(text).parts]
    places = [text.index(label) for label in labels]
    assert places == sorted(places) and len({*labels}) == len(labels)


@pytest.mark.parametrize("text", [*EACH, *CONCLUDED])
def test_both_scripts_have_the_same_parts(text: str) -> None:
    simplified = to_simplified(text)
    traditional = to_traditional(simplified)
    one, two = read(simplified), read(traditional)
    assert [to_simplified(p.question) for p in two.parts] == [
        to_simplified(p.question) for p in one.parts
    ]
    assert [p.own for p in one.parts] == [p.own for p in two.parts]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("博士畢業生與碩士畢業生的補助分別是多少", ["博士", "硕士"]),
        ("任務型聯合體和生態型聯合體分別最高支持多少", ["任务型", "生态型"]),
        ("月卡和年卡分别多少钱", ["月卡", "年卡"]),
        ("2023年和2024年分别接待多少旅客", ["2023", "2024"]),
        ("游泳池和健身房的票价分别是多少", ["游泳池", "健身房"]),
    ],
)
def test_a_part_is_known_by_the_words_that_the_others_lack(text: str, own: list[str]) -> None:
    assert [part.own for part in read(text).parts] == own


@pytest.mark.parametrize(("text", "asked"), CONCLUDED.items())
def test_what_is_to_be_concluded_is_known(text: str, asked: tuple[str, list[str]]) -> None:
    request = read(text)
    assert (request.conclusion, [part.label for part in request.parts]) == asked


def test_no_part_asks_for_the_conclusion() -> None:
    for text in CONCLUDED:
        for part in read(text).parts:
            assert read_parts(part.question) is None


@pytest.mark.parametrize("text", ONE_THING)
def test_a_question_for_one_thing_has_no_parts(text: str) -> None:
    assert read_parts(text) is None


def test_a_count_of_items_asks_for_the_items() -> None:
    assert counted_items("申請條件共有幾項") == "申請條件有哪些"
    assert counted_items("要符合几项条件") == "要符合哪些条件"
    assert counted_items("位列第几类") == counted_items("生態型最高支持多少") == ""
