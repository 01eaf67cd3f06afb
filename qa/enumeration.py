"""Enumerations: the slice of a text that lists things, and its items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.values import to_number
from wenju.qa.names import Place

# A、B、C, with whatever stands around it in its clause
_CLAUSE = r"[^，,。；;：:！？!?\n]*"
_LISTED = re.compile(rf"{_CLAUSE}、{_CLAUSE}")
# A, B and C
_LATIN_ITEM = r"[a-z][a-z' -]*"
_LATIN_LISTED = re.compile(rf"{_LATIN_ITEM}(?:, {_LATIN_ITEM})+,? (?:and|or) {_LATIN_ITEM}")
_LATIN_BREAK = re.compile(r",? (?:and|or) |, ")
_LATIN_INTRODUCTION = re.compile(
    r".*\b(?:include|includes|including|are|is|covers?|for|such as|of|to|with|from|by|in)\b"
)
_MAX_ITEM = 60
_phrase = partial(phrase, of="lists")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """``text[start:end]`` lists ``items``; ``tally`` is the number the text itself states, or 0."""

    start: int
    end: int
    items: tuple[Place, ...]
    tally: int

    def moved(self, by: int) -> Enumeration:
        """The same, so many characters further on."""
        items = tuple((a + by, b + by) for a, b in self.items)
        return Enumeration(self.start + by, self.end + by, items, self.tally)

    def fit(self, number: int) -> float:
        """1 where the text itself states the number asked for, ¼ where only the items add up."""
        if number < 1:
            return 0.0
        return (
            1.0 if self.tally == number else 0.25 * (not self.tally and len(self.items) == number)
        )


def enumerations(folded: str) -> list[Enumeration]:
    """Every enumeration in a folded sentence: quoted runs, items parted by 、 or by commas and and."""
    found = [
        _make(folded, [i.span() for i in _phrase("quoted_item").finditer(folded, *run.span())])
        for run in _phrase("quoted_run").finditer(folded)
    ]
    covered = [(e.start, e.end) for e in found]
    for run in _LISTED.finditer(folded):
        if not any(a < run.end() and run.start() < b for a, b in covered):
            items = _split(folded, *run.span())
            if len(items) >= 2 and not _phrase("tells").match(folded, *items[0]):
                found.append(_make(folded, items))
    return found + [_latin(folded, *run.span()) for run in _LATIN_LISTED.finditer(folded)]


def _latin(folded: str, start: int, end: int) -> Enumeration:
    """Items parted by commas and a last and; what introduces the first is cut off."""
    cuts = [m.span() for m in _LATIN_BREAK.finditer(folded[start:end])]
    edges = [0, *(edge for cut in cuts for edge in cut), end - start]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    items = [_strip(folded, start + a, start + b) for a, b in pieces]
    introduction = _LATIN_INTRODUCTION.match(folded, *items[0])
    if introduction:
        items[0] = _strip(folded, introduction.end(), items[0][1])
    return _make(folded, [(a, b) for a, b in items if a < b])


def _make(folded: str, items: list[Place]) -> Enumeration:
    tally = _phrase("tally").match(folded[items[-1][1] : items[-1][1] + 12])
    stated = to_number(tally.group(1)) if tally else 0
    if 1 < stated < len(items):
        # 目標一致、…高效的生態型、任務型、平臺型三類: the tally counts only the last three
        items = items[-stated:]
        attribute = folded.rfind("的", items[0][0], items[0][1] - 1)
        items[0] = (max(items[0][0], attribute + 1), items[0][1])
    return Enumeration(items[0][0], items[-1][1], tuple(items), stated)


def _split(folded: str, start: int, end: int) -> list[Place]:
    """Items of a run parted by 、; what introduces the list and what follows 等 is cut off."""
    introduction = _phrase("introduction").match(folded[start : folded.index("、", start)])
    start += introduction.end() if introduction else 0
    pieces, at = [], start
    for stop in [*(m.start() for m in re.finditer("、", folded[:end]) if m.start() >= start), end]:
        pieces.append(_strip(folded, at, stop))
        at = stop + 1
    longest = max((b - a for a, b in pieces[:-1]), default=0)
    pieces[-1:] = _last(folded, *pieces[-1], longest)
    pieces = [(a, b) for a, b in pieces if 0 < b - a <= _MAX_ITEM]
    return _without_verb(folded, pieces) if pieces else []


def _last(folded: str, start: int, end: int, longest: int) -> list[Place]:
    """The last item: cut before 等, its tally or what all do together, and parted at 以及 or 及.

    Where it is far longer than the others, what begins with 的 no longer belongs to the list.
    """
    for name in ("tail", "together"):
        if tail := _phrase(name).search(folded, start + 1, end):
            end = tail.start()
            break
    attribute = folded.find("的", start + 1, end)
    if end - start > 2 * longest and attribute > 0:
        end = attribute
    while end > start + 1 and folded[end - 1] == "的":
        end -= 1
    parted = _phrase("last_break").search(folded, start + 1, end)
    if parted and parted.end() < end:
        return [_strip(folded, start, parted.start()), _strip(folded, parted.end(), end)]
    return [_strip(folded, start, end)]


def _without_verb(folded: str, items: list[Place]) -> list[Place]:
    """Drop a verb that governs the whole list (深化 A、B、C), not one that every item has."""
    first, *others = (folded[a:b] for a, b in items)
    governing = _phrase("governing")
    verb = governing.match(first)
    if verb and verb.end() < len(first) and not any(map(governing.match, others)):
        items[0] = (items[0][0] + verb.end(), items[0][1])
    return items


def _strip(folded: str, start: int, end: int) -> Place:
    while start < end and folded[start] in " ,，、；;：:\n-":
        start += 1
    while end > start and folded[end - 1] in " ,，、；;。：:\n":
        end -= 1
    return start, end
