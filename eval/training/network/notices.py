"""Notices made up from parts, and questions on them: what encyclopedias do not hold.

Labelled lines, telephone numbers, deadlines, fees: a notice states some facts, in lines or in
sentences, and is asked of one, or of one that it leaves out and that nothing in it answers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wenju.corpus.script import fold
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.values import Values

_KIND = "notice"
_UNANSWERED = 0.35  # of the questions
_SHORT = 0.4  # of the questions do not name what the notice is about


@dataclass(frozen=True, slots=True)
class Fact:
    """What a notice may state: labels of its line, sentences with ``{y}``, and its questions."""

    labels: str
    statements: tuple[str, ...]
    questions: tuple[str, ...]
    value: Callable[[Values, str], str]


_SUBJECTS = (
    "长者健步活动 青年创业大赛 夏令营 古籍展 摄影比赛 公益讲座 农机补贴 义诊活动 龙舟赛 春季招聘会 志愿者招募 "
    "城市马拉松 非遗市集 家电以旧换新 住房修缮补助 节水器具更换 疫苗接种 图书漂流 道路改造工程 旧城更新项目 "
    "污水管网工程 垃圾分类试点 校车采购项目 小微企业贷款贴息 技能竞赛 亲子阅读营 社区食堂建设 河道清淤工程 "
    "森林防火演练 老旧电梯更新 数字化改造项目 人才公寓配租 停车场改建 冬季供暖 渔港整治 档案开放日"
).split()
_AMOUNT = ("{s}{l}是多少?", "{s}的{l}有多少?", "{l}是多少钱?", "{s}{l}多少?")
_FACTS: tuple[Fact, ...] = (
    Fact(
        "时间 活动时间 举办时间 开始时间",
        ("{s}定于{y}举行。", "{s}将在{y}开始。", "本次{s}于{y}举办,"),
        ("{s}什么时候举行?", "{s}在哪天举办?", "{s}几时开始?", "{s}是什么时候的事?"),
        lambda v, _: v.day(),
    ),
    Fact(
        "地点 活动地点 集合地点 办理地点",
        ("地点设在{y}。", "{s}在{y}进行。", "请到{y}办理。"),
        ("{s}在哪里举行?", "{s}的地点在哪?", "要到什么地方去?", "{s}在什么地方办?"),
        lambda v, p: p + v.one("文化馆二楼 市民广场 体育中心东门 第三小学操场 人民公园南门 政务服务大厅5号窗口 会展中心A馆 图书馆报告厅 社区活动室"),
    ),
    Fact(
        "报名截止 截止日期 截止时间 报名期限",
        ("报名截至{y}止。", "请于{y}前报名。", "逾{y}不再受理。"),
        ("{s}报名到什么时候截止?", "{s}最晚哪天报名?", "报名截止日期是哪一天?", "什么时候以前要报好名?"),
        lambda v, _: v.day(),
    ),
    Fact(
        "主办单位 主管单位 组织单位",
        ("{s}由{y}主办。", "本次{s}的主办单位是{y}。", "{y}负责组织{s}。"),
        ("{s}由谁主办?", "{s}是哪个单位主办的?", "谁组织{s}?", "主办单位是谁?"),
        lambda v, p: v.body(p),
    ),
    Fact(
        "承办单位 施工单位 协办单位",
        ("{l}为{y}。", "{y}是{s}的{l}。"),
        ("{s}的{l}是谁?", "{l}是哪家?", "{s}的{l}是哪个单位?"),
        lambda v, p: p + v.one("新华传媒公司 路桥建设公司 青年联合会 环保科技公司 文化促进会 城建集团 红十字会"),
    ),
    Fact(
        "咨询电话 联系电话 报名电话",
        ("有疑问请拨打{y}。", "{l}:{y}。", "详情请洽{y}。"),
        ("{s}的{l}是多少?", "咨询{s}打什么电话?", "打哪个号码可以问{s}?"),
        lambda v, _: v.phone(),
    ),
    Fact(
        "监督电话 投诉电话 举报电话",
        ("{l}:{y}。", "如有违规,请拨{l}{y}。"),
        ("{s}的{l}是多少?", "{l}是几号?", "举报要打什么电话?", "投诉打哪个电话?"),
        lambda v, _: v.phone(),
    ),
    Fact(
        "联系人 承办人 经办人",
        ("{l}为{y}。", "{l}:{y}。", "请与{y}联系。"),
        ("{s}的{l}是谁?", "{s}找谁联系?", "{l}叫什么名字?"),
        lambda v, _: v.person(),
    ),
    Fact(
        "负责人 局长 主任 召集人",
        ("{l}{y}表示,将全力做好{s}。", "{l}由{y}担任。", "{l}{y}出席并讲话。"),
        ("{l}是谁?", "{l}叫什么?", "谁是{l}?", "{s}的{l}是哪位?"),
        lambda v, _: v.person(),
    ),
    Fact(
        "费用 报名费 收费标准 票价",
        ("收取{l}{y}。", "{l}为{y}。", "参加{s}须缴{y}。"),
        ("{s}要多少钱?", "参加{s}收费多少?", "{s}的{l}是多少?", "{l}要交多少?"),
        lambda v, _: v.fee(),
    ),
    Fact(
        "保证金 押金 投标保证金",
        ("须缴纳{l}{y}。", "{l}为{y},结束后退还。"),
        ("{l}是多少?", "{s}要交多少{l}?", "{s}的{l}多少钱?"),
        lambda v, _: v.fee(),
    ),
    Fact(
        "补助标准 奖励金额 补贴金额 奖金",
        ("每户给予{y}。", "{l}最高{y}。", "对符合条件的给予{y}的一次性补助。"),
        ("{s}补助多少?", "{s}的{l}是多少?", "{s}最高能拿多少钱?", "{l}最高是多少?"),
        lambda v, _: v.money(),
    ),
    Fact(
        "名额 招募人数 招收人数",
        ("{l}{y}。", "{s}共招{y},额满为止。", "计划安排{y}参加。"),
        ("{s}有多少名额?", "{s}招多少人?", "{s}要几个人?", "名额有几个?"),
        lambda v, _: v.count(v.one("人 名 户 组")),
    ),
    Fact(
        "工期 办理时限 有效期 期限 服务期",
        ("{l}为{y}。", "{l}{y},自签订之日起算。", "{s}的{l}是{y}。"),
        ("{l}是多久?", "{s}的{l}有多长?", "{l}几天?", "{s}{l}要多长时间?"),
        lambda v, _: v.span(),
    ),
    Fact(
        "预算 总投资 预算金额 中标金额",
        ("{l}{y}。", "{s}{l}为{y}。", "{s}计划投入{y}。"),
        _AMOUNT,
        lambda v, _: v.money(),
    ),
    Fact(
        "对象 参加对象 申请条件 报名条件",
        ("凡{y}均可参加。", "{l}为{y}。", "{y}可以申请。"),
        ("谁可以参加{s}?", "{s}有什么条件?", "{s}面向哪些人?", "什么人能申请{s}?"),
        lambda v, p: v.one("年满18周岁的本地居民 设籍满一年的家庭 持有居住证的外来人员 在本市注册的小微企业 60岁以上且身体健康者 登记满两年的社会团体 三年内无违法记录的个人 全日制在校学生"),
    ),
    Fact(
        "原因 延期原因 变更原因",
        ("因{y},{s}延期举行。", "由于{y},{s}有所调整。", "{l}:{y}。"),
        ("{s}为什么延期?", "{s}因为什么改期?", "{s}为什么要调整?", "是什么原因造成的?"),
        lambda v, p: v.one("台风来袭 场地正在整修 报名人数不足 连日大雨导致路面积水 供货商未能按时到货 设备老化严重 管线漏水 配合道路施工"),
    ),
    Fact(
        "完成比例 出席率 配套比例 自筹比例",
        ("{l}不低于{y}。", "{l}为{y}。", "目前{l}达到{y}。"),
        ("{l}是多少?", "{s}的{l}要达到多少?", "{l}是百分之几?"),
        lambda v, _: v.share(),
    ),
)  # fmt: skip


def notices(count: int, seed: int) -> list[Example]:
    """That many questions, each on a notice of its own."""
    draw = random.Random(f"notices {seed}")
    return [_notice(Values(draw)) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A fact as a notice words it."""

    fact: Fact
    label: str
    value: str


