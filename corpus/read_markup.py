"""HTML and Markdown to plain text: one paragraph a line, headings kept as places."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import Any

from corpus.document import Source
from corpus.encodings import decode
from corpus.errors import ReadError
from corpus.read_records import Lines, one_line, width

Element = Any  # lxml's, which has no types

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_UNSEEN = (
    "script style noscript template iframe svg canvas object button select rt rp head title".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form header hr legend main ol p section summary table tbody td tfoot th thead "
    "tr ul".split()
)
_OWN_LINES = _BLOCKS | _HEADINGS.keys() | {"li", "pre", "br"}
_BOXES = frozenset("body main article section div form center table tbody tr td".split())
_MENU_WORDS = frozenset(
    "nav navbar navigation menu menubar breadcrumb breadcrumbs crumb crumbs sidebar footer "
    "copyright share sharing pagination pager sitemap cookie advert ads".split()
)
_MENU_ROLES = frozenset("navigation search contentinfo menu menubar".split())
_MENU_LABEL = 16  # columns: menus are made of links no longer than this on average
_MENU_SHARE = 0.5  # of the page: a box holding more of it is no menu, whatever its name
_LONG_CELL = 4  # paragraphs
_COVERED = 0.9  # of trafilatura's text
_LEAST_PROSE = 0.5  # of the page's
_WHERE_AM_I = re.compile(r"[^。]{0,6}(?:当前|目前|所在|现在|現在|當前|您的)的?位置\s*[：:]")
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TITLES = "articletitle dc.title og:title"
_DATES = "pubdate publishdate article:published_time dc.date.issued dc.date citation_date date"
_ISSUERS = "contentsource issuer dc.publisher publisher dc.creator sitename og:site_name"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_FRONT_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_STRAY_EMPHASIS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


def read_markdown(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: plain text of CommonMark with tables; front matter gives title and date."""
    text = decode(data, name)
    front = _FRONT.match(text)
    fields = dict(_FRONT_FIELD.findall(front.group(1))) if front else {}
    known = {key.lower(): value.strip("'\"") for key, value in fields.items()}
    lines = _Writer().write(_parse(_to_html(text[front.end() :] if front else text), name))
    title = known.get("title") or next(iter(lines.heading_texts(1)), "")
    issuer = known.get("issuer") or known.get("publisher") or ""
    return [_source(lines, name, origin, title, known.get("date", ""), issuer)], []


