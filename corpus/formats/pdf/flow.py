"""Lines put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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
_HYPHENATED = re.compile(r"([\w-]*)[-\xad]$")
_FULL = 0.75  # of the usual width: a shorter line was ended on purpose
_INDENT = 0.8  # of the size: so far in begins a paragraph
_LIKE = 0.12  # of the size: lines of one paragraph differ by less
_NARROWEST = 12  # sizes: lines of narrower columns are lists and tables


class Flow:
    """A text that is being written, line by line; a line knows whether it goes on the one before."""

    def __init__(self) -> None:
        self.text = ""
        self.tables: list[Region] = []
        self._last: tuple[Piece, Column] | None = None

    def add(self, line: Piece, column: Column) -> int:
        """Write a line of a column; gives the place where it begins."""
        text = line.text
        if self._last and self._goes_on(line, column):
            if hyphen := _HYPHENATED.search(self.text):
                self.text = self.text[: hyphen.start()] + _unhyphenated(hyphen)
            else:
                self.text += glue(self.text, text)
        elif self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += text
        self._last = (line, column)
        return start

    def table(self, rows: Iterable[str]) -> Iterator[int]:
        """Write the rows of a table; the places where they begin."""
        places = [self._alone(row) for row in rows]
        if places:
            self.tables.append(Region(places[0], len(self.text), "table"))
        yield from places

    def _alone(self, text: str) -> int:
        """Write a line that goes on with nothing: a row of a table."""
        self.text += f"\n{text}" if self.text else text
        self._last = None
        return len(self.text) - len(text)

    def _goes_on(self, line: Piece, column: Column) -> bool:
        if self._last is None:
            return False
        last, before = self._last
        if abs(last.size - line.size) > _LIKE * last.size:
            return False
        if _MARK.match(line.text) or phrase("item", "lines").match(fold(line.text)):
            return False
        broken = _HYPHENATED.search(last.text) and line.text[:1].islower()
        if broken or _OPEN_END.search(last.text):
            return True
        if line.left - column.left > _INDENT * line.size and column.lines[0] is not line:
            return False
        usual = max(before.usual, _NARROWEST * last.size)
        return last.right - before.left >= _FULL * usual and not _SENTENCE_END.search(last.text)


def _unhyphenated(match: re.Match[str]) -> str:
    """Drop the hyphen of a broken word; keep it in a compound (``state-of-the-``) or number."""
    word = match.group(1)
    return f"{word}-" if "-" in word or word[-1:].isdecimal() or not word else word
