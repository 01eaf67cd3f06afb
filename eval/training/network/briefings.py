"""Press conferences and meetings made up from parts: who asked, who answered, who presided.

A reporter's question names what the reply gives, so its own words must not be taken for one; and
a programme gives several branches figures of the same kind, so that each must be told apart.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.values import Values

_KIND = "briefing"
_UNANSWERED = 0.3  # of the questions
_BRANCHES = (
    "示范型 培育型 储备型 提升型", "甲类 乙类 丙类 丁类", "一级 二级 三级 四级", "家庭组 青年组 长青组 少儿组",
    "骨干基地 特色基地 联合基地 实训基地", "种子期项目 成长期项目 成熟期项目 转型期项目", "研发类 制造类 服务类 流通类",
    "近郊线 滨海线 山地线 环湖线", "市级站 县级站 镇级站 村级站",
)  # fmt: skip
_Asked = tuple[str, tuple[str, ...], str]
_WHAT = "合作社 孵化园 服务站 养老驿站 数字车间 文化空间 阅读点 创业团队 充电站 试验田 应急队 社区厨房".split()
_FIGURES: tuple[_Asked, ...] = (
    ("给予最高{y}的资助", ("{b}最高资助多少?", "{b}能拿到多少资助?", "{b}的{w}支持多少钱?"), "money"),
    ("经费最高{y}", ("{b}经费最高多少?", "{b}有多少经费?", "{b}{w}最高支持多少"), "money"),
    ("补贴{y}", ("{b}补贴多少?", "{b}{w}补多少钱?"), "money"),
    ("不少于{y}", ("{b}要有多少个?", "{b}目标是多少?", "到时候{b}{w}有几个?"), "count"),
    ("建成{y}", ("{b}建成多少?", "建成了几个{b}{w}?"), "count"),
    ("由{y}负责", ("{b}由谁负责?", "哪个部门管{b}?", "{b}{w}归谁管?"), "body"),
    ("建设期{y}", ("{b}建设期多长?", "{b}要建多久?"), "span"),
)  # fmt: skip
_ROLES = (
    ("主持会议", ("会议由谁主持?", "谁主持会议?", "是谁主持的?", "主持人是谁?")),
    ("出席会议并讲话", ("谁出席会议并讲话?", "谁在会上讲话?", "讲话的是谁?")),
    ("汇报工作进展", ("谁汇报了工作?", "工作进展由谁汇报?", "汇报的人是谁?")),
    ("宣读表彰决定", ("谁宣读了表彰决定?", "表彰决定由谁宣读?")),
    ("作总结", ("谁作了总结?", "最后由谁总结?")),
)
_POSTS = "市长 副市长 县长 市委书记 局长 副局长 秘书长 主任 处长 副县长 新闻发言人 总工程师".split()


def briefings(count: int, seed: int) -> list[Example]:
    """That many questions, each on a text of its own; a third on persons, the rest on figures."""
    draw = random.Random(f"briefings {seed}")
    values = Values(draw)
    return [_meeting(values) if n % 3 == 0 else _programme(values) for n in range(count)]


@dataclass(slots=True)
class _Text:
    """A text under way, with the places of what was put into it."""

    text: str = ""

    def add(self, before: str, value: str = "", after: str = "") -> tuple[int, int]:
        """Append all three; where the value stands."""
        start = len(self.text) + len(before)
        self.text += before + value + after
        return start, start + len(value)


def _example(question: str, title: str, text: str, places: tuple[tuple[int, int], ...]) -> Example:
    return Example(fold(question), fold(title), fold(text.rstrip()), places, _KIND, alone=True)


def _meeting(values: Values) -> Example:
    """Who did what, in one sentence or in labelled lines, and who spoke."""
    draw, place = values.draw, values.place()
    roles = draw.sample(_ROLES, 4)
    posts, written = draw.sample(_POSTS, 4), _Text(f"{values.day()},{place}召开工作会议。")
    found = {}
    answered = draw.random() >= _UNANSWERED
    for number, (role, _) in enumerate(roles):
        if number or answered:
            comma = draw.choice(",,;")
            found[role] = written.add(posts[number], values.person(), f"{role}{comma}")
    written.text = written.text[:-1] + "。\n"
    for _ in range(draw.randint(1, 3)):
        written.add(
            values.person(),
            f"{values.one('指出 强调 要求 表示')},要抓好{draw.choice(_WHAT)}建设。",
            "\n",
        )
    role, questions = roles[0]
    asked = draw.choice(questions)
    if draw.random() < 0.25 and answered:
        start, end = found[role]
        asked = f"{written.text[start:end]}是什么职务?"
        found[role] = start - len(posts[0]), start
    places = (found[role],) if answered else ()
    return _example(asked, f"{place}召开工作会议", written.text, places)


def _programme(values: Values) -> Example:
    """Branches with figures of their own, told plainly or as a reply to a reporter."""
    draw, what = values.draw, values.draw.choice(_WHAT)
    branches = draw.choice(_BRANCHES).split()
    draw.shuffle(branches)
    said, left_out = branches[:3], branches[3]
    figures, written = _figures(draw), _Text()
    if draw.random() < 0.6:
        written.add(_reporter(values, said, what, figures))
    if draw.random() < 0.6:
        written.add(f"{what}分为{said[0]}、{said[1]}和{said[2]}。")
    found = {}
    order = [(b, f) for b in said for f in range(len(figures))]
    if draw.random() < 0.5:
        order = [(b, f) for f in range(len(figures)) for b in said]
    skipped = draw.choice(order)
    last = ""
    for branch, number in order:
        wording, _, kind = figures[number]
        if (branch, number) == skipped and len(figures) > 1:
            continue
        before, after = wording.split("{y}")
        name = branch + draw.choice(("", "", what)) if branch != last else ""
        found[branch, number] = written.add(
            name + before, _figure(values, kind), after + draw.choice(",;。")
        )
        last = branch
    written.text = written.text[:-1] + "。"
    asked = draw.choice(list(found))
    branch = asked[0]
    place: tuple[tuple[int, int], ...] = (found[asked],)
    if draw.random() < _UNANSWERED:
        branch, place = (
            (left_out, ()) if len(figures) == 1 or draw.random() < 0.5 else (skipped[0], ())
        )
        asked = (branch, skipped[1])
    question = draw.choice(figures[asked[1]][1]).format(b=branch, w=what)
    title = f"{values.place()}{what}建设{values.one('方案 规划 发布会实录 政策解读')}"
    return _example(question, title, written.text, place)


def _figures(draw: random.Random) -> list[_Asked]:
    """One to three figures, each of another kind, so that a question fits one of them alone."""
    kinds = {figure[2]: figure for figure in draw.sample(_FIGURES, len(_FIGURES))}
    return draw.sample(list(kinds.values()), draw.randint(1, 3))


def _reporter(values: Values, branches: list[str], what: str, figures: list[_Asked]) -> str:
    """The question that a reporter asks, and the name of who replies."""
    draw = values.draw
    paper = values.place()[:2] + values.one("日报 晚报 电视台 新闻网 广播电台")
    asked = draw.choice(
        (
            draw.choice(figures[0][1]).format(b=draw.choice(branches), w=what),
            f"{what}分哪几类,怎么支持?",
            f"请介绍一下{what}的情况,政府支持多少,有几种?",
        )
    )
    return f"{paper}记者:{asked}\n{values.person()}:"


def _figure(values: Values, kind: str) -> str:
    if kind == "money":
        return values.money()
    if kind == "count":
        return values.count(values.one("个 家 处"))
    return values.body(values.place()) if kind == "body" else values.span()
