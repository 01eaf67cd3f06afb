"""Lists of words that the readers of documents need, one file to a list beside this module.

A file is UTF-8. ``#`` begins a comment; blank lines do not count. ``.txt`` files hold one word a line,
``.tsv`` files columns with tabs between them. Words are written as search sees texts (simplified,
half-width, lower case: see ``wenju.corpus.script``) and are looked for in folded text.

Patterns are data as well, one file to a purpose: each says in its first lines what its columns are.
They name in braces what many of them need: ``{surname}`` is any word of the rows of ``groups.tsv`` by
that name, ``{han}`` a fragment of ``fragments.tsv``, ``{date}`` a value of ``wenju.corpus.values``.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from wenju.corpus.alternation import any_of

_NAME = re.compile(r"\{([a-z_]+)\}")


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
    """A pattern with every ``{name}`` replaced by what it stands for.

    That is any of the words of the rows of ``groups.tsv`` by that name, the fragment of a pattern of
    ``fragments.tsv``, what the grammar of values calls so (``{numeral}``, ``{date}``), or any word of
    the list ``name.txt``. Raises FileNotFoundError for a name that stands for nothing.
    """
    return _NAME.sub(lambda found: _piece(found[1]), pattern)


@cache
def rules(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rows of a list of names and patterns, in order; a name may have several."""
    return tuple((row[0], re.compile(expanded(row[1]))) for row in rows(name))


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """The pattern of each name of a list."""
    return dict(rules(name))


@cache
def phrase(name: str, of: str = "phrases") -> re.Pattern[str]:
    """One of the patterns of a list; raises KeyError for a name that has no row."""
    return patterns(of)[name]


@cache
def group(name: str) -> frozenset[str]:
    """The words of the rows of ``groups.tsv`` by a name; raises KeyError where there are none."""
    return frozenset(_groups()[name])


@cache
def _groups() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, words in rows("groups"):
        found.setdefault(name, []).extend(words.split())
    return found


@cache
def _piece(name: str) -> str:
    """What ``{name}`` stands for in a pattern."""
    if name in _groups():
        return any_of(" ".join(_groups()[name]))
    fragments = {row[0]: row[1] for row in rows("fragments")}
    if name in fragments:
        return expanded(fragments[name])
    return _of_values().get(name) or any_word(name)


@cache
def _of_values() -> dict[str, str]:
    """Patterns of the grammar of values, by the names that the lexicon has for them."""
    from wenju.corpus.values import MEASURE, NUMERAL, UNIT, shapes

    kinds = {
        "amount": shapes.AMOUNT,
        "contact": shapes.CONTACT,
        "date": shapes.DATE,
        "duration": shapes.DURATION,
        "percentage": shapes.PERCENTAGE,
    }
    named = {name: f"(?:{kind.pattern})" for name, kind in kinds.items()}
    return named | {"measure": MEASURE, "numeral": NUMERAL, "unit": UNIT}


@cache
def any_word(*names: str) -> str:
    """A regular expression for any word of the lists, longer ones first; spaces match any space."""
    found = sorted({word for name in names for word in words(name)}, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found) + ")"
