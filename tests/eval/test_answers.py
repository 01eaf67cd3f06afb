"""The answer measures against values worked by hand, and against a slow oracle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.eval.answers import (
    char_f1,
    common_run,
    contains_answer,
    covers_answer,
    exact_match,
    is_served,
    score,
    segments,
    sentence_around,
)
from wenju.qa.answer import Answer, Citation, Item

PLAIN = st.text(alphabet="甲乙丙萬万abAB12 -，。“”%.,", max_size=12)


def answered(quote: str, answer: str) -> Answer:
    start = quote.index(answer)
    citation = Citation(
        document_id="d",
        title="",
        source="",
        page=None,
        headings=(),
        passage_id="p",
        start=0,
        end=len(quote),
        original=quote,
        quote=quote,
        highlight=((start, start + len(answer)),),
        retrieval_score=1.0,
        span_score=1.0,
    )
    return Answer("問", answered=True, answer=answer, kind="span", citations=(citation,))


UNANSWERED = Answer("問", answered=False, answer="", kind="span")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("战国无双3", ["战", "国", "无", "双", "3"]),
        ("最高1000萬元", ["最", "高", "1000", "万", "元"]),
        ("2024年4月2日", ["2024", "年", "4", "月", "2", "日"]),
        ("光荣和ω-force", ["光", "荣", "和", "ωforce"]),
        # removed punctuation does not end a word: the official script goes on with the next letter
        ("3.5，1,000", ["3.51,000"]),
        ("10-20%", ["1020", "%"]),
        ("橄榄球联盟 (NFL)", ["橄", "榄", "球", "联", "盟", "(", "nfl", ")"]),
        ("《Don't Stop》", ["do", "n't", "stop"]),
        (
            "Kant's U.S. tour, 1,000 km.",
            ["kant", "'s", "u.s", ".", "tour", ",", "1,000", "km", "."],
        ),
        ("等等……", ["等", "等", "……"]),
        ("wait...what", ["wait", "...", "what"]),
        ("，。「」", []),
        ("  ", []),
    ],
)
def test_mixed_segmentation(text: str, tokens: list[str]) -> None:
    assert segments(text) == tokens


@pytest.mark.parametrize(
    ("prediction", "golds", "f1"),
    [
        ("村雨城", ["任天堂游戏谜之村雨城"], 6 / 13),
        ("任天堂游戏谜之村雨城", ["村雨城", "任天堂游戏谜之村雨城"], 1.0),
        ("最高1000萬元", ["1000万元"], 6 / 8),
        ("4月2日", ["2024年4月2日"], 8 / 10),
        # a run, not a subsequence: one token of three is shared in a row
        ("甲乙丙", ["甲丁丙"], 2 / 6),
        ("the Denver Broncos", ["Denver Broncos"], 4 / 5),
        ("denver", ["Denver Broncos"], 2 / 3),
        ("100万", ["1000万"], 2 / 4),  # the number is one token and another number
        ("光荣和ω-force公司", ["光荣和ω-force"], 8 / 10),
        ("，。", ["甲"], 0.0),
        ("", ["甲"], 0.0),
        ("甲", [], 0.0),
        ("甲", ["乙"], 0.0),
    ],
)
def test_char_f1_by_hand(prediction: str, golds: list[str], f1: float) -> None:
    assert char_f1(prediction, golds) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("prediction", "golds", "same"),
    [
        ("《行動方案》", ["行动方案"], True),
        ("光荣和ω-force", ["光荣", "光荣和ωForce"], True),
        ("Denver Broncos", ["denver  broncos"], False),  # inner spaces count, as they officially do
        ("10%", ["10"], False),
        ("1000萬元", ["最高1000万元"], False),
        ("看著", ["看着"], True),
        ("", ["，"], False),
        ("甲", [], False),
    ],
)
def test_exact_match_by_hand(prediction: str, golds: list[str], same: bool) -> None:
    assert exact_match(prediction, golds) == float(same)


@given(st.lists(st.sampled_from("abc"), max_size=9), st.lists(st.sampled_from("abc"), max_size=9))
def test_common_run_is_the_longest_common_substring(a: list[str], b: list[str]) -> None:
    runs = [a[i:j] for i in range(len(a)) for j in range(i, len(a) + 1)]
    found = [r for r in runs if any(b[k : k + len(r)] == r for k in range(len(b) + 1))]
    assert common_run(a, b) == max(map(len, found), default=0)


@given(PLAIN, PLAIN)
def test_f1_is_symmetric_bounded_and_no_less_than_exact_match(a: str, b: str) -> None:
    f1 = char_f1(a, [b])
    assert 0.0 <= f1 <= 1.0
    assert f1 == char_f1(b, [a])
    assert f1 == 1.0 or segments(a) != segments(b) or not segments(a)


@given(st.text(alphabet="聯體萬國臺后裏著乾", min_size=1))
def test_script_is_never_an_error(text: str) -> None:
    from wenju.corpus.script import fold

    assert exact_match(text, [fold(text)]) == 1.0
    assert char_f1(fold(text), [text]) == 1.0
    assert contains_answer("前" + text + "後", [fold(text)])


def test_containment_forgives_width_case_and_spacing_but_not_content() -> None:
    assert contains_answer("給予最高１０００萬元 ABC\n公司支持", ["1000万元 abc 公司"])
    assert not contains_answer("給予最高1000萬元", ["2000萬元"])
    assert not contains_answer("", ["甲"])
    assert not contains_answer("甲", ["", " "])


@pytest.mark.parametrize(
    ("text", "golds", "covered"),
    [
        # five clauses: four of them are 80 %, three are not
        ("一。二。三。四。", ["一，二；三、四。五"], True),
        ("一。二。三。", ["一，二；三、四。五"], False),
        ("一二三四", ["一 二\n三　四、五。"], True),  # white space parts too, and any order will do
        ("申請人應備身份證", ["申请人，身份证"], True),  # the other script
        ("ＡＢＣ及１０００元", ["abc；1000元"], True),
        ("甲", ["甲乙"], False),  # a part of a clause is not the clause
        ("甲", ["乙，丙", "甲"], True),  # any of the golds
        ("甲", ["。，", ""], False),  # no clause at all
        ("甲", [], False),
        ("", ["甲"], False),
        # ten clauses: eight are enough, seven are not
        ("零一二三四五六七", ["零、一、二、三、四、五、六、七、八、九"], True),
        ("零一二三四五六", ["零、一、二、三、四、五、六、七、八、九"], False),
    ],
)
def test_coverage_by_hand(text: str, golds: list[str], covered: bool) -> None:
    assert covers_answer(text, golds) is covered


@given(st.text(alphabet="甲乙，。 \n", max_size=20), st.text(alphabet="甲乙，", max_size=9))
def test_what_holds_an_answer_covers_it(text: str, gold: str) -> None:
    # containment asks for more, but for a gold without any clause
    assert covers_answer(text, [gold]) or not contains_answer(text, [gold]) or not gold.strip("，")


@pytest.mark.parametrize(
    ("quote", "answer", "sentence"),
    [
        ("甲是一。乙是二！丙是三。", "二", "乙是二！"),
        ("甲是一。乙是二！丙是三。", "一。乙", "甲是一。乙是二！"),
        ("甲是一。乙是二", "二", "乙是二"),
        ("甲是一。", "甲是一。", "甲是一。"),
        ("It rose 3.5 per cent. Then it fell.", "3.5", "It rose 3.5 per cent."),
        ("第一行\n第二行", "第二", "第二行"),
    ],
)
def test_sentence_around_the_answer(quote: str, answer: str, sentence: str) -> None:
    assert sentence_around(answered(quote, answer)) == sentence


def test_a_right_sentence_with_a_wrong_span() -> None:
    marks = score(answered("会议于4月2日召开。共20家。", "会议"), ["4月2日"], answerable=True)
    assert (marks.exact_match, marks.char_f1, marks.sentence_correct) == (0.0, 0.0, True)
    marks = score(answered("会议于4月2日召开。共20家。", "20家"), ["4月2日"], answerable=True)
    assert marks.sentence_correct is False
    # 20家 and 4月2日 have the 2 in common: 2 * 1 / (3 + 4)
    assert marks.rouge_l == pytest.approx(2 / 7)


def test_what_was_not_answered_is_wrong_where_there_is_an_answer() -> None:
    marks = score(UNANSWERED, ["甲"], answerable=True)
    assert (marks.exact_match, marks.char_f1, marks.sentence_correct) == (0.0, 0.0, False)
    assert marks.rouge_l == 0.0


def test_unanswerable_questions_as_in_squad_2() -> None:
    right = score(UNANSWERED, (), answerable=False)
    wrong = score(answered("甲是一。", "一"), (), answerable=False)
    assert (right.exact_match, right.char_f1, right.sentence_correct) == (1.0, 1.0, None)
    assert (wrong.exact_match, wrong.char_f1, wrong.sentence_correct) == (0.0, 0.0, None)
    assert (right.rouge_l, wrong.rouge_l) == (1.0, 0.0)


QUOTE = "甲是一。乙是二。丙是三。"


@pytest.mark.parametrize(
    ("golds", "documents", "places", "expected"),
    [
        (["二"], (), (), True),
        (["乙是二"], (), (), True),  # the sentence is shown with the answer
        (["一"], (), (), False),  # another sentence of the passage is not
        (["二"], {"d"}, (), True),
        (["二"], {"other"}, (), False),
        (["二"], {"d"}, [(4, 8)], True),
        (["二"], {"d"}, [(0, 4), (8, 12)], False),  # the same word, from where it answers nothing
        (["二"], {"d"}, [(0, 4), (6, 7)], True),
        (["二"], {"d"}, [(7, 8)], False),  # half-open
    ],
)
def test_what_is_served(
    golds: list[str], documents: set[str], places: list[tuple[int, int]], expected: bool
) -> None:
    answer = answered(QUOTE, "二")
    cited = replace(answer.citations[0], source_highlight=((6, 7),))
    answer = replace(answer, citations=(cited,))
    assert is_served(answer, golds, documents, places) is expected
    marks = score(answer, golds, answerable=True, documents=documents, places=places)
    assert marks.served is expected
    # the place that the answer gives counts, where there is one
    wider = replace(answer, sentence=(0, 8))
    assert is_served(wider, ["一"], documents, places) is is_served(
        answer, ["二"], documents, places
    )


def test_nothing_is_served_where_nothing_is_answered() -> None:
    assert not is_served(UNANSWERED, ["甲"])
    assert score(UNANSWERED, ["甲"], answerable=True).served is False
    assert score(UNANSWERED, (), answerable=False).served is None


def test_a_passage_is_shown_up_to_600_characters_and_a_list_to_any() -> None:
    for length, expected in ((600, True), (601, False)):
        text = ("一二三，" * 200)[: length - 1] + "終"
        answer = replace(answered(text, text), sentence=(0, 1))
        assert is_served(answer, ["終"]) is expected
        listed = replace(answer, items=(Item("項", 0, 0, 1),))
        assert is_served(listed, ["終"])


def test_most_items_of_a_list_are_served() -> None:
    quote = "一、甲；二、乙；三、丙；四、丁；五、戊。"
    answer = replace(answered(quote, "甲"), sentence=(2, 3))
    for count, expected in ((5, True), (4, True), (3, False)):
        items = tuple(Item(text, 0, 0, 1) for text in "甲乙丙丁戊"[:count])
        assert is_served(replace(answer, items=items), ["甲；乙；丙；丁；戊"]) is expected
