"""Printing on a terminal: words as words, wrapped where somebody reads them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def terminal() -> Console:
    """Where commands print; lines are wrapped only where a person reads them."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def indented(console: Console, text: Text, indent: int = 4) -> None:
    """The text below its heading, wrapped on a terminal and left in whole lines elsewhere."""
    from rich.text import Text

    width = max(console.width - indent, 20)
    for line in text.wrap(console, width) if console.is_terminal else text.split("\n"):
        console.print(Text(" " * indent) + line)


def styled(words: str, style: str = "") -> Text:
    """Words as words: neither rich's markup nor a terminal's control sequences."""
    from rich.text import Text

    return Text(cleaned(words), style=style, overflow="fold")


def cleaned(words: str) -> str:
    """Without control characters, which could move a terminal's cursor or rename its window."""
    kept = (c if c.isprintable() or c in "\n\t\u3000" else " " for c in words)
    return "".join(kept)
