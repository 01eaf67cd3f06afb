"""Tables of separated values: CSV, TSV and their like."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO

from wenju.corpus.document import Source
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.cells import Cell
from wenju.corpus.formats.grids import table_lines
from wenju.corpus.formats.records import Lines

_BLANKS = re.compile(r"[ \t\f\v\xa0]+")
_DELIMITERS = ",\t;|"
# stands for "no delimiter": a file with a single column of text
_NONE = "\x1f"
_SNIFFED = 64 * 1024
_LEAST_EVEN = 0.3


def read_csv(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source, a line for each row: ``column：value；column：value。``."""
    rows = _rows(decode(data, name), name)
    lines = Lines()
    lines.add_table(table_lines([list(map(Cell, row)) for row in rows]))
    return [Source(name, origin, lines.text, regions=tuple(lines.regions))], []


def _rows(text: str, name: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(StringIO(text, newline=""), _dialect(text)))
    except csv.Error as error:
        raise ReadError(
            f"{name} is not well-formed CSV ({error}); save it again as CSV.", why="damaged"
        ) from None
    cleaned = ([_BLANKS.sub(" ", cell.replace("\n", " ")).strip() for cell in row] for row in rows)
    return [row for row in cleaned if any(row)]


def _dialect(text: str) -> type[csv.Dialect]:
    """The delimiter is the one that cuts the first lines most evenly; quotes are always ``"``."""
    best = max(_DELIMITERS, key=lambda d: _evenness(text[:_SNIFFED], d))

    class Sniffed(csv.excel):
        delimiter = best if _evenness(text[:_SNIFFED], best) >= _LEAST_EVEN else _NONE

    return Sniffed


def _evenness(sample: str, delimiter: str) -> float:
    """The share of rows that have the commonest width above one."""
    try:
        rows = csv.reader(StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for row in rows if row]
    except csv.Error:
        return 0.0
    wide = Counter(width for width in widths if width > 1)
    return max(wide.values()) / len(widths) if wide else 0.0
