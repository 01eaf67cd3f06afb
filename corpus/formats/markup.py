"""HTML and Markdown to plain text: one paragraph a line, headings kept as places."""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from dataclasses import replace

from wenju.corpus.document import Source
from wenju.corpus.encodings import decode
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.main_text import main_element, prune
from wenju.corpus.formats.markup_lines import Element, Writer
from wenju.corpus.formats.nesting import deep, flat_lines
from wenju.corpus.formats.records import Lines, one_line, squeeze
from wenju.corpus.inventory import Inventory, Note
from wenju.corpus.metadata.given import FIELDS, given

_DEEPEST = 600  # levels of Markdown: each has its marks on every line
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
# a tree cannot hold these characters, whether they are written as such or as references
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));?")
_TITLES = "articletitle dc.title og:title"
_DATES = "pubdate publishdate article:published_time dc.date.issued dc.date citation_date date"
_ISSUERS = "contentsource issuer dc.publisher publisher dc.creator sitename og:site_name"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_FRONT_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$((?:\n[ \t]*-[ \t]+.*$)*)", re.M)
_FRONT_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*?)[ \t]*$", re.M)
_FRONT_NAMES = {"publisher": "issuer", "lang": "language"}
_LABELLED_LINE = re.compile(r"[^:：\n]{1,14}[:：].*")
_DOTS = {"0", "1", "0px", "1px"}  # the size of a picture that only counts who reads a page
_SITE = re.compile(r"\s*[|｜_»]\s*|\s+[-–—]\s+")
_OPENS, _CLOSES = re.compile(r"\*\*(?=\S)"), re.compile(r"(?<=\S)\*\*")


