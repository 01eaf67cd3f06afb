"""The text of a paragraph's runs, as a reader of the printed page sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wenju.corpus.formats.word.package import W

_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset(
    "del moveFrom txbxContent pPr rPr Fallback instrText delText rt rubyPr commentReference".split()
)
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def run_text(element: Any) -> str:  # noqa: ANN401 - lxml's trees have no types
    """Runs, insertions and links; without deletions, text boxes and readings of characters.

    Line breaks and tabs are kept. The number of the page it stands on is no text of a paragraph.
    """
    return "".join(_texts(element, _Fields()))


def boxes(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text boxes that are anchored in a paragraph, each once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = {local(a) for a in box.iterancestors() if a is not paragraph}
        if "Fallback" not in ancestors and not _is_inner(box, paragraph):
            yield box


def notes_of(paragraph: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """The notes that a paragraph refers to, as (``footnote`` or ``endnote``, id)."""
    for reference in paragraph.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        yield local(reference).removesuffix("Reference"), reference.get(f"{W}id", "")


def local(element: Any) -> str:  # noqa: ANN401
    """An element's name without its namespace; empty for comments."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Fields:
    """Fields that are computed, such as page numbers, while their runs go by."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def meet(self, element: Any) -> None:  # noqa: ANN401
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append("")
        elif kind == "end" and self._open:
            self._open.pop()

    def told(self, text: str) -> None:
        if self._open:
            self._open[-1] += text

    @property
    def hidden(self) -> bool:
        return any(code.split()[:1] and code.split()[0] in _PAGE_FIELDS for code in self._open)


def _texts(element: Any, fields: _Fields) -> Iterator[str]:  # noqa: ANN401
    for child in element:
        name = local(child)
        if name == "fldChar":
            fields.meet(child)
        elif name == "instrText":
            fields.told(child.text or "")
        elif name == "fldSimple" and str(child.get(f"{W}instr", "")).split()[:1] in (
            [[field] for field in _PAGE_FIELDS]
        ):
            continue
        elif name == "t":
            yield "" if fields.hidden else child.text or ""
        elif name in _BLANKS:
            yield _BLANKS[name]
        elif name and name not in _SKIPPED:
            yield from _texts(child, fields)


def _is_inner(box: Any, paragraph: Any) -> bool:  # noqa: ANN401
    """Whether a box stands in another one of the same paragraph, which tells it."""
    above = box.getparent()
    while above is not None and above is not paragraph:
        if above.tag == box.tag:
            return True
        above = above.getparent()
    return False
