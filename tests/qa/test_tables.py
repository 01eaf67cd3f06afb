"""Which row and which column of the tables found a question names."""

from __future__ import annotations

import pytest

from tests.qa.reading import context, hit, place
from wenju.index.hit import Hit
from wenju.qa.context import Beside, PassageContext
from wenju.qa.passage import view_of
from wenju.qa.proposals import propose
from wenju.qa.question import parse
from wenju.qa.tables import Tables

SCHOOLS = (
    "学校：一中；在校生（人）：2140；专任教师（人）：163；占地（亩）：80。\n"
    "学校：二中；在校生（人）：1785；专任教师（人）：129。\n"
    "学校：南二中；在校生（人）：1320；专任教师（人）：101；占地（亩）：60。"
)
GRANTS = (
    "機具：拖拉機；檔次：一檔；補貼額（元）：12000；縣級累加（元）：1500。\n"
    "機具：拖拉機；檔次：二檔；補貼額（元）：21000；縣級累加（元）：2600。\n"
    "機具：插秧機；檔次：二檔；補貼額（元）：8600；縣級累加（元）：1100。"
)
PARKING = (
    "区域：火车站；收费标准（元） 首小时：8；收费标准（元） 全天封顶：60。\n"
    "区域：汽车站；收费标准（元） 首小时：5；收费标准（元） 全天封顶：40。"
)
STATIONS = "驿站：滨河驿站；日均投放量（公斤）：860；值守（人）：4。\n驿站：东门驿站；日均投放量（公斤）：530；值守（人）：3。"
VACCINATED = "鄉鎮：獅潭鄉；接種人數：3120；未接種人數：1262。\n鄉鎮：三灣鄉；接種人數：4405；未接種人數：1988。"
WORKS = (
    "工程名稱：青林公園整建工程；預算數（千元）：40523；完工日期：2026年3月8日。\n"
    "工程名稱：青塘公園整建工程；預算數（千元）：45926；完工日期：2025年9月5日。"
)
VILLAGES = (
    "里別：東安里；戶數：1320；監視器（支）：46。\n里別：新東安里；戶數：987；監視器（支）：31。"
)


def texts(found: PassageContext) -> list[str]:
    """What is offered, without spans that hold more than a number."""
    offered = (found.hit.passage.text[p.start : p.end] for p in propose(found))
    return [text for text in offered if text.isdecimal()]


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        ("二中有多少专任教师", SCHOOLS, ["129"]),
        ("南二中有多少专任教师", SCHOOLS, ["101"]),
        ("一中在校生有多少人", SCHOOLS, ["2140"]),
        ("二中占地多少亩", SCHOOLS, []),
        ("拖拉機二檔的補貼額是多少元", GRANTS, ["21000"]),
        ("插秧機二檔縣級累加多少元", GRANTS, ["1100"]),
        ("汽车站首小时收费多少", PARKING, ["5"]),
        ("火车站收费标准全天封顶是多少元", PARKING, ["60"]),
        ("東安里有多少戶", VILLAGES, ["1320"]),
        ("新東安里裝了幾支監視器", VILLAGES, ["31"]),
        ("2025年青林公園整建工程的預算數是多少", WORKS, ["40523"]),
        ("三灣鄉未接種人數是多少", VACCINATED, ["1988"]),
        ("滨河驿站一天处理费多少钱", STATIONS, []),
        ("滨河驿站日均投放多少公斤", STATIONS, ["860"]),
        ("滨河驿站日均投放量多少", STATIONS, ["860"]),
    ],
)
def test_the_row_and_the_column_that_are_named(question: str, text: str, wanted: list[str]) -> None:
    assert texts(context(question, text)) == wanted


def test_without_a_named_row_all_are_offered() -> None:
    assert texts(context("专任教师最多有多少人", SCHOOLS)) == ["163", "129", "101"]


@pytest.mark.parametrize(
    ("question", "unit", "value"),
    [
        ("南岙港有几个泊位", "（个）", "9"),
        ("南岙港的泊位造价多少钱", "（万元）", "9.5"),
        ("南岙港泊位完好率是多少", "（%）", "95"),
    ],
)
def test_a_unit_in_the_columns_name_counts_for_its_numbers(
    question: str, unit: str, value: str
) -> None:
    text = f"港区：南岙港；泊位{unit}：{value}；水深：三级。"
    assert context(question, text).typed == (place(text, value),)


def test_another_unit_is_of_another_kind() -> None:
    assert (
        context("南岙港的泊位造价多少钱", "港区：南岙港；泊位（个）：9；水深：三级。").typed == ()
    )


def test_a_bare_number_answers_only_under_a_column_that_is_named() -> None:
    text = "港区：南岙港；造价：95；职工：37。"
    assert context("南岙港造价多少万元", text).typed == (place(text, "95"),)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [("QS-2023-0118号合同金额是多少万元", ["432"]), ("QS-2023-0119号合同金额是多少万元", [])],
)
def test_a_number_that_no_row_bears_is_answered_by_none(question: str, wanted: list[str]) -> None:
    rows = [f"合同编号：QS-2023-01{n}；金额（万元）：{m}。" for n, m in (("17", 286), ("18", 432))]
    assert texts(context(question, "\n".join(rows))) == wanted


def beside(question: str, *hits: Hit) -> list[PassageContext]:
    asked = parse(question)
    tables = Tables(asked, [view_of(one.passage) for one in hits])
    return [PassageContext(asked, one, 2.0, None, Beside((), tables)) for one in hits]


