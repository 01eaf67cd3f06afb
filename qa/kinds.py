"""Which kind of thing a folded question asks for."""

from __future__ import annotations

import re

from wenju.corpus.alternation import any_of
from wenju.qa.names import SURNAMES

KINDS = (
    "amount", "percentage", "count", "date", "time", "duration", "person", "body", "place",
    "contact", "enumeration", "definition", "name", "yes_no", "reason", "method", "statement",
)  # fmt: skip

_MONEY_UNIT = any_of("钱 元 万 亿 美元 欧元")
# sums that people call by name: 多少经费, 补助最高多少
_SUM = any_of(
    "资金 经费 补助 补贴 津贴 奖金 奖励 奖补 预算 费用 收费 罚款 罚金 租金 押金 薪 薪水 工资 费"
)
_SUM_BEFORE = any_of(
    "金额 额度 费用 经费 预算 奖金 补助 补贴 津贴 罚款 罚 罚金 租金 价 押金 支持 资助 奖励 收费 支付 缴纳 "
    "奖补 资金 费 款 薪水 工资 投资 产值 营收 总额"
)
_CHANGE = any_of("增加 提高 上升 下降 降低 减收 减少 减免 增长 占 超过 低于 高于 不足")
_SPAN = any_of("年 天 个月 个工作日 小时 分钟 周")
_CALENDAR = any_of("什么时候 什么时间 何时 哪天 哪一天 哪日 几号 几月")
_BODY = any_of("部门 单位 机构 公司 局 机关 组织 团体 银行 学校 企业 集团 委员会")
_PLACE = any_of("城市 国家 省 市 县 区 地区 地方 州 岛 洲 镇 村 大学")
_OFFICE = any_of("发言人 负责人 主任 局长 市长 主席 作者 导演 创始人")
_COUNTED = any_of(
    "大 个 家 名 项 条 位 种 类 次 所 座 件 户 辆 台 套 张 份 间 届 期 款 章 部 支 只 人 篇 门 场 级 层 岁 倍"
)


def _rule(kind: str, *alternatives: str) -> tuple[str, re.Pattern[str]]:
    return kind, re.compile("|".join(alternatives))


# The first rule that fits decides. What is named outright (電話, 比例, 期限) comes before what only
# the question word tells, and narrow question words (哪一年) before broad ones (多少, 哪些, 如何).
_RULES = (
    _rule(
        "enumeration",
        r"哪[几二两三四五六七八九十\d](?![天日年]|个?月)",
        rf"有谁|哪些(?:人|{_BODY})",
    ),
    _rule(
        "statement",
        rf"^[{SURNAMES}][\u4e00-\u9fff](?:[\u4e00-\u9fff](?<![长任记席人员理裁]))?[是为]谁",
    ),
    _rule(
        "contact",
        "电话|手机号|联系方式|专线|热线|传真|邮箱|电子邮件|网址|网站是",
        r"e-?mail|phone|telephone|website|what number .*(?:ring|call|dial)",
    ),
    _rule(
        "percentage",
        "百分之|百分比|百分点|比例|占比|几成|几折|多少%",
        r"(?:率|比重|税率|利率)(?:是|为|达|达到)?了?多少",
        "percent|proportion|what share",
    ),
    _rule("count", rf"{_CHANGE}了?多少(?!钱|元|万)"),
    _rule(
        "amount",
        rf"多少(?:{_MONEY_UNIT}|{_SUM})",
        rf"{_SUM_BEFORE}[^，。]{{0,6}}(?:多少|几元|几万)",
        rf"多少[^，。]{{0,4}}(?:{_SUM}|钱)",
        "how much|largest (?:award|grant|payment)|what (?:amount|fee|fine|price|cost)|fine for",
    ),
    _rule(
        "date",
        rf"截止.*{_CALENDAR}|{_CALENDAR}.*(?:截止|到期)|期限[^，。]{{0,4}}{_CALENDAR}",
        "(?:西元|公元|民国|[几于在自从])几年(?!内|以内|之内|间|时间)",
        r"哪[几二两三四五六七八九十\d](?:[天日年]|个?月)",
    ),
    _rule(
        "duration",
        "多久|多长时间|期限|有效期",
        rf"几{_SPAN}(?:内|以内|之内|时间|前)?(?!.*(?:第|哪))",
        r"多少(?:天|年|个月|小时|分钟|个工作日|工作日|日)(?!前)",
        r"how long|how many (?:days|years|months|weeks|hours|working days)",
    ),
    _rule("time", "几点|什么时间点|几时|what time"),
    _rule(
        "date",
        "什么时候|什么时间|何时|几月|几号|几年|日期|生日|星期几|礼拜几|周几|什么年代",
        r"哪一?(?:天|年|日|月|个月)|截止(?:时间|日)|哪个(?:年份|月份|时期|时间)",
        r"when|what (?:date|day|year)|which year|deadline",
    ),
    _rule(
        "person",
        rf"谁|何人|哪一?位|什么人|(?:姓名|名字)是|{_OFFICE}(?:是|叫)(?:什么|哪)",
        r"who\b|whom|whose",
    ),
    _rule(
        "place",
        rf"哪里|哪儿|何处|何地|在哪(?!(?:个|一个|些|家)?{_BODY})|什么地方|地点|地址|哪[个一座]?{_PLACE}",
        r"where|which (?:city|country|place)|venue",
    ),
    _rule(
        "body",
        rf"哪(?:个|一个|家)?{_BODY}|什么(?:部门|单位|机构|公司|机关|组织)",
        "主管机关|主办单位|承办单位",
        r"which (?:agency|department|office|body|bureau|organi[sz]ation|company)",
    ),
    _rule(
        "count",
        rf"多少|多大年|几{_COUNTED}|(?:面积|容积|体积|规模)[^，。]{{0,4}}多大|[有达约]多[高重远宽深长](?!时)",
        "how many|number of",
    ),
    _rule(
        "enumeration",
        "哪些|有哪|包括什么|包含什么|分别[是为]|分为什么",
        r"what are the|which (?!year|city|country|agency|office)[a-z]+s\b|list the",
    ),
    _rule(
        "yes_no",
        r"是否|能否|可否|会不会|能不能|可不可以|是不是|有没有|吗\s*[?？]?\s*$",
        r"^(?:is|are|can|does|do|may|must|was|were|will)\b",
    ),
    _rule("reason", "(?<![称视作改名])为(?:什么|何)|原因|缘由|why"),
    _rule(
        "definition",
        "什么是|何谓|是指什么|指的是什么|什么意思|定义|含义",
        r"what is meant|definition|what does .* mean",
    ),
    _rule("name", "叫什么|名称|名为[什何]|称为什么|被称|什么名|又称", "what is the name|called"),
    _rule(
        "method",
        "如何|怎么|怎样|流程|程序|步骤|手续",
        r"how (?:do|to|can|should|does|is|are|may)",
    ),
)
_SEVERAL = re.compile(r"[是有为](?:什么|哪)|包括(?:什么|哪)|有哪|哪些|what|which|list")


def kind_of(folded: str, number: int) -> str:
    """One of KINDS; ``number`` is how many things the question speaks of, 0 where it does not say.

    六大發展計劃是什麼: several things that are asked for are a list.
    """
    for kind, pattern in _RULES:
        if pattern.search(folded):
            return kind
    return "enumeration" if number > 1 and _SEVERAL.search(folded) else "statement"
