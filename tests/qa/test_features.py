"""Each feature by a case made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.qa.network.small import input_of
from tests.qa.reading import context, features_of, hit, place
from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.qa.context import PassageContext
from wenju.qa.features import FEATURES, MARKS, extract, logistic
from wenju.qa.network.spans import Scores
from wenju.qa.proposals import Proposal, propose, proposers

GRANT = "生態型最高支持1000萬元,每年3次。"


def feature(name: str, question: str, found: Hit | str, said: str) -> float:
    return features_of(context(question, found), said)[name]


def scored(question: str, text: str) -> tuple[PassageContext, Scores]:
    """A passage under scores that are drawn once for all."""
    read = input_of(text, question)
    drawn = np.random.default_rng(3).normal(0, 2, (len(read.pieces), 3)).astype(np.float32)
    scores = Scores(read, drawn, fold(text))
    return context(question, text, scores=scores), scores


# --- the table ------------------------------------------------------------------------------------


def test_every_feature_has_a_name_of_its_own() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    assert FEATURES[-len(MARKS) :] == MARKS


def test_a_vector_has_a_number_for_every_feature() -> None:
    around = context("最高支持多少錢", GRANT)
    values = extract(around, Proposal(0, 3))
    assert len(values) == len(FEATURES)
    assert all(isinstance(v, float) and math.isfinite(v) for v in values)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_a_feature(mark: str) -> None:
    around = context("最高支持多少錢", GRANT)
    found = features_of(around, "1000萬元", marks={mark: 0.25})
    assert {n: found[n] for n in MARKS} == {n: 0.25 * (n == mark) for n in MARKS}


def test_no_proposer_gives_a_mark_that_is_no_feature() -> None:
    """All that is offered for questions of many kinds over a text that has everything."""
    text = (
        "申请流程\n图书馆是一座馆。\n时间:9时\n甲 | 人数\n乙 | 3人\n联合体分为甲类、乙类、丙类三类。"
        "图书馆依下列方式办理:\n(一)到窗口;\n(二)交表。"
    )
    read = input_of(text)
    scores = Scores(read, np.ones((len(read.pieces), 3), np.float32), text)
    asked = (
        "图书馆的申请流程",
        "图书馆是什么",
        "图书馆几点开",
        "乙多少人数",
        "分为哪三类",
        "图书馆怎么办理",
    )
    given_marks = {
        name
        for question in asked
        for p in propose(context(question, hit(text, title="图书馆公告"), scores=scores))
        for name in p.marks
    }
    assert given_marks == {*MARKS}
    assert len(proposers.PROPOSERS) == len(set(proposers.PROPOSERS))


TEXTS = st.text(alphabet="甲、乙。；?\n 为1万元5月日:|(一)的罚款", min_size=1, max_size=40)
ASKED = st.sampled_from(
    ["多少钱", "哪三个", "2024年何时", "怎么申请", "电话", "现在几点", "为什么"]
)


@given(ASKED, TEXTS, st.data())
def test_every_feature_is_a_number_of_about_one(
    question: str, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = features_of(context(question, text), (start, end))
    assert all(math.isfinite(v) and -1.0 <= v <= 1.5 for v in found.values()), found


# --- the network's --------------------------------------------------------------------------------


def test_what_the_network_says() -> None:
    around, scores = scored("最高支持多少錢", GRANT)
    for said in ("1000萬元", "每年3次"):
        at = scores.at(place(GRANT, said))
        assert at is not None
        found = features_of(around, said)
        assert found["margin"] == pytest.approx(max(-1.0, min(1.0, at.margin / 10)))
        assert found["likelihood"] == pytest.approx(math.exp(at.log_share))
        assert found["sentence"] == pytest.approx(logistic(at.sentence))
        assert 0 < found["likelihood"] < 1


def test_a_margin_has_bounds() -> None:
    read = input_of(GRANT)
    for score, margin in ((99.0, 1.0), (-99.0, -1.0)):
        drawn = np.full((len(read.pieces), 3), score, np.float32)
        drawn[0] = 0.0
        around = context("多少", GRANT, scores=Scores(read, drawn, fold(GRANT)))
        assert features_of(around, "1000萬元")["margin"] == margin


def test_without_a_network_it_says_nothing() -> None:
    found = features_of(context("最高支持多少錢", GRANT), "1000萬元")
    assert (found["margin"], found["likelihood"], found["sentence"]) == (-1.0, 0.0, 0.0)


# --- of the hit and the passage -------------------------------------------------------------------


def test_the_hits_scores() -> None:
    around = context("最高支持多少錢", hit(GRANT, score=2.0, dense=0.35), top=2.5)
    found = features_of(around, "1000萬元")
    assert (found["gap"], found["similarity"]) == (-0.5, 0.35)


def test_coverage_and_nearness_are_the_contexts() -> None:
    text = "停水影響四萬戶。花開了。"
    around = context("停水影響多少戶", text)
    near, far = features_of(around, "四萬戶"), features_of(around, "花開")
    assert near["coverage"] == around.coverage[0]
    assert far["coverage"] == around.coverage[1]
    assert near["nearness"] == around.nearness(place(text, "四萬戶")) > far["nearness"] == 0.0


def test_the_clause_is_the_contexts() -> None:
    text = "停水影響四萬戶,花開一千戶。"
    around = context("停水影響多少戶", text)
    near, far = features_of(around, "四萬戶"), features_of(around, "一千戶")
    assert near["clause"] == around.clause_coverage(place(text, "四萬戶")) > far["clause"]


def test_a_statement_without_what_is_in_focus() -> None:
    text = "會議由黃欽主持。田仲康到場。"
    assert context("誰主持了會議", text).question.focus == {"主持", "会议"}
    assert feature("unfocused", "誰主持了會議", text, "黃欽") == 0.0
    assert feature("unfocused", "誰主持了會議", text, "田仲康") == 1.0
    assert feature("unfocused", "誰", text, "田仲康") == 0.0  # nothing is in focus
    # a row need not repeat what the table is about
    row = "主持 | 地點\n田仲康 | 公園"
    assert feature("unfocused", "誰主持了會議", row, "田仲康") == 0.0


def test_a_passage_without_what_is_in_focus() -> None:
    assert feature("off_focus", "誰主持了會議", "會議由黃欽主持。田仲康到場。", "田仲康") == 0.0
    assert feature("off_focus", "誰主持了會議", "田仲康到場。", "田仲康") == 1.0
    titled = hit("田仲康到場。", title="主持名單")
    assert feature("off_focus", "誰主持了會議", titled, "田仲康") == 0.0


@pytest.mark.parametrize(
    ("text", "kept"),
    [("2027年要建十家。", True), ("2035年要建十家。", False), ("要建十家。", True)],
)
def test_another_year_is_not_what_was_asked(text: str, kept: bool) -> None:
    assert (feature("other_year", "2027年要建幾家", text, "十家") == 0.0) == kept


def test_the_year_may_stand_in_the_date() -> None:
    found = hit("2024年要建十家。", date="2027-01-01")
    assert feature("other_year", "2027年要建幾家", found, "十家") == 0.0
    assert feature("other_year", "要建幾家", found, "十家") == 0.0


# --- the kind asked for ---------------------------------------------------------------------------


def test_what_is_of_the_kind_asked_for() -> None:
    around = context("最高支持多少錢", GRANT)
    names = ("typed", "holds_typed", "untyped", "untyped_quantity")
    for said, wanted in (
        ("1000萬元", (1.0, 1.0, 0.0, 0.0)),
        ("支持1000萬元", (0.0, 1.0, 0.0, 0.0)),
        ("生態", (0.0, 0.0, 0.0, 1.0)),
    ):
        found = features_of(around, said)
        assert tuple(found[n] for n in names) == wanted


def test_a_passage_without_the_kind_asked_for() -> None:
    nothing = features_of(context("最高支持多少錢", "生態型聯合體。"), "生態型")
    assert (nothing["untyped"], nothing["untyped_quantity"]) == (1.0, 1.0)
    # dates are also told in words
    date = features_of(context("哪一天支持", "生態型聯合體。"), "生態型")
    assert (date["untyped"], date["untyped_quantity"]) == (1.0, 0.0)
    any_kind = features_of(context("重點是什麼", "生態型聯合體。"), "生態型")
    assert (any_kind["untyped"], any_kind["untyped_quantity"]) == (0.0, 0.0)


def test_telephone_numbers_count_of_their_own() -> None:
    text = "電話:555-0156"
    assert feature("typed_contact", "打什麼電話", text, "555-0156") == 1.0
    assert feature("typed_contact", "打什麼電話", text, "電話") == 0.0
    assert feature("typed_contact", "最高支持多少錢", GRANT, "1000萬元") == 0.0


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
    assert features_of(context(question, text), text)["limit"] == same


def test_the_most_stands_right_before() -> None:
    assert feature("limit", "最高支持多少錢", "最高支持500元", "500元") == 1.0
    assert feature("limit", "最高支持多少錢", "最高一般支持500元", "500元") == 0.0


def test_of_the_kind_in_the_passage_but_not_in_it() -> None:
    assert feature("mistyped", "最高支持多少錢", GRANT, "生態型") == 1.0
    assert feature("mistyped", "最高支持多少錢", GRANT, "支持1000") == 0.0
    # nothing of the kind is there, or the kind has no form
    assert feature("mistyped", "最高支持多少錢", "生態型聯合體。", "生態型") == 0.0
    assert feature("mistyped", "重點是什麼", GRANT, "生態型") == 0.0


TIERED = "一級支持1000萬元,二級支持500萬元。"


@pytest.mark.parametrize(
    ("question", "said", "several"),
    [
        ("一級支持多少錢", "1000萬元", 0.0),
        ("一級支持多少錢", "一級支持1000萬元,二級支持500萬元", 1.0),
        ("一級支持多少錢", "一級支持1000萬元,二級", 0.0),
        ("一級支持什麼", "一級支持1000萬元,二級支持500萬元", 0.0),  # no quantity is asked for
    ],
)
def test_several_quantities_where_one_is_asked_for(
    question: str, said: str, several: float
) -> None:
    assert feature("several", question, TIERED, said) == several


@pytest.mark.parametrize(
    ("said", "cut"),
    [("15個工作日", 0.0), ("5個工作日", 1.0), ("自受理起1", 1.0), ("個工作日", 0.0)],
)
def test_half_a_number(said: str, cut: float) -> None:
    text = "自受理起15個工作日內。"
    assert feature("cut_number", "幾個工作日", text, said) == cut
    assert feature("cut_number", "幾個工作日", text, text) == 0.0


def test_a_label_only_names_what_its_value_tells() -> None:
    text = "公告。\n會議地點：市民中心"
    for said, label in (("會議地點", 1.0), ("地點", 1.0), ("市民中心", 0.0), ("公告", 0.0)):
        assert feature("in_label", "在哪開會", text, said) == label
    assert feature("in_label", "在哪開會", text, "會議地點：市民中心") == 0.0


# --- the statement --------------------------------------------------------------------------------

BRIEFING = "记者:平台型有几家?局长:平台型有20家。另有三家在建。"


def test_words_of_a_question_do_not_answer() -> None:
    around = context("平台型有几家", BRIEFING)
    assert features_of(around, "几家")["asking"] == 1.0
    assert features_of(around, "20家")["asking"] == 0.0
    # what runs from the question into the reply holds words of the reply
    assert features_of(around, "几家?局长:平台型有20家")["asking"] == 0.0


def test_a_heading_answers_less_and_explains_nothing() -> None:
    text = "借书证申请\n到窗口交表。"
    for question, explained in (("借书证怎么申请", 1.0), ("借书证在哪申请", 0.0)):
        found = features_of(context(question, text), "借书证申请")
        assert (found["heading"], found["explained_by_heading"]) == (1.0, explained)
        below = features_of(context(question, text), "到窗口")
        assert (below["heading"], below["explained_by_heading"]) == (0.0, 0.0)
        both = features_of(context(question, text), "申请\n到窗口")
        assert both["heading"] == 0.0


def test_a_line_about_the_page() -> None:
    text = "發布日期：2024年5月1日\n會議日期：2024年6月3日"
    assert feature("page_line", "什麼時候開會", text, "2024年5月1日") == 1.0
    assert feature("page_line", "什麼時候發布", text, "2024年5月1日") == 0.0
    assert feature("page_line", "什麼時候開會", text, "2024年6月3日") == 0.0


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
    assert feature("signature", question, text, "2025年4月21日") == signed


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("20家", False),
        ("局长:平台型有20家", False),
        ("局长:平台型有20家。另有三家在建", False),
        ("20家。另有三家", True),
        ("20家。另有三家在建", True),
    ],
)
def test_a_span_that_breaks_statements_says_so(said: str, broken: bool) -> None:
    around = context("平台型有几家", BRIEFING)
    assert features_of(around, said)["broken"] == broken
    # the same where nothing is to be explained
    assert features_of(around, said)["broken_fact"] == broken
    assert feature("broken_fact", "平台型怎么办理", BRIEFING, said) == 0.0
    # a list runs over statements as it likes
    parts = (place(BRIEFING, "20家"), place(BRIEFING, "三家"))
    found = features_of(around, said, parts=parts)
    assert (found["broken"], found["broken_fact"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "text", "said", "cued"),
    [
        ("如何領補貼", "請填寫補貼表。", "補貼表", True),
        ("如何領補貼", "補貼每月500元。", "補貼", False),
        ("為什麼停水", "停水是因為換管。", "換管", True),
        ("為什麼停水", "因為換管。停水九小時。", "九小時", False),  # in another statement
        ("停水多少戶", "停水是因為換管。", "換管", False),
    ],
)
def test_words_that_ways_and_reasons_are_told_with(
    question: str, text: str, said: str, cued: bool
) -> None:
    assert feature("cue", question, text, said) == cued


def test_the_heading_above_names_the_kind() -> None:
    for found in ("辦理程序\n到窗口。", hit("到窗口。", title="辦理程序")):
        assert feature("headed", "怎麼領補貼", found, "到窗口") == 1.0
        assert feature("headed", "誰領補貼", found, "到窗口") == 0.0
    assert feature("headed", "怎麼領補貼", "花開\n到窗口。", "到窗口") == 0.0


# --- whose ----------------------------------------------------------------------------------------

RUN = "图书馆座位:儿童室120席,自习室90席,其中阅览室不少于800席。"


@pytest.mark.parametrize(
    ("question", "free"),
    [
        ("图书馆自习室座位有多少席", {"90席"}),
        ("图书馆阅览室座位有多少席", {"不少于800席"}),
        ("图书馆儿童室座位有多少席", {"120席"}),
        # where two are named, or none, none is ruled out
        ("图书馆自习室和阅览室座位有多少席", {"120席", "90席", "不少于800席"}),
        ("图书馆座位有多少席", {"120席", "90席", "不少于800席"}),
    ],
)
def test_a_quantity_of_another_name(question: str, free: set[str]) -> None:
    around = context(question, RUN)
    assert around.typed is not None
    said = [RUN[a:b] for a, b in around.typed]
    assert said == ["120席", "90席", "不少于800席"]
    assert {s for s in said if features_of(around, s)["anothers"] == 0.0} == free


def test_only_quantities_have_another_name() -> None:
    assert feature("anothers", "自习室座位在哪", RUN, "120席") == 0.0


def test_a_fine_is_no_fee() -> None:
    fined = "养狗登记费收500元。不办理养狗登记的处3000元罚款。"
    assert feature("fine", "养狗登记要多少钱", fined, "3000元") == 1.0
    assert feature("fine", "养狗登记要多少钱", fined, "500元") == 0.0
    assert feature("fine", "不办养狗登记要多少钱", fined, "3000元") == 0.0
    assert feature("fine", "养狗登记罚多少钱", fined, "3000元") == 0.0
    assert feature("fine", "养狗登记在哪办", fined, "3000元") == 0.0
    assert (
        feature("fine", "养狗登记要多少钱", fined, "养狗登记费收500元。不办理养狗登记的处3000元")
        == 0.0
    )


# --- what it says itself --------------------------------------------------------------------------


def test_what_repeats_the_question() -> None:
    text = "停水影響四萬戶。"
    assert feature("repeats", "停水影響多少戶", text, "停水影響") == 1.0
    assert feature("repeats", "停水影響多少戶", text, "四萬戶") == 0.0
    assert feature("repeats", "停水影响多少户", text, "停水影響") == 1.0  # whatever the script


def test_an_echo_is_the_share_of_the_questions_terms() -> None:
    around = context("停水影響多少戶", "停水影響四萬戶。")
    weights = {t.text: t.weight for t in around.question.terms}
    assert features_of(around, "停水")["echo"] == pytest.approx(
        weights["停水"] / sum(weights.values())
    )
    assert features_of(around, "停水影響四萬戶")["echo"] == pytest.approx(1.0)
    assert features_of(around, "四萬")["echo"] == 0.0


def test_lengths() -> None:
    names = ("length", "length_typed", "length_explained")
    five = math.log(5) / 5
    for question, wanted in (
        ("重點是什麼", (five, 0.0, 0.0)),
        ("最高支持多少錢", (five, five, 0.0)),
        ("怎麼申請", (five, 0.0, five)),
    ):
        found = features_of(context(question, GRANT), GRANT[:5])
        assert tuple(found[n] for n in names) == pytest.approx(wanted)
    assert features_of(context("重點是什麼", GRANT), GRANT[:1])["length"] == 0.0


@pytest.mark.parametrize(
    ("question", "clock"),
    [
        ("今天星期幾", True),
        ("现在几点", True),
        ("请问今天是几月几号", True),
        ("今年是民國幾年", True),
        ("今年哪些馆有多少席座位", False),
        ("今天几点图书馆有座位", False),
        ("开会是哪一年", False),
    ],
)
def test_no_document_knows_what_day_it_is(question: str, clock: bool) -> None:
    assert feature("clock", question, "今天是2024年5月1日。", "2024年5月1日") == clock
