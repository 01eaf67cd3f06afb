"""The characters of a page put together to lines, and lines to pieces with wide gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from wenju.corpus.formats.pdf.glyphs import Glyph
from wenju.corpus.formats.raised import raised

_LEVEL = 0.15  # of the size: so far apart are the feet of one line's characters at most
_HIGH, _LOW = 0.6, 0.35  # of the size: so far above and below a line are what is raised and lowered
_GAP = 1.0  # of the size: a wider gap parts two pieces
_SPACE = 0.22  # of the size: a wider gap is a space between letters of words
_MIXED = 0.35  # of the size: and so is one between an ideograph and a letter or digit
_RAISED, _SMALL = 0.15, 0.9  # of the line's size: how high and how small a note's mark is
_CLOSED = "，。、；："  # set with space of their own behind them


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together on a line, with its box in points, downwards, and its size.

    ``certainties`` has a number from 0 to 1 for each character of text that was recognised in an image,
    none for text that stands in the file.
    ``glyphs`` are the characters that it was put together from, in its order.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    certainties: tuple[float, ...] = ()
    glyphs: tuple[Glyph, ...] = ()


def pieces_of(glyphs: Sequence[Glyph], gap: float = _GAP) -> list[list[Piece]]:
    """The lines of a page from above to below, each as its pieces from left to right.

    A gap that is wider than ``gap`` times the size parts two pieces.
    """
    return [pieces for line in _lines(glyphs) if (pieces := _parted(line, gap))]


def joined(pieces: Sequence[Piece]) -> Piece:
    """Pieces of one line as one, with a space at each gap; there must be one."""
    first, last = pieces[0], pieces[-1]
    certainties = [c for p in pieces for c in (*p.certainties, 1.0)][:-1]
    return Piece(
        " ".join(p.text for p in pieces),
        first.left,
        min(p.top for p in pieces),
        last.right,
        max(p.bottom for p in pieces),
        max(p.size for p in pieces),
        tuple(certainties) if all(p.certainties for p in pieces) else (),
        tuple(glyph for p in pieces for glyph in p.glyphs),
    )


def _lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The characters that stand on one line, from left to right, with what is raised above it."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if lines and glyph.base - lines[-1][-1].base <= _LEVEL * glyph.size:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    found: list[list[Glyph]] = []
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else []
        if below and _is_raised(line, below):
            below.extend(line)
        elif found and _is_lowered(line, found[-1]):
            found[-1].extend(line)
        else:
            found.append(line)
    return [sorted(line, key=lambda g: g.left) for line in found]


def _is_raised(line: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    """Whether a line is made of small characters that stand raised in the one below."""
    size = max(g.size for g in below)
    near = below[0].base - line[0].base <= _HIGH * size
    return near and all(g.size <= _SMALL * size for g in line)


def _is_lowered(line: Sequence[Glyph], above: Sequence[Glyph]) -> bool:
    """Whether it is made of small characters that hang in the line above, as in H₂O."""
    size = max(g.size for g in above)
    near = line[0].base - max(g.base for g in above) <= _LOW * size
    return near and all(g.size <= _SMALL * size for g in line)


def _parted(line: Sequence[Glyph], gap: float) -> list[Piece]:
    """A line cut at its wide gaps."""
    size = median(sorted(g.size for g in line)[len(line) // 2 :])
    floor = median(g.base for g in line if g.size > _SMALL * size)
    spread = _is_spread(line, size)
    runs: list[list[Glyph]] = []
    for glyph in line:
        if runs and not _parts(runs[-1][-1], glyph, size, gap, spread=spread):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [
        Piece(
            text,
            run[0].left,
            min(g.top for g in run),
            run[-1].right,
            max(g.bottom for g in run),
            size,
            glyphs=tuple(run),
        )
        for run in runs
        if (text := _text(run, size, floor))
    ]


def _is_spread(line: Sequence[Glyph], size: float) -> bool:
    """Whether a line's ideographs stand apart from each other, as titles are set."""
    gaps = sorted(b.left - a.right for a, b in pairwise(line) if a.wide and b.wide)
    return bool(gaps) and gaps[len(gaps) // 4] > _SPACE * size


def _parts(before: Glyph, glyph: Glyph, size: float, gap: float, *, spread: bool) -> bool:
    """Whether two pieces are parted: by a wide gap, or by one between ideographs that else have none."""
    close = before.wide and glyph.wide and not spread and before.text not in _CLOSED
    return glyph.left - before.right > (_SPACE if close else gap) * size


def _is_apart(before: Glyph, glyph: Glyph, size: float) -> bool:
    """Whether there is a space between two characters that stand together on a line.

    Between ideographs there is none, and beside one programs leave a little room that nobody wrote.
    """
    gap = (glyph.left - before.right) / size
    if before.wide and glyph.wide:
        return False
    if before.wide and glyph.text.isalnum() or glyph.wide and before.text.isalnum():
        return glyph.typed or gap > _MIXED
    return glyph.spaced or gap > _SPACE


def _text(run: Sequence[Glyph], size: float, floor: float) -> str:
    """The characters with spaces where letters stand apart, and marks of notes in brackets."""
    text, mark = "", ""
    for before, glyph in zip([None, *run[:-1]], run, strict=True):
        if glyph.size <= _SMALL * size and floor - glyph.base >= _RAISED * size:
            mark += glyph.text
            continue
        text, mark = text + raised(text, mark), ""
        if before and _is_apart(before, glyph, size):
            text += " "
        text += glyph.text
    return (text + raised(text, mark)).strip()
