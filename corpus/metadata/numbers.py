"""The number that its issuer gave a document: 府教字第1130012345號, 国办发〔2024〕12号, 主席令第8号."""

from __future__ import annotations

import re

from wenju.corpus.lexicon import phrase
from wenju.corpus.metadata.acts import Event
from wenju.corpus.metadata.facts import Fact, Line, Parts
from wenju.corpus.script import fold

_KINDS = ("number_tw", "number_cn", "number_decree")
_BRACKETS = "()[]【】 "
_BLANKS = re.compile(r"\s+")
_LEAST_BODY = 3  # characters of the name of a body that stands before a number


def number_of(parts: Parts, events: list[Event]) -> Fact | None:
    """The number behind a label, on a line of its own, behind a letterhead, or in the act that issued it.

    A number that a sentence names may be another document's.
    """
    return _labelled(parts) or _alone(parts) or _beside(parts) or _of_act(parts, events)


def is_number(line: str) -> bool:
    """Whether a line is a document's number and nothing else."""
    plain = fold(line).strip(_BRACKETS)
    found = _number(plain, 0, opens=True)
    return found is not None and found.end == len(plain)


def _labelled(parts: Parts) -> Fact | None:
    label = re.compile(rf"(?:^|(?<=[\s,;|(])){_label_pattern()}\s*[:\s]\s*")
    for line in (*parts.head, *parts.foot):
        for match in label.finditer(line.folded):
            if found := _number(line.folded[match.end() :], line.start + match.end(), opens=True):
                return found
    return None


def _label_pattern() -> str:
    return "(?:" + phrase("label_number", "metadata").pattern + ")"


def _alone(parts: Parts) -> Fact | None:
    for line in parts.head:
        begins = len(line.folded) - len(line.folded.lstrip(_BRACKETS + "#*"))
        words = line.folded[begins:].rstrip(_BRACKETS + "*")
        found = _number(words, line.start + begins, opens=True)
        if found and found.end == line.start + begins + len(words):
            return found
    return None


def _beside(parts: Parts) -> Fact | None:
    """The number in the line of a letterhead, behind it: 北川市城市管理局文件　北川城管〔2024〕57号."""
    for line in parts.head:
        words = line.folded.rstrip(_BRACKETS)
        for blank in _BLANKS.finditer(words):
            heads = phrase("letterhead", "metadata").match(words[: blank.start()])
            found = _number(words[blank.end() :], line.start + blank.end(), opens=True)
            if heads and found and found.end == line.start + len(words):
                return found
    return None


def _of_act(parts: Parts, events: list[Event]) -> Fact | None:
    """The number in the words of the last act that made it public."""
    for event in reversed(events):
        at = event.day.end
        line = Line(parts.folded[at : at + len(event.words)], at)
        if event.stage == "issues" and (found := _number(line.folded, at, opens=False)):
            return found
    return None


def _number(words: str, at: int, *, opens: bool) -> Fact | None:
    """The first number in the words, or at their beginning, without the name of its issuer."""
    for kind in _KINDS:
        pattern = phrase(kind, "metadata")
        match = pattern.match(words) if opens else pattern.search(words)
        if not match:
            continue
        start, end = match.span("number")
        if kind == "number_tw":
            start += _body(match["number"].partition("字第")[0])
        start += len(words[start:end]) - len(words[start:end].lstrip())
        return Fact(words[start:end], at + start, at + end)
    return None


def _body(words: str) -> int:
    """How much of what stands before 字第 is the name of a body: 海濱市政府 of 海濱市政府海府交字."""
    ends = [match.end() for match in phrase("number_body", "metadata").finditer(words)]
    # in 行政院院臺 the second 院 is of the number
    single = [end for end in ends if words[end - 1] != words[end - 2 : end - 1] or end < 2]
    return max((end for end in single if end >= _LEAST_BODY or words[:end] in ("总统",)), default=0)
