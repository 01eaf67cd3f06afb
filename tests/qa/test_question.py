"""What questions ask for, in both scripts and in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.corpus.values import to_number
from wenju.qa.question import KINDS, BadQuestion, parse

ASKED = {
    "amount": (
        "生態型聯合體最高支持多少",
        "任务型联合体给予多少经费支持？",
        "押金要交多少钱",
        "罰款最高幾萬元？",
        "專項資金預算多少？",
        "How much is the grant?",
        "What fee do I pay?",
    ),
    "percentage": (
        "補助比例是多少？",
        "失业率是多少",
        "利息百分之几",
        "打幾折？",
        "What proportion of the cost is covered?",
    ),
    "count": (
        "青林街道的资助人数有多少人",
        "受補助的有多少戶",
        "到2027年要建多少家平臺型聯合體",
        "委員會有幾位委員",
        "补助增加了多少",
        "How many trees were planted?",
    ),
    "date": (
        "新聞發布會是什麼時候開的",
        "市長的生日",
        "《行动方案》哪天出台",
        "哪一年完工？",
        "鐵路是西元幾年通車的",
        "申请什么时候截止",
        "报名期限到什么时候？",
        "圖書館星期幾休館",
        "When does the scheme close?",
        "What is the deadline for appeals?",
    ),
    "time": ("每天幾點開門？", "几点截止收件", "What time does it open?"),
    "duration": (
        "審核要多久",
        "租约一期是几年",
        "在幾年內完成",
        "保固期限為何",
        "How long does it take?",
    ),
    "person": ("本期新聞發言人是誰", "谁主持了会议", "要找哪一位", "Who chairs the panel?"),
    "place": ("發布會在哪裡舉行", "办公地址", "在哪个城市", "Where is the office?"),
    "body": ("由哪個部門受理", "主管机关", "辦公室設在哪個部門", "Which agency decides?"),
    "contact": ("負責人電話", "打哪个热线", "What number should I ring?", "Is there an email?"),
    "enumeration": (
        "五個主賽道有哪些",
        "六大发展计划是什么",
        "分為哪幾類",
        "要記住哪三個動作",
        "What are the conditions?",
        "Which documents must I bring?",
    ),
    "yes_no": ("可以續借嗎？", "是否收费", "Can a tenant apply?"),
    "reason": ("为什么停水", "延期的原因", "Why was it closed?"),
    "definition": ("什麼是租賃站", "联合体的定义", "What does eligible cost mean?"),
    "name": (
        "總體方案叫什麼",
        "這座塔被稱為什麼",
        "這座塔名為何",
        "What is the name of the scheme?",
    ),
    "method": ("如何申請", "办理流程", "How do I apply?"),
    "statement": ("骨干成林計劃的重點是什麼", "延期"),
}


@pytest.mark.parametrize("kind", ASKED)
def test_the_kind_of_a_question(kind: str) -> None:
    assert {q: parse(q).kind for q in ASKED[kind]} == dict.fromkeys(ASKED[kind], kind)


def test_every_kind_is_tried() -> None:
    assert sorted(ASKED) == sorted(KINDS)


@pytest.mark.parametrize("question", [q for asked in ASKED.values() for q in asked])
def test_both_scripts_are_one_question(question: str) -> None:
    hans, hant = parse(to_simplified(question)), parse(to_traditional(question))
    assert (hans.folded, hans.kind, hans.measure, hans.number) == (
        hant.folded,
        hant.kind,
        hant.measure,
        hant.number,
    )


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("要建多少家平臺", "家"),
        ("有幾位委員", "位"),
        ("有几大类", "类"),
        ("多大年龄可以租车", "岁"),
        ("滿幾周歲", "周岁"),
        ("最高支持多少", ""),
        ("多少公里", "公里"),
        ("多少平方公尺", "平方公尺"),
    ],
)
def test_the_measure_asked_for(question: str, measure: str) -> None:
    assert parse(question).measure == measure


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("五個主賽道有哪些", 5),
        ("六大發展計劃是什麼", 6),
        ("十二項任務是什麼", 12),
        ("3类联合体是什么", 3),
        ("兩種方式", 2),
        ("主賽道有哪些", 0),
        ("3月發布的是什麼", 0),
    ],
)
def test_the_number_a_question_speaks_of(question: str, number: int) -> None:
    assert parse(question).number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("28", 28), ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20),
        ("九十九", 99), ("〇", 0), ("一百", 0), ("十二十", 0), ("二三", 0), ("", 0), ("x", 0),
    ],
)  # fmt: skip
def test_numerals(text: str, number: int) -> None:
    assert to_number(text) == number


def test_every_numeral_below_a_hundred() -> None:
    digits = "零一二三四五六七八九"
    for number in range(1, 100):
        tens, ones = divmod(number, 10)
        written = ("" if tens < 2 else digits[tens]) + "十" * (tens > 0) + digits[ones] * (ones > 0)
        assert to_number(written) == number


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("什么时候截止", "end"),
        ("最晚哪天要繳", "end"),
        ("報名到什麼時候", "end"),
        ("從哪天起調整", "start"),
        ("什么时候开始报名", "start"),
        ("從什麼時候到什麼時候", ""),
        ("繳納期間是什麼時候", ""),
        ("When do applications close?", "end"),
    ],
)
def test_the_part_of_a_period_asked_for(question: str, part: str) -> None:
    asked = parse(question)
    assert (asked.asks_end, asked.asks_start) == (part == "end", part == "start")


def test_words_that_the_scripts_spell_apart_are_one() -> None:
    assert parse("復甦計劃的專案").folded == parse("复苏计划的专案").folded
    assert parse("甚麼時候開會").folded == parse("什么时候开会").folded
    assert parse("甚麼時候開會").kind == "date"


def test_white_space_is_no_part_of_a_question() -> None:
    assert parse("  最高　支持\n多少 ？ ").text == "最高 支持 多少 ？"


@pytest.mark.parametrize("text", ["", "  \n", "？！", "……", "\u3000"])
def test_an_empty_question_is_refused_with_advice(text: str) -> None:
    with pytest.raises(BadQuestion, match="Ask something in a few words"):
        parse(text)


def test_an_over_long_question_is_refused_with_its_length() -> None:
    assert parse("多" * 40, 40).text == "多" * 40
    with pytest.raises(BadQuestion, match="has 41 characters, at most 40"):
        parse("多" * 41, 40)
    assert issubclass(BadQuestion, WenjuError)


@given(st.text(max_size=60))
def test_any_text_is_a_question_or_is_refused(text: str) -> None:
    try:
        question = parse(text)
    except BadQuestion:
        return
    assert question.kind in KINDS
    assert question.folded == fold(question.folded)
    assert parse(question.text) == question
