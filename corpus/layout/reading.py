"""Reading a layout: each line by itself, then beside its neighbours, then blocks and paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from wenju.corpus.document import Heading, Passage
from wenju.corpus.layout.articles import opening
from wenju.corpus.layout.contents import take_out_contents
from wenju.corpus.layout.divisions import is_annex_name
from wenju.corpus.layout.drafts import (
    Draft,
    drafts_of,
    nest_divisions,
    read_short_records,
    without_article,
)
from wenju.corpus.layout.fields import is_body, is_date_line, is_signer
from wenju.corpus.layout.headings import BARE_LEVEL, PLAIN, is_bare_heading
from wenju.corpus.layout.layout import Above, Layout
from wenju.corpus.layout.lines import Block, Role
from wenju.corpus.layout.lists import lists_of, weak_marks
from wenju.corpus.layout.numerals import seen
from wenju.corpus.layout.tables import column_names, header_rows, is_rule
from wenju.corpus.layout.titles import find_titles
from wenju.corpus.lexicon import words

_CERTAIN = 5.0  # the weight of what is known to open an article
_SIGNED_LINES = 4  # at most, at a document's foot


def read_layout(text: str, headings: Sequence[Heading] = ()) -> Layout:
    """The layout of a text and the headings that its format marked, whose levels win.

    Pure: the same text and headings give the same layout. Linear in the text's length.
    """
    return _read(text, headings)


def passage_layout(passage: Passage) -> Layout:
    """The layout of a passage's text, as far as it is known without its document.

    Headings above it and the header of the table that it goes on with are those that the passage
    remembers. ``Layout.slice`` of its document's layout knows more.
    """
    above = f"{passage.header}\n" if passage.header else ""
    at = passage.text.find(passage.heading) if passage.heading else -1
    opens = at >= 0 and not passage.text[:at].strip()
    marks = [Heading(len(above) + at, len(above) + at + len(passage.heading), PLAIN)]
    known = _read(above + passage.text, marks if opens else (), above.count("\n"), passage.article)
    own = known.slice(len(above), len(above) + len(passage.text))
    return own.below(passage.headings, "" if opens else passage.heading, passage.article)


def _read(text: str, headings: Sequence[Heading], header: int = 0, article: str = "") -> Layout:
    """``header`` is how many of the first lines are known to name the columns of a table.

    ``article`` is the number of an article that is known to be one.
    """
    drafts = drafts_of(text, seen(text), tuple(headings))
    read_short_records(drafts)
    take_out_contents(drafts)
    _check_articles(drafts, article)
    nest_divisions(drafts)
    find_titles(drafts)
    _keep_articles_whole(drafts)
    _drop_weak_marks(drafts)
    _find_items(drafts)
    _find_signature(drafts)
    _find_bare_headings(drafts)
    tables = list(_tables(drafts, header))
    sections = _section_ends(drafts)
    blocks = [
        *lists_of(drafts, sections),
        *(
            Block("section", drafts[i].start, end, heading=drafts[i].done())
            for i, end in sections.items()
        ),
        *tables,
    ]
    blocks.sort(key=lambda block: (block.start, -block.end, block.kind))
    lines = tuple(draft.done() for draft in drafts)
    return Layout(text, lines, tuple(blocks), tuple(_above(drafts)))


def _check_articles(drafts: list[Draft], known: str) -> None:
    """Lines that open with an article's number and only refer to it become ordinary lines.

    A heading that the format marks is none of them, nor the ``known`` article of a passage.
    """
    told = [i for i, draft in enumerate(drafts) if draft.candidate]
    candidates = [c for i in told if (c := drafts[i].candidate)]
    sure = [drafts[i].marked or (known != "" and drafts[i].article == known) for i in told]
    candidates = [
        replace(c, weight=_CERTAIN) if certain else c
        for c, certain in zip(candidates, sure, strict=True)
    ]
    for i, opens in zip(told, opening(candidates), strict=True):
        if not opens:
            drafts[i] = without_article(drafts[i])


def _keep_articles_whole(drafts: Sequence[Draft]) -> None:
    """What is numbered inside an article is an item of it, however short; no heading ends it.

    A formula's ``Q：`` is no question. What ends it is a heading, or the name of an annex alone.
    """
    inside = False
    for draft in drafts:
        if inside and draft.level is None and is_annex_name(draft.seen):
            draft.role, draft.level, draft.whole = Role.HEADING, PLAIN + 1, True
            draft.name, draft.fields = draft.text[draft.start : draft.end].strip(), ()
        if draft.article or draft.level is None:
            inside = inside or bool(draft.article)
        elif inside and not draft.marked and draft.mark:
            draft.role, draft.level, draft.name = Role.ITEM, None, ""
        elif inside and draft.seen.strip().startswith("q") and "?" not in draft.seen:
            draft.role, draft.level, draft.name = Role.TEXT, None, ""
        else:
            inside = False


def _drop_weak_marks(drafts: Sequence[Draft]) -> None:
    single = weak_marks(drafts)
    for draft in drafts:
        if not single.intersection(draft.marks):
            continue
        lost = next((m for m in draft.marks if m in single), None)
        if draft.mark == lost and lost:
            draft.body = (lost.start, draft.body[1])
            draft.role = Role.TEXT if draft.role == Role.ITEM else draft.role
        draft.marks = [m for m in draft.marks if m not in single]


def _find_items(drafts: Sequence[Draft]) -> None:
    """Numbered lines that follow each other directly are items, however short: no headings."""
    told = [draft for draft in drafts if draft.role != Role.BLANK]
    runs = [
        (a, b)
        for a, b in pairwise(told)
        if a.mark and b.mark and a.mark.number and not (a.marked or b.marked)
        if (a.mark.style, a.mark.number + 1) == (b.mark.style, b.mark.number)
    ]
    for draft in (draft for pair in runs for draft in pair):
        if draft.role == Role.HEADING:
            draft.role, draft.level, draft.name = Role.ITEM, None, ""


def _find_signature(drafts: Sequence[Draft]) -> None:
    """The last lines, where they are a date, a body, or an office with a name."""
    told = [d for d in drafts if d.role not in (Role.BLANK, Role.FURNITURE)]
    # nothing is signed that says nothing above
    foot = [d for d in told[1:][-_SIGNED_LINES:] if d.level is None and not d.cells]
    signed: list[Draft] = []
    for draft in reversed(foot):
        if not (is_date_line(draft.seen) or is_body(draft.seen) or is_signer(draft.seen)):
            break
        signed.append(draft)
    if any(is_date_line(d.seen) or is_signer(d.seen) for d in signed):
        for draft in signed:
            draft.role = Role.SIGNATURE


def _find_bare_headings(drafts: Sequence[Draft]) -> None:
    """Headings and questions without numbering, which stand below all others."""
    told = [draft for draft in drafts if draft.role != Role.BLANK]
    for i, draft in enumerate(told):
        before = told[i - 1].seen if i else ""
        after = told[i + 1] if i + 1 < len(told) else None
        if draft.role == Role.QUESTION and draft.level is None and after:
            draft.level = BARE_LEVEL
        elif after and _is_bare(draft, before, after):
            draft.role, draft.level = Role.HEADING, BARE_LEVEL
        if draft.level == BARE_LEVEL:
            draft.name, draft.whole = draft.text[draft.start : draft.end].strip(), True


def _is_bare(draft: Draft, before: str, after: Draft) -> bool:
    if draft.level is not None or draft.role not in (Role.TEXT, Role.ITEM):
        return False
    if not draft.mark:
        return draft.role == Role.TEXT and is_bare_heading(draft.seen, before, after.seen)
    # 1. 申請材料, unless the next line is 2. 申請流程
    said = draft.view[slice(*draft.body)]
    known = said in words("headings") and len(draft.marks) == 1
    return known and not (after.mark and after.mark.style == draft.mark.style)


def _tables(drafts: Sequence[Draft], known: int) -> Iterator[Block]:
    """Runs of rows, with their header lines told apart and their columns named."""
    run: list[Draft] = []
    for draft in [*drafts, Draft("", "", 0, 0)]:
        if draft.role == Role.ROW:
            run.append(draft)
        elif run and not is_rule(draft.seen):
            count = known if run[0].start == 0 and known else None
            yield _table(run, count)
            run = []


def _table(run: Sequence[Draft], known: int | None) -> Block:
    rows = [[d.text[slice(*cell)] for cell in d.cells] for d in run]
    count = header_rows(rows) if known is None else min(known, len(run))
    for draft, cells in zip(run[count:], rows[count:], strict=True):
        draft.columns = column_names(rows[:count], len(cells))
    for draft in run[:count]:
        draft.role = Role.HEADER
    lines = [draft.done() for draft in run]
    return Block(
        "table", run[0].start, run[-1].end, header=tuple(lines[:count]), rows=tuple(lines[count:])
    )


def _section_ends(drafts: Sequence[Draft]) -> dict[int, int]:
    """The number of each line that heads a section, and where the section ends."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    last = 0
    for i, draft in enumerate(drafts):
        if draft.level is not None:
            while stack and (drafts[stack[-1]].level or 0) >= draft.level:
                ends[stack.pop()] = last
            stack.append(i)
        if draft.role != Role.BLANK:
            last = draft.end
    return dict(sorted((ends | dict.fromkeys(stack, last)).items()))


