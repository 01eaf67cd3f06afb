"""A long article cut into pieces that can be read by themselves: at its paragraphs and items."""

from __future__ import annotations

from wenju.corpus.sentences import split_long, trim
from wenju.corpus.statutes.parts import parts_of

# What a cut before a part costs; one inside a part counts apart, for it is only made where it must be.
_COSTS = {"paragraph": 0, "item": 1, "subitem": 2}
_FIRST = 4  # away from the words that announce the list
_LINE = 3  # a line that is no part by itself, as rows of tables are
_INNER = 5

Atom = tuple[int, int, int]
"""Start, end, and what a cut before it costs."""


def pieces(text: str, start: int, article: int, end: int, limit: int) -> list[tuple[int, int]]:
    """Cut ``text[start:end]`` into pieces of at most ``limit`` characters.

    ``article`` is where the article begins, with its number; headings may stand before it. Cuts inside
    a paragraph, item or sub-item are as few as may be, then the pieces, then cuts inside a list, and
    pieces are as equally long as that allows. All but white space is covered. Linear in the length.
    """
    if end - start <= limit:
        return [(start, end)] if start < end else []
    atoms = _atoms(text, start, article, end, limit)
    best: list[tuple[int, int, int, int, int]] = [(0, 0, 0, 0, 0)]
    for i, (_, stop, _) in enumerate(atoms):
        ways = []
        for j in range(i, -1, -1):
            first, _, cost = atoms[j]
            length = stop - first
            if length > limit:
                break
            inner, count, costs, squares, _ = best[j]
            cut = cost if j else 0
            ways.append((inner + (cut == _INNER), count + 1, costs + cut, squares + length**2, j))
        best.append(min(ways))
    found = []
    i = len(atoms)
    while i:
        j = best[i][-1]
        found.append((atoms[j][0], atoms[i - 1][1]))
        i = j
    return found[::-1]


def _atoms(text: str, start: int, article: int, end: int, limit: int) -> list[Atom]:
    """The smallest pieces: parts without what is in them, and lines, sentences where those are too long."""
    costs = _costs(text, article, end)
    places = sorted(costs)
    first = article if article - start < limit // 2 else start
    atoms: list[Atom] = []
    for a, b in zip([first, *places], [*places, end], strict=True):
        # the headings go with the beginning of the article, which has to leave room for them
        room = limit - (first - start) if a == first else limit
        for k, (p, q) in enumerate(split_long(text, *trim(text, a, b), room)):
            atoms.append((p, q, _INNER if k else costs.get(a, _INNER)))
    return [(start, *atoms[0][1:]), *atoms[1:]]


def _costs(text: str, article: int, end: int) -> dict[int, int]:
    """Where an article may be cut, and what that costs."""
    body = text[article:end]
    costs = {
        article + at + 1: _LINE
        for at, char in enumerate(body)
        if char == "\n" and at + 1 < len(body)
    }
    parts = parts_of(body)
    for i, part in enumerate(parts):
        announced = i > 0 and part.kind != "paragraph" and part.kind != parts[i - 1].kind
        first = announced and parts[i - 1].end > part.start
        if i:  # the number of an article stays with its first paragraph
            costs[article + part.start] = _FIRST if first else _COSTS[part.kind]
    number = parts[0].start if parts else 0
    return {at: cost for at, cost in costs.items() if at > article + number}
