"""Forms of statement in folded text, and how each is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenju.corpus.alternation import any_of
from wenju.corpus.values import MEASURE, NUMERAL
from wenju.corpus.values.shapes import AMOUNT, CONTACT, DATE, DURATION, PERCENTAGE

_CLAUSE = r"(?:(?<=^)|(?<=[。\n,;:]))[ \u3000]*"
_SENTENCE = r"(?:(?<=^)|(?<=[。\n]))[ \u3000]*"
_NAME = r"[\u4e00-\u9fffa-z0-9“”《》]"
_LIST = r"[^,。;:\n、]{2,18}(?:、[^,。;:\n、]{2,18}){1,9}"
_BODY = any_of("中心 局 处 科 所 委 委员会 办公室 馆 院 公司 台 部")
_HAPPENS = any_of(
    "举行 开始 开幕 召开 出台 施行 实施 挂牌 启用 通车 截止 开放 上线 启动 开工 完工 开学 开馆"
)
_AMOUNT, _CONTACT, _DATE, _DURATION, _PERCENTAGE = (
    f"(?:{kind.pattern})" for kind in (AMOUNT, CONTACT, DATE, DURATION, PERCENTAGE)
)
_THING = r"(?:(?!方面|部分|具体|[的等])[\u4e00-\u9fff])"
# 三项举措 is asked for of whom?
_NOT_VAGUE = "".join(
    f"(?<!{w})" for w in "举措 措施 要求 目标 公告 关键词 组成 功能 政策 问题 内容 情形".split()
)
_SEVERAL = rf"(?:\d|[两二三四五六七八九十]){any_of('个方面 方面 大 个 项 条 类')}"
_GIVEN = any_of("补助 补贴 奖励 资助 支持 奖补")


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of statement in folded text; ``question`` is filled with the match's groups.

    ``names`` are the groups that must read as names of things; ``y`` is the answer.
    """

    name: str
    quality: float
    pattern: re.Pattern[str]
    question: str
    names: tuple[str, ...] = ("x",)


def _rule(
    name: str, quality: float, pattern: str, question: str, names: tuple[str, ...] = ("x",)
) -> Rule:
    return Rule(name, quality, re.compile(pattern), question, names)


