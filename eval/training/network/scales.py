"""Statutes with scales, made up: who has served so long gets so much, and which step fits whom.

The question names a number that lies inside a step and stands nowhere in the text, or asks for the
rule where there is an exception beside it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.values import Values

_DIGITS = "零一二三四五六七八九十"
_SERVICES = (
    ("任职", "年", ("休假", "每年休假{y}"), ("{w}任职{n}年,能休几天假?", "干了{n}年的{w}有多少天假?", "{n}年资历的{w}休假多少天?"), "days"),
    ("缴费", "年", ("补助", "发给补助{y}"), ("{w}缴费{n}年能领多少补助?", "交了{n}年,{w}补助多少钱?"), "money"),
    ("工作", "年", ("通知期", "应提前{y}通知"), ("{w}工作了{n}年,要提前多久通知?", "{n}年工龄的{w}提前几天通知?"), "days"),
    ("签约", "个月", ("试用", "试用期不得超过{y}"), ("{w}签约{n}个月,试用期最长多久?", "签{n}个月的{w},试用期可以多长?"), "months"),
    ("逾期", "日", ("罚款", "处{y}罚款"), ("{w}逾期{n}天罚多少?", "{w}晚了{n}日要交多少罚款?"), "money"),
    ("面积", "平方米", ("收费", "收取{y}"), ("{w}面积{n}平方米收多少钱?", "{n}平方米的{w}要交多少费?"), "money"),
)  # fmt: skip
_WHO = "职员 教师 学徒 驾驶员 会员 护理人员 承租人 摊商 经营者 申请人 船员 研究人员".split()
_EXCEPTIONS = (
    "但因不可抗力不能办理的,不在此限。", "情况特殊的,经主管机关批准可以延长{x}。",
    "但身心障碍者,依其他规定办理。", "法律另有规定的,从其规定。",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Step:
    low: int
    high: int  # 0 for the last, which has no end
    value: str


def scales(count: int, seed: int) -> list[Example]:
    """That many questions, each on an article of its own."""
    values = Values(random.Random(f"scales {seed}"))
    return [_scale(values) for _ in range(count)]


def _scale(values: Values) -> Example:
    draw, who = values.draw, values.draw.choice(_WHO)
    verb, unit, (_, gives), questions, kind = draw.choice(_SERVICES)
    han = draw.random() < 0.6
    steps = _steps(draw, kind, han)
    joined = draw.choice(("\n{m}、{s};", "{s};", "\n({m}){s};"))
    lead = f"{who}{verb}满一定{'时间' if unit != '平方米' else '规模'}的,依下列规定:"
    text, places = lead, []
    for number, step in enumerate(steps, 1):
        said = f"{_bounds(step, unit, han, verb, draw)},{gives.format(y=step.value)}"
        piece = joined.format(m=_DIGITS[number], s=said)
        start = len(text) + piece.index(said) + said.index(step.value, said.index(","))
        text += piece
        places.append((start, start + len(step.value)))
    text = text[:-1] + "。"
    if draw.random() < 0.4:
        text += draw.choice(_EXCEPTIONS).format(x=values.span())
    at = draw.randrange(len(steps))
    step = steps[at]
    asked = draw.randint(step.low, (step.high or step.low * 3) - 1)
    written = _han(asked) if draw.random() < 0.5 and asked < 100 else str(asked)
    question = draw.choice(questions).format(w=who, n=written)
    return Example(fold(question), "", fold(text), (places[at],), "scale", alone=True)


def _steps(draw: random.Random, kind: str, han: bool) -> list[_Step]:
    count = draw.randint(3, 5)
    bounds = sorted(draw.sample(range(1, 31), count))
    numbers = sorted(draw.sample(range(2, 40), count))
    return [
        _Step(low, high, _value(number, kind, han))
        for low, high, number in zip(bounds, [*bounds[1:], 0], numbers, strict=True)
    ]


def _value(number: int, kind: str, han: bool) -> str:
    if kind == "money":
        return f"{_han(number)}千元" if han and number < 10 else f"{number * 100}元"
    written = _han(number) if han else str(number)
    return written + ("日" if kind == "days" else "个月")


def _bounds(step: _Step, unit: str, han: bool, verb: str, draw: random.Random) -> str:
    """七年以上十年未满, 满七年不满十年, or 七年以上 at the end."""
    low, high = (_han(n) if han else str(n) for n in (step.low, step.high))
    if not step.high:
        return draw.choice((f"{verb}{low}{unit}以上的", f"{verb}满{low}{unit}者"))
    return draw.choice(
        (
            f"{verb}{low}{unit}以上{high}{unit}未满者",
            f"{verb}满{low}{unit}不满{high}{unit}的",
            f"{verb}{low}{unit}以上不满{high}{unit}的",
        )
    )


def _han(number: int) -> str:
    """A number below one hundred in Chinese characters."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
