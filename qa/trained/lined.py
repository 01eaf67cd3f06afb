"""Labelled lines that answer: 時間：… for when a meeting was, 出席領導：… for who was there.

Notices say such things in a line of their own, which does not name what it is of: that does the title. The
network, which has learned from running text, is never sure of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wenju.corpus.alternation import any_of
from wenju.corpus.script import fold
from wenju.index.hit import Hit
from wenju.index.lexical import head
from wenju.qa.matching import share_said, terms_of, total_weight
from wenju.qa.names import Place
from wenju.qa.question import Question
from wenju.qa.reader import Span
from wenju.qa.signs import LABELLED

_SUBJECT = 0.8  # of the weight of what is asked about, that the title must say
_LEAST = 4.0  # weight of a subject: 什麼時候開的 is about nothing
# what was held: all that a question may say of it, beside what it is
_HELD = re.compile(any_of("召开 举行 举办 开 办 开始 的 了 是 在 于 这次 本次 时间 地点 日期 现场"))
_ASKS = re.compile(
    "什么时候|什么时间|何时|哪一?天|几点|几号|几月|哪里|哪儿|何处|何地|什么地方|在哪|谁|哪些人|哪几位|有"
)
_EVENT = any_of("会议 活动 举办 召开 举行")
_WHEN = re.compile(rf"{_EVENT}?(?:时间|日期)")
_WHOLE = {"date": _WHEN, "time": _WHEN, "place": re.compile(rf"{_EVENT}?(?:地点|场所|会场)")}
_DID = re.compile(any_of("出席 列席 参加 主持 主讲 记录"))


def lined(question: Question, hits: Sequence[Hit]) -> list[Span]:
    """The values of lines whose label is what is asked, of what their documents are about.

    In the order of the hits, one of each document, none twice; empty where the question asks for
    more than that.
    """
    subject = _HELD.sub(" ", _DID.sub(" ", _ASKS.sub(" ", question.folded)))
    terms = terms_of(subject)
    if total_weight(terms) < _LEAST:
        return []
    found: dict[str, Span] = {}
    for hit in hits:
        title = fold(head(hit.passage) + hit.passage.text.partition("\n")[0])
        if share_said(terms, title) >= _SUBJECT:
            for place in _values(question, fold(hit.passage.text)):
                found.setdefault(hit.passage.document_id, Span(hit, *place, 0.0))
    return list({fold(span.text): span for span in reversed(found.values())}.values())[::-1]


def _values(question: Question, folded: str) -> Iterator[Place]:
    """The values of the lines whose labels are what is asked for."""
    start = 0
    for line in folded.splitlines(keepends=True):
        found = LABELLED.match(line.rstrip())
        if found and found["value"].strip() and _is_asked(question, found["label"].strip()):
            at, end = found.span("value")
            yield start + at, start + end
        start += len(line)


def _is_asked(question: Question, label: str) -> bool:
    did = _DID.search(label)
    if did:
        return question.kind in ("person", "enumeration") and did[0] in question.folded
    return question.kind in _WHOLE and bool(_WHOLE[question.kind].fullmatch(label))