_X = rf"(?P<x>{_NAME}{{2,14}}?)"
RULES = (
    _rule(
        "most", 1.0,
        rf"对{_X},?(?:给予|提供|发放)?最高(?P<v>{_GIVEN})(?P<y>{_AMOUNT})",
        "{x}最高{v}多少？",
    ),
    _rule(
        "most", 1.0,
        rf"(?:对|向){_X},?(?:给予|提供|发放)(?:一次性)?(?P<y>最高{_AMOUNT})的?[^,。;\n]{{0,8}}?(?P<v>{_GIVEN})",
        "{x}最高{v}多少？",
    ),
    _rule(
        "most", 0.95,
        rf"[一二三四五六]是(?:建设|实施|开展|培育)?{_X},(?:(?![一二三四五六]是)[^\n]){{0,160}}?给予(?P<y>最高{_AMOUNT})[^,。;\n]{{0,8}}?(?P<v>{_GIVEN})",
        "{x}最高{v}多少？",
    ),
    _rule(
        "each", 0.9,
        rf"{_CLAUSE}{_X}(?P<e>每[次人户年月])最多(?:可以?)?(?P<v>[\u4e00-\u9fff]{{1,2}})(?P<y>{NUMERAL}(?P<u>{MEASURE}|天|元|小时))",
        "{x}{e}最多{v}多少{u}？",
    ),
    _rule(
        "definition", 0.8,
        r"(?:所称|所指)的?(?P<x>[\u4e00-\u9fff]{2,10}),?(?:是指|系指|指)(?P<y>[^。;]{6,140})(?=[。;])",
        "什么是{x}？",
    ),
    _rule(
        "definition", 0.7,
        r"(?<=[、）)])(?P<x>[\u4e00-\u9fff]{2,8}):指(?P<y>[^。;\n]{6,140})(?=[。;])",
        "什么是{x}？",
    ),
    _rule(
        "duties", 0.8,
        rf"{_SENTENCE}(?:第[^\n]{{1,8}}条\s+)?{_X}(?:应当?)?(?:履行|享有|行使)下列(?:[\u4e00-\u9fff]{{0,5}}?)(?P<w>职责|权利|义务|职权):\s*(?P<y>[（(一][^。;\n]{{2,60}})",
        "{x}有哪些{w}？",
    ),
    _rule(
        "longest", 0.75,
        rf"{_CLAUSE}(?P<x>[\u4e00-\u9fff]{{2,10}}(?:期|期间|期限|时间))(?<!星期)(?:最长)?不得?超过(?P<y>{_DURATION})",
        "{x}最长多久？",
    ),
    _rule(
        "kept", 0.75,
        rf"{_CLAUSE}{_X}应(?:当)?(?:至少)?保[存管](?:至少)?(?P<y>{_DURATION})",
        "{x}应保存多久？",
    ),
    _rule(
        "kinds", 1.0,
        rf"{_CLAUSE}{_X}(?:分为|分)(?P<y>{_LIST})(?:等?[两二三四五六七八九十\d]+)(?P<u>[类种])",
        "{x}分哪几{u}？",
    ),
    _rule(
        "numbered", 0.95,
        rf"{_CLAUSE}(?P<x>[两二三四五六七八九十]大[\u4e00-\u9fff]{{2,8}}?)(?:分别)?(?:[是为即]|包括)(?P<y>{_LIST})",
        "{x}是哪些？", (),
    ),
    _rule(
        "numbered", 0.65,
        rf"(?P<x>[两二三四五六七八九十][个项条类][\u4e00-\u9fff]{{2,6}}),?分别[是为](?P<y>{_LIST})",
        "{x}分别是什么？", (),
    ),
    _rule(
        "numbered", 0.9,
        rf"(?P<y>(?<![^,。;:\n]){_LIST}?|(?:“[^”\n]{{2,12}}”[、,和]?){{2,9}})等?(?P<n>{_SEVERAL})(?P<x>{_THING}{{3,8}}){_NOT_VAGUE}(?=[,。;])",
        "{n}{x}是哪些？",
    ),
    _rule(
        "parts", 0.9,
        rf"{_CLAUSE}{_X}(?P<v>要?[\u4e00-\u9fff]{{2,3}}?)(?P<n>{_SEVERAL}[\u4e00-\u9fff]{{2,6}})[:。,](?P<y>一是)",
        "{x}{v}哪{n}？",
    ),
    _rule(
        "emphasis", 0.75,
        rf"{_CLAUSE}{_X}的?重点(?:在于|是)(?P<y>[^。;\n]{{6,120}})",
        "{x}的重点是什么？",
    ),
    _rule(
        "includes", 0.75, rf"{_SENTENCE}{_X}(?P<m>主要包括|包括|包含)(?P<y>{_LIST})(?<!在内)(?=[。;])", "{x}{m}哪些？"
    ),
    _rule(
        "goal", 0.8,
        rf"到(?P<d>20\d\d年底?),?(?P<z>全[市省县区国])?(?P<v>(?:计划|将|要|力争)?(?:建成|培育|新增|引进|建设))(?P<x>[\u4e00-\u9fff]{{3,10}})(?P<y>{NUMERAL}(?P<u>[家个座所]))",
        "到{d}{z}{v}多少{u}{x}？",
    ),
    _rule(
        "goal", 0.75,
        rf"到(?P<d>20\d\d年底?),?(?P<z>全[市省县区国])?(?P<v>(?:计划|将|要|力争)?(?:建成|培育建设|培育|新增|引进|建设))(?P<y>(?:不少于|超过)?{NUMERAL}(?P<u>[家个座所]))(?P<x>[\u4e00-\u9fff]{{3,12}})(?=[、,。;])",
        "到{d}{z}{v}多少{u}{x}？",
    ),
    _rule(
        "led", 0.85,
        rf"{_CLAUSE}{_X},?由(?P<y>[\u4e00-\u9fff]{{2,16}}?)(?P<v>负责|牵头|主管|主持|承办|主办|审批|核发)(?=[,。;\n])",
        "{x}由谁{v}？",
    ),
    _rule(
        "happens", 0.85,
        rf"{_CLAUSE}(?P<x>{_NAME}{{2,14}}?)(?:定于|将于|于)(?P<y>{_DATE})[^,。;\n]{{0,14}}?(?P<v>{_HAPPENS})(?=[,。;\n])",
        "{x}什么时候{v}？",
    ),
    _rule(
        "issued", 0.85,
        rf"(?=[\d今去本〇零一二三四五六七八九十民])(?P<y>{_DATE}),[^。\n]{{0,20}}?(?P<v>出台|印发|发布|公布)了?(?P<x>《[^》\n]{{4,24}}》)",
        "{x}什么时候{v}？", (),
    ),
    _rule(
        "labelled date", 0.9,
        rf"(?<![^\s。,;、:])(?P<x>(?!发布|更新|印发|发文|成文)[\u4e00-\u9fff]{{2,8}}(?:时间|日期))(?:为|:|是)(?P<y>自?{_DATE})",
        "{x}是什么时候？",
    ),
    _rule(
        "telephone", 0.8,
        rf"(?<![\u4e00-\u9fff])(?!请|洽|拨|联系|欢迎)(?P<x>[\u4e00-\u9fff]{{3,16}}{_BODY}),?(?:的|咨询|联系|服务)?电话:?(?P<y>{_CONTACT})",
        "{x}的电话是多少？",
    ),
    _rule(
        "fee", 0.75,
        rf"(?<![^\s。,;:])(?P<x>[\u4e00-\u9fff]{{2,10}}(?:费|费用|押金|保证金))(?:为|是)(?P<y>每?[\u4e00-\u9fff]?{_AMOUNT})",
        "{x}是多少钱？",
    ),
    _rule(
        "rate", 0.7,
        rf"{_CLAUSE}(?P<x>[\u4e00-\u9fff]{{2,12}}(?:率|比例|占比))(?:达到|达|为|提高到)(?P<y>{_PERCENTAGE})",
        "{x}是多少？",
    ),
    _rule(
        "fine", 0.7,
        rf"{_CLAUSE}(?P<x>(?:未|擅自|拒绝)(?:(?!经)[\u4e00-\u9fff]){{3,8}})[的者],(?:由[^,。]{{2,12}})?(?:并处|处以|处)(?P<y>[^,。;\n]{{2,30}}?)(?:罚款|罚锾)",
        "{x}罚多少钱？", (),
    ),
    _rule("what is", 0.7, rf"(?:^|(?<=[.\n] )|(?<=\n))the (?P<x>[a-z][a-z ]{{6,45}}) is (?P<y>{_AMOUNT}|{_DATE})", "What is the {x}?", ()),
    _rule("when", 0.7, rf"(?:^|(?<=[.\n] )|(?<=\n))(?P<x>[a-z]{{4,20}}s) (?P<v>open|close|start|begin|end) on (?P<y>{_DATE})", "When do {x} {v}?", ()),
)  # fmt: skip
ASKED = re.compile(
    r"(?:^|(?<=\n))[ \u3000]*(?:[^\n:?。]{0,14}(?:记者|问|提问|q)\s*\d*[:、.])?\s*(?:请问,?)?"
    r"(?P<q>[^\n。?:!“”]{4,70})\?\s*(?=\S)(?![^。\n]{0,60}\?)"
)
# what the heading over a passage calls its matter, and how the document's matter is then asked for
HEADINGS = (
    (
        re.compile("(?:申请|申报|报名|补贴|补助|资助|申领)(?:条件|对象|资格|范围)$"),
        "谁可以申请{t}？",
    ),
    (re.compile("(?:申请|申报|办理|所需|应备)(?:材料|文件|证件)$"), "{t}需要哪些材料？"),
    (re.compile("(?:补贴|补助|奖励|资助)(?:标准|金额|额度)$"), "{t}的标准是多少？"),
    (re.compile("(?:申请|申报|办理)(?:流程|程序|步骤|方式)$"), "{t}怎么申请？"),
)
MATTER = re.compile(
    r"^(?:.{2,12}(?:局|委员会|政府|处))?(?:关于)?(?P<t>[\u4e00-\u9fff]{4,14}?)"
    r"(?:办事指南|申请指南|服务指南|申请须知|实施细则|实施方案|管理办法|实施办法|办法|须知|指南|简章)$"
)
EVENT = re.compile(
    r"[\u4e00-\u9fff\d“”《》]{3,16}(?:会|大会|大赛|比赛|活动|展|节|讲座|论坛|仪式|音乐会|培训班|运动会)$"
)
# what the labels of a line say of an event
OF_EVENTS = (
    (re.compile("^(?:活动|举办|举行|会议)?地点$"), "{t}在什么地方举行？"),
    (re.compile("^(?:活动|举办|举行|会议)?时间$"), "{t}什么时候举行？"),
    (re.compile("^(?:主办单位|承办单位)$"), "{t}的{l}是谁？"),
    (re.compile("^(?:新闻发言人|发言人|主持人|联系人)$"), "{t}的{l}是谁？"),
)
LAW = re.compile(r"[\u4e00-\u9fff]{4,20}(?:条例|办法|规定|法|细则|规则)$")
OF_LAWS = (
    (
        "authority",
        re.compile(r"本[^,。\n]{1,6}主管机关(?:为|:|是)(?P<y>[^,。;\n]{3,24})"),
        "{t}的主管机关是谁？",
    ),
    (
        "in force",
        re.compile(r"本[^,。\n]{1,6}自(?P<y>[^,。\n]{2,16}?)起?(?:施行|实施)"),
        "{t}什么时候施行？",
    ),
)
