"""Undo scraping damage: what is provable is repaired, what is not is marked, nothing is invented.

Kinds of repair, each an edit of the source:

- ``pinyin_annotation``: a reading a converter left behind a character (``pinyin_annotations`` has
  the density rule that tells it from a person's note);
- ``gbk_misalignment``: GBK bytes read out of step (``gbk_misalignment``);
- ``letter_spacing``: spaces between all the characters of a line (``letter_spacing``);
- ``html_entity``: ``&ldquo;``, ``&amp;ldquo;``, ``&#8220;``, and ``ldquo;`` that lost its ``&``,
  where the name is no word of any language. Not in Markdown code. A no-break space becomes a space;
- ``unresolved``: a mark on damage that could not be proven. It changes nothing;
- ``uncertain``: a mark on characters that were recognised in an image and may be others. It changes
  nothing either.

Repairing goes on until nothing is left to repair, since one repair can lay open another; the
result is one list of edits of the source.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from html.entities import html5

from wenju.corpus.document import MARKS, SURE, Alignment, Region, Repair, apply_repairs
from wenju.corpus.repair.character_model import asks
from wenju.corpus.repair.gbk_misalignment import mend_slips
from wenju.corpus.repair.letter_spacing import remove_spaces
from wenju.corpus.repair.pinyin_annotations import HAN, LETTERS, is_toned, remove_annotations

_BARE = "[lr][ds]quo|sbquo|bdquo|[lr]s?aquo|hellip|[mn]dash|middot|nbsp|e[nm]sp|thinsp|zwnj"
_ENTITY = re.compile(
    r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)*([A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][\da-fA-F]{1,6});"
    rf"|(?<![A-Za-zÀ-ɏ_&])((?:{_BARE}));"
)
_LOST_CHARACTER = re.compile("\ufffd+")
_LONE_MARK = re.compile(f"(?<=[{HAN}])\\?{{1,3}}(?=[{HAN}])")
_LEFT_ANNOTATION = re.compile(f"(?:[?？][(（]?|(?<=[@-~])[(（])([{LETTERS}]{{1,8}})[)）]")


def repair(source_text: str, regions: Sequence[Region] = ()) -> tuple[Repair, ...]:
    """All repairs of a text and marks on unproven damage, sorted by place and disjoint.

    ``regions`` say how sure its pieces are that were recognised. The offsets are the source's. A clean text has none. Repairing a repaired text changes nothing.
    """
    if not source_text:
        return ()
    repairs: list[Repair] = []
    marks: list[Repair] = []
    text = source_text
    while True:
        found = [
            *(*_entities(text), *remove_annotations(text)),
            *(*mend_slips(text), *remove_spaces(text)),
        ]
        marks += _in_source(source_text, repairs, [r for r in found if r.kind == "unresolved"])
        edits = _disjoint(r for r in found if r.kind != "unresolved")
        if not edits:
            break
        repairs = _compose(text, repairs, edits)
        text = apply_repairs(source_text, repairs)
    # neither a whole entity nor a blank is a sign that characters were lost
    damaged = bool(marks) or any(source_text[r.start] not in "& \u3000" for r in repairs)
    marks += _in_source(source_text, repairs, _suspicious(text, damaged=damaged))
    marks += _uncertain(source_text, regions)
    return tuple(_disjoint([*repairs, *marks]))


def _uncertain(text: str, regions: Iterable[Region]) -> Iterator[Repair]:
    for region in regions:
        if region.certainty is not None and region.certainty < SURE:
            marked = text[region.start : region.end]
            yield Repair(region.start, region.end, marked, "uncertain")


def _entities(text: str) -> Iterator[Repair]:
    if ";" not in text:
        return
    has_code = "`" in text
    for match in _ENTITY.finditer(text):
        char = _entity(match[1] or match[2])
        if char and not (has_code and _in_code(text, match.start())):
            yield Repair(match.start(), match.end(), char, "html_entity")


def _entity(name: str) -> str:
    """What ``&name;`` stands for, or nothing where it stands for nothing that can be shown."""
    char = unescape(f"&{name};") if name.startswith("#") else html5.get(f"{name};", "")
    if char == "\u00a0":
        return " "
    controls = any(unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} for c in char)
    return "" if "\ufffd" in char or (controls and char not in "\t\n") else char


def _in_code(text: str, at: int) -> bool:
    """Whether an odd number of backticks stands before, in the same line."""
    return text.count("`", text.rfind("\n", 0, at) + 1, at) % 2 == 1


def _suspicious(text: str, *, damaged: bool) -> Iterator[Repair]:
    """Marks on what looks like damage; a question mark only in a text with other damage."""
    places = [m.span() for m in _LOST_CHARACTER.finditer(text)]
    if damaged or places:
        places += [m.span() for m in _LONE_MARK.finditer(text) if not asks(text, m.start())]
        places += [m.span() for m in _LEFT_ANNOTATION.finditer(text) if is_toned(m[1])]
    for start, end in sorted(places):
        yield Repair(start, end, text[start:end], "unresolved")


def _disjoint(repairs: Iterable[Repair]) -> list[Repair]:
    """Sorted by place; of those that overlap, edits before marks, the first."""
    kept: list[Repair] = []
    for r in sorted(repairs, key=lambda r: (r.start, r.kind in MARKS, r.end)):
        if kept and r.start < kept[-1].end:
            if kept[-1].kind not in MARKS or r.kind in MARKS:
                continue
            kept.pop()
        kept.append(r)
    return kept


def _in_source(
    source_text: str, repairs: Sequence[Repair], marks: Iterable[Repair]
) -> Iterator[Repair]:
    """Marks on a half-repaired text as marks on the source, where they still stand there."""
    alignment = Alignment(repairs)
    for mark in marks:
        start, _ = alignment.to_source(mark.start, mark.end)
        end = start + mark.end - mark.start
        if source_text[start:end] == mark.text:
            yield replace(mark, start=start, end=end)


def _compose(text: str, first: Sequence[Repair], second: Sequence[Repair]) -> list[Repair]:
    """One list of edits of the source that does ``first``, which gave ``text``, then ``second``."""
    if not first:
        return list(second)
    alignment = Alignment(first)
    clusters: list[tuple[int, int, list[Repair]]] = []
    for edit in second:
        low, high = alignment.to_source(edit.start, edit.end)
        edits = [edit]
        if clusters and low < clusters[-1][1]:
            low, _, earlier = clusters.pop()
            edits = [*earlier, edit]
        clusters.append((low, high, edits))
    merged = [_merge(text, alignment, *cluster) for cluster in clusters]
    return _disjoint([*merged, *(r for r in first if not _overlaps(r, merged))])


def _merge(text: str, alignment: Alignment, low: int, high: int, edits: list[Repair]) -> Repair:
    """The edit of ``source[low:high]`` that comes to the same as ``edits`` of the text there."""
    start, end = alignment.to_text(low), alignment.to_text(high)
    shifted = [replace(r, start=r.start - start, end=r.end - start) for r in edits]
    return Repair(low, high, apply_repairs(text[start:end], shifted), edits[0].kind)


def _overlaps(repair: Repair, merged: Sequence[Repair]) -> bool:
    """Whether one of the sorted, disjoint repairs touches a character of this one."""
    i = bisect_left(merged, repair.end, key=lambda r: r.start)
    return i > 0 and merged[i - 1].end > repair.start
