"""What a passage says of one thing where it says the same of another: the cell beside, the like clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wenju.corpus.layout import Line
from wenju.qa.candidates import candidates
from wenju.qa.names import Place
from wenju.qa.parts.attribution import column, row_at, row_head, segments
from wenju.qa.passage import PassageView
from wenju.qa.question import Question


def counterpart(
    view: PassageView, sure: Place, name: str, wanted: str, names: Sequence[str], question: Question
) -> Place | None:
    """Where it is told of the name ``wanted`` what the place ``sure`` tells of ``name``.

    A cell of the same row or column; or the only value, of the kind that the question asks for,
    that follows on the same words. None where there is none or several. Names are folded.
    """
    if row := row_at(view, sure):
        return _cell(view, row[0].start, row[1], (name, wanted))
    words = view.folded[: sure[0]]
    found = sorted(
        (-_shared(words, view.folded[:a]), (a, b))
        for a, b in _values(view, wanted, names, question)
    )
    if not found or not found[0][0]:
        return None
    unique = len(found) == 1 or found[0][0] < found[1][0]
    return found[0][1] if unique and found[0][1] != sure else None


def _cell(view: PassageView, at: int, number: int, names: tuple[str, str]) -> Place | None:
    """The cell beside one that is told of the first name, which is told of the second."""
    name, wanted = names
    own = view.layout.line_at(at)
    if name in column(own, number):
        cells = [c for i, c in enumerate(own.cells) if wanted in column(own, i)]
    elif name in row_head(view, own):
        rows = [line for line in view.layout.lines if line.cells]
        like = [r for r in rows if wanted in row_head(view, r)]
        cells = [cell for r in like if (cell := _below(own, number, r))]
    else:
        cells = []
    cells = [(a, b) for a, b in cells if view.folded[a:b].strip()]
    return cells[0] if len(cells) == 1 else None


def _below(own: Line, number: int, row: Line) -> Place | None:
    """The cell of another row in the column of a cell; rows with names may leave out what is empty."""
    if own.columns and row.columns:
        at = next((i for i in range(len(row.columns)) if column(row, i) == column(own, number)), -1)
        return row.cells[at] if 0 <= at < len(row.cells) else None
    return row.cells[number] if number < len(row.cells) else None


def _values(
    view: PassageView, name: str, names: Sequence[str], question: Question
) -> Iterator[Place]:
    """Values of the kind asked for that are told of a name."""
    text = view.passage.text
    for start, end in view.sentences:
        for low, high in segments(view.folded, (start, end), names, name):
            found = candidates(question, view.folded[low:high], text[low:high])
            yield from ((low + a, low + b) for a, b in found)


def _shared(one: str, other: str) -> int:
    """How many characters two texts end in alike."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return length
