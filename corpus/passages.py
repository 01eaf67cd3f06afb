"""Cut a document into passages: a paragraph each, short neighbours joined, long ones split."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from wenju.corpus.document import Document, Passage, content_id
from wenju.corpus.outline import outline
from wenju.corpus.sentences import split_long, trim

SHORT = 80  # a paragraph below this is joined with its neighbour
LIST_LINE = 60  # lines below this may go on being joined, as in lists and letterheads
JOINED = 200  # but never beyond this
LONG = 400  # a paragraph above this is split at sentence ends, into pieces of at most this


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    path: tuple[str, ...]
    opens: bool  # a heading or article: nothing before it may be joined to it
    page: int | None

    @property
    def length(self) -> int:
        return self.end - self.start


def cut(document: Document) -> list[Passage]:
    """The document's passages in order; ``document.text[p.start:p.end] == p.text``, always.

    Passages are disjoint and together hold every character that is not white space.
    """
    spans = [
        (piece, group[0])
        for group in _join(list(_paragraphs(document)))
        for piece in split_long(document.text, group[0].start, group[-1].end, LONG)
    ]
    return [
        Passage(
            id=content_id(document.id, str(start), str(end)),
            document_id=document.id,
            position=position,
            start=start,
            end=end,
            text=document.text[start:end],
            headings=paragraph.path,
            page=_page(document, start),
            title=document.title,
            date=document.date,
            issuer=document.issuer,
        )
        for position, ((start, end), paragraph) in enumerate(spans)
    ]


def _paragraphs(document: Document) -> Iterator[_Paragraph]:
    """Non-empty lines with the path of headings above each."""
    marked = {h.start: h.level for h in document.headings}
    levels: dict[int, str] = {}
    at = 0
    for line in document.text.split("\n"):
        start, end = trim(document.text, at, at + len(line))
        at += len(line) + 1
        if start == end:
            continue
        level, label, whole = _level(document.text[start:end], marked.get(start))
        if level is not None:
            levels = {k: v for k, v in levels.items() if k < level}
        path = tuple(v for _, v in sorted(levels.items()))
        if level is not None:
            levels[level] = label
            path = path if whole else (*path, label)
        yield _Paragraph(start, end, path, level is not None, _page(document, start))


def _level(line: str, marked: int | None) -> tuple[int | None, str, bool]:
    """Level, label and whether the whole line is the heading; the format's own marks win."""
    if marked is not None:
        return marked, line, True
    found = outline(line)
    # the numbering of plain text lies below any heading that the format marks
    return (found.level + 6, found.label, found.whole_line) if found else (None, "", False)


def _join(paragraphs: list[_Paragraph]) -> list[list[_Paragraph]]:
    """Group short neighbours; a heading goes with what follows it."""
    groups: list[list[_Paragraph]] = []
    for paragraph in paragraphs:
        if groups and _belongs(groups[-1], paragraph):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups


def _belongs(group: list[_Paragraph], paragraph: _Paragraph) -> bool:
    """Whether the paragraph is joined to the group before it."""
    joined = paragraph.end - group[0].start
    if paragraph.page != group[-1].page or joined > LONG:
        return False
    if all(member.opens for member in group):
        return not paragraph.opens or len(paragraph.path) > len(group[-1].path)
    if paragraph.opens:
        return False
    length = group[-1].end - group[0].start
    if length < SHORT or paragraph.length < SHORT // 4:
        return joined <= JOINED or length < SHORT // 2
    return paragraph.length < LIST_LINE and group[-1].length < LIST_LINE and joined <= JOINED


def _page(document: Document, at: int) -> int | None:
    """The number of the page that holds the character, or None without pages."""
    i = bisect_right(document.pages, at, key=lambda page: page.start) - 1
    return document.pages[i].number if i >= 0 else None
