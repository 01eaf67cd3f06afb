"""What a document's title names, apart from the edition, the date and the stage it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from wenju.corpus.lexicon import phrase
from wenju.corpus.script import fold, to_simplified
from wenju.corpus.values import terms

_phrase = partial(phrase, of="versions")
_LEAST = 2  # characters of a name
_YEAR_MARK, _FOUR = "年", re.compile(r"\d{4}")
_OUTSIDE = re.compile(r"^[^\w(]+|[^\w)]+$")
_NO_WORD = re.compile(r"[\s_\-,.:;、《》“”\"]+")


@dataclass(frozen=True, slots=True)
class Title:
    """``key`` is the name, alike for all editions and both scripts; empty where there is none.

    ``draft``: it is called a draft; ``norm``: it names a text that is in force or not, such as an
    act, and ``notice``: one that may be; ``years`` are those it names (``2020``).
    """

    key: str
    draft: bool
    norm: bool
    notice: bool
    years: frozenset[str]


@lru_cache(maxsize=50_000)
def title_of(text: str) -> Title:
    """Read a title."""
    folded = fold(to_simplified(text)).strip()
    draft = bool(_phrase("title_draft").search(folded))
    name = _covered(folded)
    name = _phrase("title_edition").sub("", name)
    name = _phrase("title_date").sub("", name)
    name = _phrase("title_stage").sub("", name)
    name = _OUTSIDE.sub("", _NO_WORD.sub("", name))
    name = _phrase("title_state").sub("", name)
    return Title(
        key=name if len(name) >= _LEAST else "",
        draft=draft,
        norm=bool(_phrase("title_norm").search(name)),
        notice=bool(_phrase("title_notice").search(name)),
        years=years_of(folded),
    )


def _covered(folded: str) -> str:
    """The title of the text that a notice is the cover of, or else the title itself."""
    cover = _phrase("title_cover").search(folded)
    if not cover or _phrase("title_about").search(folded):
        return folded
    return cover[1] or cover[2]


def years_of(folded: str) -> frozenset[str]:
    """The years that a folded text names, in any calendar and any numerals: 民國109年 is 2020."""
    if _YEAR_MARK not in folded and not _FOUR.search(folded):
        return frozenset()  # most titles; the grammar takes its time
    return frozenset(term[2:] for term in terms(folded) if term.startswith("y:"))
