"""The XML parts of files that are archives: OpenDocument, PowerPoint, e-books, OFD."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.measures import MOST_OF_DOCUMENT, check_document
from wenju.corpus.formats.parsing import xml_tree

# by a part that is damaged, encrypted, or packed in a way that is not known
_BROKEN = (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error)
_UTF8 = 0x800  # the flag of an entry whose name is UTF-8


class Archive:
    """An archive that is open. What is missing or broken of its parts costs only itself."""

    check = staticmethod(check_document)
    most = MOST_OF_DOCUMENT
    """Bytes that are unpacked of it, all together."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """Open it; ``kind`` is what to call it in errors.

        Raises ReadError where it is no archive, or one that is too large to be unpacked.
        """
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise unreadable(name, kind, error) from None
        self.check(self._archive.infolist(), len(data), name)
        self._left = self.most
        self.name, self.kind = name, kind
        self.names = self._archive.namelist()
        self._lower = {part.lower(): part for part in self.names}
        self.problems: list[str] = []

    def __contains__(self, part: str) -> bool:
        """Whether it holds a part of that name, in whatever case."""
        return part.lower() in self._lower

    def read(self, part: str) -> bytes:
        """The bytes of a part, nothing for one that is not there or cannot be read."""
        known = self._lower.get(part.lower())
        if known is None:
            return b""
        # a part may be named many times
        self._left -= self._archive.getinfo(known).file_size
        if self._left < 0:
            raise ReadError(
                f"{self.name} has parts that are named again and again, of more than {self.most:,} bytes "
                f"all together; save it as {self.kind} again."
            )
        try:
            return self._archive.read(known)
        except _BROKEN as error:
            self._left_out(known, error)
            return b""

    def xml(self, part: str) -> Any:  # noqa: ANN401 - lxml's trees have no types
        """The tree of a part; None for one that is not there or cannot be read."""
        from lxml import etree

        if not (content := self.read(part)):
            return None
        try:
            return xml_tree(self.prepared(content))
        except (etree.XMLSyntaxError, ValueError) as error:
            self._left_out(part, error)
            return None

    def files(self) -> Iterator[tuple[str, str]]:
        """Its files in order of their names, as (name inside, name to show); hidden ones left out.

        Names that an older program wrote in GBK or Big5 are shown as they were meant.
        """
        for info in sorted(self._archive.infolist(), key=lambda i: i.filename):
            parts = info.filename.split("/")
            if info.is_dir() or any(p.startswith((".", "__MACOSX", "~$")) for p in parts):
                continue
            utf8 = info.flag_bits & _UTF8
            yield info.filename, info.filename if utf8 else _renamed(info.filename)

    def main(self, part: str) -> Any:  # noqa: ANN401
        """The tree of a part that the file cannot do without; raises ReadError."""
        tree = self.xml(part)
        if tree is None:
            raise unreadable(self.name, self.kind, KeyError(part))
        return tree

    def prepared(self, content: bytes) -> bytes:
        """The bytes of an XML part as they are to be parsed."""
        return content

    def _left_out(self, part: str, error: Exception) -> None:
        self.problems.append(f"{self.name}: {part} is damaged and was left out ({error}).")


def _renamed(name: str) -> str:
    """A name that was read as code page 437, in the encoding that it was written in."""
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def unreadable(name: str, kind: str, error: Exception) -> ReadError:
    """The error of a file that is not what its suffix says."""
    reason = type(error).__name__
    return ReadError(
        f"{name} is not a readable {kind} ({reason}); save it as {kind} again.", why="damaged"
    )
