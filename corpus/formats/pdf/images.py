"""The pictures of a page that have no text: what they show is not read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points, as PDF has them."""

_LEAST = 30.0  # points that a picture measures both ways: what is smaller marks a place
_TOUCHING = 1.0  # points: programs cut one picture into strips


def bare_images(page: Any, characters: Iterable[Box]) -> int:  # noqa: ANN401 - pypdfium2 is untyped
    """How many pictures no character stands on; a scan that was recognised has its characters on it."""
    middles = [((a + c) / 2, (b + d) / 2) for a, b, c, d in characters]
    return sum(
        min(right - left, top - bottom) >= _LEAST
        and not any(left <= x <= right and bottom <= y <= top for x, y in middles)
        for left, bottom, right, top in _whole(_boxes(page))
    )


def _boxes(page: Any) -> list[Box]:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    return [image.get_bounds() for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])]


def _whole(boxes: Iterable[Box]) -> list[Box]:
    """Pictures that touch each other as one."""
    found: list[Box] = []
    for box in sorted(boxes):
        apart = [other for other in found if not _touch(box, other)]
        near = [other for other in found if _touch(box, other)]
        lows = (min(b[i] for b in (box, *near)) for i in (0, 1))
        highs = (max(b[i] for b in (box, *near)) for i in (2, 3))
        left, bottom, right, top = *lows, *highs
        found = [*apart, (left, bottom, right, top)]
    return found


def _touch(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    return across >= -_TOUCHING and down >= -_TOUCHING
