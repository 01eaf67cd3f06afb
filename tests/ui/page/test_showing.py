from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.page.parser import ANSWER, AT, CITATION, QUOTE
from wenju.ui.page.showing import headline_of, reading_aid

TRADITIONAL, SIMPLIFIED = "支持聯合體", "支持联合体"


@pytest.mark.parametrize(
    ("text", "lang", "question", "aid"),
    [
        (SIMPLIFIED, "zh-Hant", "", ("hant", TRADITIONAL)),
        (TRADITIONAL, "zh-Hant", "", None),
        (TRADITIONAL, "zh-Hans", "", ("hans", SIMPLIFIED)),
        (SIMPLIFIED, "zh-Hans", "", None),
        # a text of both, most of it in the reader's script
        ("聯合體的研發費用、補貼与申請", "zh-Hant", "", None),
        ("plain words", "zh-Hant", "", None),
        (SIMPLIFIED, "en", "聯合體是什麼", ("hant", TRADITIONAL)),
        (TRADITIONAL, "en", "联合体是什么", ("hans", SIMPLIFIED)),
        (SIMPLIFIED, "en", "what is supported", None),
    ],
)
def test_a_text_is_converted_only_for_readers_of_the_other_script(
    text: str, lang: str, question: str, aid: tuple[str, str] | None
) -> None:
    assert reading_aid(text, lang, question) == aid


def test_white_space_around_a_sentence_is_not_shown_and_moves_no_place() -> None:
    spaced = replace(
        CITATION, quote=f" \n{QUOTE}\n", highlight=((AT + 2, AT + 10),), original=f" \n{QUOTE}\n"
    )
    answer = replace(ANSWER, citations=(spaced,), sentence=(0, len(QUOTE) + 3))
    text, [(start, end)] = headline_of(answer)
    assert text == QUOTE
    assert text[start:end] == ANSWER.answer


def test_of_a_quoted_sentence_what_answers_best_is_lit() -> None:
    quoted = replace(ANSWER, answer=QUOTE, granularity="sentence", best=(AT, AT + 8))
    assert headline_of(quoted) == (QUOTE, [(AT, AT + 8)])
    assert headline_of(replace(quoted, best=None, sentence=None)) == (QUOTE, [])
