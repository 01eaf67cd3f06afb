"""The text of a paragraph's runs, as a reader of the printed page sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wenju.corpus.formats.package import W
from wenju.corpus.formats.raised import raised

_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset(
    "del moveFrom txbxContent pPr rPr Fallback delText rt rubyPr commentReference".split()
)
_PAGE_FIELDS = (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])


def run_text(element: Any) -> str:  # noqa: ANN401 - lxml's trees have no types
    """Runs, insertions and links; without deletions, text boxes and readings of characters.

    Line breaks and tabs are kept. The number of the page it stands on is no text of a paragraph.
    """
    writing = _Writing()
    writing.write(element)
    return writing.text


def boxes(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401
    """The text boxes that are anchored in a paragraph; not those inside another one, which tells them."""
    if "Fallback" in map(local, paragraph.iterancestors()):
        return
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}txbxContent":
            yield element  # what stands in a box is the box's to tell
        elif local(element) != "Fallback":
            waiting += element.iterchildren(reversed=True)


def notes_of(paragraph: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """The notes that a paragraph refers to, as (``footnote`` or ``endnote``, id)."""
    for reference in paragraph.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        yield local(reference).removesuffix("Reference"), reference.get(f"{W}id", "")


def local(element: Any) -> str:  # noqa: ANN401
    """An element's name without its namespace; empty for comments."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


class _Writing:
    """A paragraph's text while its runs go by; ``_open`` are the codes of fields that are open."""

    def __init__(self) -> None:
        self.text = ""
        self._open: list[str] = []

    def write(self, element: Any) -> None:  # noqa: ANN401
        for child in element:
            name = local(child)
            if name == "r" and _is_raised(child):
                inner = _Writing()
                inner.write(child)
                self.text += raised(self.text, inner.text.strip())
            elif name == "t":
                self.text += "" if self._hides() else child.text or ""
            elif name in _BLANKS:
                self.text += _BLANKS[name]
            elif name in ("fldChar", "instrText"):
                self._meet(child, name)
            elif name and name not in _SKIPPED and not _is_page_field(child):
                self.write(child)

    def _meet(self, element: Any, name: str) -> None:  # noqa: ANN401
        """A field begins, says what it computes, or ends."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append("")
        elif kind == "end" and self._open:
            self._open.pop()
        elif name == "instrText" and self._open:
            self._open[-1] += element.text or ""

    def _hides(self) -> bool:
        return any(code.split()[:1] in _PAGE_FIELDS for code in self._open)


def _is_raised(run: Any) -> bool:  # noqa: ANN401
    place = run.find(f"{W}rPr/{W}vertAlign")
    return place is not None and place.get(f"{W}val") == "superscript"


def _is_page_field(element: Any) -> bool:  # noqa: ANN401
    return str(element.get(f"{W}instr", "")).split()[:1] in _PAGE_FIELDS
