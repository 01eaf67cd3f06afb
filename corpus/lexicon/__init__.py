"""Lists of words that the readers of documents need, one file to a list beside this module.

A file is UTF-8. ``#`` begins a comment; blank lines do not count. ``.txt`` files hold one word a line,
``.tsv`` files columns with tabs between them. Words are written as search sees texts (simplified,
half-width, lower case: see ``wenju.corpus.script``) and are looked for in folded text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_GROUP = re.compile(r"\{([a-z_]+)\}")


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


def expanded(pattern: str) -> str:
    """A pattern with every ``{name}`` replaced by any of the words of that row of ``groups.tsv``.

    Raises KeyError for a name that has no row.
    """
    return _GROUP.sub(lambda found: _groups()[found[1]], pattern)


@cache
def rules(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of a list of names and patterns, in order; a name may have several."""
    return tuple((row[0], re.compile(expanded(row[1]))) for row in rows(name))


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The pattern of each name of a list."""
    return dict(rules(name))


@cache
def phrase(name: str) -> re.Pattern[str]:
    """One of the patterns of ``phrases.tsv``; raises KeyError for a name that has no row."""
    return patterns("phrases")[name]


@cache
def _groups() -> dict[str, str]:
    def any_of(words: str) -> str:
        return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"

    return {name: any_of(words) for name, words in rows("groups")}


@cache
def any_word(*names: str) -> str:
    """A regular expression for any word of the lists, longer ones first; spaces match any space."""
    found = sorted({word for name in names for word in words(name)}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) + ")"
