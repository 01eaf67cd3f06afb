"""Some two hundred small files over every format that were made to hurt who reads them.

``python -m tests.corpus.crafted FOLDER`` writes them into a folder.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from tests.corpus.formats.office import FILES
from tests.corpus.test_read import MARKDOWN, NOTICE, PAGES, pdf
from wenju.corpus.readers import SUFFIXES

Files = Iterator[tuple[str, bytes]]
"""Names and contents."""

TEXT = "本辦法依據相關法令訂定之。"
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "哈">'
    + "".join(
        "<!ENTITY " + b + ' "' + f"&{a};" * 10 + '">'
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".ofd")
_MAIN = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/worksheets/sheet1.xml",
    ".pptx": "ppt/slides/slide1.xml",
    **dict.fromkeys((".odt", ".ods", ".odp"), "content.xml"),
    ".epub": "OPS/book.opf",
    ".ofd": "Doc_0/Document.xml",
}
_MADE = {**FILES, ".odp": FILES[".odt"]}


def sound(suffix: str) -> bytes:
    """A file of a format as it should be, or of one that its files are often taken for."""
    known = {".pdf": lambda: pdf(PAGES), ".html": NOTICE.encode, ".md": MARKDOWN.encode}
    make = known.get(suffix) or _MADE.get(suffix)
    return make() if make else _OLE + bytes(504) + TEXT.encode() * 50


def changed(data: bytes, change: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """An archive with other parts: new ones, those made of the old, and without those of None."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        left = dict(change)
        for part in before.namelist():
            new = left.pop(part, before.read(part))
            if new is not None:
                after.writestr(part, new(before.read(part)) if callable(new) else new)
        for part, new in left.items():
            if isinstance(new, bytes):
                after.writestr(part, new)
    return file.getvalue()


