"""What a file holds: its pages, tables, notes and pictures, and what to know of how it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

NoteKind = Literal[
    "blank_pages",  # detail: the numbers of the pages that have no text
    "comments",  # how many were left out
    "hidden_sheets",  # the names of those left out
    "hidden_slides",  # how many were left out
    "unrecognised_lines",  # the numbers of the pages where lines were too unsure to be read
    "unrecognised_pages",  # the numbers of the pages where nothing was recognised
    "nested_deeply",  # too deeply for its structure: read line by line; detail: nothing
    "tracked_changes",  # how many were read as accepted
    "whole_page",  # a web page was read with its menus; detail: why
]
NOTE_KINDS: tuple[str, ...] = get_args(NoteKind)


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know of a file that was read; ``detail`` is a number or names, as the kind wants."""

    kind: NoteKind
    detail: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """How many of each there are in a file, or in several together.

    ``footnotes`` counts the notes of pages, texts and speakers, ``images`` the pictures, charts and
    diagrams, whose content is not read. ``doubts`` are the places whose characters are not certain. A
    count is 0 too where the format does not tell it.
    """

    pages: int = 0
    tables: int = 0
    footnotes: int = 0
    images: int = 0
    doubts: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """The counts that are not 0, by name."""
        names = ("pages", "tables", "footnotes", "images", "doubts")
        return {name: count for name in names if (count := getattr(self, name))}

    @property
    def asks_for_a_look(self) -> bool:
        """Whether a person should compare with the file: something was not read, or not surely."""
        return bool(self.images or self.doubts or self.notes)


def together(inventories: Iterable[Inventory]) -> Inventory:
    """The inventory of several files, or of several documents of one."""
    found = tuple(inventories)
    return Inventory(
        pages=sum(one.pages for one in found),
        tables=sum(one.tables for one in found),
        footnotes=sum(one.footnotes for one in found),
        images=sum(one.images for one in found),
        doubts=sum(one.doubts for one in found),
        notes=tuple(dict.fromkeys(note for one in found for note in one.notes)),
    )
