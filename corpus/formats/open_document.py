"""OpenDocument: texts, sheets and slides of LibreOffice and its like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.formats.archive import Archive
from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.records import Lines, one_line
from wenju.corpus.inventory import Inventory

_URI = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = f"{_URI}text:1.0}}", f"{_URI}table:1.0}}"
_OFFICE, _DRAW = f"{_URI}office:1.0}}", f"{_URI}drawing:1.0}}"
_STYLE = f"{_URI}style:1.0}}"
_MOST = 200  # columns and rows that a file may repeat: more is the empty rest of a sheet
_DRAWN = ("image", "object", "object-ole")
_BLANKS = {"tab": "\t", "line-break": "\n"}
_SKIPPED = frozenset(
    "note annotation annotation-end ruby-text tracked-changes page-number page-count "
    "bookmark-start sequence-decls forms".split()
)


def read_open_document(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: paragraphs, lists, tables, notes and frames in document order; raises ReadError.

    Heads and feet of pages stand before and behind, each once; sheets and slides are sections.
    """
    archive = Archive(data, name, "OpenDocument file")
    body = archive.main("content.xml").find(f"{_OFFICE}body")
    writer = _Writer()
    styles = archive.xml("styles.xml")
    writer.edges(styles, "header")
    if body is not None:
        writer.blocks(body)
    writer.edges(styles, "footer")
    lines = writer.lines
    title = next(iter(lines.heading_texts(1)), "")
    source = Source(
        *(name, origin, lines.text, title),
        headings=tuple(lines.headings),
        regions=tuple(lines.regions),
        inventory=_inventory(body),
    )
    return [source], archive.problems


def _inventory(body: Any) -> Inventory:  # noqa: ANN401 - lxml's trees have no types
    """The slides, notes and pictures of a body; texts and sheets do not tell their pages."""
    if body is None:
        return Inventory()
    frames = (frame for frame in body.iter(f"{_DRAW}frame"))
    return Inventory(
        pages=sum(1 for _ in body.iter(f"{_DRAW}page")),
        footnotes=sum(1 for _ in body.iter(f"{_TEXT}note-body")),
        # a chart has a picture of itself beside it
        images=sum(
            any(frame.find(f"{_DRAW}{kind}") is not None for kind in _DRAWN) for frame in frames
        ),
    )


class _Writer:
    """Writes the blocks of a document as lines."""

    def __init__(self) -> None:
        self.lines = Lines()

    def blocks(self, parent: Any) -> None:  # noqa: ANN401 - lxml's trees have no types
        """What stands inside an element, block by block."""
        for element in parent:
            tag = element.tag if isinstance(element.tag, str) else ""
            local = tag.rpartition("}")[2]
            if tag == f"{_TEXT}h":
                level = element.get(f"{_TEXT}outline-level", "1")
                self._line(element, int(level) if level.isdecimal() else 1)
            elif tag == f"{_TEXT}p":
                self._line(element)
            elif tag == f"{_TABLE}table":
                self._table(element)
            elif local and local not in _SKIPPED:
                self.blocks(element)

    def edges(self, styles: Any, kind: str) -> None:  # noqa: ANN401
        """The heads or feet of all pages, each line once."""
        seen: set[str] = set()
        for edge in [] if styles is None else styles.iter(f"{_STYLE}{kind}"):
            for paragraph in edge.iter(f"{_TEXT}p"):
                line = one_line(_text(paragraph))
                if line not in seen and any(map(str.isalpha, line)):
                    seen.add(line)
                    self.lines.add(line)

    def _line(self, element: Any, level: int = 0) -> None:  # noqa: ANN401
        """A paragraph, and behind it the frames and notes that hang on it."""
        line = one_line(_text(element))
        self.lines.add(line, level)
        for hanging in element.iter(f"{_DRAW}text-box", f"{_TEXT}note-body"):
            self.blocks(hanging)

    def _table(self, table: Any) -> None:  # noqa: ANN401
        """A table's rows; a sheet's name is a heading where there are several."""
        if table.getparent().tag == f"{_OFFICE}spreadsheet" and _siblings(table) > 1:
            self.lines.add(table.get(f"{_TABLE}name", ""), 1)
        self.lines.add_table(table_lines(list(_rows(table)), self.lines.last))


def _siblings(table: Any) -> int:  # noqa: ANN401
    return len(table.getparent().findall(f"{_TABLE}table"))


def _rows(table: Any) -> Iterator[list[Cell]]:  # noqa: ANN401
    """The rows with the cells that begin in them; what is repeated is told as often, to a bound."""
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is not table:
            continue
        heads = row.getparent().tag == f"{_TABLE}table-header-rows"
        cells = []
        for element in row.iterchildren(f"{_TABLE}table-cell"):
            text = " ".join(one_line(_text(p)) for p in element.iter(f"{_TEXT}p"))
            rows, columns = (
                _count(element.get(f"{_TABLE}number-{kind}-spanned"))
                for kind in ("rows", "columns")
            )
            cell = Cell(text, rows, columns, heads)
            cells += [cell] * _count(element.get(f"{_TABLE}number-columns-repeated"))
        repeated = _count(row.get(f"{_TABLE}number-rows-repeated"))
        yield from [cells] * (repeated if any(cell.text for cell in cells) else 1)


def _count(text: str | None) -> int:
    return min(int(text), _MOST) if text and text.isdecimal() else 1


def _text(element: Any) -> str:  # noqa: ANN401
    """A paragraph's text; without notes, comments and frames, which are told behind it."""
    text = element.text or ""
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        local = tag.rpartition("}")[2]
        if tag == f"{_TEXT}s":
            text += " " * _count(child.get(f"{_TEXT}c"))
        elif local in _BLANKS:
            text += _BLANKS[local]
        elif local and local not in _SKIPPED and not tag.startswith(_DRAW):
            text += _text(child)
        text += child.tail or ""
    return text
