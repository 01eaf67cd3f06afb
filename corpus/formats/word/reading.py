"""A Word file as lines: paragraphs, tables, text boxes, notes, and what heads and ends its pages."""

from __future__ import annotations

from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.package import DRAWN, Package, W
from wenju.corpus.formats.records import Lines, one_line
from wenju.corpus.formats.word.numbering import Numbering
from wenju.corpus.formats.word.runs import boxes, local, notes_of, run_text
from wenju.corpus.formats.word.styles import Styles
from wenju.corpus.formats.word.tables import rows_of
from wenju.corpus.inventory import Inventory, Note

_PASSED_OVER = frozenset(
    "del moveFrom txbxContent pPr rPr Fallback instrText sectPr tblPr trPr tcPr".split()
)
_CHANGES = (f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom")
_NOTES = (("footnote", "footnotes"), ("endnote", "endnotes"))


def read_docx(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: all that its pages show, in document order, headings from their styles.

    Notes follow the paragraph that refers to them, text boxes the one that they are anchored in; heads of
    pages stand before all, feet behind, each once. Tracked changes are read as accepted, comments are
    left out; both are told in the inventory's notes.
    """
    package = Package(data, name)
    writer = _Writer(package)
    writer.edges("header")
    writer.blocks(package.document)
    writer.edges("footer")
    title = package.title()
    # python-docx's own stand-in where a file has no properties
    title = "" if title == "Word Document" else title
    title = title or next(iter(writer.lines.heading_texts(1)), "")
    source = Source(
        *(name, origin, writer.lines.text, title),
        headings=tuple(writer.lines.headings),
        regions=tuple(writer.lines.regions),
        inventory=Inventory(
            footnotes=writer.footnotes, images=_images(package.document), notes=_notes(package)
        ),
    )
    return [source], package.problems


class _Writer:
    """Writes the blocks of a document as lines."""

    def __init__(self, package: Package) -> None:
        self.lines = Lines()
        self.footnotes = 0
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles.root)
        self._notes = {
            (kind, note.get(f"{W}id", "")): note
            for kind, part in _NOTES
            for note in _children(package.part(part), kind)
            if note.get(f"{W}type", "normal") == "normal"
        }

    def blocks(self, parent: Any) -> None:  # noqa: ANN401 - lxml's trees have no types
        """What stands inside an element, block by block."""
        for element in parent:
            if element.tag == f"{W}p":
                self.lines.add(self._numbered(element), self._styles.level(element))
                self._hanging(element)
            elif element.tag == f"{W}tbl":
                self.lines.add_table(table_lines(rows_of(element, self._numbered), self.lines.last))
                for paragraph in element.iter(f"{W}p"):
                    self._hanging(paragraph)
            elif (name := local(element)) and name not in _PASSED_OVER:
                # content controls and accepted insertions wrap paragraphs
                self.blocks(element)

    def edges(self, kind: str) -> None:
        """The heads or feet of all pages, each line once."""
        seen: set[str] = set()
        for _, part in self._package.related(self._package.part_name, kind):
            root = self._package.xml(part)
            for paragraph in [] if root is None else root.iter(f"{W}p"):
                line = one_line(run_text(paragraph))
                if line not in seen and any(map(str.isalnum, line)):
                    seen.add(line)
                    self.lines.add(line)

    def _hanging(self, paragraph: Any) -> None:  # noqa: ANN401
        """The text boxes and notes of a paragraph."""
        for box in boxes(paragraph):
            self.blocks(box)
        for key in notes_of(paragraph):
            if (note := self._notes.pop(key, None)) is not None:
                self.footnotes += 1
                self.blocks(note)

    def _numbered(self, paragraph: Any) -> str:  # noqa: ANN401
        """A paragraph on one line, with the number that Word shows before it."""
        number, text = self._numbering.label(paragraph), one_line(run_text(paragraph))
        return number + text if text else ""


def _children(root: Any, kind: str) -> list[Any]:  # noqa: ANN401
    return [] if root is None else root.findall(f"{W}{kind}")


def _images(document: Any) -> int:  # noqa: ANN401
    """The pictures, charts and diagrams of a document; older programs are given them once more."""
    drawn = (e for e in document.iter("{*}graphicData") if e.get("uri", "").endswith(DRAWN))
    found = (*document.iter("{*}pic", "{*}imagedata"), *drawn)
    return sum("Fallback" not in map(local, element.iterancestors()) for element in found)


def _notes(package: Package) -> tuple[Note, ...]:
    """What a person should know of how the file was read."""
    changes = sum(1 for _ in package.document.iter(*_CHANGES))
    comments = len(_children(package.part("comments"), "comment"))
    told: list[Note] = []
    if changes:
        told.append(Note("tracked_changes", str(changes)))
    if comments:
        told.append(Note("comments", str(comments)))
    return tuple(told)
