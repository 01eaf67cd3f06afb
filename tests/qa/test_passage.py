"""What is read off a passage whatever is asked: statements and what they are by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenju.qa.signs import is_heading, is_table_head

from tests.qa.reading import hit
from wenju.corpus.script import fold
from wenju.qa.passage import PassageView, Statement, view_of, with_mark


def view(text: str, **more: str) -> PassageView:
    return PassageView(hit(text, **more).passage)  # type: ignore[arg-type]  # only texts are passed on


def only(text: str) -> Statement:
    (statement,) = view(text).statements
    return statement


def test_a_passage_falls_into_sentences_parted_at_semicolons() -> None:
    text = "第一句。第二句；其三！\n第四行"
    assert [text[s.start : s.end] for s in view(text).statements] == [
        "第一句。",
        "第二句；",
        "其三！",
        "第四行",
    ]
    assert [text[s.start : s.stop] for s in view(text).statements] == [
        "第一句",
        "第二句",
        "其三",
        "第四行",
    ]


@given(st.text(alphabet="甲乙。；\n ？a.", min_size=1, max_size=30))
def test_statements_lose_nothing(text: str) -> None:
    spans = [(s.start, s.end) for s in view(text).statements]
    assert all(text[a:b].strip() for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_view_is_made_once() -> None:
    passage = hit("停水九小時。").passage
    assert view_of(passage) is view_of(hit("停水九小時。").passage)
    assert view_of(passage) is not view_of(hit("停水九小時!").passage)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("一、停放範圍\n市民應當停車。", True),
        ("關於停車的通知\n市民應當停車。", True),
        ("市民應當停車。\n第二行", False),
        ("只有一行", False),
        ("電話12345\n第二行", False),
    ],
)
def test_a_heading(text: str, heading: bool) -> None:
    folded = fold(text)
    assert is_heading(folded, 0, folded.find("\n") if "\n" in folded else len(folded)) == heading
    assert view(text).statements[0].heads == heading


def test_a_title_within_a_passage_heads() -> None:
    found = view("市民應當停車。\n停車公告\n第三行", title="停車公告").statements
    assert [s.heads for s in found] == [False, True, False]


def test_a_tables_head() -> None:
    table = "表\n名 | 數\n甲 | 1\n乙 | 2\n完"
    at = [table.index(line) for line in table.split("\n")]
    assert [is_table_head(table, a) for a in at] == [False, True, False, False, False]
    found = view(table).statements
    assert [s.row for s in found] == [False, True, True, True, False]
    assert [s.heads for s in found][1:] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "asks"),
    [("停水影響多少戶？", True), ("問：停水影響多少戶", True), ("停水影響四萬戶。", False)],
)
def test_a_question(text: str, asks: bool) -> None:
    assert only(text).asks == asks


def test_a_line_about_the_page() -> None:
    assert only("發布日期：2024年5月1日").page == "发布"
    assert only("會議日期：2024年5月1日").page == ""


def test_a_labelled_line_has_a_label_and_a_value() -> None:
    text = "公告\n地點：市民中心"
    line = view(text).statements[1]
    assert line.value is not None
    assert (line.label, text[slice(*line.value)]) == ("地点", "市民中心")
    assert (only("市民應當停車。").label, only("市民應當停車。").value) == ("", None)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("面试于7月上旬进行。\n卫生健康委员会\n2025年4月21日", True),
        ("卫生健康委员会\n2025年4月21日\n", True),
        ("2025年4月21日", False),  # all there is
        ("面试时间\n2025年4月21日举行", False),
        ("2025年4月21日\n卫生健康委员会", False),
    ],
)
def test_the_date_under_a_document(text: str, dated: bool) -> None:
    found = view(text).statements
    assert [s.dated for s in found] == [*[False] * (len(found) - 1), dated]


def test_a_part_of_a_list_opens_with_a_mark() -> None:
    assert [s.item for s in view("圖書館在公園旁。二、它九點開門。").statements] == [False, True]


@pytest.mark.parametrize(
    ("text", "more", "heading"),
    [
        ("申请流程\n到窗口交表。", {}, "申请流程"),
        ("申请流程\n到窗口交表。", {"title": "申請流程"}, ""),  # the document's own title
        ("申请流程\n", {}, ""),  # nothing below
        ("申请条件是住满一年。\n又。", {}, ""),
        ("申" * 21 + "\n到窗口交表。", {}, ""),
    ],
)
def test_the_heading_of_a_passage(text: str, more: dict[str, str], heading: str) -> None:
    assert view(text, **more).heading == heading


def test_years_of_the_passage_its_title_and_its_date() -> None:
    found = view("2024年要建十家。12024號。", title="2023年公告", date="2027-01-01")
    assert found.years == {"2023", "2024", "2027"}


def test_what_is_announced() -> None:
    text = "第一條 協會履行下列職責:\n(一)提供諮詢;\n(二)受理投訴。\n第二條 說明:施行。"
    ((lead, parts),) = view(text).announcements
    assert text[slice(*lead)] == "第一條 協會履行下列職責:"
    assert [text[a:b] for a, b in parts.items] == ["提供諮詢", "受理投訴"]


def test_lists_have_places_in_the_passage() -> None:
    text = "停水九小時。聯合體分為生態型、任務型、平臺型三類。"
    (found,) = view(text).enumerations
    assert [text[a:b] for a, b in found.items] == ["生態型", "任務型", "平臺型"]
    text = "應當提交:\n(一)申請書;\n(二)照片。"
    (listed,) = view(text).lists
    assert [text[a:b] for a, b in listed.items] == ["申請書", "照片"]
    start, end = with_mark(fold(text), (listed.start, listed.end))
    assert text[start:end] == "(一)申請書;\n(二)照片"


def test_around_a_place_is_the_whole_of_its_statements() -> None:
    text = "停水九小時。花開了;花謝了。"
    found = view(text)
    assert found.around((1, 3)) == (0, 6)
    assert found.around((4, 7)) == (0, 10)
    # the closing mark belongs to no statement's words
    assert found.around((5, 6)) == (5, 6)
