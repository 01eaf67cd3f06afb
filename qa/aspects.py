"""What is asked of a thing, and what the section or the line that tells it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.qa.numbers import any_of

_DO = any_of("申请 申办 申报 申领 办理 报名 办")
_EVENT = any_of("会议 活动 举办 召开 举行")
# how something is asked, and what a section or a line on it is called
_ASPECTS = (
    ("材料|文件|证件|资料|表件", "材料|文件|证件|应备"),
    (
        rf"流程|程序|步骤|手续|(?:怎么|怎样|如何){_DO}",
        rf"流程|程序|步骤|(?:怎么|怎样|如何){_DO}|{_DO}方式",
    ),
    (
        "条件|资格|对象|(?:谁|哪些人|什么人|什么样的人)(?:可以|能|才能|有资格)",
        "条件|资格|对象|谁可以|谁能",
    ),
    (
        "(?:开放|营业|服务|开馆|办公|受理)时间|几点(?:开|关)",
        "(?:开放|营业|服务|开馆|办公|受理)时间",
    ),
)
# what was held: all that a question says of it beside what it is
_HELD = any_of("召开 举行 举办 开 办 开始 的 了 是 在 于 这次 本次 时间 地点 日期 现场")
_ASKS = "什么时候|什么时间|何时|哪一?天|几点|几号|几月|哪里|哪儿|何处|何地|什么地方|在哪|谁|哪些人|哪几位|有"
_WHEN, _WHERE = rf"{_EVENT}?(?:时间|日期)", rf"{_EVENT}?(?:地点|场所|会场)"
_LINES = {"date": re.compile(_WHEN), "time": re.compile(_WHEN), "place": re.compile(_WHERE)}
_DID = re.compile(any_of("出席 列席 参加 主持 主讲 记录"))
_ROLE_KINDS = frozenset({"person", "enumeration"})
_DONE = "怎么|怎样|如何|计算|办理|处理|进行|规定|[算办]"
_BESIDE = re.compile("|".join((_DID.pattern, _ASKS, _HELD)))
_BESIDE_HOW = re.compile(_DONE)


@dataclass(frozen=True, slots=True)
class Aspect:
    """How an aspect is asked for, and how the heading of a section on it is worded."""

    asked: re.Pattern[str]
    called: re.Pattern[str]

    def without(self, folded: str) -> str:
        """A question without the words that ask for the aspect."""
        return re.sub(rf"{self.asked.pattern}|{_DO}", " ", folded)


ASPECTS = tuple(Aspect(re.compile(asked), re.compile(called)) for asked, called in _ASPECTS)


def aspect_of(folded: str) -> Aspect | None:
    """The aspect that a folded question asks for, None where it is no such question."""
    return next((a for a in ASPECTS if a.asked.search(folded)), None)


def names_aspect(heading: str) -> bool:
    """Whether a folded heading is that of a section on one of the aspects."""
    return any(aspect.called.search(heading) for aspect in ASPECTS)


def is_asked_of_event(kind: str, folded: str, label: str) -> bool:
    """Whether a line's label is what a folded question of a kind asks of something held."""
    did = _DID.search(label)
    if did:
        return kind in _ROLE_KINDS and did[0] in folded
    return kind in _LINES and bool(_LINES[kind].fullmatch(label))


def event_of(folded: str) -> str:
    """What a question on something held is about, without what is asked of it."""
    return _BESIDE.sub(" ", folded)


def matter_of(folded: str) -> str:
    """What a question for how something is done is about."""
    return _BESIDE_HOW.sub(" ", folded)
