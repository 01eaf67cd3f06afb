"""The part of a web page that is read: its main text, without menus, page feet and the like."""

from __future__ import annotations

import logging
import re
from copy import deepcopy

from wenju.corpus.formats.markup_lines import HEADINGS, Element, Writer, flat
from wenju.corpus.formats.records import one_line, squeeze, width
from wenju.corpus.formats.style_sheets import hidden_by_style, hides

_BOXES = frozenset("body main article section div form center table tbody tr td".split())
_MENU_WORDS = frozenset(
    "nav navbar navigation menu menubar breadcrumb breadcrumbs crumb crumbs sidebar footer "
    "copyright share sharing pagination pager sitemap cookie advert ads".split()
)
_MENU_ROLES = frozenset("navigation search contentinfo menu menubar".split())
_MENU_LABEL = 16  # columns: menus are made of links no longer than this on average
_MENU_SHARE = 0.5  # of the page: a box holding more of it is no menu, whatever its name
_SPANS = frozenset(map(str, range(51)))  # columns and rows
_COVERED = 0.9  # of trafilatura's text
_NEAR = 10_000  # characters: the next piece mostly stands within them
_AROUND = 200  # characters beside a table, that are about it
_LEAST_PROSE = 0.5  # of the page's


def prune(page: Element) -> None:
    """Take out what is not read: menus, breadcrumbs, page feet, hidden elements."""
    whole = len(page.text_content())
    for element in hidden_by_style(page):
        if element.getparent() is not None and len(element.text_content()) < _MENU_SHARE * whole:
            element.drop_tree()
    for element in list(page.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None:
            if _is_menu(element) and len(element.text_content()) < _MENU_SHARE * whole:
                element.drop_tree()


def _is_menu(element: Element) -> bool:
    if element.tag in ("html", "head", "body", "main", "article") or element.tag in HEADINGS:
        return False
    if "hidden" in element.attrib or hides(element.get("style", "")):
        return True
    if element.find(".//h1") is not None:
        return False
    if element.tag in ("nav", "footer", "aside") and element.xpath("not(ancestor::article)"):
        return True
    words = re.split(r"[^a-z]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
    if element.get("role") in _MENU_ROLES or not _MENU_WORDS.isdisjoint(words):
        return True
    return _is_link_list(element)


def _is_link_list(element: Element) -> bool:
    """Whether an element is little but short links; long ones may be attachments."""
    links = [one_line(link.text_content()) for link in element.iter("a")]
    linked = sum(width(link) for link in links)
    if len(links) < 3 or linked > _MENU_LABEL * len(links):
        return False
    return linked > 0.7 * width(one_line(element.text_content()))


def main_element(page: Element, title: str) -> Element:
    """The element that holds what trafilatura takes for the main text, and its heading.

    The element is rendered as a whole, because trafilatura alone loses headings made of ``div``
    and was tuned on long Latin text: it drops parts of short Chinese notices.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    # what it finds too little in is read all the same, so its warning would mislead
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    body = page.find("body")
    found = bare_extraction(
        _without_spans(page), fast=True, favor_recall=True, include_comments=False, config=config
    )
    extracted = getattr(found, "body", None)
    if body is None or extracted is None:
        return page
    pieces = [squeeze(text) for text in extracted.itertext()]
    main = _narrowed(body, pieces)
    if _prose(main) < _LEAST_PROSE * _prose(body):
        return body
    return _with_heading(main, title)


def _without_spans(page: Element) -> Element:
    """A copy whose cells span no more than a table has: each place of theirs would become a cell."""
    copy = deepcopy(page)
    for name in ("colspan", "rowspan"):
        for cell in copy.iterfind(f".//*[@{name}]"):
            if cell.get(name) not in _SPANS:
                del cell.attrib[name]
    return copy


def _narrowed(body: Element, pieces: list[str]) -> Element:
    """The innermost box that holds nearly all of the pieces."""
    total = sum(map(len, pieces))
    enough = _COVERED * total

    def holds(box: Element) -> bool:
        text = squeeze(box.text_content())
        return len(text) >= enough and _missing(pieces, text, total - enough) <= total - enough

    box = body
    while enough:
        inner = next((c for c in box if c.tag in _BOXES and holds(c)), None)
        if inner is None:
            break
        box = inner
    while box.tag in ("tbody", "tr"):  # a row means nothing without its table
        box = box.getparent()
    return _with_lines_around(box) if box.tag == "table" else box


def _with_lines_around(table: Element) -> Element:
    """A table, or the box around it where that holds little else: its title, its unit, its notes."""
    box = table.getparent()
    if box is None or box.tag not in _BOXES:
        return table
    around = len(squeeze(box.text_content())) - len(squeeze(table.text_content()))
    return box if around <= _AROUND else table


def _missing(pieces: list[str], text: str, most: float) -> int:
    """Characters of the pieces that a text does not hold; counting ends where it is more than ``most``."""
    missing = at = 0
    for piece in pieces:
        # they mostly follow each other, so each is looked for behind the one before it
        found = text.find(piece, at, at + _NEAR + len(piece))
        if found < 0 and (found := text.find(piece)) < 0:
            missing += len(piece)
            if missing > most:
                break
            continue
        at = found + len(piece)
    return missing


def _with_heading(main: Element, title: str) -> Element:
    """``main``, or the box around it that also holds the page's heading."""
    heading = next(
        (h for h in main.getroottree().iter("h1") if squeeze(flat(h, "")) in squeeze(title)),
        None,
    )
    if heading is None or main.find(".//h1") is not None:
        return main
    around = set(heading.iterancestors())
    return next((box for box in main.iterancestors() if box in around), main)


def _prose(element: Element) -> int:
    """Characters in lines that hold a sentence."""
    lines = Writer().write(element).lines
    return sum(len(line) for line in lines if re.search(r"[。！？；]|[.!?;](?:\s|$)", line))
