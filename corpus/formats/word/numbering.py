"""The numbers that Word gives to paragraphs by itself: 第一條, 一、, (一), 1., as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from wenju.corpus.formats.package import W
from wenju.corpus.formats.word.numerals import numeral

_LEVELS = 9
_LONGEST = 4  # digits of a number: what is longer is damage
_DEEPEST_STYLE = 50  # a damaged file may base a style on itself
_CLOSED = frozenset("、，．。：；）)】〕」')")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; ``restart`` is the level that begins it anew, from 1; 0 for none."""

    start: int
    form: str
    text: str
    suffix: str
    legal: bool
    restart: int


class Numbering:
    """The numbers of one document's paragraphs, asked for in its order."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401 - lxml's trees
        """Read ``numbering.xml`` and ``styles.xml``; either may be missing (None)."""
        self._abstract = _by_id(numbering, "abstractNum", "abstractNumId")
        self._lists = _by_id(numbering, "num", "numId")
        self._styles = _by_id(styles, "style", "styleId")
        self._levels: dict[str, list[_Level]] = {}
        self._counts: dict[str, list[int]] = {}
        self._started: set[str] = set()

    def label(self, paragraph: Any) -> str:  # noqa: ANN401
        """The number of the next paragraph, with the space behind it; empty for one without.

        Counts on: each paragraph may be asked for once.
        """
        list_id, level = self._place(paragraph)
        if list_id not in self._lists or not 0 <= level < _LEVELS:
            return ""
        levels = self._levels_of(list_id)
        if level >= len(levels):
            return ""
        counts = self._count(list_id, level, levels)
        text = _written(levels, level, counts)
        return text + _gap(text, levels[level].suffix) if text.strip() else ""

    def _place(self, paragraph: Any) -> tuple[str, int]:  # noqa: ANN401
        """The list and level of a paragraph, its own or its style's."""
        list_id = level = ""
        for style, properties in self._properties(paragraph):
            found = properties.find(f"{W}numPr")
            if found is None:
                continue
            level = level or _value(found, "ilvl")
            list_id = _value(found, "numId")
            if list_id:
                level = level or self._level_of(list_id, style)
                break
        return list_id, int(level) if level.isdecimal() else 0

    def _properties(self, paragraph: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        """What a paragraph, its style and those that this is based on say, the nearest first."""
        own = paragraph.find(f"{W}pPr")
        name = ""
        if own is not None:
            yield "", own
            name = _value(own, "pStyle")
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                return
            if (properties := style.find(f"{W}pPr")) is not None:
                yield name, properties
            name = _value(style, "basedOn")

    def _level_of(self, list_id: str, style: str) -> str:
        """The level of a list that belongs to a style."""
        levels = self._elements(list_id)
        return next((str(i) for i, e in levels.items() if _value(e, "pStyle") == style != ""), "")

    def _levels_of(self, list_id: str) -> list[_Level]:
        if list_id not in self._levels:
            self._levels[list_id] = self._read_levels(list_id)
        return self._levels[list_id]

    def _read_levels(self, list_id: str) -> list[_Level]:
        elements = self._elements(list_id)
        return [_level(elements.get(i), i) for i in range(max(elements, default=-1) + 1)]

    def _elements(self, list_id: str, depth: int = 0) -> dict[int, Any]:
        """The levels of a list as the file has them, its own before those of its definition."""
        number = self._lists.get(list_id)
        if number is None:
            return {}
        abstract = self._abstract.get(_value(number, "abstractNumId"))
        elements = {} if abstract is None else _levels_in(abstract)
        if not elements and abstract is not None:  # the definition of another list, by its style
            style = self._styles.get(_value(abstract, "numStyleLink"))
            linked = None if style is None else style.find(f"{W}pPr/{W}numPr")
            other = "" if linked is None else _value(linked, "numId")
            # damaged lists may name each other
            goes_on = other not in ("", list_id) and depth < _DEEPEST_STYLE
            elements = self._elements(other, depth + 1) if goes_on else {}
        for override in number.findall(f"{W}lvlOverride"):
            elements |= _levels_in(override)
        return elements

    def _count(self, list_id: str, level: int, levels: list[_Level]) -> list[int]:
        """Count a paragraph; lists of one definition count on together."""
        key = _value(self._lists[list_id], "abstractNumId")
        counts = self._counts.setdefault(key, [0] * _LEVELS)
        self._override(list_id, counts, levels)
        for outer in range(level):
            counts[outer] = counts[outer] or levels[outer].start
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        for inner in range(level + 1, len(levels)):
            restart = levels[inner].restart
            if restart and level < restart:
                counts[inner] = 0
        return counts

    def _override(self, list_id: str, counts: list[int], levels: list[_Level]) -> None:
        """Begin anew where a list says so of its levels, the first time that it is used."""
        if list_id in self._started:
            return
        self._started.add(list_id)
        for override in self._lists[list_id].findall(f"{W}lvlOverride"):
            start, level = _value(override, "startOverride"), _number(override.get(f"{W}ilvl"))
            if start.isdecimal() and level < len(levels):
                counts[level] = int(start) - 1
                levels[level] = replace(levels[level], start=int(start))


def _by_id(root: Any, tag: str, key: str) -> dict[str, Any]:  # noqa: ANN401
    if root is None:
        return {}
    return {str(element.get(W + key, "")): element for element in root.findall(W + tag)}


def _levels_in(element: Any) -> dict[int, Any]:  # noqa: ANN401
    return {_number(level.get(f"{W}ilvl")): level for level in element.findall(f"{W}lvl")}


def _level(element: Any, index: int) -> _Level:  # noqa: ANN401
    if element is None:
        return _Level(1, "none", "", "tab", False, index)
    restart = _value(element, "lvlRestart")
    return _Level(
        _number(_value(element, "start") or "1"),
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _value(element, "suff") or "tab",
        element.find(f"{W}isLgl") is not None,
        int(restart) if restart.isdecimal() else index,
    )


def _value(element: Any, tag: str) -> str:  # noqa: ANN401
    found = element.find(W + tag)
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= _LONGEST else 0


def _written(levels: list[_Level], level: int, counts: list[int]) -> str:
    """``第%1條`` with the numbers of the levels that it names."""
    text = levels[level].text
    for i in range(min(_LEVELS, len(levels))):
        if f"%{i + 1}" in text:
            form = "decimal" if levels[level].legal and i < level else levels[i].form
            text = text.replace(f"%{i + 1}", numeral(counts[i], form))
    return "" if levels[level].form == "bullet" else text


def _gap(text: str, suffix: str) -> str:
    """The space that stands between a number and its text."""
    return "" if suffix == "nothing" or text[-1] in _CLOSED else " "
