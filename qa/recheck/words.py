"""Where words stand in a text, whatever lines it is broken into."""

from __future__ import annotations

from collections.abc import Iterator


def squeezed(text: str) -> tuple[str, list[int]]:
    """The characters of a text without white space, and where each of them stands."""
    kept = [at for at, character in enumerate(text) if not character.isspace()]
    return "".join(text[at] for at in kept), kept


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Half-open places of the words in the text, white space aside, in order; they may overlap."""
    wanted, _ = squeezed(words)
    held, places = squeezed(text)
    at = held.find(wanted) if wanted else -1
    while at >= 0:
        yield places[at], places[at + len(wanted) - 1] + 1
        at = held.find(wanted, at + 1)
