"""Lists with what announces them, tables with their headers, sections with their extent."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.layout import Block, Layout, Role, read_layout


def lists(text: str) -> list[tuple[str, list[str]]]:
    """Each list's lead and items, as text."""
    layout = read_layout(text)
    return [
        (layout.text_of(block.lead), [layout.text_of(item.place) for item in block.items])
        for block in layout.blocks
        if block.kind == "list"
    ]


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        (
            "應備文件如下：\n一、身分證；\n二、印章。\n其他另定。",
            "應備文件如下：",
            ["身分證", "印章"],
        ),
        ("本會置下列人員。\n（一）主任。\n（二）秘書。", "本會置下列人員。", ["主任", "秘書"]),
        (
            "第三條 本會設左列各處：一、企劃處。二、技術處。",
            "本會設左列各處：",
            ["企劃處", "技術處"],
        ),
        ("由各省組織：\n一　選出代表。\n二　監督政府。", "由各省組織：", ["選出代表", "監督政府"]),
        ("有三項重點，一是制度，二是宣導，三是經費。", "有三項重點，", ["制度", "宣導", "經費"]),
        (
            "要當好三個角色：一是技術的策源地，二是人才的集聚區，三是服務的示範點。會議還指出",
            "要當好三個角色：",
            ["技術的策源地", "人才的集聚區", "服務的示範點"],
        ),
        (
            "申請人：\n（一）年滿十八歲\n（二）設籍本市\n說明",
            "申請人：",
            ["年滿十八歲", "設籍本市"],
        ),
        ("步驟：\n1. 登入系統\n2. 填寫表單\n", "步驟：", ["登入系統", "填寫表單"]),
        ("流程：①申請②審查③發給。", "流程：", ["申請", "審查", "發給"]),
        ("流程：①申請；②審查；③發給。", "流程：", ["申請", "審查", "發給"]),
        ("前言說完了。\n- 甲項\n- 乙項", "", ["甲項", "乙項"]),
        ("申请材料\n1. 身份证。\n2. 户口本。", "申请材料", ["身份证", "户口本"]),
        ("a說明。\na) 甲\nb) 乙", "", ["甲", "乙"]),
    ],
)
def test_a_list_and_its_lead(text: str, lead: str, items: list[str]) -> None:
    assert lists(text) == [(lead, items)]


def test_items_hold_the_lists_inside_them() -> None:
    text = "一、提醒：\n（一）放水。\n（二）關閥。\n二、詢問請洽本府。\n市長的話。"
    assert lists(text) == [
        ("", ["提醒：\n（一）放水。\n（二）關閥", "詢問請洽本府"]),
        ("提醒：", ["放水", "關閥"]),
    ]


def test_sections_with_numbers_are_a_list_to_the_end_of_the_last() -> None:
    text = "宅基地審批流程\n一、申請\n提出書面申請。\n二、審查\n公示不少於七日。\n再報委員會。"
    found = lists(text)
    assert found == [
        ("宅基地審批流程", ["申請\n提出書面申請", "審查\n公示不少於七日。\n再報委員會"])
    ]


def test_a_list_ends_with_its_article() -> None:
    text = "第一條 下列情形：\n一、甲。\n二、乙。\n第二條 下列情形：\n三、丙。\n四、丁。"
    assert [items for _, items in lists(text)] == [["甲", "乙"], ["丙", "丁"]]


def test_two_lists_in_one_text_are_two() -> None:
    text = "会员应当:\n(一)缴纳会费;\n(二)遵守章程。\n第二条 职责如下:\n(一)咨询;\n(二)投诉;\n(三)调解。"
    assert [items for _, items in lists(text)] == [
        ["缴纳会费", "遵守章程"],
        ["咨询", "投诉", "调解"],
    ]


def test_a_list_in_a_part_of_another_is_a_list_of_its_own() -> None:
    text = "一、材料:\n(一)申请书;\n(二)照片。\n二、窗口办理。"
    assert lists(text) == [
        ("", ["材料:\n(一)申请书;\n(二)照片", "窗口办理"]),
        ("材料:", ["申请书", "照片"]),
    ]


ITEMS = st.text(alphabet="甲乙的、和及等三個類“”，。包括 ab一是二（）1.\n：", max_size=40)


@given(ITEMS)
def test_items_are_places_in_order(text: str) -> None:
    for block in read_layout(text).blocks:
        places = [item.place for item in block.items]
        assert all(0 <= a < b <= len(text) for a, b in places)
        assert all(left[1] <= right[0] for left, right in pairwise(places))
        assert all(item.mark.end <= item.start for item in block.items)
        if places:
            assert block.end == places[-1][1]


def test_one_mark_is_no_list() -> None:
    assert lists("本辦法說明。\n一、甲。") == []


def table(layout: Layout) -> Block:
    return next(block for block in layout.blocks if block.kind == "table")


def test_a_table_and_its_columns() -> None:
    text = "分工表\n任務 | 負責人 | 經費\n水源 | 田仲康 | 300萬元\n平臺 |  | 80萬元\n說明如上。"
    layout = read_layout(text)
    block = table(layout)
    assert [layout.text_of(cell) for row in block.rows for cell in row.cells] == [
        *("水源", "田仲康", "300萬元", "平臺", "", "80萬元")
    ]
    assert block.rows[0].columns == ("任務", "負責人", "經費")
    assert [line.role for line in layout.lines] == [
        *(Role.HEADING, Role.HEADER, Role.ROW, Role.ROW, Role.TEXT)
    ]
    assert layout.above_at(block.rows[1].start).header == "任務 | 負責人 | 經費"
    assert layout.above_at(len(text)).header == ""


def test_a_table_with_two_header_rows() -> None:
    text = "年份 | 收入 | 收入\n | 門票 | 餐飲\n2023 | 10 | 20\n2024 | 11 | 21"
    block = table(read_layout(text))
    assert (len(block.header), block.rows[0].columns) == (2, ("年份", "收入 門票", "收入 餐飲"))


def test_a_table_without_a_header() -> None:
    block = table(read_layout("門票 | 100元\n餐飲 | 200元"))
    assert (block.header, len(block.rows)) == ((), 2)


def test_a_table_drawn_with_bars() -> None:
    text = "| 項目 | 金額 |\n|------|-----:|\n| 押金 | 1000 |"
    layout = read_layout(text)
    assert [line.role for line in layout.lines] == [Role.HEADER, Role.FURNITURE, Role.ROW]
    assert layout.lines[2].columns == ("項目", "金額")


def test_sections() -> None:
    text = "前言，說明。\n第一章 總則\n第一條 甲。\n第二條 乙。\n續。\n第二章 罰則\n第三條 丙。\n"
    layout = read_layout(text)
    told = {
        layout.text[b.start : b.end] for b in layout.blocks if b.kind == "section" and b.heading
    }
    assert told == {
        "第一章 總則\n第一條 甲。\n第二條 乙。\n續。",
        "第一條 甲。",
        "第二條 乙。\n續。",
        "第二章 罰則\n第三條 丙。",
        "第三條 丙。",
    }
    at = text.index("續")
    assert layout.heading_path(at) == ("第一章 總則", "第二條")
    section = layout.section_at(at)
    assert section and section.heading and section.heading.article == "第二條"


def test_a_question_and_its_answer_are_a_section() -> None:
    text = "記者問：補助什麼時候發？\n下個月五日前，由區公所通知領取。"
    layout = read_layout(text)
    assert layout.above_at(len(text)).heading == "記者問：補助什麼時候發？"
    section = layout.section_at(len(text) - 1)
    assert section and (section.start, section.end) == (0, len(text))