def everywhere() -> Files:
    """The same damages of every format."""
    random = Random(0)
    for suffix in sorted(SUFFIXES):
        data = sound(suffix)
        yield f"half{suffix}", data[: len(data) // 2]
        yield f"zeros{suffix}", bytes(4096)
        yield f"noise{suffix}", random.randbytes(4096)
    for suffix in (
        ".txt",
        ".md",
        ".html",
        ".csv",
        ".jsonl",
        ".xml",
        ".rtf",
        ".eml",
        ".docx",
        ".pdf",
    ):
        yield f"ole{suffix}", _OLE + random.randbytes(4096)
        yield f"archive{suffix}", sound(".zip")


def archives() -> Files:
    """The same damages of every format that is an archive."""
    for suffix in _ZIPPED:
        data, main = _MADE[suffix](), _MAIN[suffix]
        yield f"no-main{suffix}", changed(data, {main: None})
        yield f"no-xml{suffix}", changed(data, {main: b"{}"})
        yield f"laughs{suffix}", changed(data, {main: _with_entities(LAUGHS)})
        yield f"outside{suffix}", changed(data, {main: _with_entities(OUTSIDE)})
        yield f"deep{suffix}", changed(data, {main: b"<a>" * 20_000 + b"</a>" * 20_000})
        yield f"locked{suffix}", _with_flag(data)


def _with_entities(head: str) -> Callable[[bytes], bytes]:
    """An XML part with definitions before its root, the last of them used where its text begins."""

    def make(content: bytes) -> bytes:
        body = content[content.index(b"?>") + 2 :] if content.startswith(b"<?xml") else content
        at = body.index(b">", body.index(b"<")) + 1
        return head.encode() + body[:at] + b"&j;" + body[at:]

    return make


def _with_flag(data: bytes) -> bytes:
    """Every part said to be encrypted."""
    locked = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = locked.find(mark)
        while found >= 0:
            locked[found + at] |= 1
            found = locked.find(mark, found + 4)
    return bytes(locked)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def words() -> Files:
    """Word files."""
    made = FILES[".docx"]()

    def body(content: str) -> bytes:
        return changed(
            made,
            {
                "word/document.xml": lambda old: old.replace(
                    b"<w:body>", b"<w:body>" + content.encode(), 1
                )
            },
        )

    def part(name: str, content: str) -> bytes:
        root = f'<w:{name} xmlns:w="{_WORD}">{content}</w:{name}>'
        return changed(made, {f"word/{name}.xml": root.encode()})

    styled = "".join(
        f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("ab", "bc", "ca")
    )
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    paragraphs = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>文</w:t></w:r></w:p>'
    for name, styles, used in (
        ("styles-in-a-ring", styled, "a"),
        ("styles-in-a-chain", chain, "s0"),
    ):
        root = f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'.encode()
        yield (
            f"{name}.docx",
            changed(body(paragraphs.format(used) * 300), {"word/styles.xml": root}),
        )
    yield "wide-cell.docx", body(_row('<w:gridSpan w:val="999999999"/>'))
    yield "merged.docx", body(_row('<w:vMerge w:val="restart"/>') + _row("<w:vMerge/>") * 2000)
    yield "tables.docx", body("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500)
    yield (
        "boxes.docx",
        body("<w:p><w:r><w:txbxContent>" * 500 + "</w:txbxContent></w:r></w:p>" * 500),
    )
    yield (
        "fields.docx",
        body("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>"),
    )
    yield "notes.docx", body('<w:p><w:r><w:footnoteReference w:id="9"/></w:r></w:p>' * 5000)
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="l{n}"/></w:abstractNum>'
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in (1, 2)
    )
    yield "lists.docx", part("numbering", lists)
    yield (
        "out.docx",
        changed(
            made,
            {
                "word/_rels/document.xml.rels": lambda old: old.replace(
                    b'Target="', b'Target="../../../../etc/passwd" x="'
                )
            },
        ),
    )
    yield "no-relations.docx", changed(made, {"_rels/.rels": None})
    yield "packed.docx", changed(made, {"word/document.xml": b" " * 60_000_000})


def _row(properties: str) -> str:
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>文</w:t></w:r></w:p></w:tc>"
    return f"<w:tbl><w:tr>{cell * 2}</w:tr></w:tbl>"


def sheets() -> Files:
    """Spreadsheets, and documents and slides of other programs."""
    made, main = FILES[".xlsx"](), "xl/worksheets/sheet1.xml"

    def sheet(content: str) -> bytes:
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return changed(made, {main: f'<worksheet xmlns="{space}">{content}</worksheet>'.encode()})

    def row(cell: str, number: int = 1) -> str:
        return f'<sheetData><row r="{number}">{cell}</row></sheetData>'

    text = '<c r="A1" t="inlineStr"><is><t>文</t></is></c>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "merged.xlsx", sheet(row(text) + merged)
    yield "all-merged.xlsx", sheet(row(text) + merged * 1000)
    yield (
        "last-row.xlsx",
        sheet(
            f'<sheetData><row r="1">{text}</row>'
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>尾</t></is></c></row></sheetData>'
        ),
    )
    yield "beyond.xlsx", sheet(row('<c r="ZZZZZ9999999999"><v>1</v></c>'))
    yield "shared.xlsx", sheet(row('<c r="A1" t="s"><v>99999</v></c>'))
    yield "styled.xlsx", sheet(row('<c r="A1" s="99999"><v>1</v></c>'))
    yield "number.xlsx", sheet(row(f'<c r="A1"><v>{"9" * 5000}</v></c>'))
    yield "odd-number.xlsx", sheet(row('<c r="A1"><v>1e999</v></c><c r="B1"><v>文</v></c>'))
    yield "day.xlsx", sheet(row('<c r="A1" t="d"><v>99999-99-99</v></c>'))
    yield "wide.xlsx", sheet(f'<sheetData><row r="1">{text * 20_000}</row></sheetData>')
    repeated = 'table:number-columns-repeated="1000000000" table:number-rows-spanned="99999999"'
    for suffix in (".ods", ".odt"):
        cells = _replacing("<table:table-cell", f"<table:table-cell {repeated}")
        yield f"repeated{suffix}", changed(FILES[suffix](), {"content.xml": cells})
    yield (
        "spaces.odt",
        changed(
            FILES[".odt"](),
            {
                "content.xml": lambda old: old.replace(
                    b"</text:p>", b'<text:s text:c="999999999"/></text:p>'
                )
            },
        ),
    )
    yield (
        "spans.odt",
        changed(
            FILES[".odt"](),
            {
                "content.xml": lambda old: old.replace(
                    b"</text:p>", b"<text:span>" * 5000 + b"</text:span>" * 5000 + b"</text:p>", 1
                )
            },
        ),
    )
    yield (
        "groups.pptx",
        changed(
            FILES[".pptx"](),
            {
                "ppt/slides/slide1.xml": lambda old: old.replace(
                    b"</p:spTree>", b"<p:grpSp>" * 2000 + b"</p:grpSp>" * 2000 + b"</p:spTree>"
                )
            },
        ),
    )
    yield (
        "ring.epub",
        changed(
            FILES[".epub"](),
            {
                "META-INF/container.xml": b'<container><rootfile full-path="META-INF/container.xml"/>'
                b"</container>"
            },
        ),
    )
    yield (
        "again.epub",
        changed(
            FILES[".epub"](),
            {
                "OPS/book.opf": lambda old: old.replace(
                    b"</spine>", b'<itemref idref="a"/>' * 5000 + b"</spine>"
                )
            },
        ),
    )
    page = "Doc_0/Pages/Page_0/Content.xml"
    for name, old, new in (
        ("steps", 'DeltaX="', 'DeltaX="g 999999999 1 '),
        ("steps-of-none", 'DeltaX="', 'DeltaX="g g g '),
        ("size", 'Size="4"', 'Size="nan"'),
        ("place", 'X="0"', 'X="1e308"'),
        ("strokes", "M 0 0", "M 0 0 " + "L 9e9 0 " * 20_000),
    ):
        yield f"{name}.ofd", changed(FILES[".ofd"](), {page: _replacing(old, new)})


def _replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old.encode(), new.encode())


