"""The parts of an Office file: XML files in an archive, tied together by relationships."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import BadZipFile, ZipFile

from wenju.corpus.errors import ReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
# the same names as an international standard writes them
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MAIN = "officeDocument"


class Package:
    """An Office file that is open. What is missing or broken of its parts costs only itself."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open the file; raises ReadError where it is none, or has no main part."""
        if data.startswith(_OLE_MAGIC):
            raise ReadError(
                f"{name} is an old .doc or is encrypted; save it as .docx without a password."
            )
        try:
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, OSError, ValueError) as error:
            raise _unreadable(name, error) from None
        self._names = {part.lower(): part for part in self._archive.namelist()}
        self.problems: list[str] = []
        self._name = name
        self.main = next((target for _, target in self.related("", _MAIN)), "")
        document = self.xml(self.main) if self.main else None
        if document is None:
            raise _unreadable(name, KeyError(_MAIN))
        self.document = document

    def xml(self, part: str) -> Any:  # noqa: ANN401 - lxml's trees have no types
        """The tree of a part; None for one that is not there or cannot be read."""
        from lxml import etree

        known = self._names.get(part.lower())
        if known is None:
            return None
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True, no_network=True)
        try:
            content = self._archive.read(known)
            for strict, usual in _STRICT:
                content = content.replace(strict, usual)
            return etree.fromstring(content, parser)
        except (
            etree.XMLSyntaxError,
            BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
        ) as error:
            self.problems.append(f"{self._name}: {known} is damaged and was left out ({error}).")
            return None

    def related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """The parts that one is tied to by relationships of a kind, as (id, name), if they are there."""
        base = dirname(part)
        relations = self.xml(join(base, "_rels", f"{part[len(base) :].lstrip('/')}.rels"))
        for relation in [] if relations is None else relations.iter(_RELATION):
            target = relation.get("Target", "")
            named = normpath(join("/", base, target)).lstrip("/")
            if relation.get("Type", "").endswith(f"/{kind}") and named.lower() in self._names:
                yield relation.get("Id", ""), named

    def part(self, kind: str) -> Any:  # noqa: ANN401
        """The tree of the first part of a kind that the main part is tied to, else None."""
        return next((self.xml(named) for _, named in self.related(self.main, kind)), None)

    def title(self) -> str:
        """The title among the file's properties, empty where it has none."""
        found = next((self.xml(named) for _, named in self.related("", "core-properties")), None)
        told = (
            found.findtext("{http://purl.org/dc/elements/1.1/}title") if found is not None else ""
        )
        return (told or "").strip()


def _unreadable(name: str, error: Exception) -> ReadError:
    reason = type(error).__name__
    return ReadError(f"{name} is not a readable .docx ({reason}); save it as .docx.")
