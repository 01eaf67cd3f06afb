"""The part of an earlier question that a new word stands for: 任務型 for 生態型, 2030年 for 2027年."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from wenju.corpus.lexicon import group, phrase
from wenju.corpus.script import is_han
from wenju.index.terms import STOP_WORDS
from wenju.qa.conversation.topics import Token, asking, is_aspect, is_noun, span
from wenju.qa.names import Place, tagged

_phrase = partial(phrase, of="follow_ups")
_LONGEST = 7  # words of a part
_PER_CHARACTER = 0.25  # what a part loses for each character that it is longer or shorter
_ALIKE = ("ns", "nr", "nt", "t")  # what stands for one another whatever its ending: cities, people


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
    wanted = _phrase("counted").search(part)
    if not wanted:
        return None
    for found in _phrase("counted").finditer(earlier):
        calendar_year = _phrase("calendar_year")
        year = calendar_year.match(part, wanted.start("number"))
        if bool(year) != bool(calendar_year.match(earlier, found.start("number"))):
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
        if part.endswith((*group("people_ending"),)) and _goes_on(earlier, end):
            continue  # a merchant is asked for in place of a consumer, not of 消費者 in 消費者協會
        alike = _common(part, other) - _PER_CHARACTER * abs(len(part) - len(other))
        if best is None or (alike, -start) > best[:2]:
            best = (alike, -start, (start, end))
    return best[2] if best else None


def _goes_on(earlier: str, end: int) -> bool:
    return any(is_noun(token) for token in _cut(earlier) if token[2] == end)


def sum_in(part: str, earlier: str) -> Place | None:
    """The place of the sum that an earlier question asks of, where the part names one (租金, 工本費)."""
    ends = (*group("sum_ending"),)
    sums = [t for t in _cut(earlier) if len(t[0]) > 1 and t[0].endswith(ends) and is_noun(t)]
    return span(sums[-1:]) if sums and part.endswith(ends) else None


def _spans(earlier: str) -> Iterator[Place]:
    """Runs of words that end in a noun and reach across no question word."""
    asked = [m.span() for m in asking().finditer(earlier)]
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
    return word[0].isalnum() and word not in STOP_WORDS and word not in group("compound_ending")


def _ending(a: str, b: str) -> int:
    """How many characters two names end in alike; in Latin letters whole words count."""
    if not is_han(a[-1]):
        same = a.split()[-1:] == b.split()[-1:] and a.split()[-1].isalpha()
        return len(a.split()[-1]) if same else 0
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return 0 if a[-1] in group("no_ending") else length


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
        if asking().match(word):
            break
        nouns += noun
        end = place[1] + at + len(word)
    return (start, end) if nouns else None
