"""Documents made up from parts in layouts that no published set has, and questions on them.

Guides with a section to each matter, statements that enumerate, parts that number themselves,
tables, tiers of one kind of figure in one sentence, and questions for a year that nothing tells of.
Places of answers are places in the folded text.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from wenju.corpus.metadata.jurisdictions import known_places, places_in
from wenju.corpus.script import fold, to_simplified
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.values import Values
from wenju.index.jurisdictions import compatible

_YEAR = re.compile(r"(?<!\d)20[12]\d年")
_THINGS = (
    "养老服务补贴 残疾人护理津贴 公共租赁住房 老旧小区加装电梯 创业担保贷款 节能家电补助 校外托管服务 社区食堂 "
    "电动自行车登记 临时救助 引进人才安家费 农机购置补贴 家庭医生签约 图书借阅证 停车位租赁 无障碍改造"
).split()
_MATERIALS = "身份证原件及复印件 户口簿 收入证明 房屋权属证明 近期照片两张 银行账户信息 申请表一式两份 诊断证明书 劳动合同 委托书".split()
_STEPS = "填写申请表并提交社区 社区在十个工作日内审核 街道复核并公示七天 区民政局审批 通过后按月发放 现场核验原件 领取受理回执".split()
_CONDITIONS = "具有本市户籍满一年 年满六十周岁 家庭人均月收入低于三千元 在本市无自有住房 未享受同类补助 连续缴纳社会保险六个月".split()
_STOPS = "高铁东站 纺织城 会展中心 市第二医院 滨河公园 职教园 体育馆北 老粮库 双桥口 科技大厦 临江门 青年路口 茶叶市场".split()
_SECTIONS: tuple[tuple[str, Sequence[str], Sequence[str], Sequence[str]], ...] = (
    ("materials", ("申请材料", "应备文件", "所需材料"), ("申请{t}要准备什么材料", "办{t}需要哪些证件", "{t}要交什么文件"), _MATERIALS),
    ("steps", ("办理流程", "申请程序", "申办步骤"), ("怎么申请{t}", "{t}的办理流程是什么", "{t}怎么办理"), _STEPS),
    ("conditions", ("申请条件", "申请资格", "补助对象"), ("申请{t}有什么条件", "谁可以申请{t}", "什么人能申请{t}"), _CONDITIONS),
)  # fmt: skip
_TIERS = (
    "一级 二级 三级",
    "甲类 乙类 丙类",
    "市级 县级 乡级",
    "初创型 成长型 成熟型",
    "普通型 改良型 示范型",
)
_NUMBERS = "一二三四五六七八"
_SHORT = 2  # characters of a place's name: 上海


def layouts(count: int, seed: int) -> list[Example]:
    """That many questions, each on a document of its own; every kind of layout in turn."""
    values = Values(random.Random(f"layouts {seed}"))
    return [_KINDS[n % len(_KINDS)](values) for n in range(count)]


def other_years(examples: Sequence[Example]) -> list[Example]:
    """Of examples whose text names a year, the question for another year: nothing answers it."""
    found = []
    for example in examples:
        if example.answers and (year := _YEAR.search(example.text)):
            asked = f"{int(year[0][:4]) + 9}年{example.question}"
            found.append(Example(asked, example.title, example.text, (), "other_year", alone=True))
    return found


def other_places(examples: Sequence[Example]) -> list[Example]:
    """Of examples whose text names a place, the question for it, and for another one: nothing answers that."""
    found = []
    for example in examples:
        told = sorted(places_in(_plain(f"{example.title} {example.text}")))
        asks = _plain(example.question)
        if not example.answers or not told or asks.isascii() or _names(asks, told):
            continue
        for place, places in ((told[-1], example.answers), (_other(told, example.text), ())):
            asked = f"{place.rpartition('/')[2]}{example.question}"
            found.append(replace(example, question=asked, answers=places, kind="other_place"))
    return found


def _names(question: str, told: Sequence[str]) -> bool:
    """Whether a question names a place already, by its whole name or for short."""
    short = (_plain(path.rpartition("/")[2])[:_SHORT] for path in told)
    return bool(places_in(question)) or any(name in question for name in short)


def _plain(text: str) -> str:
    return fold(to_simplified(text))


def _other(told: Sequence[str], text: str) -> str:
    """A place of the same kind as the last of those told, always the same for a text."""
    levels = told[-1].count("/")
    others = [
        path
        for path in known_places()
        if path.count("/") == levels
        and path.startswith(told[-1].partition("/")[0])
        and not any(compatible(path, one) for one in told)
    ]
    return random.Random(f"{told} {text}").choice(others)


def _example(
    kind: str, question: str, title: str, text: str, answer: str, start: int = 0
) -> Example:
    text, answer = fold(text), fold(answer)
    at = text.index(answer, start)
    places = ((at, at + len(answer)),)
    return Example(fold(question), fold(title), text, places, kind, alone=True)


def _guide(values: Values) -> Example:
    """A guide with sections; one is asked for by what it is on."""
    draw, thing = values.draw, values.draw.choice(_THINGS)
    asked = draw.choice(_SECTIONS)
    sections = draw.sample(_SECTIONS, len(_SECTIONS))
    text, answer, at = f"{thing}办事指南\n", "", 0
    for number, (name, headings, _, items) in enumerate(sections):
        heading = draw.choice(headings)
        text += f"{_NUMBERS[number]}、{heading}\n" if draw.random() < 0.6 else f"{heading}\n"
        body = _listed(draw.sample(items, draw.randint(2, 4)), draw)
        if name == asked[0]:
            answer, at = body, len(text)
        text += body + "\n"
    question = draw.choice(asked[2]).format(t=thing)
    return _example("guide", question, f"{thing}办事指南", text, answer, at)


def _listed(items: Sequence[str], draw: random.Random) -> str:
    """Items as numbered lines, or as one sentence."""
    style = draw.choice(("lines", "lines", "brackets", "sentence"))
    if style == "sentence":
        return "、".join(items) + "。"
    marks = [f"{i}. " if style == "lines" else f"({_NUMBERS[i - 1]})" for i in range(1, 9)]
    ends = [";"] * (len(items) - 1) + ["。"]
    return "\n".join(m + i + e for m, i, e in zip(marks, items, ends, strict=False))


def _enumeration(values: Values) -> Example:
    """A sentence that enumerates, beside others that do as well."""
    draw, place = values.draw, values.place()
    routes = draw.sample(range(2, 90), 3)
    lines = []
    for route in routes:
        names = draw.sample(_STOPS, draw.randint(3, 4))
        lines.append((route, "、".join(names), len(names)))
    verb = draw.choice(("新增", "增设", "撤销", "途经"))
    text = f"{place}调整公交线路的公告\n" + "\n".join(
        f"{'(' + _NUMBERS[i] + ')' if draw.random() < 0.5 else ''}{r}路{verb}{stops}{'等' + str(n) + '个站点' if draw.random() < 0.3 else ''}。"
        for i, (r, stops, n) in enumerate(lines)
    )
    route, stops, number = draw.choice(lines)
    question = draw.choice(
        (
            f"{route}路{verb}了哪些站点",
            f"{route}路{verb}哪几站",
            f"{route}路{verb}的{number}个站点是什么",
        )
    )
    return _example("enumeration", question, f"{place}调整公交线路的公告", text, stops)


def _lead(values: Values) -> Example:
    """Parts that a sentence announces, asked for by what it says."""
    draw, thing = values.draw, values.draw.choice(_THINGS)
    share = [values.share() for _ in range(3)]
    money = [values.money() for _ in range(3)]
    lead = draw.choice(
        (f"{thing}按下列标准计发:", f"{thing}的补助金额依下列规定计算:", f"{thing}标准如下:")
    )
    parts = [
        f"{_NUMBERS[i]}、{who},{draw.choice(('按', '最高'))}{m}的{s}发给。"
        for i, (who, m, s) in enumerate(zip(draw.sample(_CONDITIONS, 3), money, share, strict=True))
    ]
    body = "\n".join(parts)
    text = f"{draw.choice(('为规范管理', '根据有关规定'))},制定本办法。\n{lead}\n{body}\n本办法自发布之日起施行。"
    question = draw.choice((f"{thing}怎么计算", f"{thing}标准是什么", f"{thing}怎么算"))
    return _example(
        "lead", question, f"{thing}管理办法", text, body.removeprefix(f"{_NUMBERS[0]}、")
    )


def _table(values: Values) -> Example:
    """A table, one of its cells asked for by its row and its column."""
    draw = values.draw
    columns: tuple[tuple[str, str, Callable[[], str]], ...] = (
        (
            "地址",
            "{r}在哪里",
            lambda: values.place() + values.one("人民路12号 建设街8号 滨江大道301号"),
        ),
        ("联系电话", "{r}的电话是多少", values.phone),
        ("床位数", "{r}有多少张床位", lambda: values.count("张")),
        ("收费标准", "{r}收费多少", values.fee),
        ("负责人", "{r}的负责人是谁", values.person),
    )
    chosen = draw.sample(columns, 3)
    rows = [f"{p}{draw.choice(('养老站', '服务中心', '卫生院'))}" for p in draw.sample(_STOPS, 4)]
    cells = {(r, name): make() for r in rows for name, _, make in chosen}
    head = " | ".join(["名称", *(name for name, *_ in chosen)])
    body = "\n".join(" | ".join([r, *(cells[r, n] for n, *_ in chosen)]) for r in rows)
    row, (name, question, _) = draw.choice(rows), draw.choice(chosen)
    start = len(head) + 1 + body.index(row)
    return _example(
        "table", question.format(r=row), "机构名录", f"{head}\n{body}", cells[row, name], start
    )


def _tiers(values: Values) -> Example:
    """Several figures of one kind in one sentence, each of another tier."""
    draw = values.draw
    tiers = draw.choice(_TIERS).split()
    thing = values.one("示范基地 创新工坊 服务站点 文化驿站 联合实验室")
    unit = values.one("家 个 处")
    paid = draw.random() < 0.5
    figures = [values.money() if paid else values.count(unit) for _ in tiers]
    bound = draw.choice(("", "不少于", "最高", "达到"))
    named_first = draw.random() < 0.5
    said = [
        f"{t}{bound}{f}" if named_first else f"{bound}{f}{t}{thing}"
        for t, f in zip(tiers, figures, strict=True)
    ]
    text = (
        f"{thing}建设方案\n到{draw.randint(2026, 2030)}年,全市{thing}"
        + draw.choice((",", "、")).join(said)
        + "。"
    )
    i = draw.randrange(len(tiers))
    question = (
        draw.choice((f"{tiers[i]}{thing}支持多少钱", f"{tiers[i]}{thing}最高多少元"))
        if paid
        else draw.choice((f"{tiers[i]}{thing}要建多少{unit}", f"要建多少{unit}{tiers[i]}{thing}"))
    )
    return _example(
        "tiers", question, f"{thing}建设方案", text, bound + figures[i], text.index(said[i])
    )


_KINDS: tuple[Callable[[Values], Example], ...] = (
    _guide,
    _tiers,
    _enumeration,
    _table,
    _lead,
    _tiers,
)
