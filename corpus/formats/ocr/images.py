"""Images as documents: each picture of a file is a page, and its text is recognised."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.ocr.engine import INSTALL, is_installed
from wenju.corpus.formats.ocr.scan import MOST_PIXELS, scanned

if TYPE_CHECKING:
    from wenju.corpus.formats.ocr.engine import Image

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_LARGEST = 100_000_000  # pixels of a picture that is opened: A3 at 600 dots to the inch is less
_MOST = 1000  # pictures of a file


def read_image(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """The text that is recognised in a picture, or in the pages of a TIFF file.

    Raises ReadError where the extra is not installed, the file is no picture, or too large a one.
    """
    from wenju.corpus.formats.pdf.reading import PageRead, assembled
    from wenju.corpus.formats.pdf.regions import regions

    if not is_installed():
        raise ReadError(
            f"{name} is an image; {INSTALL} adds OCR, which recognises its text. Then add it again.",
            why="image",
        )
    pages = []
    for image in _pictures(data, name):
        scan = scanned(image)
        pages.append(PageRead(list(regions(scan.rows)), scan))
    return [assembled(pages, name, origin)], []


def _pictures(data: bytes, name: str) -> Iterator[Image]:
    """Each picture of the file, the right way up, on white, one at a time."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        # the size is looked at below, before a pixel is read
        warnings.simplefilter("ignore")
        try:
            file = Image.open(BytesIO(data))
        except Image.DecompressionBombError:
            raise ReadError(_too_large(name), why="too_large") from None
        except (OSError, ValueError, SyntaxError) as error:
            raise ReadError(
                f"{name} is not a readable image ({type(error).__name__}); save it as .png.",
                why="damaged",
            ) from None
        if getattr(file, "n_frames", 1) > _MOST:
            raise ReadError(
                f"{name} holds more than {_MOST} pictures; save them in smaller files.",
                why="too_large",
            )
        for number in range(getattr(file, "n_frames", 1)):
            file.seek(number)
            if file.width * file.height > _LARGEST:
                raise ReadError(_too_large(name), why="too_large")
            yield _array(ImageOps.exif_transpose(file))


def _too_large(name: str) -> str:
    return f"{name} has more than {_LARGEST:,} pixels; save it smaller, at 200 or 300 dpi."


def _array(picture: Any) -> Image:  # noqa: ANN401 - Pillow's types differ between versions
    import numpy as np
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        # 16 or 32 bits to a pixel: from the darkest to the lightest
        values = np.asarray(picture, dtype=np.float64)
        spread = max(1.0, float(values.max() - values.min()))
        picture = Image.fromarray(((values - values.min()) * (255 / spread)).astype(np.uint8))
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(white, layer)
    picture = picture.convert("RGB")
    if picture.width * picture.height > MOST_PIXELS:
        scale = (MOST_PIXELS / (picture.width * picture.height)) ** 0.5
        picture.thumbnail((int(picture.width * scale), int(picture.height * scale)))
    return np.asarray(picture)[:, :, ::-1].copy()
