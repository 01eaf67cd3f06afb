"""The table of contents at a document's head: headings that stand there once more below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wenju.corpus.layout.divisions import division_of
from wenju.corpus.layout.drafts import Draft
from wenju.corpus.layout.lines import Role

_NAME = re.compile(r"\W*目\s*[录次]\W*")
_PAGE = re.compile(r"[\s.·…-]*\d{0,4}\s*$")
_SENTENCE_ENDS = tuple("。;:!?")
_LONGEST = 60
_UNNUMBERED = 2  # lines of contents before the first chapter

Key = tuple[str, tuple[int, ...]]


def take_out_contents(drafts: Sequence[Draft]) -> None:
    """Make the lines of a table of contents page furniture: no chapter begins there.

    It is a run of headings with nothing below them, before the text or under 目錄, whose first heading
    comes again behind it.
    """
    told = [draft for draft in drafts if draft.role != Role.BLANK]
    keys = [_key(draft) for draft in told]
    last = {key: i for i, key in enumerate(keys)}
    begun = False
    at = 0
    while at < len(told):
        named = bool(_NAME.fullmatch(told[at].seen))
        first = _first(keys, at) if named else at
        end = _end(keys, first)
        again = end > first and last[keys[first]] >= end
        if again and (named or (not begun and _repeats_kind(keys[first:end]))):
            for draft in told[at:end]:
                draft.role, draft.level, draft.name = Role.FURNITURE, None, ""
                draft.article, draft.candidate, draft.marked = "", None, False
        else:
            begun = begun or end > first
        at = max(end, at + 1)


def _first(keys: Sequence[Key | None], at: int) -> int:
    """The first heading of the contents that a line announces; a preface may stand before it."""
    ahead = range(at + 1, min(at + 2 + _UNNUMBERED, len(keys)))
    return next((i for i in ahead if keys[i]), at)


def _end(keys: Sequence[Key | None], first: int) -> int:
    """Where a run of headings ends: at other text, or where its first comes again."""
    end = first
    while end < len(keys) and keys[end] and (end == first or keys[end] != keys[first]):
        end += 1
    return end


def _repeats_kind(keys: Sequence[Key | None]) -> bool:
    """Whether a heading stands there without anything below it: 第一章, 第二章."""
    kinds = [key[0] for key in keys if key]
    return len(kinds) > len(set(kinds))


def _key(draft: Draft) -> Key | None:
    """The part of a statute that a line without a sentence is the heading of."""
    line = draft.text[draft.start : draft.end].strip(" \t\u3000#*-•·")
    if len(line) > _LONGEST or draft.seen.rstrip().endswith(_SENTENCE_ENDS):
        return None
    if draft.candidate:
        return ("article", draft.candidate.number) if draft.body[0] < draft.body[1] else None
    division = division_of(_PAGE.sub("", line) or line)
    if not division:
        return None
    return division.kind + division.label[-1:], division.number
