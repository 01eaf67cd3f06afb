"""What a question asks for: its kind, its content, the number or measure it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.errors import WenjuError
from wenju.corpus.script import fold, to_simplified
from wenju.corpus.values import MEASURE, UNIT, to_number
from wenju.qa.kinds import kind_of

_ASKED_MEASURE = re.compile(rf"(?:多少|几)[大余]?({UNIT}|{MEASURE})")
_NUMBERED = re.compile(rf"(\d+|[一二三四五六七八九十两]+)\s*(?:大|{MEASURE})(?![月日])")
_AGE = re.compile(r"多大(?:年龄|岁数)|年龄.{0,6}(?:多少|多大)|how old")
_SEVERAL_DATES = re.compile(r"哪几个?[年月天日]|哪些(?:年|日期)")
_WEEKDAY = re.compile(r"(?:星期|礼拜|周)几|(?:which|what) (?:day of the week|weekday)")
_END = re.compile(
    r"截止|到期|期满|最晚|最迟|最后|为止|结束|到(?:什么时候|哪天|哪一天|何时|几号|几点)"
    r"|deadline|\b(?:close|end|expire|latest|until)"
)
_START = re.compile(
    r"开始|启动|起(?:算|始|用|施行|实施|生效)|[从自](?:什么时候|哪天|哪一天|何时|几号|几点)"
    r"|\b(?:start|begin|open)"
)


class BadQuestion(WenjuError):
    """The question is empty or too long."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, folded, and what it asks for.

    ``measure`` is the measure word after 多少 or 几, empty where none is named; ``number`` is how
    many things it speaks of (六大發展計劃 → 6), 0 where it does not say.
    """

    text: str
    folded: str
    kind: str
    measure: str = ""
    number: int = 0

    @property
    def asks_years(self) -> bool:
        """Whether a list of years or days is asked for (哪幾年)."""
        return bool(_SEVERAL_DATES.search(self.folded))

    @property
    def asks_weekday(self) -> bool:
        """Whether a day of the week is asked for (星期幾)."""
        return bool(_WEEKDAY.search(self.folded))

    @property
    def asks_end(self) -> bool:
        """Whether of a period only its end is asked for (什麼時候截止)."""
        return bool(_END.search(self.folded)) and not _START.search(self.folded)

    @property
    def asks_start(self) -> bool:
        """Whether of a period only its beginning is asked for (從哪天開始)."""
        return bool(_START.search(self.folded)) and not _END.search(self.folded)


def parse(text: str, max_characters: int = 500) -> Question:
    """Read a question; raises BadQuestion for an empty or over-long one."""
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        raise BadQuestion(
            f"The question {text!r} holds no word. Ask something in a few words, "
            "e.g. 最高支持多少？"
            if text
            else "The question is empty. Ask something in a few words, e.g. 最高支持多少？"
        )
    if len(text) > max_characters:
        raise BadQuestion(
            f"The question has {len(text)} characters, at most {max_characters} are read. "
            "Ask for one thing at a time."
        )
    # by phrases first: both scripts of a question must fold to the same characters
    folded = fold(to_simplified(text)).replace("甚么", "什么")
    asked = _ASKED_MEASURE.search(_AGE.sub("几岁", folded))
    counted = _NUMBERED.search(folded)
    number = to_number(counted.group(1)) if counted else 0
    return Question(text, folded, kind_of(folded, number), asked.group(1) if asked else "", number)
