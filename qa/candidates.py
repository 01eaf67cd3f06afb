"""Spans that could be the answer, by kind of question. Works on folded text; places fit the real."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from index.terms import load_jieba
from qa import patterns
from qa.question import Question

Place = tuple[int, int]

_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,7})+")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?:[ -](?:[A-Z]\.|de|van|von|[A-Z][a-z]+))+")
_TITLE = (
    r"(?:主任|局长|市长|县长|区长|省长|书记|处长|科长|院长|校长|会长|主席|总理|部长|厅长|司长|发言人|经理|董事长|秘书长|"
    r"组长|教授|专员|科员|股长|里长|技士|技正|委员|主持人|先生|女士|小姐)"
)
_TITLED = re.compile(
    rf"{_TITLE}[:：]?\s*([\u4e00-\u9fff]{{2,3}})(?![\u4e00-\u9fff]{{0,2}}(?:局|处|科))"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单娄鲍柯温简施康纪葛伍詹游翁庄童洪梅倪"
)
_BEFORE_TITLE = re.compile(rf"([{''.join(sorted(_SURNAMES))}][\u4e00-\u9fff]{{1,2}}){_TITLE}")
_AFTER_NAME = frozenset("主出说强表指要在就将向对代作介致和与及等率到前带参发宣回答任为是")
_SAME_MEASURE = {
    m: group for group in ("名人位", "项条款种类", "家所间", "次届期", "户套", "岁") for m in group
}
_UNIT = re.compile(r"\s*(?:分钟|小时|天|年|月|日|周|元|%|倍|万|亿|平方|公里|米|吨|岁|[a-z])")
_HOW_MANY = re.compile(r"how many (?:more |other )?([a-z]{3,})")
_ANY_MEASURE = frozenset("个")
_GENERIC_BODY = re.compile(
    r"[由指为是向经与和及]*(?:主管|有关|相关|各|本|该|上级|同级|所在|受理|承办|主办)*(?:机关|部门|单位|机构|组织|政府|公司|委员会)"
)
_NAMED_AFTER = re.compile(
    r"(?:叫做|名为|称为|简称|又称|俗称|命名为|题为|称之为)(?:是|为)?([^，,。；;：:、\s]{2,30})"
)
_TYPED = {
    "amount": (patterns.AMOUNT,),
    "percentage": (patterns.PERCENTAGE,),
    "date": (patterns.DATE,),
    "time": (patterns.TIME,),
    "duration": (patterns.DURATION,),
    "contact": (patterns.CONTACT,),
}
PATTERNED_KINDS = frozenset({*_TYPED, "count"})
TYPED_KINDS = PATTERNED_KINDS | {"person", "body", "place", "name"}


def candidates(question: Question, folded: str, real: str) -> list[Place]:
    """Places in a statement that fit the question's kind, in order, none of them empty.

    ``real`` is the statement as it stands, ``folded`` its folded form, of the same length. What
    the question says itself is no answer to it and is left out.
    """
    if question.kind in _TYPED:
        found = _matches(folded, *_TYPED[question.kind])
    else:
        found = _FINDERS.get(question.kind, _none)(question, folded, real)
    places = sorted({_tidy(folded, start, end) for start, end in found})
    return [(s, e) for s, e in places if s < e and folded[s:e] not in question.folded]


def _tidy(folded: str, start: int, end: int) -> Place:
    while start < end and folded[start] in " ,，、":
        start += 1
    while end > start and folded[end - 1] in " ,，、.":
        end -= 1
    return start, end


def _matches(folded: str, *wanted: re.Pattern[str]) -> Iterator[Place]:
    return (m.span() for pattern in wanted for m in pattern.finditer(folded))


def _none(question: Question, folded: str, real: str) -> Iterator[Place]:
    return iter(())


def _counts(question: Question, folded: str, real: str) -> Iterator[Place]:
    """Numbers with the measure word asked for; any number where none is asked for or it is 個."""
    if thing := _HOW_MANY.search(question.folded):
        counted = rf"{patterns.NUMBER.pattern}(?= (?:[a-z-]+ ){{0,2}}{thing.group(1)[:-1]})"
        return (m.span() for m in re.finditer(counted, folded))
    found = [
        p
        for p in _matches(folded, patterns.COUNT)
        if not patterns.DATE.fullmatch(folded[p[0] : p[1]])
    ]
    if question.measure:
        same = _SAME_MEASURE.get(question.measure, question.measure)
        fitting = [p for p in found if any(m in folded[p[0] : p[1]] for m in same)]
        if fitting or question.measure not in _ANY_MEASURE:
            return iter(fitting)
    if not question.measure:
        # 不能超過多少, 占多少: what is counted is not said, so any quantity will do
        found += _matches(folded, patterns.AMOUNT, patterns.PERCENTAGE)
    if found:
        return iter(found)
    dates = list(_matches(folded, patterns.DATE, patterns.CONTACT))
    numbers = (p for p in _matches(folded, patterns.NUMBER) if not _UNIT.match(folded, p[1]))
    return (p for p in numbers if not any(a <= p[0] < b for a, b in dates))


def _people(question: Question, folded: str, real: str) -> Iterator[Place]:
    yield from _matches(folded, _FOREIGN_NAME)
    yield from _matches(real, _LATIN_NAME)
    named = [
        (start, start + len(word))
        for word, flag, start in tagged(folded)
        if flag.startswith("nr") and len(word) >= 2 and (len(word) > 2 or word[0] in _SURNAMES)
    ]
    yield from named
    yield from (m.span(1) for m in _BEFORE_TITLE.finditer(folded))
    for match in _TITLED.finditer(folded):
        start, end = match.span(1)
        if match.group(1)[0] in _SURNAMES and not any(a < end and start < b for a, b in named):
            yield start, end - (end - start > 2 and folded[end - 1] in _AFTER_NAME)


def _bodies(question: Question, folded: str, real: str) -> Iterator[Place]:
    found = _noun_runs(folded, patterns.BODY_SUFFIX, "nt")
    return (p for p in found if not _GENERIC_BODY.fullmatch(folded[p[0] : p[1]]))


def _places(question: Question, folded: str, real: str) -> Iterator[Place]:
    return _noun_runs(folded, patterns.PLACE_SUFFIX, "ns")


def _noun_runs(folded: str, suffix: re.Pattern[str], flag: str) -> Iterator[Place]:
    """Runs of nouns, names and numbers that end like the thing asked for."""
    start, end, fits = 0, 0, False
    for word, tag, at in [*tagged(folded), ("", "x", len(folded))]:
        if tag[:1] in "nmjbqfalS" and at == end and end > start or tag[:1] in "nj" and at != end:
            if at != end:
                start = at
            end = at + len(word)
            if tag.startswith(flag) or (len(word) >= 1 and suffix.search(folded[start:end])):
                fits = True
                last = end
            continue
        if fits:
            yield start, last
        start, end, fits = at, at, False
        if tag[:1] in "nj":
            end = at + len(word)
            fits = bool(tag.startswith(flag) or suffix.search(word))
            last = end


def _names(question: Question, folded: str, real: str) -> Iterator[Place]:
    yield from _matches(folded, patterns.QUOTED)
    yield from (m.span(1) for m in _NAMED_AFTER.finditer(folded))


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


_FINDERS: dict[str, Callable[[Question, str, str], Iterator[Place]]] = {
    "count": _counts,
    "person": _people,
    "body": _bodies,
    "place": _places,
    "name": _names,
}
