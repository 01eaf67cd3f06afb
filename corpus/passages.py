"""Cut a document into passages: a paragraph or article each, short neighbours joined, long ones split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from wenju.corpus.document import Document, Passage, content_id
from wenju.corpus.layout import BARE_LEVEL, Above, Layout, Role, read_layout
from wenju.corpus.sentences import split_long, trim
from wenju.corpus.statutes.pieces import pieces

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
    article: int  # where the article begins that it is in; -1 for none

    @property
    def length(self) -> int:
        return self.end - self.start


def cut(document: Document, layout: Layout | None = None) -> list[Passage]:
    """The document's passages in order; ``document.text[p.start:p.end] == p.text``, always.

    Passages are disjoint and together hold every character that is not white space. ``layout`` is
    that of the document, where it has been read.
    """
    layout = layout or read_layout(document.text, document.headings)
    groups = _join(list(_paragraphs(document, layout)))
    spans = [piece for group in groups for piece in _pieces(document.text, group)]
    # a zero-width space alone says nothing
    says = [any(map(str.isalnum, layout.text[line.start : line.end])) for line in layout.lines]
    return [
        _passage(
            document, position, (start, end), read_as, _above(layout, says, start, end), layout
        )
        for position, ((start, end), read_as) in enumerate(
            zip(spans, _read_as(document, spans), strict=True)
        )
    ]


def _passage(
    document: Document,
    position: int,
    span: tuple[int, int],
    read_as: str,
    above: Above,
    layout: Layout,
) -> Passage:
    start, end = span
    return Passage(
        id=content_id(document.id, str(start), str(end)),
        document_id=document.id,
        position=position,
        start=start,
        end=end,
        text=document.text[start:end],
        headings=layout.heading_path(start),
        page=document.page_at(start),
        title=document.title,
        date=document.date,
        issuer=document.issuer,
        heading=above.heading if above.heading != document.title else "",
        article=above.article,
        header=above.header,
        read_as=read_as,
    )


def _above(layout: Layout, says: Sequence[bool], start: int, end: int) -> Above:
    """What stands above a passage's first text: its headings, its article, its table's header.

    ``says`` tells of each line whether it has a letter, an ideograph or a number.
    """
    first = layout.index_at(start)
    told = (
        i
        for i, line in enumerate(layout.lines[first : layout.index_at(end) + 1], first)
        if line.article or line.role not in (Role.BLANK, Role.HEADING, Role.QUESTION) and says[i]
    )
    text = next(told, None)
    above = layout.above[first if text is None else text]
    if text is None:  # nothing but headings
        line = layout.lines[first]
        heading = layout.text[line.start : line.end].strip()
        return Above(above.path, heading, line.article or above.article)
    # a row in the middle of a passage has its header in the passage
    return above if text == first else Above(above.path, above.heading, above.article)


def _read_as(document: Document, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """How the characters of each span were read; what is least certain of them counts for all."""
    regions, at = sorted(document.regions, key=lambda region: region.start), 0
    for start, end in spans:
        while at < len(regions) and regions[at].end <= start:
            at += 1
        within = takewhile(lambda region: region.start < end, islice(regions, at, None))  # noqa: B023
        kinds = {region.kind for region in within if start < region.end}
        yield next((kind for kind in ("ocr", "table") if kind in kinds), "text")


def _paragraphs(document: Document, layout: Layout) -> Iterator[_Paragraph]:
    """Lines that are not blank with the path of headings above each."""
    article, level, opens = -1, 0, False
    for line, above in zip(layout.lines, layout.above, strict=True):
        if line.role == Role.BLANK:
            continue
        start, end = trim(document.text, line.start, line.end)
        if any(map(str.isalnum, document.text[start:end])):  # else it goes with what is above
            opens = line.level is not None and line.level < BARE_LEVEL
        if line.level is not None and (line.article or line.level <= level):
            article, level = (start, line.level) if line.article else (-1, 0)
        yield _Paragraph(start, end, above.path, opens, document.page_at(start), article)


def _join(paragraphs: list[_Paragraph]) -> list[list[_Paragraph]]:
    """Group short neighbours; a heading goes with what follows it."""
    groups: list[list[_Paragraph]] = []
    for paragraph in paragraphs:
        if groups and _belongs(groups[-1], paragraph):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups


def _pieces(text: str, group: list[_Paragraph]) -> list[tuple[int, int]]:
    """The places of a group's passages."""
    start, end = group[0].start, group[-1].end
    if group[-1].article >= 0:
        return pieces(text, start, group[-1].article, end, LONG)
    return split_long(text, start, end, LONG)


def _belongs(group: list[_Paragraph], paragraph: _Paragraph) -> bool:
    """Whether the paragraph is joined to the group before it."""
    if paragraph.article >= 0 and paragraph.article == group[-1].article:
        return True
    if all(member.opens and member.article < 0 for member in group) and paragraph.article >= 0:
        return paragraph.page == group[-1].page and len(paragraph.path) > len(group[-1].path)
    if group[-1].article >= 0:
        return False
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
