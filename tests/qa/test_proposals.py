"""What is offered of a passage, and with what marks: spans, values, lists, lines, cells, sections."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.qa.network.small import NumberScorer, input_of
from tests.qa.reading import context, features_of, hit, offered, place
from wenju.index.hit import Hit
from wenju.qa.network.spans import Scores
from wenju.qa.proposals import Proposal, propose
from wenju.qa.proposals.proposal import merged
from wenju.qa.proposals.proposers import asked_cell

# what the gates asked before: that much of the subject had to be said
SUBJECT = 0.8


def parts_of(question: str, found: Hit, mark: str) -> list[str]:
    (proposal,) = (p for p in propose(context(question, found)) if p.marks.get(mark))
    return [found.passage.text[a:b] for a, b in proposal.parts]


# --- proposals ------------------------------------------------------------------------------------


def test_a_place_is_offered_once_with_all_that_was_said_for_it() -> None:
    found = merged(
        [
            Proposal(2, 5, marks={"first": 1.0, "label": 0.25}),
            Proposal(0, 3),
            Proposal(2, 5, ((2, 3),), {"label": 0.5, "lead": 0.75}),
            Proposal(2, 5, ((4, 5),), {"label": 0.25}),
        ]
    )
    assert found == [
        Proposal(2, 5, ((2, 3),), {"first": 1.0, "label": 0.5, "lead": 0.75}),
        Proposal(0, 3),
    ]


def test_what_is_of_the_kind_asked_for_is_offered() -> None:
    text = "生態型最高支持1000萬元,每年3次。"
    around = context("最高支持多少錢", text)
    assert around.typed == (place(text, "1000萬元"),)
    assert Proposal(*place(text, "1000萬元")) in propose(around)
    assert place(text, "3次") not in [p.place for p in propose(around)]


def test_the_networks_spans_are_offered_and_its_best_is_first() -> None:
    text = "图书馆有自习座位120席。旧馆有座位800席。"
    question = "图书馆有多少席座位"
    read = input_of(text, question)
    (scores,) = NumberScorer().score([read])
    found = propose(context(question, text, scores=Scores(read, scores, text)))
    first = [text[p.start : p.end] for p in found if p.marks.get("first")]
    assert first == ["120席"]
    assert "800席" in [text[p.start : p.end] for p in found]
    assert not [p for p in propose(context(question, text)) if p.marks.get("first")]


def test_the_statements_that_say_most_are_offered_whole() -> None:
    text = "停水影響多少戶?\n一、花開了。\n停水影響四萬戶;停水影響用戶。花謝了。"
    assert offered("停水影響多少戶", text, "whole") == {"停水影響四萬戶": 1.0, "停水影響用戶": 1.0}


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        (
            "骨幹成林計劃的重點是什麼",
            "骨幹成林計劃的重點是建設園區,培育企業。",
            "建設園區,培育企業",
        ),
        ("應用領跑計劃的重點是什麼", "應用領跑計劃的重點在於場景的落地。", "場景的落地"),
        ("骨幹成林計劃的重點有哪些", "骨幹成林計劃的重點是建設園區。", None),  # not what it is
        ("骨幹成林計劃的重點是什麼", "今天天氣晴朗無比的說法是錯的。", None),  # of something else
    ],
)
def test_what_a_thing_is_said_to_be(question: str, text: str, said: str | None) -> None:
    assert list(offered(question, text, "copula")) == ([said] if said else [])


MARKS = st.text(
    alphabet="甲、乙。；\n -·*是為1萬元5月日主持王市局：“”|（一）的下列", min_size=1, max_size=60
)
ASKED = ["多少錢", "誰主持", "哪三個", "有哪些", "何時截止", "電話", "重點是什麼", "怎麼申請"]


@settings(deadline=None)
@given(st.sampled_from(ASKED), MARKS)
def test_no_proposal_is_empty_outside_or_offered_twice(question: str, text: str) -> None:
    found = propose(context(question, text))
    places = [p.place for p in found]
    assert len(places) == len(set(places))
    for proposal in found:
        assert 0 <= proposal.start < proposal.end <= len(text)
        assert any(map(str.isalnum, text[proposal.start : proposal.end]))
        assert all(proposal.start <= a < b <= proposal.end for a, b in proposal.parts)


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "counted"),
    [
        ("分為哪三類", "分為甲類、乙類、丙類三大類。", 1.0),  # the text says so itself
        ("分為哪三類", "分為甲類、乙類、丙類。", 0.25),  # the items add up
        ("分為哪四類", "分為甲類、乙類、丙類。", 0.0),
        ("分為哪四類", "分為甲類、乙類、丙類三大類。", 0.0),
        ("分為哪些類", "分為甲類、乙類、丙類三大類。", 0.0),
    ],
)
def test_a_list_is_offered_with_how_its_number_fits(
    question: str, text: str, counted: float
) -> None:
    around = context(question, text)
    (whole,) = (p for p in propose(around) if p.marks.get("listed"))
    assert text[whole.start : whole.end] == "甲類、乙類、丙類"
    assert [text[a:b] for a, b in whole.parts] == ["甲類", "乙類", "丙類"]
    assert (whole.marks["listed"], whole.marks["counted"]) == (1.0, counted)
    part = features_of(around, "甲類")
    assert (part["listed"], part["counted"]) == (0.0, 0.0)


def test_no_list_is_offered_for_what_is_none() -> None:
    assert offered("最高支持多少錢", "分為甲類、乙類、丙類。", "listed") == {}


def test_a_list_of_years_has_dates() -> None:
    text = "分為甲類、乙類、丙類。比賽包括2019年、2020年、2021年。"
    assert [*offered("比賽有哪些年", text, "listed")] == ["2019年、2020年、2021年"]
    assert len(offered("比賽有哪些", text, "listed")) == 2


# --- sections -------------------------------------------------------------------------------------

GUIDE = "托育补贴办事指南"
PAPERS = hit(
    "三、需要哪些材料\n1. 身份证件；\n2. 入托证明。\n逾期不补。", title=GUIDE, rank=2, dense=0.4
)
WAY = hit("申请流程\n到社区窗口交表，当场受理。", title=GUIDE, rank=3, dense=0.4)
WHO = hit("补贴对象\n孩子未满3周岁的家庭。", title=GUIDE, rank=4, dense=0.4)
HOURS = hit("开放时间\n星期二至星期六9时至21时。", title="图书馆规则", dense=0.4)


def sections(question: str, *hits: Hit) -> dict[str, float]:
    return {text: said for h in hits for text, said in offered(question, h, "section").items()}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("申請托育補貼要哪些文件", "1. 身份证件；\n2. 入托证明"),
        ("托育补贴怎么申请", "到社区窗口交表，当场受理。"),
        ("托育补贴的申请流程", "到社区窗口交表，当场受理。"),
        ("谁可以申请托育补贴", "孩子未满3周岁的家庭。"),
        ("圖書館幾點關門", "星期二至星期六9时至21时。"),
    ],
)
def test_the_section_is_offered(question: str, answer: str) -> None:
    found = sections(question, PAPERS, WAY, WHO, HOURS)
    assert [text for text, said in found.items() if said >= SUBJECT] == [answer]


def test_its_list_has_items() -> None:
    assert parts_of("托育补贴要什么材料", PAPERS, "section") == ["身份证件", "入托证明"]


@pytest.mark.parametrize(
    "question",
    [
        "护照的申请流程",  # of something else
        "结婚登记要什么材料",
        "托育补贴一个月多少钱",  # no section is written on it
        "托育补贴的开放时间",  # the section speaks of another thing
        "报名需要什么材料",  # of what?
        "今天天气如何",
    ],
)
def test_for_other_questions_no_heading_speaks(question: str) -> None:
    found = sections(question, PAPERS, WAY, WHO, HOURS)
    assert all(said < SUBJECT for said in found.values())


def test_a_title_is_no_heading_and_a_heading_needs_words_below() -> None:
    title = hit("申请流程说明\n发布单位：市政府", title="申请流程说明")
    assert sections("申请流程", title) == {}
    assert sections("托育补贴的申请流程", hit("托育补贴申请流程", title=GUIDE)) == {}


def test_of_a_long_section_the_first_sentence_is_offered() -> None:
    text = "申请流程\n到社区窗口交表。" + "另外说明其他事项。" * 40
    assert [*sections("托育补贴的申请流程", hit(text, title=GUIDE))] == ["到社区窗口交表。"]


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("怎样申请托育补贴", "二、申请条件\n住满一年。", True),
        ("怎样申请托育补贴", "办理流程\n到窗口交表。", False),
        ("怎样申请托育补贴", "咨询\n到窗口问。", False),  # no aspect has that name
        ("怎样申请托育补贴", "申请条件是住满一年。", False),  # no heading
        ("托育补贴是多少", "申请条件\n住满一年。", False),  # no aspect is asked for
    ],
)
def test_sections_on_another_aspect(question: str, text: str, *, another: bool) -> None:
    found = features_of(context(question, text), (0, len(text)))
    assert found["another_aspect"] == another


# --- labelled lines -------------------------------------------------------------------------------

LINES = (
    "臨澤市新聞發布會\n時間：2024年5月16日上午10:00\n地點：臨澤市民中心三樓\n"
    "發布日期：2024年5月20日\n- 出席領導：科技局段以恆、工信局池雪嵐\n記錄：甘棠\n"
)
BRIEFING = hit(LINES, title="臨澤市新聞發布會")
OTHER = hit("时间：2024年6月20日14:30\n地点：\n", rank=2, title="青原市新闻发布会")


def lines(question: str, found: Hit) -> list[str]:
    marked = offered(question, found, "event_line")
    return [text for text, said in marked.items() if said >= SUBJECT]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("發布會是什麼時候開的", "2024年5月16日上午10:00"),
        ("新闻发布会几点开始", "2024年5月16日上午10:00"),
        ("臨澤市新聞發布會在哪裡舉行", "臨澤市民中心三樓"),
        ("誰出席了新聞發布會", "科技局段以恆、工信局池雪嵐"),
        ("新聞發布會是誰記錄的", "甘棠"),
    ],
)
def test_the_line_is_offered(question: str, answer: str) -> None:
    assert lines(question, BRIEFING) == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "發布會什麼時候公布名單",  # more than when it was
        "誰主持了新聞發布會",  # another did
        "是什麼時候開的",  # of what?
        "培訓是什麼時候開的",  # another thing
        "新聞發布會有多少人",  # no such label
    ],
)
def test_for_other_questions_no_line_speaks(question: str) -> None:
    assert lines(question, BRIEFING) == []


def test_each_document_offers_its_own_line_and_an_empty_one_none() -> None:
    assert lines("新聞發布會是什麼時候開的", OTHER) == ["2024年6月20日14:30"]
    assert lines("新聞發布會在哪裡開", OTHER) == []


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        ("在哪裡舉行", "地點：市民中心", "市民中心"),
        ("什麼時候開會", "● 會議時間: 5月1日", "5月1日"),
        ("什麼時候開會", "發布時間：5月1日", None),
        ("什麼時候發布", "發布時間：5月1日", "5月1日"),
        ("在哪裡舉行", "時間：5月1日", None),
        ("重點是什麼", "地點：市民中心", None),
        ("打什麼電話", "監督電話：0837-5550171", "0837-5550171"),
    ],
)
def test_a_label_names_what_is_asked_for(question: str, line: str, value: str | None) -> None:
    assert offered(question, line, "label") == ({value: 1.0} if value else {})


# --- announced lists ------------------------------------------------------------------------------

OVERTIME = (
    "第 24 條\n雇主延長勞工工作時間者，其延長工作時間之工資，依下列標準加給：一、在二小時以內者，加給三分之一。"
    "二、再延長者，加給三分之二。雇主並應記錄。"
)
ITEMS = ["在二小時以內者，加給三分之一", "再延長者，加給三分之二"]
ELSE = "第 25 條\n雇主對勞工不得因性別而有差別之待遇。"


@pytest.mark.parametrize("question", ["延長工作時間之工資怎麼算", "延长工作时间的工资如何计算"])
def test_how_is_told_in_parts(question: str) -> None:
    assert offered(question, ELSE, "lead") == {}
    ((text, said),) = offered(question, OVERTIME, "lead").items()
    assert said >= SUBJECT
    assert text.startswith("雇主延長勞工工作時間者")
    assert text.endswith(ITEMS[-1])
    assert parts_of(question, hit(OVERTIME), "lead") == ITEMS


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("退休金怎麼計算", OVERTIME),  # of something else
        ("怎麼算", OVERTIME),  # of nothing
        ("延長工作時間之工資怎麼算", OVERTIME.replace("依下列標準加給", "加給")),  # no promise
        ("延長工作時間之工資怎麼算", OVERTIME.replace("二、", "")),  # no parts
        ("延長工作時間之工資是多少", OVERTIME),  # not how
    ],
)
def test_other_lists_say_nothing_of_it(question: str, text: str) -> None:
    assert all(said < SUBJECT for said in offered(question, text, "lead").values())


def test_a_list_that_may_go_on_in_the_next_passage_is_offered() -> None:
    text = OVERTIME[: OVERTIME.index("二、再")]
    ((found, said),) = offered("延長工作時間之工資怎麼算", text, "lead").items()
    assert said >= SUBJECT
    assert found.endswith(ITEMS[0])


# --- tables ---------------------------------------------------------------------------------------

TABLE = """任務分工表
任務 | 負責人 | 完成期限 | 經費
第二水源管線 | 田仲康 | 11月底 | 300萬元
智慧水務平臺 | 閔致遠 | 9月30日 | 80萬元"""


@pytest.mark.parametrize(
    ("question", "row", "wanted"),
    [
        ("第二水源管線由誰負責", 2, ["田仲康"]),
        ("智慧水務平臺的負責人是誰", 3, ["閔致遠"]),
        ("智慧水務平臺什麼時候完成", 3, ["9月30日"]),
        ("第二水源管線的經費是多少錢", 2, ["300萬元"]),
        ("智慧水務平臺的顏色", 3, []),  # no column is named
        ("第二水源管線由誰負責", 1, []),  # the head itself
        ("第二水源管線由誰負責", 0, []),  # no row
    ],
)
def test_the_cell_under_the_column(question: str, row: int, wanted: list[str]) -> None:
    around = context(question, TABLE)
    line = around.view.statements[row].line
    found = asked_cell(around, line)
    assert ([TABLE[slice(*found)]] if found else []) == wanted
    assert {*wanted} <= {*offered(question, TABLE, "column")}


def test_a_row_with_other_columns_than_the_head_has_no_cells() -> None:
    around = context("管線負責人是誰", "任務 | 負責人\n管線 | 田仲康 | 兼任")
    assert asked_cell(around, around.view.statements[1].line) is None
