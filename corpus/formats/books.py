"""E-books (EPUB): their chapters in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from wenju.corpus.document import Heading, Region, Source, moved
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.archive import Archive, unreadable
from wenju.corpus.formats.markup import read_page
from wenju.corpus.inventory import Inventory

_DC = "{http://purl.org/dc/elements/1.1/}"


def read_epub(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: the chapters of the book's spine one after the other; raises ReadError."""
    archive = Archive(data, name, ".epub")
    container = archive.main("META-INF/container.xml")
    root = next((e.get("full-path") for e in container.iter("{*}rootfile")), None)
    if root is None:
        raise unreadable(name, ".epub", KeyError("rootfile"))
    package = archive.main(root)
    text, headings, regions = "", list[Heading](), list[Region]()
    images = 0
    problems: list[str] = []
    for part in _chapters(package, dirname(root)):
        if not (content := archive.read(part)):
            continue
        try:
            chapter = read_page(content, f"{name}/{part}", origin)
        except ReadError as error:
            problems.append(str(error))
            continue
        start = len(text) + 1 if text else 0
        text += f"\n{chapter.text}" if text else chapter.text
        headings += [Heading(h.start + start, h.end + start, h.level) for h in chapter.headings]
        regions += moved(chapter.regions, start)
        images += chapter.inventory.images
    title, date, publisher = (
        (package.findtext(f".//{_DC}{field}") or "").strip()
        for field in ("title", "date", "publisher")
    )
    source = Source(
        *(name, origin, text, title, date[:10], publisher, tuple(headings)),
        regions=tuple(regions),
        inventory=Inventory(images=images),
    )
    return [source], [*archive.problems, *problems]


def _chapters(package: object, base: str) -> Iterator[str]:
    """The parts of the spine, in order, each once."""
    items = {e.get("id"): e.get("href", "") for e in package.iter("{*}item")}  # type: ignore[attr-defined]
    seen: set[str] = set()
    for reference in package.iter("{*}itemref"):  # type: ignore[attr-defined]
        href = unquote(items.get(reference.get("idref"), "")).split("#")[0]
        part = normpath(join(base, href)) if href else ""
        if part and part not in seen and reference.get("linear", "yes") != "no":
            seen.add(part)
            yield part
