"""Names and things that a question asks about, so that another can be put in their place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

# parts of speech of jieba (ICTCLAS): names of persons, places, bodies, other names, nouns
_SORTS: Final = {"nr": "person", "ns": "place", "nt": "body", "nz": "name", "n": "noun"}
_LEAST = 2  # characters


class Name(NamedTuple):
    """A word of a question and the sort of thing that it names."""

    text: str
    sort: str


@lru_cache(maxsize=1 << 16)
def names(question: str) -> tuple[Name, ...]:
    """The question's names and nouns of two characters and more, in their order; none in other scripts."""
    import jieba.posseg

    return tuple(
        Name(word.word, _SORTS[word.flag])
        for word in jieba.posseg.cut(question)
        if word.flag in _SORTS and len(word.word) >= _LEAST
    )