def read_markdown(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: plain text of CommonMark with tables; front matter gives its metadata."""
    text = decode(data, name)
    front = _FRONT.match(text)
    told, metadata, problems = given(_front_matter(front.group(1)) if front else {})
    body = text[front.end() :] if front else text
    try:
        with deep():
            page = _parse(_to_html(body), name)
            lines, inventory = Writer().write(page), Inventory(images=_images(page))
    except RecursionError:
        lines = Lines()
        for line in body.split("\n"):
            lines.add(line.strip())
        inventory = Inventory(notes=(Note("nested_deeply", ""),))
    title = told.get("title") or next(iter(lines.heading_texts(1)), "")
    source = _source(lines, name, origin, title, told.get("date", ""), told.get("issuer", ""))
    return [replace(source, metadata=metadata, inventory=inventory)], [
        f"{name}: {said}" for said in problems
    ]


def _front_matter(front: str) -> dict[str, object]:
    """The fields that are metadata; a page's own (layout, draft) are passed over."""
    found: dict[str, object] = {}
    for key, value, items in _FRONT_FIELD.findall(front):
        name = _FRONT_NAMES.get(key.lower(), key.lower())
        listed = [_unquoted(item) for item in _FRONT_ITEM.findall(items)]
        if value[:1] == "[" and value[-1:] == "]":
            listed = [_unquoted(item) for item in value[1:-1].split(",")]
        if name in FIELDS:
            found.setdefault(name, listed or _unquoted(value))
    return found


def _unquoted(value: str) -> str:
    return value.strip().strip("'\"")


def read_html(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
    """One source: the main text of the page, without its menus; its metadata where it has any."""
    text = decode(data, name, markup=True)
    try:
        with deep():
            return [_main_text(_parse(text, name), name, origin)], []
    except RecursionError:
        return [_flat_text(text, name, origin)], []


def _flat_text(text: str, name: str, origin: str) -> Source:
    """All text of a page that is nested too deeply for a tree."""
    lines, title = flat_lines(_xml_text(text))
    notes = (Note("nested_deeply", ""),)
    source = _source(lines, name, origin, _title(title, lines), "", "")
    return replace(source, inventory=Inventory(notes=notes))


def _main_text(page: Element, name: str, origin: str) -> Source:
    title = _meta(page, _TITLES) or one_line(page.findtext(".//title") or "")
    date, issuer = _meta(page, _DATES), _meta(page, _ISSUERS)
    whole = deepcopy(page)
    prune(page)
    notes: tuple[Note, ...] = ()
    try:
        read = main_element(page, title)
    except ImportError as error:
        # jusText, which trafilatura needs, does not bring lxml-html-clean with every pip
        notes = (Note("whole_page", one_line(str(error))),)
        read = page
    lines = Writer().write(read)
    if not lines.lines:  # a page that is all links
        lines = Writer().write(whole)
    source = _source(lines, name, origin, _title(title, lines), date[:10], issuer)
    return replace(source, inventory=Inventory(images=_images(read), notes=notes))


def read_page(data: bytes, name: str, origin: str) -> Source:
    """All text of an XHTML page, as a chapter of a book is; raises ReadError."""
    text = decode(data, name, markup=True)
    try:
        with deep():
            page = _parse(text, name)
            source = _source(Writer().write(page), name, origin, "", "", "")
            return replace(source, inventory=Inventory(images=_images(page)))
    except RecursionError:
        return _flat_text(text, name, origin)


def _source(lines: Lines, name: str, origin: str, title: str, date: str, issuer: str) -> Source:
    return Source(
        *(name, origin, lines.text, title, date, issuer, tuple(lines.headings)),
        regions=tuple(lines.regions),
    )


def _images(element: Element) -> int:
    """The pictures of a page, without what only marks or counts: those said to stand for nothing."""
    return sum(
        image.get("alt") != "" and image.get("role") not in ("none", "presentation")
        for image in element.iter("img")
        if not {image.get("width"), image.get("height")} & _DOTS
    )


def _to_html(markdown: str) -> str:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    # what is deeper was left out without a word
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        raise RecursionError("the text is nested deeper than the parser goes")
    for token in tokens:
        if token.type == "list_item_open":
            token.attrSet("data-mark", f"{token.info}{token.markup} ")
        # 發布單位：…, 發布日期：… on lines of their own are no wrapped sentence
        labels = all(map(_LABELLED_LINE.fullmatch, token.content.split("\n")))
        for child in token.children or []:
            if labels and child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
            # CommonMark leaves ** as it stands between a CJK character and a bracket
            if child.type == "text":
                child.content = "\n".join(map(_without_emphasis, child.content.split("\n")))
    return str(parser.renderer.render(tokens, parser.options, {}))


def _without_emphasis(line: str) -> str:
    """A line without pairs of ``**``; where one has no second, none behind it has."""
    pieces, at = [], 0
    while opening := _OPENS.search(line, at):
        closing = _CLOSES.search(line, opening.end() + 1)
        if closing is None:
            break
        pieces += [line[at : opening.start()], line[opening.end() : closing.start()]]
        at = closing.end()
    return "".join([*pieces, line[at:]])


def _parse(text: str, name: str) -> Element:
    """The tree of a page; raises ReadError where it is empty, RecursionError where it is too deep."""
    from lxml import etree, html

    # without huge_tree all that stands deeper than 256 elements is lost without a word
    parser = html.HTMLParser(huge_tree=True)
    try:
        page = html.document_fromstring(_xml_text(_XML_HEAD.sub("", text)), parser=parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise
    except etree.ParserError:
        page = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RecursionError(f"{name} is nested deeper than the parser goes")
    if page is None:
        raise ReadError(f"{name} is empty: it holds no text to answer from.", why="empty")
    return page


def _xml_text(text: str) -> str:
    """``text`` with what a tree cannot hold replaced: form feeds by spaces, the rest by U+FFFD."""
    return _NOT_IN_XML.sub(_substitute, _REFERENCE.sub(_checked_reference, text))


def _substitute(match: re.Match[str]) -> str:
    return " " if match[0] in "\x0b\x0c" else "\ufffd"


def _checked_reference(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    character = chr(code) if code <= sys.maxunicode else ""
    return character if _NOT_IN_XML.match(character) else match[0]


def _meta(page: Element, names: str) -> str:
    """The content of the first of the named meta elements that has any."""
    given: dict[str, str] = {}
    for meta in page.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        given.setdefault(key, one_line(meta.get("content", "")))
    return next((given[name] for name in names.split() if given.get(name)), "")


def _title(declared: str, lines: Lines) -> str:
    """The page's own heading, or its declared title without the site's name."""
    headings = lines.heading_texts(1)
    if len(headings) == 1 and len(headings[0]) > 3:
        return headings[0]
    for heading in [*headings, *lines.heading_texts(2)]:
        if len(heading) > 4 and squeeze(heading) in squeeze(declared):
            return heading
    parts = [part for part in _SITE.split(declared) if part]
    return max(parts, key=len) if parts else next(iter(headings), "")
