"""Numerals spelled out by the Unicode rules for Chinese, which share nothing with how they are read.

The rules are those of CLDR (``rbnf/zh.xml``, ``spellout-cardinal``): a number is divided by its
largest scale, and a zero is put in where the remainder leaves a place empty. To these come the
ways of writing that CLDR has no rule for: 兩, 廿, capitals, and 萬億 for 兆.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tests.properties import cases
from wenju.corpus.script import fold, to_simplified, to_traditional
from wenju.corpus.values.numerals import NUMERAL, evaluate, to_number, whole_number

_PLAIN = ("一二三四五六七八九", "十百千万亿兆")
_CAPITAL = ("壹贰叁肆伍陆柒捌玖", "拾佰仟万亿兆")
_SCALES = ((10**12, 5), (10**8, 4), (10**4, 3), (1000, 2), (100, 1), (10, 0))
_NUMERAL = re.compile(NUMERAL)


@dataclass(frozen=True)
class Spelling:
    """How somebody writes: with which zero, 两 or 二 before a scale, 廿 or 二十, 兆 or 万亿."""

    zero: str = "零"
    liang: bool = False
    short_tens: bool = False
    capital: bool = False
    trillion: bool = True

    def spell(self, number: int) -> str:
        """A whole number from 0 to 10¹⁶ - 1."""
        if number == 0:
            return self.zero
        spelled = self._cardinal(number)
        # 十 alone where the numeral begins with it; capitals have 壹拾 or 拾
        return spelled.removeprefix("一") if spelled.startswith("一十") else spelled

    def _cardinal(self, number: int) -> str:
        ones, scales = _CAPITAL if self.capital else _PLAIN
        if number < 10:
            return ones[number - 1]
        scale, name = next(
            (scale, name)
            for scale, name in _SCALES
            if number >= scale and (self.trillion or scale < 10**12)
        )
        head, rest = divmod(number, scale)
        if scale == 10 and self.short_tens and not self.capital and 2 <= head <= 4:
            spelled = "廿卅卌"[head - 2]
        elif head == 2 and self.liang and not self.capital and scale >= 100:
            spelled = "两" + scales[name]
        else:
            spelled = self._cardinal(head) + scales[name]
        if not rest:
            return spelled
        return spelled + self.zero * (rest < scale // 10) + self._cardinal(rest)


SPELLINGS = st.builds(
    Spelling,
    zero=st.sampled_from("零〇○"),
    liang=st.booleans(),
    short_tens=st.booleans(),
    trillion=st.booleans(),
) | st.just(Spelling(capital=True))
# as many with empty places as without: what a zero stands for is where numerals are misread
NUMBERS = st.one_of(
    st.integers(0, 200),
    st.integers(0, 10**9),
    st.integers(0, 10**13 - 1),
    st.lists(st.sampled_from("000000125"), min_size=1, max_size=13).map(
        lambda digits: int("".join(digits))
    ),
)


def test_the_rules_by_hand() -> None:
    plain = Spelling()
    by_hand = {
        **{0: "零", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一百零一"},
        **{110: "一百一十", 1001: "一千零一", 1010: "一千零一十", 2200: "二千二百"},
        **{10_005: "一万零五", 100_000: "十万", 101_000: "十万一千", 100_000_001: "一亿零一"},
        **{20_030_000: "二千零三万", 120_003_000: "一亿二千万三千", 10**12: "一兆"},
    }
    assert {number: plain.spell(number) for number in by_hand} == by_hand
    assert Spelling(trillion=False).spell(3 * 10**12) == "三万亿"
    assert Spelling(liang=True, short_tens=True).spell(222_021) == "廿二万两千零廿一"
    assert Spelling(capital=True).spell(10_250) == "壹万零贰佰伍拾"
    assert to_traditional(Spelling(capital=True).spell(30_260)) == "叄萬零貳佰陸拾"


@cases(400)
@given(NUMBERS, SPELLINGS)
def test_a_numeral_is_the_number_that_was_spelled(number: int, spelling: Spelling) -> None:
    for written in (to_simplified(spelling.spell(number)), to_traditional(spelling.spell(number))):
        folded = fold(written)
        assert evaluate(folded) == number, written
        assert whole_number(folded) == number
        assert to_number(folded) == (number if number < 100 else 0)
        if "兆" not in folded:  # in a text, mostly a unit
            found = _NUMERAL.match(f"{folded}元")
            assert found and found[0] == folded


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([100, 1000, 10**4, 10**8]), SPELLINGS)
def test_a_digit_behind_a_scale_counts_its_tenths(
    head: int, tenths: int, scale: int, spelling: Spelling
) -> None:
    # 三万五, 两千三
    written = spelling.spell(head * scale) + spelling.spell(tenths)
    assert evaluate(fold(written)) == head * scale + tenths * scale // 10