def _above(drafts: Sequence[Draft]) -> Iterator[Above]:
    """What stands above each line."""
    levels: dict[int, Draft] = {}
    header: list[str] = []
    below = _told(levels, "")
    for draft in drafts:
        header = _header(header, draft)
        told = "\n".join(header) if draft.role == Role.ROW else ""
        if draft.level is None:
            yield replace(below, header=told) if told else below
            continue
        over = {k: d for k, d in levels.items() if k < (draft.level or 0)}
        levels = over | {draft.level: draft}
        below = _told(levels, "")
        yield _told(over, told) if draft.whole else replace(below, header=told)


def _told(over: dict[int, Draft], header: str) -> Above:
    path = [d for level, d in sorted(over.items()) if level < BARE_LEVEL]
    headings = [d for _, d in sorted(over.items()) if d.whole]
    articles = [d.article for _, d in sorted(over.items()) if d.article]
    return Above(
        tuple(d.name for d in path),
        headings[-1].name if headings else "",
        articles[-1] if articles else "",
        header,
    )


def _header(header: list[str], draft: Draft) -> list[str]:
    """The header lines of the table that a line belongs to."""
    line = draft.text[draft.start : draft.end]
    if draft.role == Role.HEADER:
        return [*header, line]
    return header if draft.role == Role.ROW or is_rule(draft.seen) else []
