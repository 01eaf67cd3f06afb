"""The characters of a page with their places, as PDFium gives them, turned so that text runs to the right."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from wenju.corpus.formats.pdf.images import bare_images
from wenju.corpus.formats.records import is_wide

_QUARTERS, _DOWN = 4, 4
_ANGLE = 0.1  # radians by which characters of one direction may differ
_THIN, _LONG = 3.0, 6.0  # points: at most as thick, at least as long as a ruling is
_HYPHENS = "\x02\ufffe"  # PDFium's signs for a hyphen that ends a line


Box = tuple[float, float, float, float]
"""Left, top, right, bottom; as the file has it left, bottom, right, top, and upwards."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character of a page; places in points, downwards and to the right on the turned page.

    ``base`` is the line that it stands on; ``spaced`` tells that white space is before it, ``typed`` that
    the file has a character for it. ``box`` is its place on the page as the file has it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    spaced: bool
    box: Box = (0.0, 0.0, 0.0, 0.0)
    typed: bool = False

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def wide(self) -> bool:
        """Whether it is an ideograph or another full-width character."""
        return is_wide(self.text)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line of a page, either level or upright: its two ends."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is to be read; ``turned`` are the characters that run in another direction.

    ``images`` is how many pictures without text it has.
    """

    glyphs: list[Glyph]
    turned: list[Glyph]
    rulings: list[Ruling]
    images: int = 0


def page_of(page: Any) -> Page:  # noqa: ANN401 - pypdfium2 is untyped
    """The characters and rulings of a page, turned by the direction that most of its text has."""
    text_page = page.get_textpage()
    found = list(_characters(text_page))
    quarters = [_quarter(c.angle) for c in found]
    way = Counter(q for q in quarters if q is not None).most_common(1)
    most = way[0][0] if way else 0
    down = _runs_down([c for c, q in zip(found, quarters, strict=True) if q == most])
    turn = _turning(_DOWN if down else most)
    glyphs: list[Glyph] = []
    turned: list[Glyph] = []
    for c, quarter in zip(found, quarters, strict=True):
        base = turn((*c.origin, *c.origin))[1]
        glyph = Glyph(c.text, *turn(c.box), base, c.size, c.spaced, c.box, c.typed)
        (glyphs if quarter == most else turned).append(glyph)
    rulings = [Ruling(*turn(box)) for box in _rulings(page)]
    text_page.close()
    return Page(glyphs, turned, rulings, bare_images(page, (c.box for c in found)))


@dataclass(frozen=True, slots=True)
class _Character:
    """As PDFium tells of it: places in points, upwards and to the right; the angle in radians."""

    text: str
    box: Box
    origin: tuple[float, float]
    size: float
    angle: float
    spaced: bool
    typed: bool


def _characters(text_page: Any) -> Iterator[_Character]:  # noqa: ANN401
    """Each character that was drawn, as it was; not those that PDFium thinks of."""
    import ctypes

    import pypdfium2.raw as pdfium

    spaced = typed = False
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        text = chr(code)
        hyphen = text in _HYPHENS
        made = pdfium.FPDFText_IsGenerated(text_page, i) and not hyphen
        if not code or text.isspace() or made:
            spaced, typed = True, typed or not made
            continue
        box = text_page.get_charbox(i, loose=True)
        size = pdfium.FPDFText_GetFontSize(text_page, i)
        height = box[3] - box[1]
        # a size in the units of a scaled text says nothing
        size = size if height / 3 < size < 3 * height else height
        pdfium.FPDFText_GetCharOrigin(text_page, i, x, y)
        angle = pdfium.FPDFText_GetCharAngle(text_page, i)
        told = "-" if hyphen else text
        yield _Character(told, box, (x.value, y.value), size, angle, spaced, typed)
        spaced = typed = False


def _runs_down(characters: Sequence[_Character]) -> bool:
    """Whether ideographs follow each other downwards, as in text that is set upright."""
    steps = [
        (b.origin[0] - a.origin[0], b.origin[1] - a.origin[1], a.size)
        for a, b in pairwise(characters)
        if is_wide(a.text) and is_wide(b.text)
    ]
    down = sum(abs(x) < 0.5 * size and -2 * size < y < -0.5 * size for x, y, size in steps)
    return down > len(steps) / 2


def _quarter(angle: float) -> int | None:
    """How many quarters of a turn an angle is; None for a slope, as of watermarks."""
    turns = angle / (math.pi / 2)
    return round(turns) % _QUARTERS if abs(turns - round(turns)) < _ANGLE else None


def _turning(quarter: int) -> Callable[[Box], Box]:
    """What takes a box of PDF (left, bottom, right, top; upwards) to the turned page (downwards)."""

    def turn(box: Box) -> Box:
        left, bottom, right, top = box
        return {
            0: (left, -top, right, -bottom),
            1: (-top, -right, -bottom, -left),
            2: (-right, bottom, -left, top),
            3: (bottom, left, top, right),
            _DOWN: (-top, -right, -bottom, -left),
        }[quarter]

    return turn


def _rulings(page: Any) -> Iterator[Box]:  # noqa: ANN401
    """The straight lines of a page, as boxes of PDF; a frame gives its four sides."""
    import pypdfium2.raw as pdfium

    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        yield from _sides(shape.get_bounds(), _segments(shape))


def _sides(box: Box, segments: list[Box]) -> Iterator[Box]:
    if is_straight(box):
        yield box
    elif not _is_thin(box):
        for a, b, c, d in segments:
            side = (min(a, c), min(b, d), max(a, c), max(b, d))
            if is_straight(side):
                yield side


def is_straight(box: Box) -> bool:
    """Whether a stroke is level or upright, and long enough for a ruling."""
    return _is_thin(box) and max(box[2] - box[0], box[3] - box[1]) >= _LONG


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def _segments(shape: Any) -> list[Box]:  # noqa: ANN401
    """The straight strokes of a path, from point to point, in the page's coordinates."""
    import ctypes

    import pypdfium2.raw as pdfium

    matrix = shape.get_matrix()
    found, last, begun = [], (0.0, 0.0), (0.0, 0.0)
    for i in range(pdfium.FPDFPath_CountSegments(shape)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found.append((*last, *point))
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append((*last, *begun))
            last = begun
    return found
