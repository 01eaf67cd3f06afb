"""Lines while they are being read: what a line says by itself, before its neighbours are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wenju.corpus.document import Heading
from wenju.corpus.layout.articles import Candidate, candidate_of
from wenju.corpus.layout.divisions import division_of
from wenju.corpus.layout.fields import fields_of, is_furniture
from wenju.corpus.layout.headings import (
    ARTICLE_LEVEL,
    PLAIN,
    QUESTION_LEVEL,
    is_question,
    outline,
    squeezed,
)
from wenju.corpus.layout.lines import Field, Line, Mark, Place, Role
from wenju.corpus.layout.marks import marks_of
from wenju.corpus.layout.records import opens_with_name, record_of
from wenju.corpus.layout.tables import cells_of, is_rule
from wenju.corpus.sentences import trim

Record = tuple[tuple[Field | None, Place], ...]
"""The values of a row, each with its label."""

_OPENERS = "-•·*●○◆■# "


@dataclass(slots=True)
class Draft:
    """A line of ``text`` that may still change; ``view`` is the text as it is ``seen``.

    ``name`` is what it is called in the path of headings below it, ``whole`` whether the line is no
    more than that, ``marked`` whether the format says that it is a heading. ``candidate`` is the number
    of an article that it opens with, which may yet be a reference.
    """

    text: str
    view: str
    start: int
    end: int
    role: Role = Role.TEXT
    body: Place = (0, 0)
    level: int | None = None
    name: str = ""
    whole: bool = False
    marked: bool = False
    candidate: Candidate | None = None
    article: str = ""
    marks: list[Mark] = field(default_factory=list)
    fields: tuple[Field, ...] = ()
    cells: tuple[Place, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """The whole line as the patterns see it."""
        return self.view[self.start : self.end]

    @property
    def mark(self) -> Mark | None:
        """The last mark that opens the line: the number behind a bullet, else the bullet."""
        opens = None
        for mark in self.marks:
            if mark.end <= self.body[0]:
                opens = mark
        return opens

    def done(self) -> Line:
        """The line as it is handed out."""
        return Line(
            *(self.start, self.end, self.role, self.body, self.level, tuple(self.marks)),
            *(self.fields, self.cells, self.columns, self.article),
        )


def drafts_of(text: str, view: str, headings: tuple[Heading, ...]) -> list[Draft]:
    """Every line of a text by itself, blank ones too."""
    marked = {heading.start: heading.level for heading in headings}
    found, at = [], 0
    for line in text.split("\n"):
        draft = Draft(text, view, at, at + len(line))
        _read(draft, marked)
        found.append(draft)
        at += len(line) + 1
    return found


def without_article(draft: Draft) -> Draft:
    """A line read anew that only refers to an article."""
    plain = Draft(draft.text, draft.view, draft.start, draft.end)
    _read(plain, {}, may_open=False)
    return plain


def nest_divisions(drafts: Sequence[Draft]) -> None:
    """Put what is numbered below what it belongs to where a format marks both as headings alike.

    第一節 and 第五條 lie inside 第二章, though all three may be headings of one size.
    """
    above: list[tuple[int, int]] = []  # the level that its word gives a division, and its own
    for draft in drafts:
        if not draft.marked or draft.level is None:
            continue
        division = division_of(draft.text[draft.start : draft.end])
        level = division.level if division else ARTICLE_LEVEL
        if not division and not draft.article:
            above = [pair for pair in above if pair[1] < draft.level]
            continue
        above = [pair for pair in above if pair[0] < level]
        if above and above[-1][1] >= draft.level:
            draft.level = above[-1][1] + 1
        above.append((level, draft.level))


def _read(draft: Draft, marked: Mapping[int, int], *, may_open: bool = True) -> None:
    start, end = draft.body = trim(draft.text, draft.start, draft.end)
    if start == end:
        draft.role, draft.body = Role.BLANK, (draft.start, draft.start)
        return
    if is_rule(draft.seen):
        draft.role = Role.FURNITURE
        return
    draft.cells = cells_of(draft.view, draft.start, draft.end)
    if draft.cells:
        draft.role = Role.ROW
        return
    _read_opening(draft, may_open)
    draft.fields = fields_of(draft.view, *draft.body)
    _read_record(draft)
    _read_role(draft)
    _read_level(draft, marked.get(start))


def _read_opening(draft: Draft, may_open: bool) -> None:
    """The number of an article, or list marks, which the body leaves out."""
    start, end = draft.body
    at = start
    while at < end and draft.text[at] in _OPENERS:
        at += 1
    if may_open and (candidate := candidate_of(draft.text[at:end], draft.view[at:end])):
        draft.candidate = candidate
        draft.article = squeezed(draft.text[at : at + candidate.end])
        start = trim(draft.text, at + candidate.end, end)[0]
        draft.marks = [m for m in marks_of(draft.text, draft.view, start, end) if m.style != "·"]
    else:
        draft.marks = marks_of(draft.text, draft.view, start, end)
    for mark in draft.marks:
        if not draft.text[start : mark.start].strip():
            start = trim(draft.text, mark.end, end)[0]
    draft.body = (start, end)


def _read_record(draft: Draft) -> None:
    """The values of a row that tells its columns' names itself."""
    named = draft.fields or opens_with_name(draft.text, *draft.body)
    if named:
        _take_record(draft, record_of(draft.text, *draft.body))


