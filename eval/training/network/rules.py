"""Questions made by rules from what a text says: no one's words but the text's own.

A rule finds a statement of a common form and turns it around: 申请设立公司,应当具备下列条件
becomes 申请设立公司,应当具备哪些条件?, answered by the list behind it. Folded texts only.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wenju.corpus.alternation import any_of
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.laws import Article

_NUM = r"[\d,.零〇一二三四五六七八九十百千万亿两]+"
_WORDS = r"[^,。;:、\n()“”]"
_UNIT = any_of("日 个工作日 工作日 个月 月 年 小时 天 周")
_LEAD = any_of("下列 以下 左列")
_LISTED = any_of(
    "条件 事项 情形 内容 材料 文件 资料 职责 权利 义务 措施 行为 规定 要求 原则 范围 方式 人员 项目 费用 机构 程序 处分 处罚"
)
_MARK = r"(?:\n\s*|(?<=:))[(]?(?:[一二三四五六七八九十]+|\d{1,2})[)、.]"

Made = tuple[str, int, int]
"""A question, and where its answer begins and ends."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of statement, and how a match of it is asked for."""

    name: str
    pattern: re.Pattern[str]
    questions: tuple[str, ...]
    answer: str = "y"

    def make(self, title: str, text: str, draw: random.Random) -> Iterator[Made]:
        """Questions on the text; placeholders are the match's groups and the text's title."""
        for match in self.pattern.finditer(text):
            named = {k: (v or "").strip() for k, v in match.groupdict().items()}
            start, end = match.span(self.answer)
            if end - start >= 1:
                asked = draw.choice(self.questions).format(title=title, **named)
                yield asked, start, end


def _rule(name: str, pattern: str, *questions: str) -> Rule:
    return Rule(name, re.compile(pattern), questions)


