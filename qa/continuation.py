"""Numbered lists that run over several passages: a passage's end is not the list's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wenju.corpus.document import Passage
from wenju.corpus.layout import Item
from wenju.qa.compose import Span
from wenju.qa.passage import view_of

_MOST = 8  # passages that a list is followed into, either way
_EDGES = " ,，、；;。:：\n"

PassagesOf = Callable[[str], Sequence[Passage]]
"""A document's passages, in order, by its id."""


def continued(span: Span, passages_of: PassagesOf) -> tuple[list[Span], list[Span]]:
    """The items of a span's list in the passages right before it, and in those right behind.

    Spans of these passages in the document's order, none where the list is whole. A list goes on
    where the numbers do, under marks of one style, from the last characters of a passage to the
    first of the next.
    """
    own = [item for item in items_of(span.hit.passage) if item.place in span.parts]
    if len(own) < len(span.parts) or not own:
        return [], []
    text = span.hit.passage.text
    before = text[: own[0].mark.start].strip() == "" and own[0].mark.number > 1
    behind = text[own[-1].end :].strip(_EDGES) == ""
    if not (before or behind):
        return [], []
    passages = list(passages_of(span.hit.passage.document_id))
    at = next((i for i, p in enumerate(passages) if p.id == span.hit.passage.id), len(passages))
    above = _follow(span, passages[:at][::-1], own[0], -1) if before else []
    return above[::-1], _follow(span, passages[at + 1 :], own[-1], 1) if behind else []


def items_of(passage: Passage) -> list[Item]:
    """The numbered items of a passage, a single one too, each once and in order."""
    layout = view_of(passage).layout
    found = {item.mark: item for block in layout.blocks for item in block.items}
    for line in layout.lines:
        if line.mark and line.mark not in found:
            start, end = line.body
            end = start + max(1, len(passage.text[start:end].rstrip(_EDGES)))
            found[line.mark] = Item(line.mark, start, end)
    numbered = (item for item in found.values() if item.mark.number)
    return sorted(numbered, key=lambda item: item.mark.start)


def _follow(span: Span, passages: Sequence[Passage], last: Item, step: int) -> list[Span]:
    """Spans of the passages that go on with the numbers, upwards or downwards."""
    found = []
    for passage in passages[:_MOST]:
        run = _run(passage, last, step)
        if not run:
            break
        hit = replace(span.hit, passage=passage)
        places = tuple(item.place for item in run)
        found.append(Span(hit, run[0].mark.start, run[-1].end, span.score, places))
        last = run[0] if step < 0 else run[-1]
        whole = passage.text[: last.mark.start] if step < 0 else passage.text[last.end :]
        if whole.strip(_EDGES):
            break
    return found


def _run(passage: Passage, last: Item, step: int) -> list[Item]:
    """The items at a passage's beginning, or at its end, that are numbered on from the last."""
    items = [item for item in items_of(passage) if item.mark.style == last.mark.style]
    if not items:
        return []
    text = passage.text
    between = text[: items[0].mark.start] if step > 0 else text[items[-1].end :]
    if between.strip(_EDGES):
        return []
    run: list[Item] = []
    for item in items[::step]:
        if item.mark.number != (run[-1] if run else last).mark.number + step:
            break
        run.append(item)
    return run[::step]
