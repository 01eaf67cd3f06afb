"""Units and measure words in folded text, and the kind of quantity that each of them makes.

What stands behind a numeral decides whether it counts anything (``counting``) and what
(``quantities``). A strong unit makes even 一 a number (一年, 一级); before a measure word 一 is an
article (一个, 一种).
"""

from __future__ import annotations

import re

from wenju.corpus.alternation import any_of
from wenju.corpus.values.value import Kind

# what merely begins like a unit: 元旦, 字路口, 分之
_NO_UNIT = (
    r"(?!元[化素件旦老首宵月结论]|克[服拉制]|升[级学值职]|期[间限望待刊]|号[召码称令]|层[次面]|类[似型别]"
    r"|等[于待到]|周[边围转]|天[然气空津]|字[路架军]|角[洲形度色落]|门[峡县]|台[山县]|分之|个别|大陆"
    r"|(?<=四)处|(?<=十)分(?!钟))"
)
_CURRENCIES = (
    "元 圆 块钱 美元 美金 港元 港币 欧元 英镑 日元 新台币 台币 人民币 "
    "元人民币 元新台币 元美金 元港币"
)
_TIMES = (
    "秒 秒钟 分钟 刻钟 小时 个小时 个钟头 天 日 周 星期 个星期 个礼拜 月 个月 年 季度 学期 个学期 学年 个学年 工作日 "
    "个工作日 工作天 个工作天 日历天 自然日 个自然日"
)
_LENGTHS = (
    "平方公里 平方千米 平方公尺 平方米 平方厘米 平方英尺 立方米 立方公尺 公顷 亩 坪 公里 千米 公尺 米 厘米 公分 毫米 "
    "英里 海里 英尺 公斤 千克 公克 克 吨 公吨 毫升 公升 升 千瓦时 千瓦 兆瓦 瓦 摄氏度 °c ℃"
)
# what a question or a list counts with: 几家, 等5类
_MEASURES = (
    "家 个 名 人 项 条 位 种 类 次 所 座 件 户 辆 台 套 张 份 间 届 期 款 章 部 支 只 篇 门 艘 处 场 批 股 "
    "级 层 岁 周岁 句 字 页 册 首 枚 倍 对 组 队 席"
)
STRONG: dict[Kind, str] = {
    "amount": _CURRENCIES,
    "duration": _TIMES,
    "measure": " ".join(
        word for word in f"{_LENGTHS} 英寸 平方 立方 毫克 斤 ㎡ ㎞".split() if word != "英尺"
    ),
    "count": "岁 周岁 倍 级 类 层 档 期 孩 胎 折",
    "ordinal": "号 楼 等",
    "date": "世纪",
}
WEAK: dict[Kind, str] = {
    "count": f"{_MEASURES} 大 步 点 株 头 轮 笔 道 段 环 口 分 颗 粒 班 幢 栋 块 片 根 卷 集 回 遍 阶 架 盒 瓶 箱 袋 包 "
    "排 列 代 县 市 镇 乡 村 校",
    "measure": "度 尺 寸 英尺 呎",
    "amount": "角",
}
_ENGLISH: dict[Kind, str] = {
    "amount": r"yuan|dollars?|euros?|pounds?|rmb|renminbi",
    "duration": r"(?:working |business |calendar |school )?"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)|h",
    "measure": r"(?:square |cubic )?(?:kilo|centi|milli)?met(?:er|re)s?|(?:square )?(?:miles?|feet|foot)"
    r"|acres?|hectares?|tonn?es?|tons?|kilograms?|(?:[kcmn]?m|[km]g|ml|[km]wh?|[gmt]b|[kmg]?hz)[23²³]?",
}
_KINDS: dict[str, Kind] = {
    word: kind
    for table in (WEAK, STRONG)
    for kind, words in table.items()
    for word in words.split()
}

MEASURE = any_of(_MEASURES)
"""What stands between a number and the things counted."""
UNIT = any_of(_LENGTHS)
"""Units of what is measured and not counted."""
CURRENCY = f"(?:{any_of(_CURRENCIES)}(?![化素件月旦老首宵])|(?:{_ENGLISH['amount']})\\b)"
TIME_UNIT = f"(?:{any_of(_TIMES)}|(?:{_ENGLISH['duration']})\\b)"
STRONG_UNIT = _NO_UNIT + any_of(" ".join(STRONG.values()))
WEAK_UNIT = _NO_UNIT + any_of(" ".join(WEAK.values()))
LETTERS = r"(?:[kcmn]?m|[km]g|ml|[km]wh?|[gmt]b|[kmg]?hz|h)[23]?(?![a-z0-9])"
_SPELLED = "|".join(rf"(?P<{kind}>{words})" for kind, words in _ENGLISH.items())
_WRITTEN = re.compile(
    rf" ?(?:{_NO_UNIT}(?P<unit>{any_of(' '.join(_KINDS))})|[ -]?(?:{_SPELLED})(?![a-z0-9]))"
)
_COUNTED_WITH = frozenset(_MEASURES.split())


def read_unit(text: str, at: int) -> tuple[Kind, str, int] | None:
    """The kind, the unit and the end of the unit that stands at ``at``, or behind one blank."""
    found = _WRITTEN.match(text, at)
    if found is None:
        return None
    if unit := found["unit"]:
        return _KINDS[unit], unit, found.end()
    kind: Kind = next(kind for kind in _ENGLISH if found[kind])
    return kind, found[kind], found.end()


def is_measure(unit: str) -> bool:
    """Whether a unit is a measure word that questions ask with."""
    return unit in _COUNTED_WITH
