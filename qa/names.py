"""People, bodies, places and things called by name, in folded text. Jieba's tags help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from wenju.corpus.alternation import any_of
from wenju.index.terms import load_jieba

Place = tuple[int, int]

# family names that most people have: what a person's name begins with
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "单娄鲍柯温简施康纪葛伍詹游翁庄童洪梅倪"
)
QUOTED = re.compile(r"“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|《[^》\n]{1,60}》")
_BODIES = any_of(
    "委员会 办公室 管理局 工程局 事务所 研究院 研究所 基金会 科学院 理事会 政府 公司 集团 大学 学院 学校 "
    "银行 医院 协会 学会 商会 联盟 法院 检察院 中心 部门 机关 机构 局 部 厅 署 处 院 委 会 府 科 组 队 所"
)
_PLACES = any_of(
    "省 市 县 区 镇 乡 村 里 路 街 道 巷 号 楼 室 厅 馆 园 场 站 港 岛 山 河 湖 海 洲 国 州 府 城 "
    "大厦 大楼 中心 广场 公园"
)
BODY_SUFFIX = re.compile(f"{_BODIES}$")
PLACE_SUFFIX = re.compile(f"{_PLACES}$")

_HAN = "[\u4e00-\u9fff]"
# 加西亞·馬爾克斯, without what leads up to it: 作者是…
_FOREIGN_NAME = re.compile(rf"(?:(?![是为由和与及的]){_HAN}){{1,7}}(?:·{_HAN}{{1,7}})+")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ -](?:[A-Z]\.|de|van|von|[A-Z][a-z]+))+")
_TITLE = any_of(
    "主任 局长 市长 县长 区长 省长 书记 处长 科长 院长 校长 会长 主席 总理 部长 厅长 司长 发言人 经理 董事长 秘书长 "
    "组长 教授 专员 科员 股长 里长 技士 技正 委员 主持人 先生 女士 小姐"
)
# 副局長秦曉華, but no body: 主任委員會
_AFTER_TITLE = re.compile(rf"{_TITLE}[:：]?\s*({_HAN}{{2,3}})(?!{_HAN}{{0,2}}[局处科])")
_BEFORE_TITLE = re.compile(rf"([{SURNAMES}]{_HAN}{{1,2}}){_TITLE}")
# what may follow a name of two characters: 單婷主持
_AFTER_NAME = frozenset("主出说强表指要在就将向对代作介致和与及等率到前带参发宣回答任为是")
# a body that no one can find: 主管機關, 有關單位
_GENERIC_BODY = re.compile(
    r"[由指为是向经与和及]*"
    + any_of("主管 有关 相关 各 本 该 上级 同级 所在 受理 承办 主办")
    + "*"
    + any_of("机关 部门 单位 机构 组织 政府 公司 委员会")
)
_NO_BODY = ("布局", "格局", "大局", "结局", "全局", "全部", "内部", "分部", "聚集区")
_CALLED = re.compile(
    any_of("叫做 名为 称为 简称 又称 俗称 命名为 题为 称之为")
    + r"[是为]?([^，,。；;：:、\s]{2,30})"
)
# first letters of jieba's tags: a run of nouns opens with a noun or an abbreviation, and goes on
# with numbers, measures, attributes, places and the like
_OPENS, _GOES_ON = frozenset("nj"), frozenset("nmjbqfal")


def people(folded: str, real: str) -> Iterator[Place]:
    """Names of people; ``real`` tells Latin capitals."""
    foreign = [m.span() for m in _FOREIGN_NAME.finditer(folded)]
    yield from foreign
    yield from (m.span() for m in _LATIN_NAME.finditer(real))
    tagged_names = [
        (at, at + len(word))
        for word, tag, at in tagged(folded)
        if _is_name(word, tag) and not any(a <= at < b for a, b in foreign)
    ]
    yield from tagged_names
    yield from (m.span(1) for m in _BEFORE_TITLE.finditer(folded))
    for match in _AFTER_TITLE.finditer(folded):
        start, end = match.span(1)
        known = any(a < end and start < b for a, b in tagged_names)
        if folded[start] in SURNAMES and not known:
            yield start, end - (end - start > 2 and folded[end - 1] in _AFTER_NAME)


def _is_name(word: str, tag: str) -> bool:
    return tag.startswith("nr") and (len(word) > 2 or (len(word) == 2 and word[0] in SURNAMES))


def bodies(folded: str) -> Iterator[Place]:
    """Agencies, companies and the like, by their own names."""
    for start, end in _noun_runs(folded, BODY_SUFFIX, "nt"):
        named = not _GENERIC_BODY.fullmatch(folded, start, end)
        if named and not folded.endswith(_NO_BODY, start, end):
            yield start, end


def places(folded: str) -> Iterator[Place]:
    """Places and addresses."""
    return _noun_runs(folded, PLACE_SUFFIX, "ns")


def titles(folded: str) -> Iterator[Place]:
    """What is quoted, and what something is said to be called."""
    yield from (m.span() for m in QUOTED.finditer(folded))
    yield from (m.span(1) for m in _CALLED.finditer(folded))


def _noun_runs(folded: str, suffix: re.Pattern[str], flag: str) -> Iterator[Place]:
    """Runs of nouns, each up to its last word that is tagged or ends like the thing asked for."""
    start = last = -1
    for word, tag, at in chain(tagged(folded), [("", "end", len(folded))]):
        if tag[0] not in (_OPENS if start < 0 else _GOES_ON):
            if last > 0:
                yield start, last
            start = last = -1
            continue
        start, end = (at if start < 0 else start), at + len(word)
        if tag.startswith(flag) or suffix.search(folded[start:end]):
            last = end


@cache
def _tagger() -> Any:  # noqa: ANN401  (jieba ships no types)
    load_jieba()
    import jieba.posseg

    return jieba.posseg


def tagged(folded: str) -> Iterator[tuple[str, str, int]]:
    """Jieba's words with their part of speech and place."""
    at = 0
    for pair in _tagger().cut(folded):
        yield pair.word, pair.flag, at
        at += len(pair.word)
