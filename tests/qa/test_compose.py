"""What is shown of a candidate: the sentence, the list with its items, or the words themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.qa.network.small import candidate
from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.qa.compose import Span, composed
from wenju.qa.question import parse

RULES = "本馆周一闭馆。读者可以携带水杯入馆,但不得饮食。违者劝离。"
METHOD = (
    "办理借书证很容易。先到一楼大厅的服务台填写登记表;再交验身份证件。然后缴纳押金。本馆谢绝参观。"
)


def show(
    question: str,
    text: str,
    said: str | tuple[int, int],
    sentences: Sequence[float] = (),
    parts: tuple[tuple[int, int], ...] = (),
) -> Span:
    scores = sentences or [-1.0] * len(sentence_spans(fold(text)))
    chosen = candidate(text, said, 1.5, parts=parts)
    found = composed(parse(question), chosen, scores)
    assert (found.hit, found.score) == (chosen.hit, 1.5)
    return found


def test_whether_is_answered_by_the_whole_sentence() -> None:
    found = show("读者可以携带水杯吗", RULES, "可以携带")
    assert found.text == "读者可以携带水杯入馆,但不得饮食。"
    assert found.parts == ()


def test_a_short_span_is_left_alone() -> None:
    assert show("借书证怎么办理", METHOD, "一楼大厅", [1.0] * 4).text == "一楼大厅"
    # long enough, but a small part of what is stated
    text = "甲" * 40 + "一楼大厅的服务台填写登记表" + "乙" * 40 + "。又一句。"
    assert show("借书证怎么办理", text, "一楼大厅的服务台填写登记表", [1.0, 1.0]).text == (
        "一楼大厅的服务台填写登记表"
    )


STATED = "一楼大厅的服务台填写登记表"


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([-1, 1, -1, -1], "先到一楼大厅的服务台填写登记表;"),
        ([-1, 1, 1, -1], "先到一楼大厅的服务台填写登记表;再交验身份证件。然后缴纳押金。"),
        ([1, 1, -1, 1], "办理借书证很容易。先到一楼大厅的服务台填写登记表;"),
        ([0, 1, 0, 0], "先到一楼大厅的服务台填写登记表;"),
        ([1, 1, 1, 1], METHOD),
    ],
)
def test_a_long_statement_takes_what_answers_as_well(scores: list[float], shown: str) -> None:
    assert show("借书证怎么办理", METHOD, STATED, scores).text == shown


def test_a_question_is_no_part_of_its_answer() -> None:
    text = "借书证怎么办理?\n先到一楼大厅的服务台填写登记表。然后缴纳押金。"
    shown = "先到一楼大厅的服务台填写登记表。然后缴纳押金。"
    assert show("借书证怎么办理", text, STATED, [1.0, 1.0, 1.0]).text == shown
    assert show("借书证怎么办理", text, text, [1.0, 1.0, 1.0]).text == shown


def test_a_list_is_shown_with_its_items() -> None:
    text = "联合体分为生态型、任务型、平台型三类。"
    found = show("联合体分为哪几类", text, "任务型、平台型")
    assert found.text == "生态型、任务型、平台型"
    assert [text[a:b] for a, b in found.parts] == ["生态型", "任务型", "平台型"]


def test_numbered_parts_are_a_list() -> None:
    text = "应当提交下列材料:\n(一)申请书;\n(二)身份证明;\n(三)照片。\n逾期不候。"
    found = show("应当提交哪些材料", text, "(一)申请书;\n(二)身份证明")
    assert [text[a:b] for a, b in found.parts] == ["申请书", "身份证明", "照片"]
    assert "逾期" not in found.text


def test_the_list_that_a_candidate_brings_is_taken() -> None:
    text = "要办甲事乙事丙事。"
    parts = ((2, 4), (4, 6), (6, 8))
    for question in ("要办哪些事", "要怎么办"):
        found = show(question, text, "甲事乙事丙事", parts=parts)
        assert (found.text, found.parts) == ("甲事乙事丙事", parts)
    assert show("要办哪些事", text, "甲事乙事丙事").parts == ()


def test_of_several_lists_the_one_that_is_most_alike_is_taken() -> None:
    text = "甲类、乙类。分为丙类、丁类、戊类。"
    found = show("分为哪些类", text, "乙类。分为丙类、丁类、戊类")
    assert found.text == "丙类、丁类、戊类"


def test_without_a_network_no_sentence_is_joined() -> None:
    chosen = candidate(METHOD, STATED, 1.5)
    found = composed(parse("借书证怎么办理"), chosen, ())
    assert found.text == "先到一楼大厅的服务台填写登记表;"


def test_without_a_list_the_span_stays() -> None:
    found = show("要办哪些事", "要办甲事。又说。", "甲事", [1.0, 1.0])
    assert (found.text, found.parts) == ("甲事", ())


@pytest.mark.parametrize(
    ("question", "text", "said", "shown"),
    [
        ("童工是几岁", "十五岁以上未满十六岁的为童工。", "十五岁", "十五岁以上未满十六岁"),
        ("罚多少钱", "处2万元以上30万元以下罚款。", "2万元以上", "2万元以上30万元以下"),
        ("有几天假", "三年以上五年未满者,十四日。", "三年", "三年以上五年未满"),
        ("有几天假", "三年以上,每年五日。", "三年以上", "三年以上"),
        ("单套面积最大多少", "单套面积一般不超过60平方米。", "60平方米", "不超过60平方米"),
    ],
)
def test_a_quantity_keeps_its_bounds(question: str, text: str, said: str, shown: str) -> None:
    assert show(question, text, said).text == shown


DUTIES = "第三十七条 协会履行下列职责:\n(一)提供咨询;\n(二)受理投诉。\n第三十八条 另行规定。"


@pytest.mark.parametrize("said", ["协会履行下列职责", "协会履行下列职责:", "协会履行下列职责:\n"])
def test_what_ends_in_a_colon_takes_the_parts_behind_it(said: str) -> None:
    found = show("协会的职责", DUTIES, said)
    assert found.text == "协会履行下列职责:\n(一)提供咨询;\n(二)受理投诉"
    assert [DUTIES[a:b] for a, b in found.parts] == ["提供咨询", "受理投诉"]


PENSION = (
    "退休金之给与标准如下:\n一、每满一年给与两个基数。\n二、因公残废者,加给百分之二十。\n前项另定。"
)


@pytest.mark.parametrize("question", ["退休金给与标准", "退休金给与标准是怎样的"])
def test_what_is_announced_is_a_part_of_the_whole(question: str) -> None:
    found = show(question, PENSION, "每满一年给与两个基数")
    assert found.text == "一、每满一年给与两个基数。\n二、因公残废者,加给百分之二十"
    assert [PENSION[a:b] for a, b in found.parts] == [
        "每满一年给与两个基数",
        "因公残废者,加给百分之二十",
    ]


def test_what_is_asked_of_one_part_is_answered_by_it() -> None:
    found = show("因公残废者怎样给与", PENSION, "加给百分之二十")
    assert (found.text, found.parts) == ("加给百分之二十", ())


def test_a_colon_without_parts_behind_it_is_left_alone() -> None:
    text = "一、总则\n说明:本法自公布之日施行。\n二、附则"
    assert show("说明是什么", text, "说明").text == "说明"


def test_an_articles_number_is_no_part_of_its_words() -> None:
    text = "第 17 条之1 雇主应当发给资遣费。"
    assert show("雇主要怎样", text, text[:-1]).text == "雇主应当发给资遣费。"
    assert show("规定在第几条", text, text[:-1]).text.startswith("第 17 条之1")


TEXT = st.text(alphabet="甲乙。;、\n(一)二,是", min_size=1, max_size=80)


@settings(deadline=None)
@given(TEXT, st.sampled_from(["有哪些", "可以吗", "怎么办", "是什么", "多少钱"]), st.data())
def test_what_is_shown_holds_the_span_or_is_a_list(
    text: str, question: str, data: st.DataObject
) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    spans = sentence_spans(folded)
    scores = data.draw(st.lists(st.floats(-1, 1), min_size=len(spans), max_size=len(spans)))
    found = show(question, text, text[start:end], scores)
    said = candidate(text, text[start:end])
    assert 0 <= found.start < found.end <= len(text)
    assert all(found.start <= a < b <= found.end for a, b in found.parts)
    inside = found.start <= said.start and said.end <= found.end
    blank = not text[said.start : said.end].strip()
    edge = text[said.start].isspace() or text[said.end - 1].isspace()
    assert found.parts or inside or blank or edge


@pytest.mark.parametrize(
    ("features", "shown"),
    [
        ({"whole": 1.0}, "11月10日"),
        ({"whole": 1.0, "first": 1.0}, "11月10日,市长主持会议"),  # as the network would have it
        ({}, "11月10日,市长主持会议"),
    ],
)
def test_of_a_statement_offered_whole_the_only_value_is_shown(
    features: dict[str, float], shown: str
) -> None:
    text = "11月10日,市长主持会议。"
    chosen = candidate(text, "11月10日,市长主持会议", 1.5, features=features)
    assert composed(parse("会议哪天召开"), chosen, ()).text == shown


def test_of_several_values_in_a_statement_none_is_chosen() -> None:
    text = "11月10日开会,11月12日闭会。"
    chosen = candidate(text, text[:-1], 1.5, features={"whole": 1.0})
    assert composed(parse("会议哪天召开"), chosen, ()).text == text[:-1]
