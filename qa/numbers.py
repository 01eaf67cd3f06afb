"""Numerals and measure words in folded text, and the alternations that patterns are built from.

Repetitions whose parts could divide one run of digits in many ways are atomic: a passage may hold
an account number, and a pattern that tries every division of it would never end.
"""

from __future__ import annotations

# family names that most people have: what a person's name begins with
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "单娄鲍柯温简施康纪葛伍詹游翁庄童洪梅倪"
)


def any_of(words: str) -> str:
    """A group that matches any of the blank-separated alternatives, longer ones first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


# what stands between a number and the thing counted
MEASURE = any_of(
    "家 个 名 人 项 条 位 种 类 次 所 座 件 户 辆 台 套 张 份 间 届 期 款 章 部 支 只 篇 门 艘 处 场 批 股 "
    "级 层 岁 周岁 句 字 页 册 首 枚 倍 对 组 队 席"
)
# units of what is measured and not counted
UNIT = any_of(
    "平方公里 平方千米 平方公尺 平方米 平方厘米 平方英尺 立方米 立方公尺 公顷 亩 坪 公里 千米 公尺 米 厘米 公分 毫米 "
    "英里 海里 英尺 公斤 千克 公克 克 吨 公吨 毫升 公升 升 千瓦时 千瓦 兆瓦 瓦 摄氏度 °c ℃"
)
DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN = "[〇零一二三四五六七八九十百千两半]+"
_ENGLISH = any_of(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred"
)
_SCALE = any_of("million billion thousand hundred") + "|[十百千万亿]+"
_PIECE = rf"(?:\b{_ENGLISH}(?:-{_ENGLISH})?\b|{DIGITS}|{_HAN})(?:\s*(?:{_SCALE}))?(?:\s*[多余来])?"
# 1,200.5 · 5亿3千万 · 5 亿 3 千万 · 一百二十 · 100多 · twenty-five · 12.5 million
NUMERAL = rf"(?>{_PIECE}(?:(?:(?<=[十百千万亿])\s*)?{_PIECE})*)"
# what stands before a number and belongs to it
QUALIFIER = (
    "(?:(?:"
    + any_of(
        "最高 最低 最多 最少 最长 最短 最大 最小 至多 至少 不超过 不低于 不高于 不少于 不多于 超过 高于 低于 接近 将近 "
        "不得超过 不得低于 不得高于 不得少于 不得多于 不得逾 不逾 未逾 未超过 "
        "大约 约为 约 近 逾 超 共计 累计 合计 达到 达 上限 下限"
    )
    + r"|(?:up to|at least|at most|about|nearly|over) )\s*)*"
)

_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def to_number(text: str) -> int:
    """Digits or a Chinese numeral below one hundred as a number; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if any(char not in _VALUES for char in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    if not ten:
        return _VALUES[text] if len(text) == 1 else 0
    return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
