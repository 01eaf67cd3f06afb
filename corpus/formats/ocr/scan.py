"""Pages without a text layer: drawn, recognised, and what is to be said of what was not read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.ocr.engine import INSTALL, is_installed, recognise
from wenju.corpus.formats.ocr.pieces import lines_of

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


def problems_of(pages: Sequence[_Page], name: str) -> list[str]:
    """A sentence on the pages that could not be read or not wholly; raises ReadError for all of them."""
    empty = [number for number, page in enumerate(pages, 1) if not page.regions]
    if len(empty) == len(pages):
        raise ReadError(_nothing(pages, name))
    problems = []
    if bare := [number for number in empty if pages[number - 1].scan is None]:
        problems.append(
            f"{name} has no text on {_named(bare)}; {INSTALL} adds OCR, which recognises such pages."
        )
    scans = [(number, page.scan) for number, page in enumerate(pages, 1) if page.scan]
    if lost := [number for number, scan in scans if number in empty and not scan.blank]:
        problems.append(
            f"{name}: no text was recognised on {_named(lost)}; where there is some, type it into a "
            "file and add that."
        )
    for number, scan in scans:
        if scan.left_out and number not in empty:
            problems.append(
                f"{name}: {scan.left_out} lines on {_named([number])} could not be recognised and were "
                "left out; look at the page."
            )
    return problems


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


def _named(numbers: Sequence[int]) -> str:
    return f"page {', '.join(map(str, numbers))}"
