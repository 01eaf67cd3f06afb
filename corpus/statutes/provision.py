"""Provision: a part of a statute that has a number, or could have one."""

from __future__ import annotations

from dataclasses import dataclass

DIVISIONS = ("book", "part", "chapter", "section", "subsection")
"""Divisions above the articles, the outermost first."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A part of a statute, ``document.text[start:end]``: its number, its heading and all below it.

    ``kind`` is one of DIVISIONS, ``article``, ``annex``, or inside an article ``paragraph`` (項 in Taiwan, 款 on
    the mainland), ``item`` (款, 项) or ``subitem`` (目). ``number`` is its number, ``(9, 1)`` for
    第九條之一; paragraphs are counted, from 1. ``label`` is the number as it is written, without spaces,
    empty for paragraphs; ``title`` the heading beside it (總則).
    """

    kind: str
    number: tuple[int, ...]
    label: str
    title: str
    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether a place in the document is in it."""
        return self.start <= offset < self.end
