"""Statements and what they are worth to a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.qa.reading import hit, weighed
from wenju.corpus.script import fold
from wenju.qa.question import parse
from wenju.qa.signs import (
    is_heading,
    is_page_line,
    is_signature,
    is_table_head,
    labelled,
    same_limit,
)
from wenju.qa.statements import statement_spans


def best(question: str, text: str, **more: str) -> str:
    found = max(weighed(question, hit(text, **more)), key=lambda s: s.score)  # type: ignore[arg-type]  # only texts are passed on
    return text[found.start : found.end]


def scores(question: str, text: str) -> list[float]:
    return [s.score for s in weighed(question, hit(text))]


def test_a_passage_falls_into_sentences_parted_at_semicolons() -> None:
    text = "第一句。第二句；其三！\n第四行"
    assert [text[a:b] for a, b in statement_spans(text)] == [
        "第一句。",
        "第二句；",
        "其三！",
        "第四行",
    ]


@given(st.text(alphabet="甲乙。；\n ？a.", max_size=30))
def test_statements_lose_nothing(text: str) -> None:
    spans = list(statement_spans(text))
    assert all(text[a:b].strip() for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("question", "text", "wanted"),
    [
        (
            "生態型聯合體最高支持多少",
            "會議討論了生態型聯合體。任務型聯合體最高支持500萬元。生態型聯合體最高支持1000萬元。",
            "生態型聯合體最高支持1000萬元。",
        ),
        (
            "押金什麼時候退",
            "押金什麼時候退？\n押金在退房時無息退還。",
            "押金在退房時無息退還。",
        ),
        ("發布會在哪裡", "發布會很成功。\n地點：市民中心", "地點：市民中心"),
        (
            "活動什麼時候舉行",
            "發布時間：2024年5月1日\n活動時間：2024年6月3日\n活動在公園舉行。",
            "活動時間：2024年6月3日",
        ),
        ("如何申請補貼", "補貼每月500元。\n請填寫補貼申請表並提交。", "請填寫補貼申請表並提交。"),
        ("為什麼停水", "停水九小時。停水是因為換管。", "停水是因為換管。"),
    ],
)
def test_what_speaks_for_a_statement(question: str, text: str, wanted: str) -> None:
    assert best(question, text) == wanted


def test_a_hit_further_down_weighs_less() -> None:
    first, second = (hit("停水九小時。", score=score) for score in (2.0, 1.0))
    question = "停水幾小時"
    assert weighed(question, first)[0].score > weighed(question, second)[0].score


def test_coverage_is_the_share_of_what_is_said() -> None:
    whole, none = (weighed("停水影響多少戶", hit(text))[0] for text in ("停水影響户。", "花開了。"))
    assert whole.coverage == pytest.approx(1.0)
    assert none.coverage == 0.0


def test_what_the_head_says_counts_a_little() -> None:
    bare = weighed("圖書館幾點開門", hit("九點開門。"))[0]
    under = weighed("圖書館幾點開門", hit("九點開門。", title="圖書館公告"))[0]
    said = weighed("圖書館幾點開門", hit("圖書館九點開門。"))[0]
    assert bare.coverage < under.coverage < said.coverage


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2027年要建十家。", True), ("2035年要建十家。", False), ("要建十家。", True)],
)
def test_another_year_is_not_what_was_asked(text: str, kept: bool) -> None:
    assert (weighed("2027年要建幾家", hit(text))[0].kept == 1.0) == kept


def test_the_year_may_stand_in_the_date() -> None:
    assert weighed("2027年要建幾家", hit("2024年要建十家。", date="2027-01-01"))[0].kept == 1.0


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
    place = labelled(parse(question), fold(line))
    assert (line[slice(*place)] if place else None) == value


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


def test_a_tables_head() -> None:
    table = "表\n名 | 數\n甲 | 1\n乙 | 2\n完"
    at = [table.index(line) for line in table.split("\n")]
    assert [is_table_head(table, a) for a in at] == [False, True, False, False, False]


def test_a_line_about_the_page() -> None:
    assert is_page_line(parse("什麼時候開會"), fold("發布日期：2024年5月1日"))
    assert not is_page_line(parse("什麼時候發布"), fold("發布日期：2024年5月1日"))
    assert not is_page_line(parse("什麼時候開會"), fold("會議日期：2024年5月1日"))


@pytest.mark.parametrize(
    ("question", "text", "signed"),
    [
        ("面试是哪一天", "面试于7月上旬进行。\n卫生健康委员会\n2025年4月21日", True),
        ("面试是哪一天", "卫生健康委员会\n2025年4月21日\n", True),
        ("公告什么时候发布", "卫生健康委员会\n2025年4月21日", False),  # just that
        ("面试是哪一天", "2025年4月21日", False),  # all there is
        ("面试是哪一天", "面试时间\n2025年4月21日举行", False),
    ],
)
def test_the_date_under_a_document(question: str, text: str, *, signed: bool) -> None:
    start = text.index("2025年")
    assert is_signature(parse(question), text, start, len(text)) is signed


@pytest.mark.parametrize(
    ("question", "text", "same"),
    [
        ("最多能領多久", "最長24個月", True),
        ("補助上限是多少", "不超過300萬元", True),
        ("最少要幾人", "不少於15人", True),
        ("最少要幾人", "最多15人", False),
        ("要幾人", "最多15人", False),
        ("What is the largest grant?", "up to £500", True),
    ],
)
def test_the_most_and_the_least(question: str, text: str, same: bool) -> None:
    assert same_limit(parse(question), fold(text)) == same


def test_the_statement_before_counts_but_not_across_a_list() -> None:
    text = "圖書館在公園旁。它九點開門。"
    follows, listed = (
        weighed("圖書館幾點開門", hit(t))[-1] for t in (text, text.replace("它", "二、它"))
    )
    assert follows.coverage > listed.coverage
