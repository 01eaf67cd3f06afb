"""Printed pages as a scanner gives them: drawn at 200 dots to the inch, a little turned and noisy."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

PAGES = Path(__file__).with_name("pages.toml")
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
_FACES = {"zh-Hans": 2, "zh-Hant": 3}  # of the font's file
_WIDTH, _HEIGHT = 1654, 2339  # pixels of A4 at 200 dots to the inch
_LEFT, _TOP, _GUTTER = 200, 190, 80
_SIZE, _TITLE, _LINE = 33, 50, 56  # pixels: 12 points, 18 points, from line to line
_NOT_FIRST = "，。、；：！？）」』》】%"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a page, and what the answer must hold."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page: a title, then paragraphs or two columns of them, a table, paragraphs after it."""

    name: str
    script: str
    turn: float
    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def text(self) -> str:
        """The page as it is to be read."""
        rows = table_lines([[Cell(text) for text in row] for row in self.table])
        columns = [paragraph for column in self.columns for paragraph in column]
        return "\n".join([self.title, *self.paragraphs, *columns, *rows, *self.after])


def printed_pages() -> list[Printed]:
    """The pages of ``pages.toml``."""
    found = tomllib.loads(PAGES.read_text(encoding="utf-8"))["pages"]
    return [_page(dict(page)) for page in found]


def _page(page: dict[str, Any]) -> Printed:
    questions = tuple(Question(q["question"], tuple(q["answers"])) for q in page.pop("questions"))
    tuples = {
        key: tuple(tuple(v) if isinstance(v, list) else v for v in value)
        for key, value in page.items()
        if isinstance(value, list)
    }
    return Printed(**(page | tuples), questions=questions)


def drawn(page: Printed, seed: int = 0) -> Image:
    """The page as a scanner gives it."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face = _FACES[page.script]
    font, large = (ImageFont.truetype(str(FONT), s, index=face) for s in (_SIZE, _TITLE))
    image = Image.new("L", (_WIDTH, _HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    draw.text(((_WIDTH - large.getlength(page.title)) / 2, _TOP), page.title, font=large, fill=20)
    y = _TOP + 130
    full = _WIDTH - 2 * _LEFT
    y = _paragraphs(draw, page.paragraphs, font, (_LEFT, y, full))
    narrow = (full - _GUTTER) // 2
    for number, column in enumerate(page.columns):
        _paragraphs(draw, column, font, (_LEFT + number * (narrow + _GUTTER), y, narrow))
    y += 40
    for row in page.table:
        for number, cell in enumerate(row):
            draw.text((_LEFT + number * full // len(row), y), cell, font=font, fill=20)
        y += _LINE + 6
    _paragraphs(draw, page.after, font, (_LEFT, y + 40, full))
    image = image.rotate(page.turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(seed).normal(0, 8, (_HEIGHT, _WIDTH))
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float64) * 0.96
    return Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))


def _paragraphs(
    draw: Any,  # noqa: ANN401 - Pillow's class is private
    paragraphs: Sequence[str],
    font: FreeTypeFont,
    place: tuple[int, int, int],
) -> int:
    """Draw paragraphs below each other, set in from the left; gives where the next would stand."""
    left, y, width = place
    for paragraph in paragraphs:
        for number, line in enumerate(_lines(paragraph, font, width)):
            draw.text((left if number else left + 2 * _SIZE, y), line, font=font, fill=20)
            y += _LINE
    return y


def _lines(paragraph: str, font: FreeTypeFont, width: int) -> list[str]:
    lines, line, room = [], "", width - 2 * _SIZE
    for character in paragraph:
        if font.getlength(line + character) > room and character not in _NOT_FIRST:
            lines.append(line)
            line, room = "", width
        line += character
    return [*lines, line]


def pdf_of(images: Sequence[Image]) -> bytes:
    """Images as the pages of a PDF without a text layer."""
    file = BytesIO()
    first, *rest = images
    first.save(file, "PDF", resolution=200, save_all=True, append_images=rest, quality=85)
    return file.getvalue()
