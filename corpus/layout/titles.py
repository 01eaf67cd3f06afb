"""Titles of further statutes in one text: the lines right above an article that begins anew."""

from __future__ import annotations

from collections.abc import Sequence

from wenju.corpus.layout.divisions import division_of
from wenju.corpus.layout.drafts import Draft
from wenju.corpus.layout.headings import PLAIN
from wenju.corpus.layout.lines import Role

_LONGEST = 40
_MOST = 3  # lines of a title
_SENTENCE_ENDS = tuple("。;!?:,、")
_ENDED = tuple("。!?”)")


def find_titles(drafts: Sequence[Draft]) -> None:
    """Make headings of the title lines between the end of one statute and the first article of the next.

    They stand between a sentence's end and 第一條, or the chapter above it, and are no sentences.
    """
    told = [draft for draft in drafts if draft.role != Role.BLANK]
    begun = False
    for i, draft in enumerate(told):
        first = draft.candidate is not None and draft.article and draft.candidate.number == (1,)
        if first and begun:
            for title in _titles(told, i):
                title.role, title.level, title.whole = Role.HEADING, PLAIN + 1, True
                title.name = title.text[title.start : title.end].strip()
                title.marks, title.fields = [], ()
        begun = begun or bool(draft.article)


def _titles(told: Sequence[Draft], at: int) -> list[Draft]:
    """The title lines above a first article; none where a sentence goes on there."""
    while at and told[at - 1].level is not None and _is_division(told[at - 1]):
        at -= 1
    found: list[Draft] = []
    for draft in reversed(told[max(0, at - _MOST - 1) : at]):
        said = draft.seen.strip()
        if said.endswith(_ENDED):
            return found
        plain = draft.level is None and not (draft.mark or draft.article or draft.cells)
        if not plain or len(said) > _LONGEST or said.endswith(_SENTENCE_ENDS):
            return []
        found.append(draft)
    return []


def _is_division(draft: Draft) -> bool:
    return division_of(draft.text[draft.start : draft.end]) is not None
