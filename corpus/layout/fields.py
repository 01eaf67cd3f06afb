"""Labels with their values, page furniture, and the signature at a document's foot."""

from __future__ import annotations

import re

from wenju.corpus.layout.lines import Field, Place
from wenju.corpus.lexicon import any_word, rows, words
from wenju.corpus.sentences import trim

_LABEL = re.compile(r"\s*(?:[^:。,;!?|\n]{1,14}|[a-z][a-z .'/()-]{1,28}[a-z)]):(?!//)")
_SPACED_LABEL = re.compile(rf"{any_word('labels')}(?=\s+\S)")
_PARTED = re.compile(r";\s*|\s\|\s|\s{2,}|(?<=\S)\s(?=[^\s:]{2,8}:)")
_ENDS = "。;,"


def _furniture(form: str) -> str:
    found = sorted((w for w, kind in rows("furniture") if kind == form), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in found) + ")"


_FURNITURE_LABEL = re.compile(
    rf"[\s(\[]*{_furniture('label')}\s?{any_word('furniture_suffixes')}?\s?[:]"
)
_EDGES = r"[\s(\[|·【】)\]]*"
_FURNITURE_LINE = re.compile(rf"{_EDGES}(?:{_furniture('line')}{_EDGES})+")
_PAGE_NUMBER = re.compile(
    r"\s*(?:-+\s*\d{1,4}\s*-+|第\s*\d+\s*页(?:.{0,3}共\s*\d+\s*页)?|页(?:码|次)?\s*:?\s*\d+\s*/\s*\d+"
    r"|page\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+\s*页)\s*"
)

_NUMERAL = r"[\d〇零○一二三四五六七八九十]"
_DATE_LINE = re.compile(
    rf"\s*(?:[^\s:。,;]{{2,24}}\s+)?(?:(?:中华)?民国\s*)?(?:{_NUMERAL}\s?){{2,4}}\s*年"
    rf"\s*(?:{_NUMERAL}\s?){{1,2}}\s*月\s*(?:{_NUMERAL}\s?){{1,3}}\s*日\s*"
    r"|\s*\d{4}[-./]\d{1,2}[-./]\d{1,2}\s*"
)
_BODY = re.compile(rf"[^:。,;!?\n]{{0,38}}{any_word('bodies')}\s*(?:\([^)]{{1,8}}\))?\s*")
_SIGNER = re.compile(
    rf"\s*{any_word('titles')}\s*:?\s*[^\s\d:。,;]{{1,4}}(?:\s[^\s\d:。,;]{{1,2}})?\s*"
)


def fields_of(view: str, start: int, end: int) -> tuple[Field, ...]:
    """The labels of ``view[start:end]``, a line without its list mark, with their values.

    Several of them where every part of the line has its own (``日期：…　地點：…``), else one.
    """
    spaced = _SPACED_LABEL.match(view, start, end)
    if spaced:
        return (Field(spaced.span(), trim(view, spaced.end(), end)),)
    if not (first := _field(view, start, end)):
        return ()
    cuts = [m.span() for m in _PARTED.finditer(view, start, end)]
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    pieces = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if view[a:b].strip()]
    found = [field for piece in pieces if (field := _field(view, *piece))]
    if len(found) < 2 or len(found) < len(pieces):
        return (first,)
    return tuple(Field(f.label, _without_end(view, f.value)) for f in found)


def is_furniture(view: str) -> bool:
    """Whether a line tells of the page and not of its matter: 發布日期：…, 瀏覽次數：…, 頁 1/3."""
    if _FURNITURE_LABEL.match(view):
        return True
    return bool(_FURNITURE_LINE.fullmatch(view) or _PAGE_NUMBER.fullmatch(view))


def is_date_line(view: str) -> bool:
    """Whether a line is a date and no more, or a date behind a name."""
    return bool(_DATE_LINE.fullmatch(view))


def is_body(view: str) -> bool:
    """Whether a line is the name of a body, as letterheads and signatures have it."""
    return bool(_BODY.fullmatch(view))


def is_signer(view: str) -> bool:
    """Whether a line is an office and a name: 市長　卓昱廷."""
    return bool(_SIGNER.fullmatch(view))


def _field(view: str, start: int, end: int) -> Field | None:
    """The label at the beginning of ``view[start:end]`` and all behind it; None for an hour, 9:30."""
    found = _LABEL.match(view, start, end)
    if not found:
        return None
    label = trim(view, start, found.end() - 1)
    value = trim(view, found.end(), end)
    clock = view[label[1] - 1].isdecimal() and view[value[0] : value[0] + 1].isdecimal()
    if label[0] == label[1] or value[0] == value[1] or clock:
        return None
    return None if view[slice(*label)] in words("answerers") else Field(label, value)


def _without_end(view: str, place: Place) -> Place:
    start, end = place
    while end > start + 1 and view[end - 1] in _ENDS:
        end -= 1
    return start, end