def read_html(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: the main text of the page, without its menus; its metadata where it has any."""
    page = _parse(_XML_HEAD.sub("", decode(data, name, markup=True)), name)
    title = _meta(page, _TITLES) or one_line(page.findtext(".//title") or "")
    date, issuer = _meta(page, _DATES), _meta(page, _ISSUERS)
    whole = deepcopy(page)
    _prune(page)
    problems = []
    try:
        lines = _Writer().write(_main(page, title))
    except ImportError as error:
        # jusText, which trafilatura needs, does not bring lxml-html-clean with every pip
        reason = one_line(str(error))
        problems = [f"{name} was read without picking out its main text: {reason}"]
        lines = _Writer().write(page)
    if not lines.lines:  # a page that is all links
        lines = _Writer().write(whole)
    return [_source(lines, name, origin, _title(title, lines), date[:10], issuer)], problems


def _source(lines: Lines, name: str, origin: str, title: str, date: str, issuer: str) -> Source:
    text = "\n".join(lines.lines)
    return Source(name, origin, text, title, date, issuer, tuple(lines.headings))


def _to_html(markdown: str) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type == "list_item_open":
            token.attrSet("data-mark", f"{token.info}{token.markup} ")
        for child in token.children or []:
            # CommonMark leaves ** as it stands between a CJK character and a bracket
            if child.type == "text":
                child.content = _STRAY_EMPHASIS.sub(r"\1", child.content)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _parse(text: str, name: str) -> Element:
    from lxml import etree, html

    try:
        return html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise ReadError(f"{name} is empty: it holds no text to answer from.") from None


class _Writer:
    """Writes an HTML tree as lines."""

    def __init__(self) -> None:
        self.lines = Lines()
        self._pending = ""
        self._mark = ""

    def write(self, element: Element) -> Lines:
        """Write an element and what stands inside it."""
        tag = element.tag
        if tag in _OWN_LINES:
            self.flush()
        if tag in _HEADINGS:
            self.lines.add(_flat(element, "\n"), _HEADINGS[tag])
        elif tag == "table" and _is_data(element):
            for row in element.iter("tr"):
                self.lines.add(
                    " | ".join(_flat(cell, " ") for cell in row.iterchildren("td", "th"))
                )
        elif tag == "pre":
            self._verbatim(element)
        elif isinstance(tag, str) and tag not in _UNSEEN:
            self._mark = _mark(element) if tag == "li" else self._mark
            self.write_children(element)
        if tag in _OWN_LINES:
            self.flush()
        return self.lines

    def _verbatim(self, element: Element) -> None:
        for line in element.text_content().split("\n"):
            self.lines.add(line.rstrip())

    def write_children(self, element: Element) -> None:
        """Write what stands inside an element; the caller flushes."""
        self._pending += element.text or ""
        for child in element:
            self.write(child)
            self._pending += child.tail or ""

    def flush(self) -> None:
        """End the line; a list mark waits for the text it belongs to."""
        line = one_line(self._pending)
        self._pending = ""
        if line and not _WHERE_AM_I.match(line):
            self.lines.add(self._mark + line)
            self._mark = ""


def _flat(element: Element, joint: str) -> str:
    """What stands inside an element, on one line."""
    writer = _Writer()
    writer.write_children(element)
    writer.flush()
    return one_line(joint.join(writer.lines.lines))


def _mark(item: Element) -> str:
    """A list item's mark: Markdown's own, or the number a browser would show."""
    parent = item.getparent()
    if "data-mark" in item.attrib or parent is None or parent.tag != "ol":
        return str(item.get("data-mark", ""))
    start = parent.get("start", "1")
    first = int(start) if start.isdecimal() else 1
    value = item.get("value", "")
    number = int(value) if value.isdecimal() else first + parent.findall("li").index(item)
    return f"{number}. "


def _is_data(table: Element) -> bool:
    """Whether a table holds rows of data; old pages use tables for their layout."""
    if table.xpath(".//table | .//h1 | .//h2 | .//h3 | .//h4"):
        return False
    cells = table.xpath(".//td | .//th")
    rows = [row for row in table.iter("tr") if len(row) > 1]
    return bool(rows) and all(
        len(cell.xpath(".//p | .//div | .//br")) < _LONG_CELL for cell in cells
    )


def _prune(page: Element) -> None:
    """Take out what is not read: menus, breadcrumbs, page feet, hidden elements."""
    whole = len(page.text_content())
    for element in list(page.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None:
            if _is_menu(element) and len(element.text_content()) < _MENU_SHARE * whole:
                element.drop_tree()


def _is_menu(element: Element) -> bool:
    if element.tag in ("html", "head", "body", "main", "article") or element.tag in _HEADINGS:
        return False
    style = element.get("style", "").replace(" ", "").lower()
    if "hidden" in element.attrib or "display:none" in style:
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


def _main(page: Element, title: str) -> Element:
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
        deepcopy(page), fast=True, favor_recall=True, include_comments=False, config=config
    )
    extracted = getattr(found, "body", None)
    if body is None or extracted is None:
        return page
    pieces = [_squeeze(text) for text in extracted.itertext()]
    main = _narrowed(body, pieces)
    if _prose(main) < _LEAST_PROSE * _prose(body):
        return body
    return _with_heading(main, title)


def _narrowed(body: Element, pieces: list[str]) -> Element:
    """The innermost box that holds nearly all of the pieces."""
    enough = _COVERED * sum(map(len, pieces))

    def holds(box: Element) -> bool:
        text = _squeeze(box.text_content())
        return sum(len(piece) for piece in pieces if piece in text) >= enough

    box = body
    while enough:
        inner = next((c for c in box if c.tag in _BOXES and holds(c)), None)
        if inner is None:
            break
        box = inner
    while box.tag in ("tbody", "tr"):  # a row means nothing without its table
        box = box.getparent()
    return box


def _with_heading(main: Element, title: str) -> Element:
    """``main``, or the box around it that also holds the page's heading."""
    heading = next(
        (h for h in main.getroottree().iter("h1") if _squeeze(_flat(h, "")) in _squeeze(title)),
        None,
    )
    if heading is None or main.find(".//h1") is not None:
        return main
    around = set(heading.iterancestors())
    return next((box for box in main.iterancestors() if box in around), main)


def _prose(element: Element) -> int:
    """Characters in lines that hold a sentence."""
    lines = _Writer().write(element).lines
    return sum(len(line) for line in lines if re.search(r"[。！？；]|[.!?;](?:\s|$)", line))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _meta(page: Element, names: str) -> str:
    """The content of the first of the named meta elements that has any."""
    given: dict[str, str] = {}
    for meta in page.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        given.setdefault(key, one_line(meta.get("content", "")))
    return next((given[name] for name in names.split() if given.get(name)), "")


def _title(declared: str, lines: Lines) -> str:
    """The page's declared title without the site's name, where a heading says what that is."""
    headings = [*lines.heading_texts(1), *lines.heading_texts(2)]
    for heading in headings:
        if len(heading) > 3 and _squeeze(heading) in _squeeze(declared):
            return heading
    return declared or next(iter(headings), "")
