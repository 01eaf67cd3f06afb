"""The part of an earlier question that a new word stands for: 任務型 for 生態型, 2030年 for 2027年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wenju.corpus.alternation import any_of
from wenju.corpus.script import is_han
from wenju.index.terms import STOP_WORDS
from wenju.qa.conversation.topics import ASKING, TAILS, Token, is_aspect, is_noun, span
from wenju.qa.names import Place, tagged

_NUMBER = r"(?:\d+(?:\.\d+)?|[〇零一二三四五六七八九十百千万两]+)"
_SPANS = any_of("分钟 小时 天 日 周 个月 个工作日 工作日 年")
_BEFORE = any_of("前 逾 超过 满 未满 第 不满 夜 近")
_COUNTED = re.compile(
    rf"(?P<before>{_BEFORE}?)(?P<number>{_NUMBER})(?:(?P<span>{_SPANS})|(?P<unit>[\u4e00-\u9fff]))"
)
_CALENDAR_YEAR = re.compile(r"(?:\d{4}|[〇零一二三四五六七八九]{4})年")
_LONGEST = 7  # words of a part
_PER_CHARACTER = 0.25  # what a part loses for each character that it is longer or shorter
_ALIKE = ("ns", "nr", "nt", "t")  # what stands for one another whatever its ending: cities, people
_PEOPLE = tuple("者人员")
_SUMS = tuple("费金款薪")
# no ending of a name
_NO_ENDING = frozenset("的了是有在时后前里内和与呢吗")


@lru_cache(maxsize=256)
def _cut(folded: str) -> tuple[Token, ...]:
    return tuple(tagged(folded))


def parallel(part: str, earlier: str) -> Place | None:
    """The place in an earlier question of what is of the same kind as a part; None where nothing is.

    Both folded. Numbers are alike by their measure, names by how they end, cities and people by
    what they are. What only names something to be asked (電話) stands for other such words; between
    those and names it takes two characters in common.
    """
    if not part:
        return None
    return _same_measure(part, earlier) or _same_ending(part, earlier) or _same_sort(part, earlier)


def _same_measure(part: str, earlier: str) -> Place | None:
    wanted = _COUNTED.search(part)
    if not wanted:
        return None
    for found in _COUNTED.finditer(earlier):
        year = _CALENDAR_YEAR.match(part, wanted.start("number"))
        if bool(year) != bool(_CALENDAR_YEAR.match(earlier, found.start("number"))):
            continue
        spans = wanted["span"] and found["span"] and not year
        if spans or wanted["span"] == found["span"] and wanted["unit"] == found["unit"]:
            # 夜3路 is another line than 3路
            own_lead = wanted.start("number") > 0 or found["before"] == "夜"
            return found.start() if own_lead else found.start("number"), found.end()
    return None


def _same_ending(part: str, earlier: str) -> Place | None:
    best: tuple[float, int, Place] | None = None
    for start, end in _spans(earlier):
        other = earlier[start:end]
        least = 1 if is_aspect(part) == is_aspect(other) else 2
        if _ending(part, other) < least or other == part:
            continue
        if part.endswith(_PEOPLE) and _goes_on(earlier, end):
            continue  # a merchant is asked for in place of a consumer, not of 消費者 in 消費者協會
        alike = _common(part, other) - _PER_CHARACTER * abs(len(part) - len(other))
        if best is None or (alike, -start) > best[:2]:
            best = (alike, -start, (start, end))
    return best[2] if best else None


def _goes_on(earlier: str, end: int) -> bool:
    return any(is_noun(token) for token in _cut(earlier) if token[2] == end)


def sum_in(part: str, earlier: str) -> Place | None:
    """The place of the sum that an earlier question asks of, where the part names one (租金, 工本費)."""
    sums = [t for t in _cut(earlier) if len(t[0]) > 1 and t[0].endswith(_SUMS) and is_noun(t)]
    return span(sums[-1:]) if sums and part.endswith(_SUMS) else None


def _spans(earlier: str) -> Iterator[Place]:
    """Runs of words that end in a noun and reach across no question word."""
    asked = [m.span() for m in ASKING.finditer(earlier)]
    words = _cut(earlier)
    for i in range(len(words)):
        for j in range(i + 1, min(i + _LONGEST * 2, len(words)) + 1):
            word, tag, _ = words[j - 1]
            start, end = span(list(words[i:j]))
            if tag == "x" and not word.isspace() or any(a < end and start < b for a, b in asked):
                break
            if word[0].isalnum() and _opens(words[i][0]):
                yield start, end


def _opens(word: str) -> bool:
    return word[0].isalnum() and word not in STOP_WORDS and word not in TAILS


def _ending(a: str, b: str) -> int:
    """How many characters two names end in alike; in Latin letters whole words count."""
    if not is_han(a[-1]):
        same = a.split()[-1:] == b.split()[-1:] and a.split()[-1].isalpha()
        return len(a.split()[-1]) if same else 0
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return 0 if a[-1] in _NO_ENDING else length


def _common(a: str, b: str) -> int:
    """The length of the longest common subsequence."""
    above = [0] * (len(b) + 1)
    for char in a:
        row = [0]
        for j, other in enumerate(b):
            row.append(above[j] + 1 if char == other else max(above[j + 1], row[j]))
        above = row
    return above[-1]


def _same_sort(part: str, earlier: str) -> Place | None:
    words = _cut(part)
    if len(words) != 1 or not words[0][1].startswith(_ALIKE):
        return None
    same = (span([t]) for t in _cut(earlier) if t[1][:2] == words[0][1][:2] and t[0] != part)
    return next(same, None)


def head_after(earlier: str, place: Place) -> Place | None:
    """The noun that a part belongs to, with a 的 between them: 聯合體 behind 生態型."""
    start = end = place[1]
    nouns = 0
    for word, tag, at in _cut(earlier[place[1] :]):
        if at == 0 and word == "的":
            end += 1
            continue
        noun = is_noun((word, tag, at))
        if not (noun or (nouns == 0 and tag in ("v", "b", "a") and len(word) > 1)):
            break
        if ASKING.match(word):
            break
        nouns += noun
        end = place[1] + at + len(word)
    return (start, end) if nouns else None
