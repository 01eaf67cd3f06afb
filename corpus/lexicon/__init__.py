"""Lists of words that the readers of documents need, one file to a list beside this module.

A file is UTF-8. ``#`` begins a comment; blank lines do not count. ``.txt`` files hold one word a line,
``.tsv`` files columns with tabs between them. Words are written as search sees texts (simplified,
half-width, lower case: see ``wenju.corpus.script``) and are looked for in folded text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``name.tsv``, or of ``name.txt`` where there is none, as cells.

    Raises FileNotFoundError where the lexicon has no such list.
    """
    folder = resources.files(__name__)
    path = folder / f"{name}.tsv"
    if not path.is_file():
        path = folder / f"{name}.txt"
    lines = (line.partition("#")[0].rstrip() for line in path.read_text("utf-8").split("\n"))
    return tuple(tuple(map(str.strip, line.split("\t"))) for line in lines if line)


@cache
def words(name: str) -> tuple[str, ...]:
    """The first column of a list, in the file's order, without repetition."""
    return tuple(dict.fromkeys(row[0] for row in rows(name)))


@cache
def any_word(*names: str) -> str:
    """A regular expression for any word of the lists, longer ones first; spaces match any space."""
    found = sorted({word for name in names for word in words(name)}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) + ")"
