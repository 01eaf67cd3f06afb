"""The headings of a Word file, by their own outline level or that of their style."""

from __future__ import annotations

import re
from typing import Any

from wenju.corpus.formats.package import W
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

_LEVEL = re.compile("[0-8]")
_DEEPEST = 1000  # styles that are based on each other


class Styles:
    """The styles of one document; ``root`` is the tree of its styles, None without any."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - lxml's trees have no types
        self.root = root
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._levels: dict[str, int] = {}

    def level(self, paragraph: Any) -> int:  # noqa: ANN401
        """The outline level of a paragraph, its own or its style's; 0 for running text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return _outline(own)
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        if style not in self._levels:
            self._levels[style] = self._level_of(style)
        return self._levels[style]

    def _level_of(self, name: str) -> int:
        """The outline level of a style, its own or that of one that it is based on."""
        seen: set[str] = set()
        # a damaged file may base a style on itself, or on more than there are reasons for
        while name in self._styles and name not in seen and len(seen) < _DEEPEST:
            seen.add(name)
            style = self._styles[name]
            called = _value(style.find(f"{W}name"))
            if called == "Title":
                return 1
            if match := phrase("heading_style", "lines").fullmatch(fold(called)):
                return int(match.group(1))
            own = style.find(f"{W}pPr/{W}outlineLvl")
            if own is not None:
                return _outline(own)
            name = _value(style.find(f"{W}basedOn"))
        return 0


def _outline(element: Any) -> int:  # noqa: ANN401
    value = _value(element)
    return int(value) + 1 if _LEVEL.fullmatch(value) else 0


def _value(element: Any) -> str:  # noqa: ANN401
    return str(element.get(f"{W}val", "")) if element is not None else ""
