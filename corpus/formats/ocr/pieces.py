"""Recognised lines as the pieces of a page: set straight, cut at wide gaps, level ones put together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from wenju.corpus.formats.ocr.engine import Line
from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.records import is_wide

_SURE = 0.5  # a line of which less is sure is none, but a picture or a stamp
_SIZE = 10.0  # of the usual characters of a page, in the units that its layout counts in
_STEEPEST = math.radians(10)  # so far a page is set straight
_LONG = 3.0  # times higher than wide: lines that tell how the page lies
_FEW, _MANY = 3, 8  # pairs of ideographs that tell how large they are, and that tell it exactly
_CLOSEST, _WIDER = 0.6, 1.6  # of what else tells the size: how far apart ideographs stand
_OF_BOX = (
    0.82  # of the height of a line's box: what its characters are high where nothing else tells
)
_ALIKE = 1.1  # times: sizes that differ by less are one
_ROUGHLY = (1.4, 1.2)  # times: by so much one that is not exact may be too large, or too small
_LEVEL = 0.35  # of the size: so far apart are the middles of what stands on one line
_GAP = 1.2  # of the size: a wider gap parts two pieces
_SPACE, _MARK_SPACE = 0.5, 0.8  # of the size: wider gaps beside ideographs, and marks, are spaces
_OVERLAP = 0.3  # of the size: pieces of one line reach into each other by less


@dataclass(frozen=True, slots=True)
class _Set:
    """A line of a page that was set straight: its middle's height, its box and its characters' size."""

    line: Line
    left: float
    right: float
    middle: float
    size: float
    exact: bool


def lines_of(lines: Sequence[Line]) -> tuple[list[list[Piece]], int]:
    """The lines of a page from above to below, each as its pieces from left to right.

    Also how many were left out because too little of them is sure.
    """
    kept = [line for line in lines if line.certainty >= _SURE]
    if not kept:
        return [], len(lines)
    placed = _sized(_straight(kept))
    unit = _SIZE / median([one.size for one in placed for _ in one.line.text])
    pieces = [piece for one in placed for piece in _pieces(one, unit)]
    return _rows(pieces), len(lines) - len(kept)


def _straight(lines: Sequence[Line]) -> list[_Set]:
    """The lines turned so that most of them are level."""
    angle = _angle(lines)
    cos, sin = math.cos(angle), math.sin(angle)
    found = []
    for line in lines:
        corners = [(x * cos + y * sin, y * cos - x * sin) for x, y in line.corners]
        left = (corners[0][0] + corners[3][0]) / 2
        right = (corners[1][0] + corners[2][0]) / 2
        middle = sum(y for _, y in corners) / 4
        height = math.dist(line.corners[0], line.corners[3])
        found.append(_Set(line, left, right, middle, *_size(line, right - left, height)))
    return found


def _angle(lines: Sequence[Line]) -> float:
    """How far the page is turned, in radians, clockwise: what most of the length of its lines says."""
    slopes = []
    for line in lines:
        (ax, ay), (bx, by), _, (dx, dy) = line.corners
        width, height = math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)
        if width >= _LONG * height:
            slopes.append((math.atan2(by - ay, bx - ax), width))
    half = sum(width for _, width in slopes) / 2
    for slope, width in sorted(slopes):
        half -= width
        if half <= 0:
            return slope if abs(slope) <= _STEEPEST else 0.0
    return 0.0


def _size(line: Line, width: float, height: float) -> tuple[float, bool]:
    """How large the characters are, and whether that is exact.

    It is how far apart ideographs stand that follow each other; else what the box's height tells.
    """
    letters = line.text.replace(" ", "")
    steps = [
        (line.places[i + 1] - line.places[i]) * width
        for i in range(len(letters) - 1)
        if letters[i].isalnum() and is_wide(letters[i]) and is_wide(letters[i + 1])
    ]
    high = _OF_BOX * height
    if len(steps) < _FEW:
        return high, False
    # the engine tells places in steps of a fifth of a character, so only their mean is exact
    usual = [step for step in steps if step < _WIDER * median(steps)]
    mean = sum(usual) / len(usual)
    # letters of a title may stand apart from each other
    return (
        (mean, len(steps) >= _MANY) if _CLOSEST * high <= mean <= _WIDER * high else (high, False)
    )


def _sized(lines: Sequence[_Set]) -> list[_Set]:
    """Sizes that differ by little as one; those that are not exact as a common one near to them."""
    groups: list[list[_Set]] = []
    for one in sorted((one for one in lines if one.exact), key=lambda one: one.size):
        if groups and one.size <= _ALIKE * groups[-1][0].size:
            groups[-1].append(one)
        else:
            groups.append([one])
    groups.sort(key=lambda group: -sum(len(one.line.text) for one in group))
    known = [median([one.size for one in group for _ in one.line.text]) for group in groups]
    return [replace(one, size=_common(one, known)) for one in lines]


def _common(one: _Set, known: Sequence[float]) -> float:
    """The commonest size that is not far off; boxes of short lines are rather too high than too low."""
    low, high = (_ALIKE, _ALIKE) if one.exact else _ROUGHLY
    return next((size for size in known if one.size / low <= size <= one.size * high), one.size)


def _pieces(one: _Set, unit: float) -> Iterator[Piece]:
    """A line cut at its wide gaps."""
    text = ""
    sure: list[float] = []
    begun = last = 0.0
    before, spaced, at = "", False, 0
    for character, certainty in zip(one.line.text, one.line.certainties, strict=True):
        if character == " ":
            spaced = True
            continue
        middle = one.left + one.line.places[at] * (one.right - one.left)
        half = one.size * (0.5 if is_wide(character) else 0.25)
        at += 1
        gap = middle - half - last
        if before and gap > _GAP * one.size:
            yield _piece(one, unit, text, sure, begun, last)
            text, sure, before = "", [], ""
        if not before:
            begun = middle - half
        elif _is_space(before, character, gap / one.size, spaced=spaced):
            text, sure = text + " ", [*sure, 1.0]
        text, sure = text + character, [*sure, certainty]
        before, spaced, last = character, False, middle + half
    yield _piece(one, unit, text, sure, begun, last)


def _is_space(before: str, after: str, gap: float, *, spaced: bool) -> bool:
    """Whether there is a space between two characters; beside ideographs the gap alone tells."""
    if not is_wide(before) and not is_wide(after):
        return spaced
    marks = not before.isalnum() or not after.isalnum()
    return gap > (_MARK_SPACE if marks else _SPACE)


def _piece(
    one: _Set, unit: float, text: str, sure: Sequence[float], left: float, right: float
) -> Piece:
    high = one.size / 2
    return Piece(
        text,
        left * unit,
        (one.middle - high) * unit,
        right * unit,
        (one.middle + high) * unit,
        one.size * unit,
        tuple(sure),
    )


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that are level and beside each other as one line, all of the same height."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        row = next((row for row in rows[:-4:-1] if _joins(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_leveled(row) for row in rows]


def _joins(row: Sequence[Piece], piece: Piece) -> bool:
    middle = sum(p.top + p.bottom for p in row) / 2 / len(row)
    near = abs((piece.top + piece.bottom) / 2 - middle) <= _LEVEL * min(piece.size, row[0].size)
    slack = _OVERLAP * piece.size
    return near and all(piece.left >= p.right - slack or piece.right <= p.left + slack for p in row)


def _leveled(row: Sequence[Piece]) -> list[Piece]:
    middle = sum(p.top + p.bottom for p in row) / 2 / len(row)
    return [
        replace(p, top=middle - p.size / 2, bottom=middle + p.size / 2)
        for p in sorted(row, key=lambda p: p.left)
    ]
