"""What a question asks for: its kind, its content, the number or measure it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import WenjuError
from corpus.script import fold, to_simplified

KINDS = (
    "amount", "percentage", "count", "date", "time", "duration", "person", "body", "place",
    "contact", "enumeration", "definition", "name", "yes_no", "reason", "method", "statement",
)  # fmt: skip

_MEASURES = "家|个|名|人|项|条|位|种|类|次|所|座|件|户|辆|台|套|张|份|间|届|期|款|章|部|支|只|篇|门|艘|处|场|批|股|级|层|岁|句|字|页|册|首|枚|倍|对|组|队|席|周岁"
MEASURE = re.compile(rf"(?:{_MEASURES})")
_ASKED_MEASURE = re.compile(rf"(?:多少|几|幾)(?:大|余)?({_MEASURES})")
_NUMBERED = re.compile(rf"(\d+|[一二三四五六七八九十两]+)\s*(?:大|{_MEASURES})(?!月|日)")

# The first pattern that fits decides; they are matched against the folded question.
_PATTERNS = (
    ("enumeration", r"哪几"),
    ("contact", r"电话|手机号|联系方式|专线|热线|传真|邮箱|电子邮件|网址|网站是|e-?mail|phone|telephone|website"),
    ("contact", r"what number .*(?:ring|call|dial)|(?:电话|专线|热线).{0,3}几号"),
    ("percentage", r"百分之|百分比|百分点|比例|占比|几成|多少%|(?:率|比重|税率|利率)(?:是|为|达|达到)?(?:了)?多少|percent|proportion|what share"),
    ("count", r"(?:增加|提高|上升|下降|降低|减收|减少|减免|增长|占|超过|低于|高于|不足)(?:了)?多少(?!钱|元|钱|万)"),
    ("amount", r"多少(?:钱|元|万|亿|美元|欧元|资金|经费|补助|奖金|预算|费用|津贴|补贴|奖励|罚款|租金|薪)|(?:金额|额度|费用|经费|预算|奖金|补助|补贴|津贴|罚款|罚|罚金|租金|价|押金|支持|资助|奖励|收费|支付|缴纳|奖补|资金|费|款|薪水|工资|投资|产值|营收|总额)[^，。]{0,6}(?:多少|几元|几万)|多少[^，。]{0,4}(?:经费|资金|补助|补贴|津贴|奖金|押金|罚款|租金|费|钱)|how much|largest (?:award|grant|payment)|what (?:amount|fee|fine|price|cost)|fine for"),
    ("duration", r"多久|多长时间|几(?:年|天|个月|个工作日|小时|分钟|周)(?:内|以内|之内|时间|前)?(?!.*(?:第|哪))|期限|有效期|多少(?:天|年|个月|小时|分钟|个工作日|工作日|日)(?!前)|how long|how many (?:days|years|months|weeks|hours|working days)"),
    ("time", r"几点|什么时间点|几时|what time"),
    ("date", r"什么时候|什么时间|何时|哪(?:一)?(?:天|年|日|月|个月)|几月|几号|几年|日期|截止(?:时间|日)|哪个(?:年份|月份|时期|时间)|什么年代|when|what (?:date|day|year)|which year|deadline"),
    ("person", r"谁|何人|哪(?:一)?位|什么人|(?:姓名|名字)是|(?:发言人|负责人|主任|局长|市长|主席|作者|导演|创始人)(?:是|叫)(?:什么|哪)|who\b|whom|whose"),
    ("place", r"哪里|哪儿|何处|何地|在哪|什么地方|地点|地址|哪(?:个|一|座)?(?:城市|国家|省|市|县|区|地区|地方|州|岛|洲|镇|村|大学)|where|which (?:city|country|place)|venue"),
    ("body", r"哪(?:个|一个|些|家)?(?:部门|单位|机构|公司|局|机关|组织|团体|银行|学校|企业|集团|委员会)|什么(?:部门|单位|机构|公司|机关|组织)|主管机关|主办单位|承办单位|which (?:agency|department|office|body|bureau|organi[sz]ation|company)"),
    ("count", r"多少|多大年|几(?:大|个|家|名|项|条|位|种|类|次|所|座|件|户|辆|台|套|张|份|间|届|期|款|章|部|支|只|人|篇|门|场|级|层|岁)|how many|number of"),
    ("enumeration", r"哪些|有哪|包括什么|包含什么|分别(?:是|为)|分为什么|what are the|which (?!year|city|country|agency|office)[a-z]+s\b|list the"),
    ("yes_no", r"是否|能否|可否|会不会|能不能|可不可以|是不是|有没有|吗\s*[?？]?\s*$|^(?:is|are|can|does|do|may|must|was|were|will)\b"),
    ("reason", r"为什么|为何|原因|缘由|why"),
    ("definition", r"什么是|何谓|是指什么|指的是什么|什么意思|定义|含义|what is meant|definition|what does .* mean"),
    ("name", r"叫什么|名称|称为什么|被称|什么名|又称|what is the name|called"),
    ("method", r"如何|怎么|怎样|流程|程序|步骤|手续|how (?:do|to|can|should|does|is|are|may)"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_AGE = re.compile(r"多大(?:年龄|岁数)|年龄.{0,6}(?:多少|多大)|how old")
_MANY = re.compile(r"(?:是|有|为|包括)(?:什么|哪)|有哪|哪些|what|which|list")


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
        return bool(re.search(r"哪几(?:个)?(?:年|月|天|日)|哪些(?:年|日期)", self.folded))


def parse(text: str, max_characters: int = 500) -> Question:
    """Read a question; raises BadQuestion for an empty or over-long one."""
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        raise BadQuestion(
            "The question is empty. Ask something in a few words, e.g. 最高支持多少？"
        )
    if len(text) > max_characters:
        raise BadQuestion(
            f"The question has {len(text)} characters, at most {max_characters} are read. "
            "Ask for one thing at a time."
        )
    # by phrases first: both scripts of a question must fold to the same characters
    folded = fold(to_simplified(text))
    asked = _ASKED_MEASURE.search(_AGE.sub("几岁", folded))
    number = _counted(folded)
    return Question(text, folded, _kind(folded, number), asked.group(1) if asked else "", number)


def _kind(folded: str, number: int) -> str:
    for kind, pattern in _COMPILED:
        if pattern.search(folded):
            return kind
    # 六大發展計劃是什麼: several things that are asked for are a list
    return "enumeration" if number > 1 and _MANY.search(folded) else "statement"


def _counted(folded: str) -> int:
    """The number of things the question names, 0 where it names none."""
    found = _NUMBERED.search(folded)
    return to_number(found.group(1)) if found else 0


def to_number(text: str) -> int:
    """Digits or a Chinese numeral below one hundred as a number; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if any(c not in _DIGITS for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    if not ten:
        return _DIGITS[text] if len(text) == 1 else 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