def test_a_row_that_is_named_stands_in_another_passage() -> None:
    own = hit("站点：云栖园一站；床位（张）：40；职工（人）：6。", rank=1)
    namesake = hit("站点：新云栖园一站；床位（张）：70；职工（人）：9。", rank=2)
    unlike = hit("站点：荷风里二站；床位（张）：64；职工（人）：8。", rank=3)
    alike = hit("站点：云栖园小区第一站；床位（张）：52；职工（人）：7。", rank=4)
    found = beside("云栖园一站床位多少张", own, namesake, unlike, alike)
    # another document may mean the same by a name of its own
    assert [texts(one) for one in found] == [["40"], [], [], ["52"]]


def test_of_two_tables_that_one_answers_which_is_of_what_stands_before_the_name() -> None:
    own = hit("线路：A线；车站（座）：12。\n线路：H线；配车（辆）：44。", title="金沙区线路表")
    other = hit("线路：H线；车站（座）：31；配车（辆）：70。", rank=2, title="泰和市线路表")
    # its own cell is empty there
    assert [texts(one) for one in beside("金沙区H线有几座车站", own, other)] == [[], []]
    assert [texts(one) for one in beside("H线有几座车站", own, other)] == [[], ["31"]]


def test_of_two_tables_that_one_answers_which_is_of_the_year() -> None:
    own = hit("项目：梅湾大道工程；银行贷款（万元）：5655。", title="2023年投资计划")
    other = hit("项目：梅湾大道工程；银行贷款（万元）：9586。", rank=2, title="2026年投资计划")
    found = beside("2023年梅湾大道工程银行贷款多少万元", own, other)
    assert [texts(one) for one in found] == [["5655"], []]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("南三中有多少专任教师", SCHOOLS.replace("学校：一中", "学校：南一中")),
        ("挤奶机二档的补贴额是多少元", GRANTS.translate(str.maketrans("機檔貼額", "机档贴额"))),
        pytest.param(
            *("飞机场首小时收费多少", PARKING.replace("汽车站", "火车场")),
            marks=pytest.mark.xfail(reason="飞机场 may be another word for a row", strict=True),
        ),
    ],
)
def test_a_row_that_is_not_there_is_answered_by_none(question: str, text: str) -> None:
    assert texts(context(question, text)) == []


def test_a_place_in_several_rows_is_of_another_if_any_is() -> None:
    found = context("二中有多少专任教师", SCHOOLS)
    start, end = SCHOOLS.index("163"), SCHOOLS.index("129") + 3
    assert found.is_of_another((start, end))
    own = SCHOOLS.index("学校：二中")
    assert not found.is_of_another((own, SCHOOLS.index("\n", own)))


def test_a_row_is_named_behind_the_name_of_its_group() -> None:
    text = "片区：城北片区；学校：长乐一中；在校生（人）：402。\n片区：开发区；学校：红丰中心小学；在校生（人）：497。"
    assert texts(context("红丰中心小学有多少在校生", text)) == ["497"]
    bare = (
        "编号：1；南一中；在校生（人）：402。\n编号：2；南二中；在校生（人）：497；教师（人）：44。"
    )
    assert texts(context("南二中有多少在校生", bare)) == ["497"]


UNNAMED = "一、城北片区；学校：长乐一中；在校生（人）：402。\n二、开发区；学校：红丰中心小学；在校生（人）：497。"


def test_a_row_that_is_not_there_is_answered_by_none_behind_groups_without_a_columns_name() -> None:
    assert texts(context("红丰中心小学有多少在校生", UNNAMED)) == ["497"]
    assert texts(context("安丰小学有多少在校生", UNNAMED)) == []


@pytest.mark.xfail(reason="of two rows the groups alone tell them apart", strict=True)
def test_a_row_that_is_not_there_is_answered_by_none_where_groups_are_named() -> None:
    named = UNNAMED.replace("一、", "片区：").replace("二、", "片区：")
    assert texts(context("安丰小学有多少在校生", named)) == []


def test_a_number_that_is_also_a_year_is_part_of_its_code() -> None:
    text = "合同编号：HT-2024-0109；金额（万元）：24；经办人：周玉兰。\n合同编号：HT-2024-0112；金额（万元）：51。"
    assert texts(context("HT-2024-0109号合同的金额是多少", text)) == ["24"]
    assert texts(context("HT-2024-0110号合同的金额是多少", text)) == []


def test_part_of_a_columns_name_names_it() -> None:
    text = "乡镇：永安乡；参保人数（人）：9604；其中:困难群众（人）：534。\n乡镇：青林乡；参保人数（人）：8699。"
    assert texts(context("永安乡困难群众有多少人", text)) == ["534"]


def test_an_empty_cell_is_answered_by_no_other() -> None:
    text = "学校：南一中；学生数（人）：1326；职员数（人）：6。\n学校：南二中；学生数（人）：985；教师数（人）：81。"
    found = context("南二中有多少职员", text)
    row = text.index("学校：南二中")
    assert texts(found) == [] and found.is_of_another((row, len(text)))


@pytest.mark.parametrize("question", ["哪些学校有专任教师", "二中怎么走"])
def test_lists_and_ways_are_of_all_rows(question: str) -> None:
    found = context(question, SCHOOLS)
    assert not any(found.is_of_another(place(SCHOOLS, said)) for said in ("163", "129", "101"))
