"""Articles: lines that open with the number of one, and which of them only refer to it.

第十二條 opens an article in one line and begins a sentence in another (第十二條所定之…). A line by itself
only gives a hint; what decides is the sequence. Articles ascend one by one, and a reference breaks that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wenju.corpus.layout.numerals import HAN, article_number

N = rf"(?:{HAN}(?:\s?{HAN})*|\d+)"
# 第十九條之一兩宗…: the number ends where no numeral goes on
_PART = r"(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d+)"
_DASH = "[-‐‑−之]"
_NUMBERED = rf"第\s*{N}(?:\s*{_DASH}\s*{N})*\s*条(?:\s*之\s*{_PART})*"
_LATIN = r"(?:article|art\.)\s+\d+[a-z]?(?:[-.]\d+)*|§\s*\d+[a-z]?(?:[-.]\d+)*"
_ARTICLE = re.compile(f"{_NUMBERED}|{_LATIN}")
_BEGINS = "第a§"  # any of its forms
_RANGE = re.compile("[~～〜]")
_JOINS = "以及|或者|[及至暨或与和到]"
# whatever the sequence says, a sentence goes on here: 第十二條、, 第十二條之規定, 第十條及第十一條
_GOES_ON = re.compile(r"\s*(?:[、,;。)”》\]]|[之的]|规定[的之者])")
_INNER = re.compile(rf"第\s*{N}\s*[项款目]|(?:{_JOINS})\s*第\s*{N}\s*[条项款目]")
# a clause that needs something before it, though an article may begin with the same character
CONNECTED = re.compile(
    rf"\s*(?:所(?!有)|{_JOINS}|规定|各[项款]|前[项款段]|后段|但书|有关|第(?!\s*{N}\s*条))"
)

# How much a line says by itself, and how much its place in the sequence. Only their order of
# size matters: one neighbour that fits outweighs a doubtful wording, two outweigh a likely one.
_PARTED, _GLUED, _DOUBTFUL = 2.0, 0.5, -0.5
_STYLE = 1.5  # a glued number among parted ones
_NEXT, _NEAR, _GAP, _RESTART, _DESCENT = 1.0, -0.2, -1.0, -0.5, -1.5
_FIRST = 0.5  # a text that begins with its first article
_NEARBY = 3  # numbers ahead that a few lost or repealed articles explain
_WINDOW = 16  # candidates between two articles that may be references


@dataclass(frozen=True, slots=True)
class Candidate:
    """The number that a line opens with: where it ends, which it is, and how likely it opens an article.

    ``weight`` is above 0 where the line by itself reads like an article; ``glued`` says that its text
    follows the number with nothing between them.
    """

    end: int
    number: tuple[int, ...]
    weight: float
    glued: bool


def candidate_of(text: str, view: str) -> Candidate | None:
    """The article's number that a text opens with; None where the text certainly goes on from it.

    ``view`` is the text as ``seen``.
    """
    if view[:1] not in _BEGINS:
        return None
    found = _ARTICLE.match(view)
    if not found or _RANGE.search(text, 0, found.end()):
        return None
    end, after = found.end(), view[found.end() :]
    number = numbers_of(text[:end])
    if view[0] != "第":
        opens = not after or after[0] in ".:(-" or _is_latin_start(text[end:])
        return Candidate(end, number, _PARTED, glued=False) if opens and number else None
    glued = after[:1].isalnum()
    if not number or _GOES_ON.match(after) or (glued and _INNER.match(after)):
        return None
    doubtful = bool(CONNECTED.match(after))
    if glued:
        return Candidate(end, number, _GLUED + 3 * _DOUBTFUL * doubtful, glued=True)
    return Candidate(end, number, _DOUBTFUL if doubtful else _PARTED, glued=False)


def article_end(text: str, view: str) -> int:
    """Where the number that a text opens with ends, one of an article that is known to be one; or 0."""
    found = _ARTICLE.match(view)
    return found.end() if found else 0


@lru_cache(maxsize=10_000)
def numbers_of(article: str) -> tuple[int, ...]:
    """An article's number, however it is written: ``(12, 1)`` for 第十二條之一 and 第 12-1 條."""
    found = article_number("".join(article.split()))
    return tuple(int(n) for n in found.split("-")) if found else ()


def opening(candidates: Sequence[Candidate]) -> list[bool]:
    """Which of a text's candidates, in its order, open an article.

    The likeliest chain of articles (the method of Viterbi): each counts what it says by itself, each
    step from one to the next how well the numbers follow. Linear in the number of candidates.
    """
    weights = _weights(candidates)
    best: list[tuple[float, int]] = []  # of a chain that ends here, and the link before it
    top = -1
    for i, candidate in enumerate(candidates):
        score, link = (_FIRST if candidate.number == (1,) else 0.0), -1
        if top >= 0 and best[top][0] + _DESCENT > score:
            score, link = best[top][0] + _DESCENT, top
        for j in range(i - 1, max(-1, i - 1 - _WINDOW), -1):
            if best[top][0] + _NEXT <= score:
                break  # no link is better, however well it fits
            way = best[j][0] + _step(candidates[j].number, candidate.number)
            if way > score:
                score, link = way, j
        best.append((score + weights[i], link))
        top = i if top < 0 or best[i][0] >= best[top][0] else top
    chosen = [False] * len(candidates)
    at = top if top >= 0 and best[top][0] > 0 else -1
    while at >= 0:
        chosen[at] = True
        at = best[at][1]
    return chosen


def _weights(candidates: Sequence[Candidate]) -> list[float]:
    """What each says by itself, a text's own way of writing articles considered."""
    sure = [c.glued for c in candidates if c.weight > 0]
    parted = sure.count(False) > sure.count(True)
    return [c.weight - _STYLE * (c.glued and parted) for c in candidates]


def _step(last: tuple[int, ...], own: tuple[int, ...]) -> float:
    """How well an article's number follows another: best 13 or 12-1 after 12."""
    if own <= last:
        return _RESTART if own == (1,) != last else _DESCENT
    if own[:-1] == last[: len(own) - 1] and own[-1] == (*last, 0)[len(own) - 1] + 1:
        return _NEXT
    return _NEAR if own[0] - last[0] <= _NEARBY else _GAP


def _is_latin_start(after: str) -> bool:
    """Whether a sentence or title follows: Article 12 of the Act goes on in lower case."""
    rest = after.lstrip()
    return after != rest and (not rest or not rest[0].islower())
