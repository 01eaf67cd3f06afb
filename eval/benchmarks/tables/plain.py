"""Tables as text: HTML, Markdown, separated values."""

from __future__ import annotations

import csv
from html import escape
from io import StringIO
from pathlib import Path

from wenju.corpus.formats.cells import Cell
from wenju.eval.benchmarks.tables.table import Table, texts


def html(table: Table, path: Path) -> None:
    """A page with the table, its merges as spans, the names of columns as ``th``."""
    lines = [f"<p>{escape(line)}</p>" for line in table.above]
    if table.heading and lines:
        lines[0] = f"<h1>{escape(table.above[0])}</h1>"
    lines.append("<table>")
    for i, row in enumerate(table.rows):
        tag = "th" if i < table.heads else "td"
        lines.append(f"<tr>{''.join(_html_cell(cell, tag) for cell in row)}</tr>")
    lines.append("</table>")
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    head = f'<html><head><meta charset="utf-8"><title>{escape(table.name[3:])}</title></head>'
    path.write_text("\n".join([head, "<body>", *lines, note, "</body></html>"]), encoding="utf-8")


def _html_cell(cell: Cell, tag: str) -> str:
    spans = (("rowspan", cell.rows), ("colspan", cell.columns))
    told = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
    return f"<{tag}{told}>{escape(cell.text)}</{tag}>"


def markdown(table: Table, path: Path) -> None:
    """A pipe table, which has one row of names and merges nothing; its titles stand above."""
    above = [*table.above, *(row[0].text for row in table.rows[: table.titles])]
    if table.heading and above:
        above[0] = f"# {above[0]}"
    rows = texts(table.spread()[table.titles :])
    drawn = [f"| {' | '.join(row)} |" for row in rows]
    drawn.insert(1, "|" + " --- |" * len(rows[0]))
    blocks = [*above, "\n".join(drawn), table.note]
    path.write_text("\n\n".join(filter(None, blocks)) + "\n", encoding="utf-8")


def separated(table: Table, path: Path) -> None:
    """Separated values as a spreadsheet program saves them: what merged cells hold stands once."""
    file = StringIO()
    writer = csv.writer(file)
    for line in [*table.above, *texts(table.spread()), table.note]:
        if line:
            row = [line] if isinstance(line, str) else [*line]
            writer.writerow(row + [""] * (table.width - len(row)))
    path.write_text(file.getvalue(), encoding="utf-8-sig", newline="")
