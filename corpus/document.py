"""The nouns everything else speaks of: Source, Document, Passage.

Offsets are half-open ``[start, end)`` and count characters (Python code points).
A *source* is a text as it was read from a file; a *document* is its repaired form,
with every repair kept so that any place in it can be traced back to the source.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import PurePath

from wenju.corpus.inventory import Inventory
from wenju.corpus.metadata.fields import Metadata
from wenju.corpus.script import fold

# what no file or database may hold: zero characters and halves of surrogate pairs
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


# repairs that change nothing and only mark a place
MARKS = frozenset({"unresolved", "uncertain"})
# a recognised piece of which less is sure is marked
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's place in a text; level 1 is the outermost."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page begins; pages are numbered from 1."""

    start: int
    number: int


@dataclass(frozen=True, slots=True)
class Repair:
    """One repaired place: ``source[start:end]`` reads ``text`` in the document.

    ``kind`` names the damage. Two kinds mark a place and leave the characters as they are:
    ``unresolved`` damage that could not be proven, and ``uncertain`` characters that were recognised
    in an image.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of a text that was read otherwise than from running text.

    ``kind`` is ``table`` or ``ocr``; ``certainty``, from 0 to 1, is how sure the reading of its characters
    is, and None where they stand in the file.
    """

    start: int
    end: int
    kind: str
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What reading a file gives: its text as it was read, and what the format says of it.

    ``origin`` is where it came from (an absolute path or upload name) and is the same for all
    sources read from one file; ``name`` is what a person is shown (``press.txt``). ``metadata`` is what
    the format tells beside title, date and issuer (front matter, the fields of a JSON line, a sidecar),
    ``inventory`` what the format holds; its tables are counted from the regions,
    ``original`` the file itself where its pages can be shown as they look, else empty.
    """

    name: str
    origin: str
    text: str
    title: str = ""
    date: str = ""
    issuer: str = ""
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    metadata: Metadata = Metadata()
    regions: tuple[Region, ...] = ()
    inventory: Inventory = Inventory()
    original: bytes = field(default=b"", repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make every text one that can be stored; the length of ``text`` stays."""
        # a file's name keeps its odd bytes apart, or two files would count as one
        for field_name in ("name", "origin"):
            object.__setattr__(self, field_name, storable(getattr(self, field_name)))
        for field_name in ("text", "title", "date", "issuer"):
            stored = _UNWRITABLE.sub("\ufffd", getattr(self, field_name))
            object.__setattr__(self, field_name, stored)


