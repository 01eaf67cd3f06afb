"""Every way a question can come out has its one cause."""

from __future__ import annotations

from itertools import product

import pytest

from tests.eval.making import NOWHERE, record
from wenju.eval.error_categories import Cause, cause
from wenju.eval.retrieval import Ranks

FOUND = Ranks(1, 1, 1)
LONG = "先填申請書。再附身分證影本。最後繳費新臺幣五百元。"


@pytest.mark.parametrize(
    ("answered", "expected"),
    [(True, Cause.SHOULD_HAVE_ABSTAINED), (False, Cause.RIGHTLY_ABSTAINED)],
)
def test_unanswerable_questions(answered: bool, expected: Cause) -> None:
    right = float(not answered)
    asked = record(
        answerable=False,
        prediction="一" if answered else "",
        exact_match=right,
        char_f1=right,
    )
    assert cause(asked) is expected


def test_a_gold_answer_is_right_wherever_it_was_found() -> None:
    assert cause(record(prediction="答", exact_match=1.0, char_f1=1.0)) is Cause.RIGHT
    assert cause(record(prediction="《答》", exact_match=1.0, char_f1=0.0)) is Cause.RIGHT


@pytest.mark.parametrize(("f1", "expected"), [(0.5, Cause.RIGHT), (0.49, Cause.WRONG_SPAN)])
def test_half_of_the_answer_is_enough(f1: float, expected: Cause) -> None:
    asked = record(FOUND, prediction="答的一半", char_f1=f1, sentence_correct=True)
    assert cause(asked) is expected


def test_the_right_sentence_is_a_wrong_span_though_its_passage_ranked_low() -> None:
    asked = record(NOWHERE, prediction="錯", sentence="錯與答。", sentence_correct=True)
    assert cause(asked) is Cause.WRONG_SPAN


def test_a_sentence_out_of_a_longer_answer_is_a_wrong_span() -> None:
    sentence = "最後繳費新台币五百元。"
    asked = record(golds=(LONG,), prediction="五百元", sentence=sentence, char_f1=0.2)
    assert cause(asked) is Cause.WRONG_SPAN
    short = record(golds=(LONG.rstrip("。"),), prediction="五百元", sentence=sentence, char_f1=0.2)
    assert cause(short) is Cause.WRONG_SPAN


def test_words_of_the_answer_count_only_out_of_its_passage() -> None:
    def asked(passage: str) -> Cause:
        return cause(
            record(
                FOUND,
                golds=(LONG,),
                prediction="身分證影本",
                sentence="（二）請附身分證影本兩份。",
                char_f1=0.3,
                passage=passage,
                gold_passage="本",
            )
        )

    assert asked("本") is Cause.WRONG_SPAN
    assert asked("別處") is Cause.NOT_READ


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize("ranks", [NOWHERE, Ranks(1, None, None)])
def test_what_was_not_found_was_not_retrieved(answered: bool, ranks: Ranks) -> None:
    asked = record(ranks, prediction="錯" if answered else "", sentence="是錯。")
    assert cause(asked) is Cause.NOT_RETRIEVED


@pytest.mark.parametrize("ranks", [Ranks(None, 5, None), Ranks(None, None, 5)])
def test_what_was_found_was_not_read_or_refused(ranks: Ranks) -> None:
    assert cause(record(ranks, prediction="錯", sentence="是錯。")) is Cause.NOT_READ
    assert cause(record(ranks)) is Cause.REFUSED


def test_a_piece_of_an_answer_longer_than_any_passage_is_evidence() -> None:
    piece = "先填申請書。再附身分證影本。"

    def asked(ranks: Ranks, gold_passage: str = piece) -> Cause:
        return cause(record(ranks, golds=(LONG,), gold_passage=gold_passage))

    assert asked(Ranks(1, None, None)) is Cause.REFUSED
    assert asked(Ranks(2, None, None)) is Cause.NOT_RETRIEVED  # another document's is first
    assert asked(Ranks(1, None, None), "本局電話") is Cause.NOT_RETRIEVED
    assert asked(Ranks(1, None, None), "") is Cause.NOT_RETRIEVED


def test_a_question_refused_unread_was_not_even_searched_for() -> None:
    assert cause(record(kind="refused")) is Cause.REFUSED


def test_any_record_has_a_cause_and_every_cause_a_record() -> None:
    found = {
        cause(
            record(
                Ranks(1, answer, coverage),
                answerable=answerable,
                prediction=prediction,
                sentence=prediction,
                kind=kind,
                char_f1=f1,
                sentence_correct=correct,
            )
        )
        for answer, coverage, answerable, prediction, kind, f1, correct in product(
            (None, 5),
            (None, 5),
            (True, False),
            ("", "錯"),
            ("span", "refused"),
            (0.0, 0.9),
            (True, False),
        )
    }
    assert found == set(Cause)
    assert {str(name) for name in Cause} == {
        *("right", "not_retrieved", "not_read", "refused", "wrong_span"),
        *("should_have_abstained", "rightly_abstained"),
    }
