"""Names of rows: said in a question, or another that is formed like them."""

from __future__ import annotations

import pytest

from wenju.corpus.script import fold
from wenju.qa.naming import Naming, naming, pairs_said
from wenju.qa.row_names import (
    Around,
    another_name,
    is_figure,
    key_columns,
    may_mean,
    missing_row,
)

SCHOOLS = ("南一中", "南二中", "南湖小学", "南实验学校")
HARBOURS = ("北岙港", "南岙港", "石塘港")


@pytest.mark.parametrize(
    ("question", "names", "said"),
    [
        ("南三中有多少专任教师", SCHOOLS, "南三中"),
        ("请问北湖小学的校长是谁", SCHOOLS, "北湖小学"),
        ("2024年北湖小学招了多少新生", SCHOOLS, "北湖小学"),
        ("大陳港有幾個泊位", HARBOURS, "大陈港"),
        ("H线首班车几点", ("A线", "B线"), "h线"),
        ("13号线有几站", ("3号线", "1号线"), "13号线"),
        ("十三号线有几站", ("三号线", "一号线"), "十三号线"),
        ("北湖港有几个泊位", ("石桥港", "松林港"), "北湖港"),
        ("四档的补贴额多少", ("一档", "二档"), "四档"),
        ("梅湾安置房三期什么时候开工", ("梅湾安置房二期", "柳坪大道工程"), "梅湾安置房三期"),
        ("南湖中心小学的校长是谁", SCHOOLS, "南湖中心小学"),
        ("2025年生产总值是多少", ("2022年", "2023年"), "2025年"),
        ("三级伤残补助多少", ("一级", "二级"), "三级"),
        (
            *("2025年梅橋排水改善工程的補助款", ("青林排水改善工程", "青塘公園整建工程")),
            "梅桥排水改善工程",
        ),
    ],
)
def test_a_name_that_no_row_has(question: str, names: tuple[str, ...], said: str) -> None:
    folded = fold(question)
    found = another_name(folded, map(fold, names), Around())
    assert found and folded[slice(*found)].endswith(said)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("南二中有多少专任教师", SCHOOLS),
        ("白沙二中有多少学生", ("白沙镇第一中学", "白沙镇第二中学")),
        ("听说白沙二中很大，有多少学生", ("白沙镇第二中学", "白沙镇第三中学")),
        ("云州市南一中有多少学生", SCHOOLS),
        ("这些学校有多少学生", SCHOOLS),
        ("哪所学校的学生最多", SCHOOLS),
        ("每个港有几个泊位", HARBOURS),
        ("敬老票多少钱", ("老人票", "学生票")),
        ("打羽毛球晚上多少钱", ("羽球馆", "桌球室")),
        ("第三档补贴多少", ("一档", "三档")),
        ("3级伤残补助多少", ("二级", "三级")),
        ("65岁可以领多少", ("60岁", "80岁")),
        ("港务费多少钱", HARBOURS),
        ("南湖国小有多少学生", SCHOOLS),
        ("专任教师最多有多少人", SCHOOLS),
    ],
)
def test_what_may_be_one_of_them_or_is_no_name(question: str, names: tuple[str, ...]) -> None:
    assert another_name(fold(question), map(fold, names), Around()) is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("小孩票多少钱", ("儿童票", "老人票")),
        ("私家车首小时收费多少", ("小型车", "大型车")),
        ("工厂用水一吨多少钱", ("居民生活用水", "非居民生活用水")),
        ("产假的薪水发几成", ("居民生活用水", "非居民生活用水")),
        ("我家人可以办什么卡", ("残疾人", "65岁以上老年人")),
        ("店里十二个人要交多少", ("残疾人", "65岁以上老年人")),
        ("每招一名应届生补贴多少", ("企业招用应届生补贴", "职业技能培训补贴")),
    ],
)
def test_another_word_for_a_row(question: str, names: tuple[str, ...]) -> None:
    assert another_name(fold(question), map(fold, names), Around()) is None


@pytest.mark.parametrize(
    ("question", "names"),
    [("挤奶机的补贴额多少", ("拖拉机", "插秧机")), ("歌咏会几点", ("读书会", "健步走"))],
)
@pytest.mark.xfail(reason="a common noun may be another word for a row", strict=True)
def test_a_common_noun_that_no_row_has(question: str, names: tuple[str, ...]) -> None:
    assert another_name(fold(question), map(fold, names), Around())


def test_what_is_told_beside_a_name_is_no_part_of_it() -> None:
    folded = fold("云州市拖拉机四档补贴多少")
    above = pairs_said(folded, fold("云州市农机补贴"))
    around = Around(naming(folded, "拖拉机").whole, above=above)
    assert another_name(folded, ("一档", "二档"), around) == (6, 8)
    assert another_name(fold("云州市学校有几所"), ("南实验学校",), Around()) is not None
    above = pairs_said(fold("云州市学校有几所"), "云州市学校一览")
    assert another_name(fold("云州市学校有几所"), ("南实验学校",), Around(above=above)) is None


def test_names_that_the_table_tells_apart_are_not_one() -> None:
    assert may_mean("南湖小学", "南湖中心小学")
    assert not may_mean("南湖小学", "南湖中心小学", ("南湖中心小学", "东山小学"))
    assert not may_mean("南湖中心小学", "南湖小学")


def test_a_number_is_said_whole() -> None:
    assert naming("13号线有几站", "3号线").whole == frozenset()
    assert naming("3号线有几站", "3号线").whole == frozenset({0, 1, 2})
    assert naming("南二中", "中") == Naming()


def test_key_columns_tell_rows_apart() -> None:
    rows = [
        {"序号": "1", "机具": "拖拉机", "档次": "一档", "补贴额": "12000"},
        {"序号": "2", "机具": "拖拉机", "档次": "二档", "补贴额": "21000"},
        {"序号": "3", "机具": "插秧机", "档次": "二档"},
    ]
    assert key_columns(rows) == ("机具", "档次")
    assert key_columns(rows[1:]) == ("机具",)


@pytest.mark.parametrize("text", ["1785", "42.4%", "1,200", "139人", "6.5公里"])
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["3号线", "2024年", "一档", "qs-2023-0118", "南一中", "七", ""])
def test_names_are_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_a_line_of_labels_names_no_row() -> None:
    rows = [{"活动": "南湖健步走", "地点": "市民中心"}, {"活动": "石塘健步走", "地点": "少年宫"}]
    asked = "大陈健步走几点开始"
    assert missing_row(asked, rows[:1], ("活动",), Naming(), frozenset()) is None
    assert missing_row(asked, rows, ("活动",), Naming(), frozenset()) == (0, 5)


def test_a_table_of_numbers_alone_has_no_names() -> None:
    rows = [{"年": "1", "人": "20"}, {"年": "2", "人": "30"}]
    assert missing_row("2024年招生多少人", rows, (), Naming(), frozenset()) is None
