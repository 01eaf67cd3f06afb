"""Lines put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenju.corpus.document import Region
from wenju.corpus.formats.pdf.lines import Piece
from wenju.corpus.formats.pdf.regions import Column
from wenju.corpus.formats.records import glue
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

# what the paragraphs of lists begin with, beside numbers in words
_MARK = re.compile(r"\d{1,2}[.．、)）](?!\d)|[•●○■◆▪※‧]|-\s|\u3000")
_SENTENCE_END = re.compile(r"[。！？!?；;：:….][”’」』）)》〉\"']*$")
_OPEN_END = re.compile(r"[，、,（(「『《〈“‘]$")
_HYPHENATED = re.compile(r"(?<![\w-])([\w-]*)[-\xad]$")
_FULL = 0.75  # of the usual width: a shorter line was ended on purpose
_INDENT = 0.8  # of the size: so far in begins a paragraph
_LIKE = 0.12  # of the size: lines of one paragraph differ by less
_NARROWEST = 12  # sizes: lines of narrower columns are lists and tables


@dataclass(frozen=True, slots=True)
class Placed:
    """A line as it was written: where it begins, its text, and where on its page it stood.

    A row of a table has stood nowhere as such.
    """

    start: int
    text: str
    line: Piece | None = None


class Flow:
    """A text that is being written, line by line; a line knows whether it goes on the one before."""

    def __init__(self) -> None:
        self.tables: list[Region] = []
        self._parts: list[str] = []
        self._length = 0
        self._last: tuple[Piece, Column] | None = None

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._parts)

    @property
    def last(self) -> str:
        """The line that was written last."""
        found = ""
        for part in reversed(self._parts):
            if part == "\n":
                break
            found = part + found
        return found

    def add(self, line: Piece, column: Column) -> Placed:
        """Write a line of a column."""
        text = line.text
        if self._last and self._goes_on(line, column):
            before = self._parts[-1]
            if hyphen := _HYPHENATED.search(before):
                self._parts[-1] = before[: hyphen.start()] + _unhyphenated(hyphen)
                self._length += len(self._parts[-1]) - len(before)
            else:
                self._write(glue(before, text))
        elif self._parts:
            self._write("\n")
        start = self._length
        self._write(text)
        self._last = (line, column)
        return Placed(start, text, line)

    def table(self, rows: Iterable[str]) -> Iterator[Placed]:
        """Write the rows of a table, which is kept as a region."""
        placed = [self.alone(row) for row in rows]
        if placed:
            self.tables.append(Region(placed[0].start, self._length, "table"))
        yield from placed

    def alone(self, text: str) -> Placed:
        """Write a line that goes on with nothing: a row of a table."""
        if self._parts:
            self._write("\n")
        self._write(text)
        self._last = None
        return Placed(self._length - len(text), text)

    def _write(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)

    def _goes_on(self, line: Piece, column: Column) -> bool:
        if self._last is None:
            return False
        last, before = self._last
        if abs(last.size - line.size) > _LIKE * last.size:
            return False
        if _MARK.match(line.text) or _begins_anew(fold(line.text)):
            return False
        broken = _HYPHENATED.search(last.text) and line.text[:1].islower()
        if broken or _OPEN_END.search(last.text):
            return True
        if line.left - column.left > _INDENT * line.size and column.lines[0] is not line:
            return False
        usual = max(before.usual, _NARROWEST * last.size)
        return last.right - before.left >= _FULL * usual and not _SENTENCE_END.search(last.text)


def _begins_anew(text: str) -> bool:
    """Whether a line begins an item of a list, or tells the unit of a table below it."""
    return any(phrase(name, "lines").match(text) for name in ("item", "unit_of_table"))


def _unhyphenated(match: re.Match[str]) -> str:
    """Drop the hyphen of a broken word; keep it in a compound (``state-of-the-``) or number."""
    word = match.group(1)
    return f"{word}-" if "-" in word or word[-1:].isdecimal() or not word else word