def texts() -> Files:
    """Plain text, tables, records, pages, notes."""
    yield "mark-alone.txt", b"\xef\xbb\xbf"
    yield "odd-utf16.txt", b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1]
    yield "halves.txt", "\ud800\udfff".encode("utf-16-le", "surrogatepass") * 100
    yield "overlong.txt", b"\xc0\xaf" * 1000
    yield "utf7.txt", b"+ADw-script+AD4-" * 100
    yield "blanks.txt", b"a" + b" " * 60_000 + b"b"
    yield "lines.txt", b"a" + b"\n" * 60_000 + b"b"
    yield "signs.txt", b"#" * 60_000
    yield "brackets.txt", "（".encode() * 20_000
    yield "quote.csv", b'a,b\n"' + b"x,\n" * 50_000
    yield "long.csv", b"a,b\n" + b"x" * 200_000 + b",1\n"
    yield "wide.csv", b"," * 20_000 + b"\n" + b"1," * 20_000
    yield "zero.csv", b"a,b\n\0,1\n"
    deep = f'{{"a": {"[" * 100_000}'
    records: dict[str, str] = {
        "deep": deep,
        "number": f'{{"text": "文", "a": {"9" * 100_000}}}',
        "odd-numbers": '{"text": "文", "a": [NaN, Infinity, 1e999]}',
        "halves": '{"text": "\\ud800", "title": "\\udfff", "number": "\\ud800", "kind": "\\ud800"}',
        "kinds": '{"text": ["文"], "title": {"a": 1}, "date": [[]], "replaces": [[{}]]}',
        "date": json.dumps({"text": "文", "date": "9" * 10_000, "effective": "99999999999年"}),
        "law": json.dumps({"law": "法", "article": "9" * 10_000, "text": "文"}),
        "laws": '{"law": "法", "article": "第1條", "text": "文"}\n' * 5000,
        "names": '{"' + "a" * 100_000 + '": 1}',
    }
    for name, content in records.items():
        yield f"{name}.jsonl", content.encode()
    pages = {
        "deep": "<div>" * 100_000 + TEXT,
        "lists": "<ul><li>項" * 400,
        "comment": f"<p>{TEXT}<!--" + "<!--" * 50_000,
        "tags": "<" * 100_000,
        "attributes": "<p " + "a='b' " * 20_000 + f">{TEXT}",
        "spans": "<table>" + "<tr><td colspan=99999 rowspan=99999>文" * 500 + "</table>",
        "references": "&#" * 100_000 + "&#x110000;&#xd800;",
        "charset": f"<meta charset='no-such-thing'><p>{TEXT}",
        "base": "<meta charset='utf-16'><p>文",
        "styles": f"<style>{'.a{display:none}' * 5000}</style>{'<p class=a>文' * 5000}",
        "frames": "<iframe srcdoc='" + "<iframe srcdoc=" * 5000 + f"'></iframe><p>{TEXT}",
        "start": "<ol start=-99999999999999><li value=1e9>文</ol>",
    }
    for name, content in pages.items():
        yield f"{name}.html", content.encode()
    notes = {
        "quotes": ">" * 20_000 + TEXT,
        "lists": "".join(f"{'  ' * n}- 項\n" for n in range(500)),
        "brackets": "[" * 4000,
        "links": "[a](" * 10_000,
        "stars": "**" + "a **" * 10_000,
        "ticks": "".join("`" * (n % 200) + " " for n in range(2000)),
        "front": "---\n" + "a: b\n" * 20_000,
        "tables": "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|b" * 2000 + "|\n") * 3,
        "references": "".join(f"[{n}]: /a\n" for n in range(5000)) + "[1]" * 5000,
        "blanks": "a" + " " * 50_000 + "b",
    }
    for name, content in notes.items():
        yield f"{name}.md", content.encode()


