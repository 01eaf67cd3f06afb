"""An HTML tree as lines of text, with the places of its headings."""

from __future__ import annotations

from typing import Any

from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.raised import raised
from wenju.corpus.formats.records import Lines, one_line
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

Element = Any  # lxml's, which has no types


HEADINGS = {f"h{n}": n for n in range(1, 7)}
UNSEEN = (
    "script style noscript template iframe svg canvas object button select rt rp head title".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form header hr legend main ol p section summary table tbody td tfoot th thead "
    "tr ul".split()
)
OWN_LINES = _BLOCKS | HEADINGS.keys() | {"li", "pre", "br"}
_LONG_CELL = 4  # paragraphs
_LONGEST_NAME = 30  # characters of a cell that names what stands beside it
_LONGEST_NUMBER = 9  # digits of a list item's number: what is longer is damage


class Writer:
    """Writes an HTML tree as lines."""

    def __init__(self) -> None:
        self.lines = Lines()
        self._pending = ""
        self._mark = ""

    def write(self, element: Element) -> Lines:
        """Write an element and what stands inside it."""
        tag = element.tag
        if tag in OWN_LINES:
            self.flush()
        if tag in HEADINGS:
            self.lines.add(flat(element, "\n"), HEADINGS[tag])
        elif tag == "table" and _is_data(element):
            item = _item(element)
            rows = table_lines(
                [list(map(_cell, _cells(row))) for row in element.iter("tr")], self.lines.last
            )
            self.lines.add_table(f"{item}；{line}" if item else line for line in rows)
        elif tag == "pre":
            self._verbatim(element)
        elif isinstance(tag, str) and tag not in UNSEEN:
            self._mark = _mark(element) if tag == "li" else self._mark
            self.write_children(element)
        if tag in OWN_LINES:
            self.flush()
        return self.lines

    def _verbatim(self, element: Element) -> None:
        for line in element.text_content().split("\n"):
            self.lines.add(line.rstrip())

    def write_children(self, element: Element) -> None:
        """Write what stands inside an element; the caller flushes."""
        self._pending += element.text or ""
        for child in element:
            if child.tag == "sup":
                self._pending += raised(self._pending, child.text_content().strip())
            else:
                self.write(child)
            self._pending += child.tail or ""

    def flush(self) -> None:
        """End the line; a list mark waits for the text it belongs to."""
        line = one_line(self._pending)
        self._pending = ""
        if line and not phrase("where_on_page", "lines").match(fold(line)):
            self.lines.add(self._mark + line)
            self._mark = ""


def flat(element: Element, joint: str) -> str:
    """What stands inside an element, on one line."""
    writer = Writer()
    writer.write_children(element)
    writer.flush()
    return one_line(joint.join(writer.lines.lines))


def _item(table: Element) -> str:
    """What a table inside another one belongs to: the short cells before it in its row."""
    box = next((e for e in table.iterancestors() if e.tag in ("td", "th", "table")), None)
    if box is None or box.tag == "table":
        return ""
    cells = [e for e in box.itersiblings("td", "th", preceding=True) if e.find(".//table") is None]
    names = [name for e in reversed(cells) if (name := flat(e, " "))]
    return "；".join(names) if all(len(name) <= _LONGEST_NAME for name in names) else ""


def _cells(row: Element) -> list[Element]:
    return list(row.iterchildren("td", "th"))


def _cell(element: Element) -> Cell:
    rows, columns = (_number(element.get(name, "")) or 1 for name in ("rowspan", "colspan"))
    return Cell(flat(element, " "), rows, columns, heads=element.tag == "th")


def _mark(item: Element) -> str:
    """A list item's mark: Markdown's own, or the number a browser would show."""
    parent = item.getparent()
    if "data-mark" in item.attrib or parent is None or parent.tag != "ol":
        return str(item.get("data-mark", ""))
    number = _number(item.get("value", ""))
    if number is None:
        first = _number(parent.get("start", "1"))
        number = (1 if first is None else first) + sum(
            1 for _ in item.itersiblings("li", preceding=True)
        )
    return f"{number}. "


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def _is_data(table: Element) -> bool:
    """Whether a table holds rows of data; old pages use tables for their layout."""
    if table.xpath(".//table | .//h1 | .//h2 | .//h3 | .//h4"):
        return False
    cells = table.xpath(".//td | .//th")
    rows = [row for row in table.iter("tr") if len(row) > 1]
    return bool(rows) and all(
        len(cell.xpath(".//p | .//div | .//br")) < _LONG_CELL for cell in cells
    )
