"""Made-up notices and briefings: slices, and questions that nothing in the text answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.eval.training.network.making import NotingReads, examples
from wenju.corpus.script import fold
from wenju.eval.training.network.briefings import briefings
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.notices import notices
from wenju.eval.training.network.samples import Sampling

Making = Callable[[int, int], list[Example]]
BOTH = pytest.mark.parametrize("make", [notices, briefings])


@BOTH
def test_answers_are_whole_slices_of_folded_texts(make: Making) -> None:
    made = make(300, 1)
    assert len(made) == 300
    for example in made:
        for text in (example.question, example.title, example.text):
            assert text == fold(text)
            assert text.strip()
        for start, end in example.answers:
            answer = example.text[start:end]
            assert answer == answer.strip() != ""
            assert not set(answer) & set("。;\n")


@BOTH
def test_a_good_part_is_not_answered_by_its_text(make: Making) -> None:
    unanswered = [e for e in make(600, 2) if not e.answers]
    assert 0.15 < len(unanswered) / 600 < 0.45


@BOTH
def test_the_same_seed_makes_the_same_and_another_seed_another(make: Making) -> None:
    assert make(40, 3) == make(40, 3)
    assert make(40, 3) != make(40, 4)


def test_an_unanswered_notice_does_not_state_what_is_asked_for() -> None:
    phone = [e for e in notices(2000, 5) if "咨询" in e.question and not e.answers]
    assert phone
    for example in phone:
        assert "咨询电话" not in example.text
        assert "疑问" not in example.text


def test_who_did_what_is_the_name_in_front_of_it() -> None:
    presided = [e for e in briefings(2000, 6) if "主持" in e.question and e.answers]
    assert presided
    for example in presided:
        ((_, end),) = example.answers
        assert example.text[end:].startswith("主持会议")


def test_one_without_an_answer_is_shown_as_that_and_one_alone_never_with_another_text() -> None:
    reads = NotingReads()
    made = notices(60, 7)
    sampling = Sampling([*examples(), *made], reads, 0)
    for example in made:
        sample = sampling.sample(example, (200, 300), negative=True)
        assert (sample.first > 0) == bool(example.answers)
