"""Sentence spans: where a text may be cut without breaking a statement."""

from __future__ import annotations

import re

# A sentence ends with its closing quotes and brackets; a Latin full stop ends one only before a
# space, so that 3.5, U.S. law numbers and addresses stay whole.
_END = re.compile(r"(?:[。！？!?…]+|\.(?=\s))[”’」』）)\"'》】]*|\n+")
_CLAUSE = re.compile(r"[，,、：:；;]|\s")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of ``text``, without surrounding space, in order.

    They are disjoint, and every character outside them is white space.
    """
    spans, at = [], 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        start, stop = trim(text, at, end)
        if start < stop:
            spans.append((start, stop))
        at = max(at, end)
    return spans


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split_long(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into pieces of at most ``limit`` characters.

    Sentence ends are preferred, then the last comma or space; a run with neither is cut at the
    limit. Pieces are about equally long, cover everything but white space and keep their order.
    """
    length = end - start
    if length <= limit:
        return [(start, end)] if length > 0 else []
    target = length / -(-length // limit)
    pieces, piece = [], None
    for a, b in _atoms(text, start, end, limit):
        if piece is None:
            piece = (a, b)
        elif b - piece[0] > limit or (piece[1] - piece[0] >= target * 0.8):
            pieces.append(piece)
            piece = (a, b)
        else:
            piece = (piece[0], b)
    return [*pieces, piece] if piece else pieces


def _atoms(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Sentences, and the parts of sentences longer than the limit."""
    atoms = []
    for a, b in sentence_spans(text[start:end]):
        a, b = a + start, b + start
        while b - a > limit:
            cuts = [m.end() for m in _CLAUSE.finditer(text, a + limit // 2, a + limit)]
            cut = cuts[-1] if cuts else a + limit
            atoms.append(trim(text, a, cut))
            a = trim(text, cut, b)[0]
        atoms.append((a, b))
    return [(a, b) for a, b in atoms if a < b]
