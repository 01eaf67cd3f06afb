"""Sentence spans: where a text may be cut without breaking a statement."""

from __future__ import annotations

import re

# A sentence ends with its closing quotes and brackets; a Latin full stop ends one only before a
# space, and not in initials, a few abbreviations and the number that opens a line, so that 3.5,
# J. Smith and 1. Purpose stay whole; nor does the question mark inside a web address.
_END = re.compile(
    # most characters end nothing, which one look tells
    r"(?=[。！？…!?.\n])(?:(?:(?:[。！？…]|(?<![!-~])[!?]|[!?](?![0-9A-Za-z]))+|(?<!^\d)(?<!^\d\d)(?<!\b[A-Z])(?<!\b[DM]r)(?<!\bMrs)(?<!\bNo)(?<!\bSt)\.(?=\s))[”’」』）)\"'》】]*|\n+)",
    re.MULTILINE,
)
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
    limit. Pieces are as few and then as equally long as may be, cover everything but white space
    and keep their order.
    """
    if end - start <= limit:
        return [(start, end)] if start < end else []
    atoms = _atoms(text, start, end, limit)
    # best way to cut all before an atom: number of pieces, sum of squared lengths, last piece
    best = [(0, 0, 0)]
    for i, (_, stop) in enumerate(atoms):
        ways = []
        for j in range(i, -1, -1):
            length = stop - atoms[j][0]
            if length > limit:
                break
            ways.append((best[j][0] + 1, best[j][1] + length * length, j))
        best.append(min(ways))
    return _pieces(atoms, [first for _, _, first in best])


def _pieces(atoms: list[tuple[int, int]], firsts: list[int]) -> list[tuple[int, int]]:
    """Spans of the pieces, where ``firsts[i]`` begins the piece that ends before atom ``i``."""
    pieces = []
    i = len(atoms)
    while i:
        pieces.append((atoms[firsts[i]][0], atoms[i - 1][1]))
        i = firsts[i]
    return pieces[::-1]


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


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of the whole sentences that a place lies in; itself where it lies in none."""
    touched = [(a, b) for a, b in sentence_spans(text) if a < end and start < b]
    if not touched:
        return start, end
    return min(start, touched[0][0]), max(end, touched[-1][1])