def read_short_records(drafts: Sequence[Draft]) -> None:
    """Rows of two columns whose names stand alone: ``南湖小学；学生（人）：1785。`` below one that is alike."""
    told = [draft for draft in drafts if draft.role != Role.BLANK]
    short = [_short_record(draft) for draft in told]
    for (one, two), (ours, theirs) in zip(pairwise(told), pairwise(short), strict=True):
        if ours and theirs and _labels(one, ours) == _labels(two, theirs):
            for draft, record in ((one, ours), (two, theirs)):
                _take_record(draft, record)
                draft.role = Role.LABEL


def _short_record(draft: Draft) -> Record:
    """A line as a row with one named value; nothing for other lines."""
    free = draft.role == Role.TEXT and not draft.cells and not draft.fields
    if not free or not opens_with_name(draft.text, *draft.body, least=1):
        return ()
    return record_of(draft.text, *draft.body, least=1)


def _labels(draft: Draft, record: Record) -> list[str]:
    return [draft.text[slice(*f.label)] if f else "" for f, _ in record]


def _take_record(draft: Draft, record: Record) -> None:
    if record:
        draft.fields = tuple(field for field, _ in record if field)
        draft.cells = tuple(place for _, place in record)
        draft.columns = tuple(_labels(draft, record))


def _read_role(draft: Draft) -> None:
    if is_furniture(draft.seen):
        draft.role = Role.FURNITURE
    elif is_question(draft.seen):
        draft.role = Role.QUESTION
        draft.fields = ()
    elif draft.fields and (not draft.mark or draft.mark.style == "·"):
        draft.role = Role.LABEL
    elif draft.mark and not draft.article:
        draft.role = Role.ITEM


def _read_level(draft: Draft, marked: int | None) -> None:
    """The place in the outline; what the format marks wins over what the text's numbering says."""
    line = draft.text[draft.start : draft.end].strip()
    if marked is not None:
        draft.level, draft.name, draft.whole, draft.marked = marked, line, True, True
        draft.role = Role.HEADING
        return
    if draft.article:
        draft.level, draft.name = ARTICLE_LEVEL + PLAIN, draft.article
        if draft.body[0] == draft.body[1]:
            draft.role = Role.HEADING
        return
    found = outline(line, draft.seen)
    if not found or found.level == ARTICLE_LEVEL:
        return
    draft.level, draft.name, draft.whole = found.level + PLAIN, found.label, found.whole_line
    if found.level == QUESTION_LEVEL:
        draft.role = Role.QUESTION
    else:
        draft.role = Role.HEADING
