"""What a question is about: its topic, which is what remains of it without its question phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wenju.corpus.alternation import any_of
from wenju.corpus.script import fold, is_han
from wenju.index.terms import STOP_WORDS
from wenju.qa.names import Place, tagged

Token = tuple[str, str, int]
"""A folded word, jieba's part of speech, and its place in the text."""

ASKING = re.compile(
    r"为什么|为何|怎么[样办]?|怎样|如何|什么时[候间]|什么地方|什么人?|何[时地人处]|谁|哪里|哪儿"
    r"|哪一?[年天日月位]|哪[几些个]?|几月几[号日]|星期几|几分钟|几[点号日月岁时]?|多长时间|多[久长大高远]"
    r"|多少(?:钱|小时|分钟|公里|天|年|个?月|[套张份户所处](?!门))?|百分之几|是否|能否|可否|有没有|能不能|可不可以|是不是|会不会|要不要|吗(?=\W*$)"
    r"|\b(?:what|which|who|whom|whose|when|where|why|how (?:much|many|long|often)|how)\b"
)
_HAN_DIGITS = "[〇零一二三四五六七八九]{4}"
TIME = re.compile(rf"[到在于从自]?(?:\d{{4}}|{_HAN_DIGITS})年(?:\d+月(?:\d+日)?)?[底末初前内后]?")

# What is asked of things: alone, these words are about nothing.
_ASPECTS = any_of(
    "电话 热线 专线 手机 传真 邮箱 信箱 网址 地址 地点 位置 场所 时间 日期 期限 期间 时限 费用 价格 票价 租金 押金 学费 "
    "规费 金额 额度 上限 下限 标准 比例 数量 名额 人数 年限 条件 资格 要求 材料 文件 证件 资料 手续 程序 流程 步骤 方式 方法 "
    "办法 对象 范围 内容 重点 目标 目的 原因 理由 依据 部门 单位 机关 机构 窗口 人 负责人 联系人 联络人 发言人 主持人 召集人 组长 "
    "作者 主任 主席 学历 年龄 罚款 罚则 处罚 期 钱 阶段 情况 类型 种类 名称 结果 "
    "phone telephone number address deadline date cost price fee email contact place venue time budget"
)
_OF_WHAT = any_of(
    "申请 报名 申报 办理 咨询 联系 联络 举报 监督 投诉 受理 缴纳 开放 截止 举行 最高 补助 补贴 收费 服务 营业 运营 营运 主管 主办 承办 负责"
)
_ASPECT = re.compile(
    rf"(?:{_OF_WHAT}|的)*(?:{_ASPECTS}|[\u4e00-\u9fff]{{1,2}}[费金率额期]|[\u4e00-\u9fff][龄长])+"
)

