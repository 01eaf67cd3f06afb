"""The recognition engine: RapidOCR with the models that its wheel carries; nothing is downloaded."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenju.corpus import limits
from wenju.corpus.errors import ReadError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
    """Rows, columns, and blue, green, red."""

INSTALL = "pip install 'wenju[ocr]'"
# what comes with the extra and with nothing else
_PACKAGES = (
    *("rapidocr", "onnxruntime", "opencv-python-headless", "shapely", "protobuf", "omegaconf"),
    *("pyclipper", "flatbuffers", "requests", "colorlog", "six"),
)
_SIDE = 1280  # pixels: so large is the image in which lines are looked for
_SAMPLE = 6  # lines that tell whether a page is the right way up
_READABLE = 0.8  # how sure those are on a page that is
_TALL = 1.5  # as many times higher than wide: no line of a page that is the right way up

# the engine keeps what it was last asked for, so one page is read at a time
_LOCK = threading.Lock()

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A recognised line of an image.

    ``corners`` are in pixels: upper left, upper right, lower right, lower left of its text.
    ``certainties`` has a number from 0 to 1 for each character, ``places`` where each that is no space
    has its middle, from 0 (left) to 1 (right).
    """

    text: str
    corners: tuple[Corner, Corner, Corner, Corner]
    certainties: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def certainty(self) -> float:
        """How sure its characters are, on average."""
        return sum(self.certainties) / max(1, len(self.certainties))


@cache
def is_installed() -> bool:
    """Whether the extra is there; loads nothing."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "PIL"))


def installed_size() -> int:
    """The bytes that the extra's packages take."""
    return sum(_size(name) for name in _PACKAGES)


def _size(package: str) -> int:
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        return 0
    places = (Path(str(file.locate())) for file in files)
    return sum(place.stat().st_size for place in places if place.is_file())


def recognise(image: Image) -> list[Line]:
    """The lines of an image, in no certain order; one that lies or stands on its head is turned.

    Places are those of the image as it was turned. Raises ReadError where the engine is damaged.
    """
    import numpy as np

    if int(image.max()) == int(image.min()):
        return []
    limits.recognition()
    with _LOCK:
        engine = _engine()
        boxes = _boxes(engine, image)
        if not _is_upright(boxes) or _score(engine, image, boxes) < _READABLE:
            turned = [(image, boxes)]
            for quarters in (1, 2, 3):
                other = np.ascontiguousarray(np.rot90(image, quarters))
                turned.append((other, _boxes(engine, other)))
            image, boxes = max(turned, key=lambda one: _score(engine, *one))
        return list(_lines(engine, image, boxes))


@cache
def _engine() -> Any:  # noqa: ANN401 - rapidocr is untyped
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    # a path that is given is never looked for elsewhere
    paths = {part: next(models.glob(f"*_{part.lower()}_*.onnx"), None) for part in ("Det", "Rec")}
    if None in paths.values():
        raise ReadError(f"{models} holds no models; install them again with {INSTALL}.")
    # lines are short work: more threads wait for each other most of the time
    threads = max(1, (os.cpu_count() or 1) // 2)
    settings = {f"{part}.model_path": str(path) for part, path in paths.items()}
    return rapidocr.RapidOCR(
        params=settings
        | {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "Det.limit_type": "max",
            "Det.limit_side_len": _SIDE,
        }
    )


def _boxes(engine: Any, image: Image) -> list[Any]:  # noqa: ANN401
    """The corners of each line's text, four places each."""
    found = engine(image, use_det=True, use_cls=False, use_rec=False).boxes
    return [] if found is None else list(found)


def _is_upright(boxes: Sequence[Any]) -> bool:
    """Whether most of the text lies in lines that run from left to right."""
    level = tall = 0.0
    for box in boxes:
        wide, high = _extent(box)
        if high >= _TALL * wide:
            tall += wide * high
        else:
            level += wide * high
    return tall <= level


def _extent(box: Any) -> tuple[float, float]:  # noqa: ANN401
    import numpy as np

    return float(np.linalg.norm(box[1] - box[0])), float(np.linalg.norm(box[3] - box[0]))


def _score(engine: Any, image: Image, boxes: Sequence[Any]) -> float:  # noqa: ANN401
    """How sure the longest level lines are: what tells whether the image is the right way up."""
    level = [box for box in boxes if _extent(box)[1] < _TALL * _extent(box)[0]]
    longest = sorted(level, key=lambda box: -_extent(box)[0])[:_SAMPLE]
    lines = list(_lines(engine, image, longest))
    return sum(line.certainty for line in lines) / max(1, min(_SAMPLE, len(boxes)))


def _lines(engine: Any, image: Image, boxes: Sequence[Any]) -> Iterator[Line]:  # noqa: ANN401
    import numpy as np
    from rapidocr.utils.process_img import get_rotate_crop_image

    for box in boxes:
        cut = get_rotate_crop_image(image, np.array(box, dtype=np.float32))
        if not cut.size:
            continue
        found = engine(cut, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
        text = "".join(" " if c.isspace() else c for c in found.txts[0]) if found.txts else ""
        if not text.strip():
            continue
        words = found.word_results[0]
        columns = [column for word in words.word_cols for column in word]
        places = tuple((column + 0.5) / words.line_txt_len for column in columns)
        a, b, c, d = ((float(x), float(y)) for x, y in box)
        yield Line(text, (a, b, c, d), tuple(map(float, words.confs)), places)
