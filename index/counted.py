"""Whether a numeral in folded text counts something, or merely stands in a word (统一, 三角洲).

One numeral character counts before a unit or a measure word, 一 before a unit only (一年, 一级; not
一个, 一种, which are articles). Two or more count wherever they stand.
"""

from __future__ import annotations

import re
from decimal import Decimal

from wenju.index.numerals import FIRST


def _any_of(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


_NO_UNIT = (
    r"(?!元[化素件旦老首宵月结论]|克[服拉制]|升[级学值职]|期[间限望待刊]|号[召码称令]|层[次面]|类[似型别]"
    r"|等[于待到]|周[边围转]|天[然气空津]|字[路架军]|角[洲形度色落]|门[峡县]|台[山县]|分之|个别|大陆"
    r"|(?<=十)分(?!钟))"
)
# what even 一 is a number before
_UNIT = _NO_UNIT + _any_of(
    "元 圆 块钱 美元 美金 港元 港币 欧元 英镑 日元 新台币 台币 人民币 "
    "秒 分钟 刻钟 小时 个小时 个钟头 天 日 周 星期 个星期 个礼拜 月 个月 年 岁 世纪 季度 学期 个学期 "
    "学年 个学年 工作日 个工作日 工作天 个工作天 日历天 自然日 个自然日 "
    "米 厘米 毫米 公里 千米 公尺 公分 海里 英里 英寸 平方 立方 公顷 亩 坪 吨 公斤 千克 毫克 克 斤 "
    "毫升 升 千瓦 兆瓦 瓦 倍 级 类 号 层 楼 等 档 期 孩 胎 折 摄氏度"
)
_MEASURE = _NO_UNIT + _any_of(
    "个 名 人 项 条 位 种 次 所 座 件 户 辆 台 套 张 份 间 届 款 章 部 支 只 篇 门 艘 场 批 股 句 字 "
    "页 册 首 枚 对 组 队 席 家 大 步 点 株 头 轮 笔 道 段 环 口 度 分 角 颗 粒 班 幢 栋 块 片 根 卷 集 "
    "回 遍 阶 架 盒 瓶 箱 袋 包 排 列 尺 寸 英尺 呎 代 县 市 镇 乡 村 校"
)
_LETTERS = r"(?:[kcmn]?m|[km]g|ml|[km]wh?|[gmt]b|[kmg]?hz|h)[23]?(?![a-z0-9])"
# 二至三年
_RANGE = f" ?[至到或-] ?(?=[{FIRST}])"
_ONE = re.compile(f"{_UNIT}|{_RANGE}")
_FEW = re.compile(f"{_UNIT}|{_MEASURE}|{_RANGE}")
_DIGIT = re.compile(rf" ?(?:{_UNIT}|{_MEASURE})|{_RANGE}|{_LETTERS}|(?![a-z_㐀-鿿])")
_DIGITS = re.compile(rf"{_LETTERS}|(?![a-z_])")

# with 一 behind: 统一, 哪一年
_IN_A_WORD = frozenset("统唯之逐单不合万划同专归哪某这那任另每上下前后")
_NAMED_DAY = re.compile(r"(?:(?<!每)周|星期|礼拜|初)$")
_ABOUT = frozenset("几数")
# covid-19, h1n1; rmb100 is a sum
_IN_A_CODE = re.compile(r"[a-z_](?:-|(?<!rmb)(?<!usd)(?<!twd)(?<!ntd)(?<!cny)(?<!hkd)(?<!eur))$")
_YEAR = re.compile(
    r"(?<![$¥£€.,0-9])(?:19|20)[0-9]{2}"
    rf"(?:s\b|(?![a-z0-9_%‰]|[.,][0-9]| ?(?:{_UNIT}|{_MEASURE})))",
    re.ASCII,
)


def is_counted(text: str, at: int, end: int) -> bool:
    """Whether the numeral ``text[at:end]`` counts something."""
    if not text[at].isdigit() or not text[at].isascii():
        return _han_counts(text, at, end)
    if _IN_A_CODE.search(text, max(0, at - 2), at):
        return False
    return bool((_DIGIT if end - at == 1 else _DIGITS).match(text, end))


def _han_counts(text: str, at: int, end: int) -> bool:
    first, before = text[at], text[at - 1 : at]
    if first.isascii():
        return text[at:end] != "one"
    if text[end : end + 1] == "几" or (first in "十廿百" and before in _ABOUT):
        return False
    if end - at > 1:
        return True
    if _NAMED_DAY.search(text, max(0, at - 2), at) or (first == "一" and before in _IN_A_WORD):
        return False
    # 零组件 is none, either
    return bool((_ONE if first in "一零〇○" else _FEW).match(text, end))


def is_list_mark(text: str, at: int, end: int, value: Decimal) -> bool:
    """Whether a number only counts a list's items: ``3.`` and ``(十二)`` where a line begins."""
    before = text[max(0, at - 3) : at].rstrip(" ")[-1:]
    return before in ("", "\n", "(") and text[end : end + 1] in tuple(".、)") and value < 100


def looks_like_year(text: str, at: int, end: int) -> bool:
    """Whether a number without a unit may be a year: 1998, 2025, 1990s."""
    found = _YEAR.match(text, at)
    return found is not None and end - at == 4 and not _IN_A_CODE.search(text, max(0, at - 2), at)
