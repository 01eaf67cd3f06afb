"""Of which of several names a place in a passage is told: by its table, its sentence, what is above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from wenju.corpus.layout import Line
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold
from wenju.qa.names import Place
from wenju.qa.passage import PassageView

_phrase = partial(phrase, of="parts")


def owners(view: PassageView, place: Place, names: Sequence[str]) -> frozenset[str]:
    """The folded names that a place is told of; none where it is not told of any.

    In a table those that stand at the head of its row or column; in running text those named last
    before it, in its sentence or else above it; otherwise those in the title and the headings.
    """
    if found := _in_table(view, place, names):
        return found
    sentence = next((s for s in view.sentences if s[0] <= place[0] < s[1]), place)
    line = view.layout.line_at(place[0])
    within = (max(sentence[0], line.start), sentence[1])
    piece = _piece(view.folded, place, within)
    for start, end in (within, (0, within[1])):
        groups = [*_groups(view.folded, start, end, names)]
        beside = [g for g in groups if g[0] < piece[1] and piece[0] < g[1]]
        near = [g for g in beside or groups if g[0] <= place[0]]
        if near or beside:
            return near[-1][2] if near else beside[0][2]
    above = fold("\n".join((view.head, *view.passage.headings)))
    return frozenset(name for name in names if name in above)


def _piece(folded: str, place: Place, within: Place) -> Place:
    """The piece of a sentence, between marks of any kind, that a place stands in."""
    marks = [m.start() for m in _phrase("piece_end").finditer(folded, *within)]
    before = [at + 1 for at in marks if at < place[0]]
    behind = [at for at in marks if at >= place[1]]
    return max([within[0], *before]), min([within[1], *behind])


def segments(folded: str, place: Place, names: Sequence[str], name: str) -> Iterator[Place]:
    """Where in a sentence something is told of a name: from it to where another one is named."""
    groups = [*_groups(folded, *place, names)]
    for at, (start, _, held) in enumerate(groups):
        if name in held:
            yield start, groups[at + 1][0] if at + 1 < len(groups) else place[1]


def row_at(view: PassageView, place: Place) -> tuple[Line, int] | None:
    """The row of a table that a place stands in, and the number of its cell."""
    line = view.layout.line_at(place[0])
    if not line.cells:
        return None
    at = next((i for i, (a, b) in enumerate(line.cells) if a <= place[0] < max(b, a + 1)), -1)
    return (line, at) if at > 0 else None


def column(line: Line, at: int) -> str:
    """The folded name of a cell's column, empty where it has none."""
    return fold(line.columns[at]) if at < len(line.columns) else ""


def row_head(view: PassageView, line: Line) -> str:
    """What a row is about, folded: its first cell."""
    return view.folded[slice(*line.cells[0])] if line.cells else ""


def _in_table(view: PassageView, place: Place, names: Sequence[str]) -> frozenset[str]:
    row = row_at(view, place)
    if row is None:
        return frozenset()
    heads = (column(*row), row_head(view, row[0]))
    return frozenset(name for name in names if any(name in head for head in heads))


def _groups(
    folded: str, start: int, end: int, names: Sequence[str]
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Names in a place of a folded text, in order, each with its place; those named as one together."""
    found = sorted(
        (m.start(), m.end(), name)
        for name in names
        for m in re.finditer(re.escape(name), folded[start:end])
    )
    open_at, reach, held = -1, -1, frozenset[str]()
    for at, stop, name in found:
        if held and _phrase("named_apart").search(folded[start + reach : start + at]):
            yield start + open_at, start + reach, held
            held = frozenset()
        if not held:
            open_at = at
        held, reach = held | {name}, stop
    if held:
        yield start + open_at, start + reach, held