_SENTENCE = r"(?:(?<=^)|(?<=[。\n]))"
_RULES = (
    _rule(
        "definition",
        rf"{_SENTENCE}(?:本[^,。]{{1,4}})?(?:所称|称)(?P<x>[^,。;:、\n]{{2,14}}?),?(?:是指|系指|指)(?P<y>[^。;]{{6,140}})(?=[。;])",
        "什么是{x}?", "{x}是指什么?", "何谓{x}?", "{x}的定义是什么?", "{x}指的是什么?",
        "{title}中的{x}是什么意思?",
    ),
    _rule(
        "fine",
        rf"(?P<c>{_WORDS}{{4,40}})[的者],(?:[^。;]{{0,40}}?)(?:并处|处以|处|科)(?:新台币|人民币)?(?P<y>{_NUM}元以上{_NUM}元以下)(?:的)?(?:罚款|罚锾|罚金)",
        "{c}罚多少钱?", "{c}的,处多少罚款?", "{c},罚款金额是多少?", "{c}会被罚多少?",
    ),
    _rule(
        "ceiling",
        rf"(?P<c>{_WORDS}{{2,24}})(?P<m>不得超过|最高不超过|以)(?P<y>(?:新台币)?{_NUM}(?:元|%|人|{_UNIT}))(?:为限)?",
        "{c}最多是多少?", "{c}不得超过多少?", "{c}的上限是多少?",
    ),
    _rule(
        "period",
        rf"(?P<b>{_WORDS}{{2,20}})(?:应当|应|须|可以|得)(?:在|于|自)(?P<s>{_WORDS}{{2,24}}?)(?:之日起|后|日起|时起)(?P<y>{_NUM}(?:{_UNIT}))(?:之?内|以内),?(?P<z>{_WORDS}{{3,26}})",
        "{b}应当在多长时间内{z}?", "{s}后,{b}要在几日内{z}?", "{z}的期限是多久?",
        "{b}须于多久内{z}?",
    ),
    _rule(
        "term",
        rf"(?P<b>{_WORDS}{{2,16}})(?P<m>任期|有效期|期限|期间)(?:限|间)?(?:均?为|是)?(?P<y>{_NUM}(?:{_UNIT}))(?=[,。;])",
        "{b}{m}是多久?", "{b}的{m}是几年?", "{b}{m}多长时间?",
    ),
    _rule(
        "body",
        rf"{_SENTENCE}(?P<y>[^,。;:、\n]{{2,18}}(?:部门|机关|机构|委员会|局|署|部|政府))(?:负责|主管)(?P<z>[^,。;\n]{{4,34}})",
        "哪个部门负责{z}?", "{z}由谁负责?", "{z}是哪个机关负责的?", "谁主管{z}?",
    ),
    _rule(
        "by",
        rf"(?P<z>{_WORDS}{{4,26}}),?由(?P<y>[^,。;:、\n]{{2,20}}?(?:部门|机关|机构|委员会|局|署|部|政府|法院|院))(?P<v>规定|制定|定之|负责|批准|核准|决定|组织实施|办理|管辖|审批)",
        "{z}由哪个机关{v}?", "{z}由谁{v}?", "{z}是哪个部门{v}的?",
    ),
    _rule(
        "authority",
        r"(?:主管机关)[:,](?P<y>(?:在)?中央为[^。]{4,80})(?=。)",
        "{title}的主管机关是谁?", "主管机关是哪些机关?", "{title}由哪个机关主管?",
    ),
    _rule(
        "in_force",
        rf"本[^,。\n]{{1,4}}自(?P<y>{_NUM}年{_NUM}月{_NUM}日)起?(?:施行|实施)",
        "{title}什么时候开始施行?", "{title}从哪天起施行?", "{title}何时生效?",
        "{title}的施行日期是哪一天?",
    ),
    _rule(
        "rate",
        rf"(?P<c>{_WORDS}{{2,22}})(?:为|不得低于|不得少于|达到|应达)(?P<y>(?:百分之{_NUM}|{_NUM}%|{_NUM}分之{_NUM})(?:以上)?)",
        "{c}是百分之几?", "{c}的比例是多少?", "{c}要达到多少?",
    ),
    _rule(
        "count",
        rf"(?P<c>{_WORDS}{{2,20}}?)(?:置|设)(?P<n>{_WORDS}{{2,6}}?)(?P<y>{_NUM}(?:人|名|家|个|所|处)(?:至{_NUM}人)?)",
        "{c}有几{n}?", "{c}设几名{n}?", "{c}有多少{n}?",
    ),
    _rule(
        "enumeration",
        rf"(?P<c>{_WORDS}{{2,20}})(?P<m>包括|包含|分为|含)(?P<y>[^,。;:\n、]{{2,18}}(?:、[^,。;:\n、]{{2,18}}){{1,8}}(?:和|及|以及|与|或)[^,。;:\n、]{{2,16}})(?=[。;,])",
        "{c}{m}哪些?", "{c}有哪些?", "{c}{m}什么?", "{c}分别是什么?",
    ),
    _rule(
        "purpose",
        rf"{_SENTENCE}为了?(?P<y>[^。;\n]{{6,120}}?),(?:根据[^。]{{4,60}},)?(?:特?制定本|特订定本|特制定)",
        "为什么制定{title}?", "制定{title}的目的是什么?", "{title}的立法目的是什么?",
    ),
    _rule(
        "basis",
        rf"{_SENTENCE}(?:本[^,。]{{1,4}})?(?:根据|依据?|依照)(?P<y>[^,。;\n]{{4,60}}?)(?:规定)?,?(?:特?制定本|订定|特订定)",
        "{title}是根据什么制定的?", "{title}的制定依据是什么?", "{title}依据哪些法律订定?",
    ),
    _rule(
        "may",
        rf"{_SENTENCE}(?P<y>(?P<b>{_WORDS}{{2,18}}?)(?P<m>不得|可以|应当|必须|应)(?P<z>{_WORDS}{{3,34}})[^。\n]{{0,80}}。)",
        "{b}可以{z}吗?", "{b}能不能{z}?", "{b}是否{m}{z}?", "{b}可不可以{z}?", "{b}要{z}吗?",
    ),
    _rule(
        "how",
        rf"{_SENTENCE}(?P<y>(?P<v>申请|办理|领取|设立|变更|注销|报考|参加|取得|从事)(?P<o>{_WORDS}{{2,18}}?)(?:的|者|时)?,(?:[^。\n]{{0,20}})(?:应当|应|须|可以|得)[^。\n]{{10,180}}。)",
        "怎么{v}{o}?", "如何{v}{o}?", "{v}{o}需要什么手续?", "{v}{o}应当怎么做?", "{v}{o}有什么要求?",
    ),
    _rule(
        "consequence",
        rf"{_SENTENCE}(?P<c>(?:违反|未|擅自|拒绝){_WORDS}{{4,40}})(?:的|者),(?P<y>[^。\n]{{8,160}})(?=。)",
        "{c}会怎样?", "{c}如何处罚?", "{c}的,怎么处理?", "{c}要承担什么责任?", "{c}有什么后果?",
    ),
)  # fmt: skip
_LEADS_LIST = re.compile(rf"{_SENTENCE}(?P<a>[^。;:\n]{{0,50}}?){_LEAD}(?P<b>[^。;:\n]{{0,24}}):")
_FIRST_MARK, _NEXT_MARK = re.compile(_MARK), re.compile(rf"(?:{_MARK})[^\n]+")


def _lists(title: str, text: str, draw: random.Random) -> Iterator[Made]:
    """应当具备下列条件: and the parts behind it, asked for as a whole."""
    for lead in _LEADS_LIST.finditer(text):
        first = _FIRST_MARK.match(text, lead.end())
        if not first:
            continue
        end = at = lead.end()
        while part := _NEXT_MARK.match(text, at):
            end = at = part.end()
        if not 8 < end - lead.end() <= 320:
            continue
        before, what = lead["a"], re.sub(r"之一的?$|[的者]$|规定办理$", "", lead["b"])
        asked = f"{before}哪些{what}?"
        if re.search(_LISTED, what) and draw.random() < 0.4:
            named = re.search(_LISTED, what)
            asked = f"{before.rstrip(',应当有为须具备')}的{named.group() if named else what}有哪些?"
        yield asked, _skipped(text, lead.end()), end


def _skipped(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def made(articles: Iterable[Article], per_rule: int, seed: int) -> list[Example]:
    """Questions on folded articles, at most ``per_rule`` of each rule, one of a rule to a text."""
    draw = random.Random(seed)
    rules: list[tuple[str, Callable[[str, str, random.Random], Iterator[Made]]]]
    rules = [("list", _lists), *((rule.name, rule.make) for rule in _RULES)]
    found: dict[str, list[Example]] = defaultdict(list)
    for title, text in articles:
        for name, make in rules:
            if len(found[name]) < per_rule and (some := list(make(title, text, draw))):
                asked, start, end = draw.choice(some)
                found[name].append(Example(asked, title, text, ((start, end),), name))
    return [example for name, _ in rules for example in found[name]]
