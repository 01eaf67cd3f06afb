"""The documents of a set: its own, and the laws and seeds it names, written into a folder.

The first line of a set's ``questions.jsonl`` names them, ``{"documents": "documents", "laws": […]}`` or
``{"seeds": […]}``. Laws and seeds are not in the repository; laws are taken from ``scale/`` of
``WENJU_DATA`` and become plain text, seeds from ``seeds`` beside it and stay as they are.
"""

from __future__ import annotations

import json
import lzma
import re
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wenju.eval.benchmarks.data import seeds_folder
from wenju.eval.places import DatasetError, Place, parse

QUESTIONS = "questions.jsonl"
_TAIWAN, _MAINLAND = "tw_laws_zh_hant.jsonl.xz", "prc_laws.tar.xz"
_HEADING = re.compile(r"^#+ *", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->\n*", re.DOTALL)


class Missing(DatasetError):
    """What a set is asked over is not on this machine; says nothing of what is asked."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law that a half is asked over: ``document`` is its file's name in the made folder.

    ``key`` finds it: the ``pcode`` of a law of Taiwan, the ``path`` in the archive of one of the
    mainland. ``published``: as it is published, with the day of its last amendment, or with the marks
    of Markdown; else without these.
    """

    document: str
    archive: str
    key: str
    published: bool = False


def header(path: Path) -> Place:
    """The first line of a half's questions."""
    with path.open(encoding="utf-8") as lines:
        return Place(path, "line 1", parse(path, lines.readline(), 1))


def laws(first: Place) -> tuple[Law, ...]:
    """The laws that a header names, none where it names none; raises DatasetError."""
    published = first.has("published")
    found = first.field("laws").items() if first.has("laws") else ()
    return tuple(_law(place, published=published) for place in found)


def _law(place: Place, *, published: bool) -> Law:
    document = place.field("document").text()
    if place.has("pcode"):
        return Law(document, _TAIWAN, place.field("pcode").text(), published)
    return Law(document, _MAINLAND, place.field("path").text(), published)


def missing(wanted: Sequence[Law], data: Path) -> list[str]:
    """The archives that the laws need and ``data`` lacks."""
    names = dict.fromkeys(law.archive for law in wanted)
    return [name for name in names if not (data / "scale" / name).is_file()]


def texts(wanted: Sequence[Law], data: Path) -> dict[str, str]:
    """The laws' texts by document; raises DatasetError where an archive or a law is not there."""
    if lacking := missing(wanted, data):
        raise Missing(
            f"{data / 'scale'} lacks {', '.join(lacking)}; set WENJU_DATA to the folder of the "
            "published sets."
        )
    found: dict[str, str] = {}
    for archive, read in ((_TAIWAN, _taiwan), (_MAINLAND, _mainland)):
        keys = {law.key: law for law in wanted if law.archive == archive}
        if keys:
            read_texts = read(data / "scale" / archive, keys)
            found |= {keys[key].document: text for key, text in read_texts}
    for law in wanted:
        if law.document not in found:
            raise DatasetError(f"{law.archive} holds no law {law.key!r} for {law.document}.")
    return found


def _taiwan(path: Path, keys: Mapping[str, Law]) -> Iterator[tuple[str, str]]:
    """Keys and texts: the title, then each article's number and text on lines of their own."""
    marks = [f'"pcode": {json.dumps(key)}' for key in keys]
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if any(mark in line for mark in marks):
                law = json.loads(line)
                parts = [f"{number}\n{text}" for number, text in law["articles"]]
                dated = keys[law["pcode"]].published and law["date"]
                head = f"{law['title']}\n{_amended(law['date'])}" if dated else law["title"]
                yield law["pcode"], "\n\n".join([head, *parts]) + "\n"


def _amended(day: str) -> str:
    """The line that tells when a law was last amended."""
    return f"修正日期：民國 {int(day[:4]) - 1911} 年 {day[4:6]} 月 {day[6:]} 日"


def _mainland(path: Path, keys: Mapping[str, Law]) -> Iterator[tuple[str, str]]:
    """Keys and texts: the Markdown without its marks and comments."""
    with tarfile.open(path) as archive:
        for member in archive:
            key = PurePosixPath(member.name).as_posix()
            if key in keys and (content := archive.extractfile(member)):
                text = content.read().decode("utf-8")
                if keys[key].published:
                    yield key, text
                    continue
                yield key, _HEADING.sub("", _COMMENT.sub("", text)).strip() + "\n"


def seeds(first: Place) -> tuple[str, ...]:
    """The names of the seeds that a header names, none where it names none; raises DatasetError."""
    found = first.field("seeds").items() if first.has("seeds") else ()
    return tuple(place.text() for place in found)


def seed_texts(names: Sequence[str], folder: Path) -> dict[str, bytes]:
    """What stands in the seeds, by name; raises Missing where one is not there."""
    if lacking := [name for name in names if not (folder / name).is_file()]:
        raise Missing(
            f"{folder} lacks {', '.join(lacking)}; set WENJU_SEEDS to the folder of the damaged "
            "documents, or put them into a folder seeds beside the published sets."
        )
    return {name: (folder / name).read_bytes() for name in names}


def make(half: Path, data: Path, into: Path) -> Path:
    """Write the half's documents and questions into a folder; its gold file is returned.

    What stands there already and is the same is left alone. Raises DatasetError.
    """
    source = half / QUESTIONS
    if not source.is_file():
        raise Missing(f"There is no {source}; this half is not in the checkout.")
    first = header(source)
    folder = into / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    held = {law: text.encode() for law, text in texts(laws(first), data).items()}
    held |= seed_texts(seeds(first), seeds_folder(data))
    if first.has("documents") or not held:
        own = half / first.field("documents").text()
        held |= {path.name: path.read_bytes() for path in sorted(own.iterdir()) if path.is_file()}
    for path in folder.iterdir():
        if path.name not in held:
            path.unlink()
    for name, content in held.items():
        _write(folder / name, content)
    _, _, questions = source.read_text(encoding="utf-8").partition("\n")
    _write(into / QUESTIONS, f'{{"documents": "documents"}}\n{questions}'.encode())
    return into / QUESTIONS


def _write(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)
