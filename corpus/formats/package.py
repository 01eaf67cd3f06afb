"""The parts of an Office file: XML files in an archive, tied together by relationships."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any

from wenju.corpus.errors import ReadError
from wenju.corpus.formats.archive import Archive, unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = ("/chart", "/chartex", "/diagram")
"""How the names of what is drawn from data end; its words stand in parts that are not read."""
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


class Package(Archive):
    """An Office file that is open. What is missing or broken of its parts costs only itself."""

    def __init__(self, data: bytes, name: str, kind: str = ".docx") -> None:
        """Open the file; raises ReadError where it is none, or has no main part."""
        if data.startswith(_OLE_MAGIC):
            raise ReadError(
                f"{name} is an old binary file or is encrypted; save it as {kind} without a password.",
                why="encrypted",
            )
        super().__init__(data, name, kind)
        self.part_name = next((target for _, target in self.related("", _MAIN)), "")
        document = self.xml(self.part_name) if self.part_name else None
        if document is None:
            raise unreadable(name, kind, KeyError(_MAIN))
        self.document = document

    def prepared(self, content: bytes) -> bytes:
        """With the names that the standard's strict form has in its usual form."""
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        return content

    def related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """The parts that one is tied to by relationships of a kind, as (id, name), if they are there."""
        base = dirname(part)
        relations = self.xml(join(base, "_rels", f"{part[len(base) :].lstrip('/')}.rels"))
        for relation in [] if relations is None else relations.iter(_RELATION):
            target = relation.get("Target", "")
            named = normpath(join("/", base, target)).lstrip("/")
            if relation.get("Type", "").endswith(f"/{kind}") and named in self:
                yield relation.get("Id", ""), named

    def part(self, kind: str) -> Any:  # noqa: ANN401 - lxml's trees have no types
        """The tree of the first part of a kind that the main part is tied to, else None."""
        return next((self.xml(named) for _, named in self.related(self.part_name, kind)), None)

    def title(self) -> str:
        """The title among the file's properties, empty where it has none."""
        found = next((self.xml(named) for _, named in self.related("", "core-properties")), None)
        told = (
            found.findtext("{http://purl.org/dc/elements/1.1/}title") if found is not None else ""
        )
        return (told or "").strip()
