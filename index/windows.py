"""Texts as an encoder takes them: without broken characters, in windows that fit it, in batches of like length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice

_SURROGATE = re.compile("[\ud800-\udfff]")


def unbroken(text: str) -> str:
    """The text with U+FFFD for half characters, which no tokenizer takes."""
    return _SURROGATE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Window:
    """A text, or a piece of one too long for the model, and its weight in the text's vector."""

    text_index: int
    text: str
    tokens: int
    first: bool


def cut(
    index: int, text: str, spans: list[tuple[int, int]], first_room: int, room: int
) -> Iterator[Window]:
    """One window where the text's tokens fit the first room, else as many as it takes."""
    if len(spans) <= first_room:
        yield Window(index, text, len(spans) or 1, first=True)
        return
    at, end = 0, first_room
    while at < len(spans):
        part = spans[at:end]
        yield Window(index, text[part[0][0] : part[-1][1]], len(part), first=at == 0)
        at, end = end, end + room


def batches(windows: Iterable[Window], size: int) -> Iterator[list[Window]]:
    """Windows of like length together, those that begin a text apart from the others."""
    ordered = sorted(windows, key=lambda w: (w.first, w.tokens), reverse=True)
    for _, group in groupby(ordered, key=lambda w: w.first):
        while batch := list(islice(group, size)):
            yield batch
