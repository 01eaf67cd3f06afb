"""Paragraphs of a conversation as Markdown, in which no document's words are markup."""

from __future__ import annotations

from collections.abc import Iterable

from wenju.ui.quotations import escaped
from wenju.ui.transcript.blocks import Block, Kind

_FORMS: dict[Kind, str] = {
    "title": "# {}",
    "note": "{}",
    "question": "## {}",
    "answer": "**{}**",
    "item": "- {}",
    "heading": "### {}",
    "place": "{}",
    "quote": "> {}",
}
_HIGHLIGHTED = "<mark>{}</mark>"
_BREAK = {"quote": "\n> ", "item": "\n  "}


def written(blocks: Iterable[Block]) -> str:
    """The document, a blank line after each paragraph."""
    return "\n\n".join(_paragraph(block) for block in blocks) + "\n"


def _paragraph(block: Block) -> str:
    pieces = [_HIGHLIGHTED.format(escaped(w)) if lit else escaped(w) for w, lit in block.pieces]
    lines = "".join(pieces).strip().splitlines()
    return _FORMS[block.kind].format(_BREAK.get(block.kind, " ").join(lines))
