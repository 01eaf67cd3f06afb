"""Pages without a text layer: drawn, recognised, and what is to be said of what was not read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.ocr.engine import INSTALL, is_installed, recognise
from wenju.corpus.formats.ocr.pieces import lines_of
from wenju.corpus.inventory import Note, NoteKind

if TYPE_CHECKING:
    from wenju.corpus.formats.ocr.engine import Image
    from wenju.corpus.formats.pdf.lines import Piece
    from wenju.corpus.formats.pdf.regions import Region

_DOTS, _POINTS = 200, 72  # in an inch: of the drawn page, and of PDF
MOST_PIXELS = 24_000_000  # of an image that is recognised: A3 at 300 dots to the inch is less


@dataclass(frozen=True, slots=True)
class Scan:
    """What recognition saw of a page: its lines, and how many were too unsure to be text.

    ``blank`` tells that the page is of one colour.
    """

    rows: list[list[Piece]]
    left_out: int
    blank: bool


class _Page(Protocol):
    @property
    def regions(self) -> list[Region]: ...
    @property
    def scan(self) -> Scan | None: ...


def rendered(page: Any) -> Image:  # noqa: ANN401 - pypdfium2 is untyped
    """A page of PDF as it is printed at 200 dots to the inch; of a huge one fewer."""
    width, height = page.get_size()
    scale = min(_DOTS / _POINTS, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, prefer_bgrx=False)
    image: Image = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return image


def scanned(image: Image) -> Scan:
    """What an image says; raises ReadError where recognition is damaged."""
    rows, left_out = lines_of(recognise(image))
    return Scan(rows, left_out, int(image.min()) == int(image.max()))


def notes_of(pages: Sequence[_Page], name: str) -> tuple[Note, ...]:
    """The pages that could not be read or not wholly; raises ReadError for all of them."""
    empty = [number for number, page in enumerate(pages, 1) if not page.regions]
    if len(empty) == len(pages):
        raise ReadError(_nothing(pages, name), why="image")
    scans = [(number, page.scan) for number, page in enumerate(pages, 1) if page.scan]
    found: dict[NoteKind, list[int]] = {
        "blank_pages": [n for n in empty if pages[n - 1].scan is None],
        "unrecognised_pages": [n for n, scan in scans if n in empty and not scan.blank],
        "unrecognised_lines": [n for n, scan in scans if n not in empty and scan.left_out],
    }
    return tuple(
        Note(kind, ", ".join(map(str, numbers))) for kind, numbers in found.items() if numbers
    )


def _nothing(pages: Sequence[_Page], name: str) -> str:
    if any(page.scan for page in pages) or is_installed():
        return (
            f"{name} has no text layer, and none was recognised in its {len(pages)} pages; scan it "
            "again, larger or sharper."
        )
    whole = "its page" if len(pages) == 1 else f"its {len(pages)} pages"
    return (
        f"{name} has no text layer, {whole} seem to be scanned; {INSTALL} adds OCR, which recognises "
        "such pages. Then add it again."
    )