def _notice(values: Values) -> Example:
    draw, place = values.draw, values.place()
    subject = draw.choice(_SUBJECTS)
    chosen = draw.sample(_FACTS, draw.randint(5, 9))
    asked, *others = [_stated(fact, values, place) for fact in chosen]
    answered = draw.random() >= _UNANSWERED
    stated = [*others, asked] if answered else others
    draw.shuffle(stated)
    title = f"{values.body(place)}关于{subject}的{values.one('公告 通知 启事 实施方案 须知')}"
    text, places = _worded(stated, subject, place, values)
    question = _question(asked, subject, place, draw)
    answers = (places[stated.index(asked)],) if answered else ()
    return Example(fold(question), fold(title), fold(text), answers, _KIND, alone=True)


def _stated(fact: Fact, values: Values, place: str) -> _Stated:
    return _Stated(fact, values.one(fact.labels), fact.value(values, place))


def _question(asked: _Stated, subject: str, place: str, draw: random.Random) -> str:
    short = draw.random() < _SHORT
    named = "" if short else draw.choice(("", "", place)) + subject
    wording = draw.choice(asked.fact.questions)
    question = wording.format(s=named, l=asked.label).removeprefix("的")
    return question.rstrip("?") if draw.random() < 0.3 else question


def _worded(
    stated: Sequence[_Stated], subject: str, place: str, values: Values
) -> tuple[str, list[tuple[int, int]]]:
    """The notice's text, and where each value stands in it."""
    draw = values.draw
    form = draw.choice(("lines", "lines", "numbered", "row", "prose", "prose"))
    opening = (
        f"为做好{subject}工作,现将有关事项公告如下。\n",
        f"{place}{subject}即将开始,具体安排如下:\n",
        f"{subject}\n",
        "",
    )
    text, places = draw.choice(opening), []
    for number, one in enumerate(stated, 1):
        if form == "prose":
            pattern = draw.choice(one.fact.statements).format(s=subject, l=one.label, y="{y}")
        else:
            pattern = one.label + ":{y}" + (";" if form == "row" else "\n")
        mark = f"{'零一二三四五六七八九十'[number]}、" if form == "numbered" else ""
        before, after = (mark + pattern).split("{y}")
        places.append((len(text) + len(before), len(text) + len(before) + len(one.value)))
        text += before + one.value + after
        if form == "prose" and draw.random() < 0.25:
            text += "\n"
    return text.rstrip(), places
