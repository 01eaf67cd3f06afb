"""Sections that answer by their heading: 申請材料 for what papers are needed.

Notices and guides tell such things in a section of their own, whose heading is what is asked and whose body
never says it again: the network, which has learned from running text, sees no answer there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenju.corpus.alternation import any_of
from wenju.corpus.script import fold
from wenju.corpus.sentences import sentence_spans
from wenju.index.hit import Hit
from wenju.index.lexical import head
from wenju.qa.enumeration import numbered_lists
from wenju.qa.matching import share_said, terms_of, total_weight
from wenju.qa.question import Question
from wenju.qa.reader import Span
from wenju.qa.trained.lists import with_mark

CONFIDENCE = 0.5
"""Of such an answer; set, for no training text is laid out like that."""

_SEEN = 6  # hits that are looked at
_SUBJECT = 0.8  # of the question's weight beside the aspect, that the document must say
_LEAST = 4.0  # weight of a subject: 需要 is about nothing
_ALIKE = 0.55  # or the similarity that one of its passages must have: 公租房 is 公共租赁住房
_LONGEST_HEADING, _LONGEST = 20, 240  # characters of a heading, and of a body that is shown whole
_NUMBER = re.compile(r"^[\s第（(]*[一二三四五六七八九十\d]*[)）、.章节条]*\s*")
_DO = any_of("申请 申办 申报 申领 办理 报名 办")
# what is asked for, and what the section is called then
_ASPECTS = tuple(
    (re.compile(asked), re.compile(called))
    for asked, called in (
        ("材料|文件|证件|资料|表件", "材料|文件|证件|应备"),
        (
            rf"流程|程序|步骤|手续|(?:怎么|怎样|如何){_DO}",
            rf"流程|程序|步骤|(?:怎么|怎样|如何){_DO}|{_DO}方式",
        ),
        (
            r"条件|资格|对象|(?:谁|哪些人|什么人|什么样的人)(?:可以|能|才能|有资格)",
            "条件|资格|对象|谁可以|谁能",
        ),
        (
            "(?:开放|营业|服务|开馆|办公|受理)时间|几点(?:开|关)",
            "(?:开放|营业|服务|开馆|办公|受理)时间",
        ),
    )
)


def headed(question: Question, hits: Sequence[Hit]) -> Span | None:
    """The body of the section whose heading is what is asked, of the document that is asked about.

    None where no such section is among the first hits, or the question asks for no aspect of a
    thing that sections are written on.
    """
    asked = _asked(question)
    if asked is None:
        return None
    subject = re.compile(rf"{asked[0].pattern}|{_DO}").sub(" ", question.folded)
    for hit in hits[:_SEEN]:
        title = _heading(hit)
        if asked[1].search(_NUMBER.sub("", title)) and _is_about(subject, hit, hits):
            return _body(hit, fold(hit.passage.text), len(title) + 1)
    return None


def is_on_another(question: Question, hit: Hit) -> bool:
    """Whether a hit is a section on another aspect than is asked for: 申報條件 for how to apply."""
    asked, title = _asked(question), _heading(hit)
    if asked is None or asked[1].search(title):
        return False
    return any(called.search(title) for _, called in _ASPECTS)


def _asked(question: Question) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    return next((a for a in _ASPECTS if a[0].search(question.folded)), None)


def _heading(hit: Hit) -> str:
    """The folded heading of a passage that is a section, empty where it has none of its own."""
    title, _, body = fold(hit.passage.text).partition("\n")
    own = fold(hit.passage.title) != title.strip() and len(title) <= _LONGEST_HEADING
    return title if own and "。" not in title and body.strip() else ""


def _is_about(subject: str, hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether the section's document says what the question is about, or means it."""
    terms = terms_of(subject)
    if total_weight(terms) < _LEAST:
        return False
    if share_said(terms, fold(f"{head(hit.passage)}\n{hit.passage.text}")) >= _SUBJECT:
        return True
    document = hit.passage.document_id
    return any(h.dense_score >= _ALIKE for h in hits if h.passage.document_id == document)


def _body(hit: Hit, folded: str, start: int) -> Span:
    """The section's list with its items; else all of it, or its first sentence where it is long."""
    listed = [e for e in numbered_lists(folded) if e.start >= start]
    if listed:
        first = listed[0]
        place = with_mark(folded, (first.start, first.end))
        return Span(hit, *place, 0.0, tuple(first.items))
    start += len(folded[start:]) - len(folded[start:].lstrip())
    end = len(folded.rstrip())
    if end - start > _LONGEST:
        end = next(b for _, b in sentence_spans(folded) if b > start)
    return Span(hit, start, end, 0.0)