# Verbs that part what is spoken of from what is asked of it.
_PREDICATES = frozenset(
    "提出 安排 新增 增加 建成 完成 整治 改造 走访 侧重 达到 控制 设在 位于 负责 主管 主持 受理 违反 需要 举行 印发 公布 施行 "
    "开始 截止 结束 提供 给予 拿到 收到 参加 实行 发生 延长 保留 简称 报考 咨询 使用 超过 送到 记住 缴纳 申请 申报 办理 领取 "
    "报名 补领 支持 影响 遗失 逾期 毁损 损坏 丢失 违规 超期 续借 续租 退租 转租 预约 退还 收费 知道 可以 应该 必须 最高 最多 最少 最低 至少 一共 总共 目前 现在 具体 大概 能领 还有 还要 还 再".split()
)
_LIGHT_TAGS = frozenset("p d r c f y ud ul uz e o q t mq".split())
# verbs that names end in: 技術改造補助, 貸款貼息
NOMINAL = frozenset("上限 下限 补助 补贴 贴息 资助 奖励 登记 调整 认定 培训".split())
_EVENTS = frozenset("面试 考试 演练 停水 停电".split())
# what ends compounds, whatever jieba takes it for: 借閱證, 租賃站, 事務所
TAILS = frozenset("型类级式种所站证率费金馆局处科院校厂场者员人部组线路网券卡户区县市省村镇")
_NOT = frozenset("未 已 非 不".split())  # 未絕育的犬貓
_MARKS = frozenset("《》“”·")  # that stand in names
_PLACE_WORDS = frozenset("市 县 区 省 镇 村 全市 本市 全省".split())
_NOUNS = ("n", "j", "eng", "l", "i", "s", "x", "k")
# 臨澤市要有: cut as 市要 otherwise
_WILL = re.compile("要(?=[有建达收交多办])")
_GENITIVE = re.compile(r"(?<=[a-z])[\"']s\b")  # apostrophes fold to quotation marks
_AUXILIARY = re.compile(r"\b(?:do|does|did)\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, in its own words.

    ``core`` is the place in the question of the thing itself, without the city before it.
    """

    text: str
    core: Place


def seen(text: str) -> str:
    """The text as the rules see it, folded and of the same length."""
    return fold(text).replace("甚么", "什么")


def is_aspect(words: str) -> bool:
    """Whether folded words only name what may be asked of anything (電話, 報名時間)."""
    return words not in _PREDICATES and bool(_ASPECT.fullmatch(words.replace(" ", "")))


def opens_predicate(folded: str) -> bool:
    """Whether what comes is said or asked of something, and is not its name."""
    if ASKING.match(folded):
        return True
    word = next((word for word, *_ in tagged(folded)), "")
    return word in _PREDICATES or word in STOP_WORDS - {"的"} or word.startswith("最")


def is_noun(token: Token) -> bool:
    """Whether a noun phrase may end in the word; jieba takes some verbs for names."""
    word, tag, _ = token
    noun = tag.startswith(_NOUNS) or tag == "vn" or word in _EVENTS
    return noun and word not in _PREDICATES and word[0].isalnum()


@lru_cache(maxsize=256)
def topic(question: str) -> Topic | None:
    """What a question is about; None where it names nothing, as 是什麼時候的 does.

    A city before the thing itself belongs to it: 南屏市到2027年要建成幾家概念驗證中心 is about
    南屏市概念驗證中心.
    """
    folded = seen(question)
    found = segments(folded)
    place = next((s for s in found if _is_place(s)), None)
    things = [s for s in found if not _is_place(s)]
    thing = _chosen(folded, things)
    if thing is None:
        return _as_topic(question, None, place) if place else None
    before = place if place and place[0][2] < thing[0][2] else None
    return _as_topic(question, before, _without_what_is_asked(folded, thing))


def _as_topic(question: str, place: list[Token] | None, thing: list[Token]) -> Topic:
    city = question[slice(*span(place))] if place else ""
    return Topic(f"{city}{question[slice(*span(thing))]}", _core(thing))


def _core(thing: list[Token]) -> Place:
    """Without the city that it opens with."""
    start, end = span(thing)
    for word, tag, at in thing:
        if not (tag == "ns" and len(word) > 1) and word not in _PLACE_WORDS:
            return (start if word in ("的", "之") else at), end
    return start, end


def _chosen(folded: str, things: list[list[Token]]) -> list[Token] | None:
    """The first that has a noun, in English the last; verbs only where nothing else is said."""
    named = [s for s in things if any(map(is_noun, s))]
    weighty = [s for s in named if len("".join(word for word, *_ in s)) > 1] or named
    if weighty and not any(map(is_han, folded)):
        last = weighty[-1]
        at_the_end = folded[span(last)[1] :].strip(" ?.") == ""
        verb_last = len(last) > 1 and at_the_end and _AUXILIARY.search(folded)
        return last[:-1] if verb_last else last
    return next(iter(weighty or things), None)


def _without_what_is_asked(folded: str, thing: list[Token]) -> list[Token]:
    """應用領跑計劃的重點 → 應用領跑計劃, where it goes on with 是什麼 or the like."""
    at = max((i for i, (word, *_) in enumerate(thing) if word == "的"), default=0)
    last = folded[slice(*span(thing[at + 1 :]))] if at else ""
    asked = re.match(r"是(?:谁|多少|什么(?!时)|几号|哪[个些])", folded[span(thing)[1] :])
    owner = thing[:at]
    if at and is_noun(owner[-1]) and not _is_place(owner) and (asked or is_aspect(last)):
        return owner
    return thing


def span(tokens: list[Token]) -> Place:
    """From the first token's beginning to the last one's end."""
    return tokens[0][2], tokens[-1][2] + len(tokens[-1][0])


def segments(folded: str) -> list[list[Token]]:
    """Runs of words that name something, in order, without those that are mere aspects."""
    masked = folded
    for nothing in (ASKING, TIME, _WILL):
        masked = nothing.sub(_blank, masked)
    masked = _GENITIVE.sub("  ", masked)
    trimmed = (_trimmed(run) for run in _runs(list(tagged(masked))))
    return [s for s in trimmed if s and not is_aspect(folded[slice(*span(s))])]


def _blank(match: re.Match[str]) -> str:
    return "，" * len(match.group())


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], ("", "x", 0)], strict=False):
        if token[0].isspace() and run:
            continue
        if _breaks(token, after, run):
            if run:
                yield run
            run = []
        else:
            run.append(token)
    if run:
        yield run


def _breaks(token: Token, after: Token, run: list[Token]) -> bool:
    """Whether a word is no part of a name: function words, question words, predicates."""
    word, tag, _ = token
    if word in ("的", "之") or word in TAILS:
        return not run
    if word in _PREDICATES:
        return after[0] != "的" and after[0] not in TAILS
    if word == "计划" and _is_place(run) and after[0] not in ("的", "是"):
        return True  # 臨澤市計劃建成
    if word in _NOT:
        return False
    if word in STOP_WORDS or word.startswith(("每", "这", "那")) or not word[0].isalnum():
        return word not in _MARKS
    name = tag == "t" and word in ("夜", "未来")
    return (tag in _LIGHT_TAGS and not name) or (tag == "v" and len(word) == 1)


def _trimmed(run: list[Token]) -> list[Token]:
    """Without what a name does not end in; a run of verbs alone keeps the first."""
    kept = list(run)
    while kept and not (is_noun(kept[-1]) or kept[-1][0] in TAILS | NOMINAL | _MARKS):
        kept.pop()
    if kept:
        return kept
    verbs = [t for t in run if t[1].startswith("v") and len(t[0]) > 1]
    return verbs[:1]


def _is_place(segment: list[Token]) -> bool:
    return all(tag == "ns" or word in _PLACE_WORDS for word, tag, _ in segment)
