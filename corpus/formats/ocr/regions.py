"""Where recognised text stands in what was written of its page, and how sure each piece of it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from wenju.corpus.document import SURE, Region
from wenju.corpus.formats.pdf.flow import Placed
from wenju.corpus.formats.pdf.lines import Piece

Scanned = tuple[Sequence[Placed], Sequence[Sequence[Piece]]]
"""The lines as they were written of a page, and the pieces that were recognised on it."""


def ocr_regions(pages: Sequence[Scanned]) -> tuple[Region, ...]:
    """The recognised pieces of a text, sorted and disjoint: lines, cut where characters are unsure."""
    found: list[Region] = []
    for lines, rows in pages:
        pieces = [piece for row in rows for piece in row]
        for line in lines:
            sure = line.line.certainties if line.line else _of_row(line.text, pieces)
            found += _cut(line.start, sure)
    # a hyphen that ended a line was dropped when the next one was written
    return tuple(
        replace(region, end=min(region.end, after.start)) for region, after in pairwise(found)
    ) + tuple(found[-1:])


def _cut(start: int, certainties: Sequence[float]) -> Iterator[Region]:
    """A line as one region, or as several where characters of it are unsure."""
    at = start
    for _, group in groupby(certainties, key=lambda c: c >= SURE):
        run = list(group)
        yield Region(at, at + len(run), "ocr", round(sum(run) / len(run), 3))
        at += len(run)


def _of_row(text: str, pieces: Sequence[Piece]) -> list[float]:
    """How sure the characters of a table's row are: those of the pieces that it holds, the least sure.

    Cells stand behind the names of their columns, and a text may stand in several places: then all of
    them are as unsure as one of them is.
    """
    sure = [1.0] * len(text)
    held = [piece for piece in pieces if piece.text in text]
    for piece in held:
        at = text.find(piece.text)
        while at >= 0:
            for i, certainty in enumerate(piece.certainties, at):
                sure[i] = min(sure[i], certainty)
            at = text.find(piece.text, at + 1)
    return sure if held else [_least(pieces)] * len(text)


def _least(pieces: Sequence[Piece]) -> float:
    return min((c for piece in pieces for c in piece.certainties), default=0.0)
