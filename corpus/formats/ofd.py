"""OFD (GB/T 33190), the national standard for fixed pages: read like the pages of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from posixpath import dirname, join, normpath
from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.archive import Archive
from wenju.corpus.formats.pdf.furniture import without_furniture
from wenju.corpus.formats.pdf.glyphs import Box, Glyph, Page, Ruling, is_straight
from wenju.corpus.formats.pdf.reading import regions_of, written
from wenju.corpus.formats.records import squeeze
from wenju.corpus.inventory import Inventory

_POINTS = 72 / 25.4  # in a millimetre
_STROKE = re.compile(r"([MLSBQAC])([^MLSBQAC]*)")
_LEAST = 2  # numbers of a point


def read_ofd(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source with its pages, in reading order; raises ReadError, also where there is no text."""
    archive = Archive(data, name, ".ofd")
    root = archive.main("OFD.xml")
    pages = [
        page
        for document in root.iter("{*}DocRoot")
        for page in _pages(archive, (document.text or "").strip().lstrip("/"))
    ]
    text, starts, tables = written(without_furniture([regions_of(page) for page in pages]))
    if not text.strip():
        raise ReadError(
            f"{name} has no text, it seems to be scanned; run OCR on it and add the result.",
            why="image",
        )
    title = next((e.text or "" for e in root.iter("{*}Title")), "").strip()
    title = title if squeeze(title) in squeeze(text[:2000]) else ""
    source = Source(
        *(name, origin, text, title),
        pages=starts,
        regions=tables,
        inventory=Inventory(len(pages), images=sum(page.images for page in pages)),
    )
    return [source], archive.problems


def _pages(archive: Archive, document: str) -> Iterator[Page]:
    """The pages of a document, each with what its templates print on it."""
    root, base = archive.main(document), dirname(document)
    templates = {
        e.get("ID", ""): normpath(join(base, e.get("BaseLoc", "")))
        for e in root.iter("{*}TemplatePage")
    }
    for place in root.iterfind("{*}Pages/{*}Page"):
        page = archive.xml(normpath(join(base, place.get("BaseLoc", ""))))
        if page is None:
            continue
        parts = [
            archive.xml(templates.get(e.get("TemplateID", ""), ""))
            for e in page.iter("{*}Template")
        ]
        trees = [tree for tree in (*parts, page) if tree is not None]
        glyphs = [
            glyph
            for tree in trees
            for text in tree.iter("{*}TextObject")
            for glyph in _glyphs(text)
        ]
        rulings = [
            r for tree in trees for path in tree.iter("{*}PathObject") for r in _rulings(path)
        ]
        images = sum(1 for tree in trees for _ in tree.iter("{*}ImageObject"))
        yield Page(glyphs, [], rulings, images)


def _glyphs(text: Any) -> Iterator[Glyph]:  # noqa: ANN401 - lxml's trees have no types
    """The characters of a text object, each where it stands."""
    left, top, *_ = _numbers(text.get("Boundary", "")) or [0.0, 0.0]
    matrix = _numbers(text.get("CTM", "")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    size = float(text.get("Size", "0") or 0)
    for code in text.iter("{*}TextCode"):
        said = code.text or ""
        x, y = float(code.get("X", "0") or 0), float(code.get("Y", "0") or 0)
        across = _steps(code.get("DeltaX", ""), len(said), x)
        down = _steps(code.get("DeltaY", ""), len(said), y)
        for character, a, b in zip(said, across, down, strict=False):
            if character.isspace():
                continue
            px = matrix[0] * a + matrix[2] * b + matrix[4] + left
            py = matrix[1] * a + matrix[3] * b + matrix[5] + top
            high = size * abs(matrix[3] or 1)
            wide = high if ord(character) > 0x2E7F else high / 2  # noqa: PLR2004 - ideographs begin
            box = (px, py - 0.85 * high, px + wide, py + 0.15 * high)
            yield Glyph(
                character,
                *_points(box),
                base=py * _POINTS,
                size=high * _POINTS,
                spaced=False,
            )


def _points(box: Box) -> Box:
    left, top, right, bottom = (n * _POINTS for n in box)
    return left, top, right, bottom


def _steps(deltas: str, count: int, start: float) -> list[float]:
    """Where each character begins; ``g 3 2.5`` stands for three steps of 2.5."""
    steps: list[float] = []
    parts = deltas.split()
    while parts:
        head = parts.pop(0)
        if head == "g" and len(parts) >= _LEAST:
            repeated, step = int(parts.pop(0)), float(parts.pop(0))
            steps += [step] * min(repeated, count)
        else:
            steps.append(float(head))
    steps += [steps[-1] if steps else 0.0] * (count - 1 - len(steps))
    return list(accumulate(steps[: max(0, count - 1)], initial=start))


def _rulings(path: Any) -> Iterator[Ruling]:  # noqa: ANN401
    """The straight level and upright strokes of a path."""
    left, top, *_ = _numbers(path.get("Boundary", "")) or [0.0, 0.0]
    data = next((e.text or "" for e in path.iter("{*}AbbreviatedData")), "")
    last = begun = (0.0, 0.0)
    for kind, rest in _STROKE.findall(data):
        numbers = _numbers(rest)
        if kind == "C":
            point = begun
        elif len(numbers) < _LEAST:
            continue
        else:
            point = (numbers[-2], numbers[-1])
        if kind in "LC":
            xs, ys = sorted((last[0], point[0])), sorted((last[1], point[1]))
            box = _points((xs[0] + left, ys[0] + top, xs[1] + left, ys[1] + top))
            if is_straight(box):
                yield Ruling(*box)
        begun = point if kind in "MS" else begun
        last = point


def _numbers(text: str) -> list[float]:
    try:
        return [float(n) for n in text.split()]
    except ValueError:
        return []