def storable(name: str) -> str:
    """A file's name or path as it is stored: odd bytes are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode()


@dataclass(frozen=True)
class Document:
    """A repaired text and the way back to its source.

    ``id`` is a hash of the source's text: the same text read twice is the same document.
    ``headings``, ``pages`` and ``regions`` are places in ``text``; ``repairs`` are places in ``source_text``,
    sorted and disjoint.
    """

    id: str
    name: str
    origin: str
    title: str
    date: str
    issuer: str
    source_text: str
    text: str
    repairs: tuple[Repair, ...] = ()
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    metadata: Metadata = Metadata()
    regions: tuple[Region, ...] = ()
    inventory: Inventory = Inventory()
    alignment: Alignment = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the alignment once."""
        object.__setattr__(self, "alignment", Alignment(self.repairs))

    @property
    def label(self) -> str:
        """The title, or the file's name where the text names none."""
        return label_of(self.title, self.name)

    def page_at(self, at: int) -> int | None:
        """The number of the page that holds a character of ``text``, None without pages."""
        i = bisect_right(self.pages, at, key=lambda page: page.start) - 1
        return self.pages[i].number if i >= 0 else None

    @property
    def repair_counts(self) -> dict[str, int]:
        """How many repairs of each kind, by kind."""
        return dict(sorted(Counter(r.kind for r in self.repairs).items()))


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of a document: ``document.text[start:end] == text``, always.

    ``headings`` is the path of headings above it, outermost first; ``page`` is None where the
    format has no pages.

    Three fields say where its first text stands, the headings that open the passage left out.
    ``heading`` is the innermost heading or question over that text, whether it stands in the passage
    or above it, and empty where that is the document's title. ``article`` is the number of the
    article that it is in, as written but without spaces (``第十二條``). ``header`` holds the header
    lines of its table, with line breaks between them, where the passage begins below them.
    ``read_as`` says how it was read: ``ocr`` where any of it was recognised, else ``table`` where any of
    it was put together from cells, else ``text``.
    """

    id: str
    document_id: str
    position: int
    start: int
    end: int
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    title: str = ""
    date: str = ""
    issuer: str = ""
    heading: str = ""
    article: str = ""
    header: str = ""
    read_as: str = "text"
    _folded: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def folded(self) -> str:
        """The folded text, of the same length, made when it is first asked for and kept."""
        if not self._folded:
            self._folded.append(fold(self.text))
        return self._folded[0]


class Alignment:
    """Places in a repaired text to places in its source, and back."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        """Take repairs sorted by place and disjoint; raises ValueError when they are not."""
        for left, right in zip(repairs, repairs[1:], strict=False):
            if right.start < left.end:
                raise ValueError(f"repairs overlap: {left} and {right}")
        self._repairs = [r for r in repairs if r.kind not in MARKS]
        self._source_starts = [r.start for r in self._repairs]
        growth = accumulate((len(r.text) - (r.end - r.start) for r in self._repairs), initial=0)
        # text offset at which each repair's replacement begins
        self._text_starts = [r.start + g for r, g in zip(self._repairs, growth, strict=False)]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The source span that ``text[start:end]`` was read from.

        A span that ends where something was removed takes the removed characters with it, and one
        that cuts a replacement takes the whole of what was replaced. An empty span stays empty.
        """
        if end <= start:
            at = self._point(start, after=False)
            return at, at
        return self._point(start, after=False), self._end_point(end)

    def to_text(self, at: int) -> int:
        """The text offset of a source offset; inside a removed piece, where it stood."""
        i = bisect_right(self._source_starts, at) - 1
        if i < 0:
            return at
        repair, text_start = self._repairs[i], self._text_starts[i]
        if at < repair.end:
            return text_start
        return text_start + len(repair.text) + at - repair.end

    def _point(self, at: int, *, after: bool) -> int:
        """Source place of the character that begins at text offset ``at``."""
        i = bisect_right(self._text_starts, at) - 1
        if i < 0:
            return at
        repair, text_start = self._repairs[i], self._text_starts[i]
        if at < text_start + len(repair.text):
            return repair.end if after else repair.start
        return repair.end + at - text_start - len(repair.text)

    def _end_point(self, end: int) -> int:
        """Source place just behind the character that ends at text offset ``end``."""
        source_end = self._point(end - 1, after=True)
        inside = bisect_right(self._text_starts, end - 1) - 1
        cut = inside >= 0 and end - 1 < self._text_starts[inside] + len(self._repairs[inside].text)
        if not cut:
            source_end += 1
        # removals that stood right behind the last character belong to it
        i = bisect_left(self._source_starts, source_end)
        while i < len(self._repairs) and self._source_starts[i] == source_end:
            if self._repairs[i].text:
                break
            source_end = self._repairs[i].end
            i += 1
        return source_end


def moved(regions: Iterable[Region], by: int) -> tuple[Region, ...]:
    """The regions of a text that now stands ``by`` characters further back."""
    return tuple(replace(r, start=r.start + by, end=r.end + by) for r in regions)


def label_of(title: str, name: str) -> str:
    """What a document is called: its title, or its file's name where the text names none."""
    return title or PurePath(name).stem


def apply_repairs(source_text: str, repairs: Sequence[Repair]) -> str:
    """The repaired text; marks change nothing."""
    pieces, at = [], 0
    for repair in repairs:
        if repair.kind in MARKS:
            continue
        pieces += [source_text[at : repair.start], repair.text]
        at = repair.end
    return "".join([*pieces, source_text[at:]])


def content_id(*parts: str) -> str:
    """A short content hash (80 bits of SHA-256, hex) of the parts, in order."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.hexdigest()[:20]
