"""What a page's own style sheets hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HIDES = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
# one element by its name, class or id; states (:hover) and places in a tree are no matter of reading
_SELECTOR = re.compile(r"\s*(?:[a-z][a-z0-9]*|\*)?(?:[.#][\w-]+)?\s*", re.I)


def hides(declarations: str) -> bool:
    """Whether a style's declarations hide what they are said of."""
    return _HIDES.search(declarations) is not None


def hidden_by_style(page: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml's trees have no types
    """The elements that the page's ``style`` elements hide by a class, an id or a name.

    Rules for other media than screens are passed over, as are selectors of several parts.
    """
    hiding = {s.strip().removeprefix("*") for s in _hiding(page) if _SELECTOR.fullmatch(s)}
    for element in list(page.iter()) if hiding else []:
        if isinstance(element.tag, str) and not hiding.isdisjoint(_selectors(element)):
            yield element


def _selectors(element: Any) -> Iterator[str]:  # noqa: ANN401
    """The selectors that mean an element, those of all pages' frames apart."""
    marks = [f".{name}" for name in element.get("class", "").split()]
    marks += [f"#{element.get('id')}"] if element.get("id") else []
    for mark in marks:
        yield from (mark, f"{element.tag}{mark}")
    if element.tag not in ("html", "body"):
        yield element.tag


def _hiding(page: Any) -> Iterator[str]:  # noqa: ANN401
    """The selectors of the rules that hide something."""
    for style in page.iter("style"):
        if style.get("media", "all").lower() not in ("all", "screen", ""):
            continue
        for selectors, declarations in _RULE.findall(_without_media(style.text or "")):
            if hides(declarations):
                yield from selectors.split(",")


def _without_media(sheet: str) -> str:
    """Without comments and without rules inside of others (``@media print``)."""
    kept, depth, start = [], 0, 0
    sheet = _COMMENT.sub("", sheet)
    for at, character in enumerate(sheet):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= depth > 0
            if depth == 0:
                rule = sheet[start : at + 1]
                if not rule.lstrip().startswith("@"):
                    kept.append(rule)
                start = at + 1
    return "".join(kept)
