"""JSON lines that hold an article of a law each, put together: one law, one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wenju.corpus.layout import article_end, numbers_of, seen
from wenju.corpus.script import fold, is_han

_LAW_KEYS = ("law", "law_name", "law_title", "title", "name", "法規名稱", "法规名称")
_NUMBER_KEYS = ("article", "article_no", "article_number", "條號", "条号")
_TEXT_KEYS = ("text", "content", "body", "context", "條文", "条文")
_DIVISION_KEYS = (
    ("book", "編", "编"),
    ("part", "篇"),
    ("chapter", "章"),
    ("section", "節", "节"),
    ("subsection", "款"),
)


@dataclass(frozen=True, slots=True)
class LawLine:
    """An article out of one line: its law, its number as it is to be read, and its text.

    ``divisions`` are the headings above it that the line names, outermost first.
    """

    law: str
    number: str
    text: str
    divisions: tuple[str, ...] = ()


@dataclass(slots=True)
class LawText:
    """The text of a law while its articles are being put together."""

    lines: list[str] = field(default_factory=list)
    _divisions: tuple[str, ...] = ()

    def add(self, line: LawLine) -> None:
        """Add an article, and the headings above it that are new."""
        same = True
        for i, division in enumerate(line.divisions):
            same = same and self._divisions[i : i + 1] == (division,)
            if division and not same:
                self.lines.append(division)
        self._divisions = line.divisions
        self.lines.append(article(line.number, line.text))

    @property
    def text(self) -> str:
        """The law so far."""
        return "\n".join(self.lines)


def article(number: str, text: str) -> str:
    """An article as plain text, its paragraphs on their lines; its number stands there once."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    number = " ".join(number.split())
    opening = lines[0] if lines else ""
    end = article_end(opening, seen(opening))
    if not number or (end and numbers_of(opening[:end]) == numbers_of(number)):
        return "\n".join(lines)
    return "\n".join([f"{number} {opening}".strip(), *lines[1:]])


def law_line(record: Mapping[str, object]) -> LawLine | None:
    """The article that a record holds: a law's name, an article's number and a text; None without."""
    law, text = _first(record, _LAW_KEYS), _first(record, _TEXT_KEYS)
    number = _number(_first(record, _NUMBER_KEYS), law + text)
    if not law or not number or not text:
        return None
    return LawLine(law, number, text, tuple(_first(record, keys) for keys in _DIVISION_KEYS))


def _first(record: Mapping[str, object], keys: tuple[str, ...]) -> str:
    """The first of the keys that has a text or a number."""
    values = (record.get(key) for key in keys)
    told = (str(v).strip() for v in values if isinstance(v, str | int) and not isinstance(v, bool))
    return next((value for value in told if value), "")


def _number(value: str, beside: str) -> str:
    """An article's number as text has it; empty where the value is something else."""
    end = article_end(value, seen(value))
    if end and end == len(value):
        return value
    if not value or not all(part.isdecimal() for part in value.split("-")):
        return ""
    simplified = all(fold(char) == char for char in beside if is_han(char))
    return f"第{value}条" if simplified else f"第{value}條"