def others() -> Files:
    """XML, rich text, messages, pages that are printed, archives, pictures."""
    documents = {
        "laughs": f"{LAUGHS}<a>&j;</a>",
        "outside": f"{OUTSIDE}<a>&j;</a>",
        "parameter": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]><a>文</a>',
        "deep": "<a>" * 100_000,
        "deep-and-whole": "<a>" * 1500 + "文" + "</a>" * 1500,
        "encoding": "<?xml version='1.0' encoding='no-such-thing'?><a>文</a>",
        "include": '<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd"/>文</a>',
        "attributes": "<a " + " ".join(f"b{n}='1'" for n in range(20_000)) + ">文</a>",
    }
    for name, content in documents.items():
        yield f"{name}.xml", content.encode()
    for name, content in {
        "groups": "{" * 50_000,
        "numbers": "\\u99999999999 ?\\'zz\\bin99999999999 x",
        "rows": "\\trowd a\\cell\\row " * 5000,
        "fonts": "\\f99999 x" * 20_000,
    }.items():
        yield f"{name}.rtf", f"{{\\rtf1 {content}}}".encode()
    part = "Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n"
    for name, content in {
        "parts": "".join(part.format(n) for n in range(500)) + "\n文",
        "no-boundary": "Content-Type: multipart/mixed\n\n文",
        "charset": "Content-Type: text/plain; charset=no-such-thing\n\n文",
        "letters": "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + "=" * 20_000,
        "transfer": "Content-Type: text/plain\nContent-Transfer-Encoding: no-such\n\n文",
        "comments": f"To: {'(' * 20_000}\n\n文",
        "words": f"Subject: {'=?utf-8?B?5Lit?= ' * 5000}\n\n文",
        "date": "Date: 99 Foo 99999 99:99:99 +9999\n\n文",
        "in-itself": "Content-Type: message/rfc822\n\n" * 500 + "文",
    }.items():
        yield f"{name}.eml", f"From: a@b.c\nMIME-Version: 1.0\n{content}".encode()
    yield from _printed()
    yield from _pictures()
    inner = FILES[".zip"]()
    for _ in range(20):
        inner = changed(inner, {"inner.zip": inner})[:200_000]
    yield "inner.zip", inner
    yield (
        "out.zip",
        changed(FILES[".zip"](), {"../../../etc/cron.d/a.txt": b"x", "/etc/a.txt": b"y"}),
    )
    yield "same.zip", FILES[".zip"]() * 2
    yield "many.zip", changed(FILES[".zip"](), {f"{n}.txt": b"x" for n in range(2000)})
    yield (
        "bytes.zip",
        changed(FILES[".zip"](), {"名\ud800".encode("utf-8", "replace").decode(): b"x"}),
    )
    yield "packed.zip", changed(FILES[".zip"](), {"a.txt": bytes(60_000_000)})
    yield "locked.zip", _with_flag(FILES[".zip"]())


