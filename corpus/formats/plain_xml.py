"""XML files of no known kind: the text of their elements, a line to each."""

from __future__ import annotations

from typing import Any

from wenju.corpus.document import Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.parsing import xml_tree
from wenju.corpus.formats.records import Lines, one_line

_MARKUP = 0.5  # of an element's children: so many with text beside them make it running text


def read_xml(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: a line for each element that holds text, named where its name is a word of Chinese.

    ``<地址>某路1號</地址>`` is read as ``地址：某路1號``. Raises ReadError.
    """
    from lxml import etree

    try:
        root = xml_tree(data, comments=False)
    except etree.XMLSyntaxError as error:
        raise ReadError(
            f"{name} is not well-formed XML ({one_line(str(error))}); save it again.", why="damaged"
        ) from None
    lines = Lines()
    _write(root, lines)
    title = next((one_line(e.text or "") for e in root.iter("{*}title") if e.text), "")
    return [Source(name, origin, "\n".join(lines.lines), title)], []


def _write(element: Any, lines: Lines) -> None:  # noqa: ANN401 - lxml's trees have no types
    children = [child for child in element if isinstance(child.tag, str)]
    beside = sum(1 for child in children if (child.tail or "").strip())
    if not children or beside >= _MARKUP * len(children):
        text = one_line("".join(element.itertext()))
        tag = str(element.tag).rpartition("}")[2]
        named = not tag.isascii() and text
        lines.add(f"{tag}：{text}" if named else text)
        return
    lines.add(one_line(element.text or ""))
    for child in children:
        _write(child, lines)
        lines.add(one_line(child.tail or ""))
