"""Lists: items that number themselves on, nested ones too, and what announces them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wenju.corpus.layout.drafts import Draft
from wenju.corpus.layout.headings import BARE_LEVEL
from wenju.corpus.layout.lines import Block, Item, Mark, Place, Role
from wenju.corpus.layout.marks import WEAK
from wenju.corpus.lexicon import any_word
from wenju.corpus.sentences import trim

_EDGE_BEFORE, _EDGE_BEHIND = " ,，、；;：:\n\u3000-", " ,，、；;。：:\n\u3000"
_SENTENCE_END = re.compile("。")
_LAST_SENTENCE = re.compile("[。;!?]")
_LEAD = re.compile(any_word("leads"))
_SPOKEN = frozenset({"一是", "一要", "第一,"})


@dataclass(slots=True)
class _Entry:
    """A mark, the number of its line, and whether it opens the line."""

    mark: Mark
    line: int
    own: bool
    end: int = 0


@dataclass(slots=True)
class _Open:
    """A list while its items are being found; ``inner`` are lists inside its last item."""

    style: str
    entries: list[_Entry] = field(default_factory=list)


def lists_of(drafts: Sequence[Draft], section_ends: dict[int, int]) -> list[Block]:
    """The lists of a text; ``section_ends`` says for lines that are headings where theirs end.

    A list has two items or more, or one that is announced.
    """
    found = _grouped(drafts, section_ends)
    return [block for entries in found if (block := _block(drafts, entries))]


def weak_marks(drafts: Sequence[Draft]) -> set[Mark]:
    """Marks of weak styles that have no other beside them: they are none."""
    single: set[Mark] = set()
    for entries in _grouped(drafts, {}):
        if len(entries) == 1 and entries[0].mark.style in WEAK:
            single.add(entries[0].mark)
    return single


def _grouped(drafts: Sequence[Draft], section_ends: dict[int, int]) -> list[list[_Entry]]:
    """The items of each list, in order, each with its end."""
    stack: list[_Open] = []
    done: list[list[_Entry]] = []
    for number, draft in enumerate(drafts):
        if _closes(draft):
            stack.clear()
        stops: list[int] = []
        if draft.marks:
            stops = [m.end() for m in _SENTENCE_END.finditer(draft.view, draft.start, draft.end)]
        for mark in draft.marks:
            own = mark.end <= draft.body[0]
            entry = _Entry(mark, number, own)
            entry.end = _own_end(draft, entry, section_ends, stops)
            _place(stack, entry, done, drafts)
            for outer in stack[:-1]:
                # what an item holds belongs to it
                outer.entries[-1].end = max(outer.entries[-1].end, entry.end)
    for entries in done:
        for entry, after in zip(entries, entries[1:], strict=False):
            entry.end = after.mark.start
    return done


def _place(
    stack: list[_Open], entry: _Entry, done: list[list[_Entry]], drafts: Sequence[Draft]
) -> None:
    """Put an item into the open list that it goes on, or open one for it, inside the others."""
    style = entry.mark.style
    at = next((i for i, known in enumerate(stack) if known.style == style), None)
    if at is not None:
        last = stack[at].entries[-1]
        if _goes_on(last, entry, drafts):
            del stack[at + 1 :]
            stack[at].entries.append(entry)
            return
        del stack[at:]
    stack.append(_Open(style, [entry]))
    done.append(stack[-1].entries)


def _goes_on(last: _Entry, entry: _Entry, drafts: Sequence[Draft]) -> bool:
    if entry.mark.style != "·":
        return entry.mark.number == last.mark.number + 1
    between = drafts[last.line + 1 : entry.line]
    return all(d.role == Role.BLANK or d.mark for d in between)


def _closes(draft: Draft) -> bool:
    """Whether no list runs on over a line: a chapter, an article, a question."""
    return draft.level is not None and draft.level < BARE_LEVEL and draft.mark is None


def _own_end(
    draft: Draft, entry: _Entry, section_ends: dict[int, int], stops: Sequence[int]
) -> int:
    """Where the last item of a list ends: with its section, its line, or its sentence.

    ``stops`` are where the sentences of the line end.
    """
    if entry.own and draft.level is not None:
        return section_ends.get(entry.line, draft.end)
    if entry.own:
        return draft.end
    at = bisect_right(stops, entry.mark.end)
    return stops[at] if at < len(stops) else draft.end


def _block(drafts: Sequence[Draft], entries: list[_Entry]) -> Block | None:
    text = drafts[0].text
    lead = _lead(drafts, entries[0])
    items = tuple(_items(text, entries))
    if not items or (len(items) < 2 and not lead):
        return None
    start = lead[0] if lead else items[0].mark.start
    return Block("list", start, items[-1].end, lead=lead, items=items)


def _items(text: str, entries: Sequence[_Entry]) -> Iterator[Item]:
    for entry in entries:
        start, end = entry.mark.end, max(entry.end, entry.mark.end)
        while start < end and text[start] in _EDGE_BEFORE:
            start += 1
        while end > start and text[end - 1] in _EDGE_BEHIND:
            end -= 1
        if start < end:
            yield Item(entry.mark, start, end)


def _lead(drafts: Sequence[Draft], first: _Entry) -> Place | None:
    """What announces a list: the sentence before it, or the heading right above it."""
    if first.mark.number > 1:
        return None
    draft = drafts[first.line]
    if not first.own:
        done = bisect_right(draft.marks, first.mark.start, key=lambda mark: mark.end)
        start = draft.marks[done - 1].end if done else 0
        return _announcing(draft, max(start, draft.body[0]), first)
    above = (drafts[i] for i in range(first.line - 1, -1, -1))
    before = next((d for d in above if d.role != Role.BLANK), None)
    if draft.article:  # 第三條　一、…
        return None
    if before is None or before.cells:
        return None
    if before.role in (Role.HEADING, Role.QUESTION):
        return trim(before.text, before.start, before.end)
    return _announcing(before, before.body[0], first)


def _announcing(draft: Draft, start: int, first: _Entry) -> Place | None:
    """The last sentence of a line before a list, where it announces one."""
    start, end = trim(draft.text, start, min(draft.end, max(first.mark.start, start)))
    stops = [m.end() for m in _LAST_SENTENCE.finditer(draft.view, start, max(start, end - 1))]
    start, end = trim(draft.text, stops[-1] if stops else start, end)
    if start == end:
        return None
    said = draft.view[start:end]
    announces = (
        said.endswith(":") or _LEAD.search(said) or (not first.own and first.mark.style in _SPOKEN)
    )
    return (start, end) if announces else None
