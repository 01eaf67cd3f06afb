"""Numbered lists that run over several passages: a passage's end is not the list's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wenju.corpus.document import Passage
from wenju.corpus.script import fold
from wenju.qa.enumeration import Part, numbered
from wenju.qa.span import Span

_MOST = 8  # passages that a list is followed into, either way
_EDGES = " ,，、；;。:：\n"

PassagesOf = Callable[[str], Sequence[Passage]]
"""A document's passages, in order, by its id."""


def continued(span: Span, passages_of: PassagesOf) -> tuple[list[Span], list[Span]]:
    """The parts of a span's list in the passages right before it, and in those right behind.

    Spans of these passages in the document's order, none where the list is whole. A list goes on
    where the numbers do, under marks of one style, from the last characters of a passage to the
    first of the next.
    """
    own = [p for p in numbered(fold(span.hit.passage.text)) if (p.start, p.end) in span.parts]
    if len(own) < len(span.parts) or not own:
        return [], []
    text = span.hit.passage.text
    before = text[: own[0].mark].strip() == "" and own[0].number > 1
    behind = text[own[-1].end :].strip(_EDGES) == ""
    if not (before or behind):
        return [], []
    passages = list(passages_of(span.hit.passage.document_id))
    at = next((i for i, p in enumerate(passages) if p.id == span.hit.passage.id), len(passages))
    above = _follow(span, passages[:at][::-1], own[0], -1) if before else []
    return above[::-1], _follow(span, passages[at + 1 :], own[-1], 1) if behind else []


def _follow(span: Span, passages: Sequence[Passage], last: Part, step: int) -> list[Span]:
    """Spans of the passages that go on with the numbers, upwards or downwards."""
    found = []
    for passage in passages[:_MOST]:
        run = _run(passage.text, last, step)
        if not run:
            break
        places = tuple((part.start, part.end) for part in run)
        hit = replace(span.hit, passage=passage)
        found.append(Span(hit, run[0].mark, run[-1].end, span.score, places))
        last = run[0] if step < 0 else run[-1]
        whole = passage.text[: last.mark] if step < 0 else passage.text[last.end :]
        if whole.strip(_EDGES):
            break
    return found


def _run(text: str, last: Part, step: int) -> list[Part]:
    """The parts at a passage's beginning, or at its end, that are numbered on from the last."""
    parts = [p for p in numbered(fold(text)) if p.style == last.style]
    if not parts:
        return []
    between = text[: parts[0].mark] if step > 0 else text[parts[-1].end :]
    if between.strip(_EDGES):
        return []
    run: list[Part] = []
    for part in parts[::step]:
        if part.number != (run[-1] if run else last).number + step:
            break
        run.append(part)
    return run[::step]
