"""Texts that were made to take long: eight times as much of one takes about eight times as long.

Each of these once took time that grew with the square of its length, or worse: sixty-four times as long.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.corpus.formats.office import FILES
from wenju.corpus.build import build_document
from wenju.corpus.layout import read_layout
from wenju.corpus.passages import cut
from wenju.corpus.readers import READERS
from wenju.corpus.statutes import provisions_of

pytestmark = pytest.mark.slow

_TIMES, _MOST = 8, 24  # between eight and sixty-four
_FLOOR = 0.05  # seconds of the processor: what is less is noise


def _letter(body: str) -> bytes:
    """A Word file with such a body."""
    file = BytesIO()
    with ZipFile(BytesIO(FILES[".docx"]())) as before, ZipFile(file, "w", ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            after.writestr(item.filename, content)
    return file.getvalue()


def _boxes(depth: int) -> bytes:
    box = "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>文</w:t></w:r></w:p>"
    return _letter(box * depth + "</w:txbxContent></w:r></w:p>" * depth)


def _articles(count: int) -> str:
    record = {"law": "甲法", "article": "第1條", "text": "內容。"}
    return f"{json.dumps(record, ensure_ascii=False)}\n" * count


CASES: dict[str, tuple[str, int, Callable[[int], str | bytes]]] = {
    "blanks inside a line": (".txt", 2000, lambda n: f"甲{' ' * n}乙"),
    "blank lines": (".txt", 8000, lambda n: "甲" + "\n" * n + "乙"),
    "open quotes": (".txt", 50_000, lambda n: "「" * n),
    "emphasis that does not end": (".md", 500, lambda n: "**" + "a **" * n),
    "blanks in a paragraph": (".md", 3000, lambda n: f"a{' ' * n}b"),
    "ticks": (".md", 500, lambda n: "".join("`" * (i % 300) + " " for i in range(n))),
    "cells that span all": (
        ".html",
        20,
        lambda n: f"<table>{'<tr><td colspan=1000 rowspan=1000>甲</td></tr>' * n}</table>",
    ),
    "many times the same article": (".jsonl", 300, _articles),
    "boxes in each other": (".docx", 20, _boxes),
}


def _seconds(suffix: str, content: str | bytes) -> float:
    """Seconds of the processor from bytes to passages."""
    data = content if isinstance(content, bytes) else content.encode()
    begun = time.process_time()
    sources, _ = READERS[suffix](data, f"a{suffix}", "/a")
    for source in sources[:1]:
        document = build_document(source)
        layout = read_layout(document.text, document.headings)
        cut(document, layout)
        provisions_of(layout)
    return time.process_time() - begun


@pytest.mark.parametrize("case", CASES)
def test_work_grows_with_the_length(case: str) -> None:
    suffix, count, make = CASES[case]
    _seconds(suffix, make(count))  # tables and patterns are made the first time
    once = max(_FLOOR, _seconds(suffix, make(count)))
    assert _seconds(suffix, make(_TIMES * count)) < _MOST * once
