"""Made-up scales: the step that answers is the one that the number asked of lies in."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus.values import to_number
from wenju.eval.training.network.scales import scales

_NUMBER = r"(?:\d+|[一二三四五六七八九十]+)"
_LOW = re.compile(rf"(?:满)?({_NUMBER})(?:年|个月|日|平方米)(?:以上|不满|者)?")
_HIGH = re.compile(rf"(?:以上|不满)(?:不满)?({_NUMBER})(?:年|个月|日|平方米)(?:未满|的)")


def number(text: str) -> int:
    return int(text) if text.isdecimal() else to_number(text)


@given(st.integers(0, 500))
def test_the_number_asked_of_lies_in_the_step_that_answers(seed: int) -> None:
    for example in scales(6, seed):
        ((start, end),) = example.answers
        assert example.text[start:end]
        asked = number(re.findall(_NUMBER + "(?=年|个月|天|日|平方米)", example.question)[0])
        step = re.split(r"[;\n]|,依下列规定:", example.text[:start])[-1]
        low = _LOW.search(step)
        high = _HIGH.search(step)
        assert low and number(low[1]) <= asked
        assert high is None or asked < number(high[1])


def test_the_same_seed_gives_the_same_scales() -> None:
    assert scales(5, 1) == scales(5, 1) != scales(5, 2)
