"""XML parsed so that nothing outside it is opened, and what memory does not hold is told as such."""

from __future__ import annotations

from typing import Any


def xml_tree(content: bytes, *, comments: bool = True) -> Any:  # noqa: ANN401 - lxml's trees have no types
    """The root of an XML text, without its comments and instructions where they are not wanted.

    Raises lxml's XMLSyntaxError where it is not well-formed, and MemoryError.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        huge_tree=True,
        no_network=True,
        remove_comments=not comments,
        remove_pis=not comments,
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