def _printed() -> Files:
    """PDF files."""
    made = pdf(PAGES)
    yield "ring.pdf", made.replace(b"/Type /Pages /Kids [", b"/Type /Pages /Kids [4 0 R ")
    yield "count.pdf", made.replace(b"/Count ", b"/Count 99999999")
    yield "box.pdf", made.replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]")
    yield "no-box.pdf", made.replace(b"[0 0 595 842]", b"[0 0 0 0]   ")
    yield "length.pdf", made.replace(b"/Length ", b"/Length 99999999")
    yield "outlines.pdf", made.replace(b"/Outlines 6 0 R", b"/Outlines 5 0 R")
    yield "arrays.pdf", made.replace(b"BT ", b"[" * 50_000 + b"BT ", 1)
    yield "encrypted.pdf", made.replace(b"/Root 5 0 R", b"/Root 5 0 R /Encrypt 5 0 R")
    yield "no-table.pdf", made[: made.rindex(b"xref\n0")]
    yield "start.pdf", made[: made.rindex(b"startxref")] + b"startxref\n99999999999\n%%EOF"
    packed = zlib.compress(b"BT (a) Tj ET " * 500_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    yield (
        "packed.pdf",
        made.replace(b"endobj\n8 0 obj", b"endobj\n8 0 obj\n" + stream + b"\nendobj\n99 0 obj"),
    )


def _pictures() -> Files:
    """Pictures that say they are larger than they are, and others."""

    def png(width: int, height: int, content: bytes) -> bytes:
        def chunk(kind: bytes, held: bytes) -> bytes:
            return (
                struct.pack(">I", len(held))
                + kind
                + held
                + struct.pack(">I", zlib.crc32(kind + held))
            )

        head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", head)
            + chunk(b"IDAT", content)
            + chunk(b"IEND", b"")
        )

    yield "large.png", png(100_000, 100_000, zlib.compress(b"x"))
    yield "short.png", png(3000, 3000, zlib.compress(b"x"))
    yield "none.png", png(0, 0, b"")
    yield "blank.png", png(2000, 2000, zlib.compress(bytes(2001 * 2000)))
    directory = struct.pack("<HHHII", 1, 256, 4, 1, 1)
    yield "ring.tiff", b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<I", 8)
    yield "far.tif", b"II*\0" + struct.pack("<I", 0xFFFFFFF0)
    yield "start.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\xff" * 1000
    yield "size.webp", b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + b"WEBPVP8L" + b"\xff" * 100


def crafted() -> dict[str, bytes]:
    """All of them, by name."""
    made: dict[str, bytes] = {}
    for files in (everywhere(), archives(), words(), sheets(), texts(), others()):
        for name, content in files:
            assert name not in made, name
            made[name] = content
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file_name, file_content in crafted().items():
        (folder / file_name).write_bytes(file_content)
