"""The headings of a Word file, by their own outline level or that of their style."""

from __future__ import annotations

import re
from typing import Any

from wenju.corpus.formats.package import W
from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold

_LEVEL = re.compile("[0-8]")


class Styles:
    """The styles of one document; ``root`` is the tree of its styles, None without any."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - lxml's trees have no types
        self.root = root
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def level(self, paragraph: Any) -> int:  # noqa: ANN401
        """The outline level of a paragraph, its own or its style's; 0 for running text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        style = self._styles.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")))
        seen: set[int] = set()
        # a damaged file may base a style on itself
        while own is None and style is not None and id(style) not in seen:
            seen.add(id(style))
            name = _value(style.find(f"{W}name"))
            if name == "Title":
                return 1
            if match := phrase("heading_style", "lines").fullmatch(fold(name)):
                return int(match.group(1))
            own = style.find(f"{W}pPr/{W}outlineLvl")
            style = self._styles.get(_value(style.find(f"{W}basedOn")))
        value = _value(own)
        return int(value) + 1 if _LEVEL.fullmatch(value) else 0


def _value(element: Any) -> str:  # noqa: ANN401
    return str(element.get(f"{W}val", "")) if element is not None else ""
