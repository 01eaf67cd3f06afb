"""Files that are damaged, or hold what no text should: read all the same, or refused in a sentence."""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.formats.office import FILES
from tests.corpus.test_read import DOCX, MARKDOWN, NOTICE, PAGES, RULES, pdf
from tests.properties import cases
from wenju.corpus import readers as reading
from wenju.corpus.document import Heading, Source
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.legacy import SUFFIXES as LEGACY
from wenju.corpus.formats.ocr.images import SUFFIXES as IMAGES
from wenju.corpus.inventory import Note
from wenju.corpus.read import SUFFIXES, read, read_file

PROSE = RULES * 10
# of each kind that XML cannot hold, and of those that it can though nobody means them
CONTROLS = ("\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff")
REFERENCES = ("&#1;", "&#01", "&#x0B;", "&#27;", "&#xD800;", "&#xfffe;", "&#0;", "&#x110000;")


def _read(folder: Path, name: str, content: bytes) -> Source:
    path = folder / name
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (source,) = read_file(path)
    return source


def _page(odd: str) -> bytes:
    """What is pruned stands between texts that the parser then joins: there lxml looks at them."""
    return (
        f"<html><head><title>題{odd}目公告</title></head><body>甲{odd}<nav>選單</nav>乙{odd}"
        f"<p hidden>{odd}</p>丙{odd}<p>{PROSE}{odd}</p><pre>{odd}{RULES}</pre></body></html>"
    ).encode()


def _notes(odd: str) -> bytes:
    return f"# 題{odd}目\n\n{PROSE}{odd}\n\n```{odd}\n{RULES}{odd}\n```\n\n- 丙{odd}\n".encode()


def _plain(odd: str) -> bytes:
    return f"甲{odd}\n{PROSE}\n".encode()


def _table(odd: str) -> bytes:
    return f"類型,說明\n生態{odd}型,{PROSE}\n任務型,{PROSE}乙\n".encode()


def _record(odd: str) -> bytes:
    return json.dumps({"text": PROSE + odd, "title": odd, "issuer": odd, "date": odd}).encode()


def _printed(odd: str) -> bytes:
    return pdf([[RULES, f"甲{odd}乙丙", RULES]], f"甲{odd}")


def _letter(odd: str) -> bytes:
    """A Word file in whose XML the character was put by force."""
    import docx

    document, file, forced = docx.Document(), BytesIO(), BytesIO()
    document.add_heading("標題", 1)
    document.add_paragraph(PROSE + "ODD")
    document.save(file)
    with ZipFile(file) as before, ZipFile(forced, "w") as after:
        for item in before.infolist():
            after.writestr(item, before.read(item).replace(b"ODD", odd.encode()))
    return forced.getvalue()


def _sheet(odd: str) -> bytes:
    """A spreadsheet in whose XML the character was put by force."""
    import openpyxl

    book, file, forced = openpyxl.Workbook(), BytesIO(), BytesIO()
    book.active.append([RULES, "ODD"])
    book.save(file)
    with ZipFile(file) as before, ZipFile(forced, "w") as after:
        for item in before.infolist():
            after.writestr(item, before.read(item).replace(b"ODD", odd.encode()))
    return forced.getvalue()


OFFICE = (".pptx", ".odt", ".ods", ".epub", ".eml", ".mht", ".zip", ".xml", ".rtf", ".ofd")


def _constant(make: Callable[[], bytes]) -> Callable[[str], bytes]:
    return lambda odd: make()


MAKERS: dict[str, Callable[[str], bytes]] = {
    ".txt": _plain,
    ".md": _notes,
    ".markdown": _notes,
    ".html": _page,
    ".htm": _page,
    ".csv": _table,
    ".tsv": _table,
    ".jsonl": _record,
    ".pdf": _printed,
    ".docx": _letter,
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".et"), _sheet),
    **{suffix: _constant(make) for suffix, make in FILES.items() if suffix in OFFICE},
    **dict.fromkeys((".odp", ".mhtml", ".msg", *LEGACY, *IMAGES), _sheet),
}


INTACT: dict[str, bytes] = {
    ".pdf": pdf(PAGES),
    ".docx": DOCX,
    **{suffix: make() for suffix, make in FILES.items() if suffix in OFFICE},
    ".html": NOTICE.encode(),
    ".htm": NOTICE.encode("gbk"),
}

# formats of XML, which holds no control characters, and others whose files are made by libraries
FORCED = {
    *(".docx", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".odp", ".mhtml", ".msg"),
    *(*OFFICE, *LEGACY, *IMAGES),
}


def test_every_format_has_such_a_file() -> None:
    assert set(MAKERS) == SUFFIXES


@pytest.mark.parametrize("odd", CONTROLS, ids=ascii)
@pytest.mark.parametrize("suffix", sorted(SUFFIXES - FORCED))
def test_control_characters_do_not_keep_a_file_from_being_read(
    tmp_path: Path, suffix: str, odd: str
) -> None:
    source = _read(tmp_path, f"a{suffix}", MAKERS[suffix](odd))
    assert RULES in source.text
    json.dumps([source.text, source.title, source.issuer, source.date]).encode()
    source.text.encode()


@pytest.mark.parametrize("odd", CONTROLS, ids=ascii)
def test_a_word_file_with_control_characters_is_read_or_refused(tmp_path: Path, odd: str) -> None:
    """XML allows only some of them, and a file with the others is none that Word would open."""
    content = _letter(odd)
    if odd in ("\x7f", "\x85"):
        assert PROSE in _read(tmp_path, "a.docx", content).text
    else:
        with pytest.raises(
            ReadError, match=r"a\.docx is not a readable \.docx .*save it as \.docx"
        ):
            _read(tmp_path, "a.docx", content)


@pytest.mark.parametrize("odd", REFERENCES)
@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_references_to_control_characters_are_marked(tmp_path: Path, suffix: str, odd: str) -> None:
    source = _read(tmp_path, f"a{suffix}", MAKERS[suffix](odd))
    assert RULES in source.text and "題" in source.title
    assert not any(c in source.text for c in CONTROLS)


def test_other_references_are_what_they_were(tmp_path: Path) -> None:
    page = f"<p>{RULES}&#x4e2d;&#20013;&#0020013;&#128;&#9;&#x1F600;&amp;#1;</p>"
    text = _read(tmp_path, "a.html", page.encode()).text
    assert text == f"{RULES}中中中€ \U0001f600&#1;"


@pytest.mark.parametrize("depth", [250, 300, 400, 1000])
def test_text_of_deeply_nested_pages_is_not_lost(tmp_path: Path, depth: int) -> None:
    page = f"<p>前言。</p>{'<div>' * depth}{RULES}{'</div>' * depth}<p>末段。</p>"
    text = _read(tmp_path, "a.html", page.encode()).text
    assert text == f"前言。\n{RULES}\n末段。"


@pytest.mark.parametrize("depth", [3000, 50_000])
def test_pages_nested_too_deeply_for_a_tree_are_read_line_by_line(
    tmp_path: Path, depth: int
) -> None:
    page = (
        f"<title>題</title><script>var a</script><h2>章</h2><p>{RULES}</p>{'<div>' * depth}"
        f"{RULES}&amp;<b>粗</b>{'</div>' * depth}<style>p {{}}</style><p>末<br>段。</p>"
    )
    source = _read(tmp_path, "a.html", page.encode())
    assert source.text == f"章\n{RULES}\n{RULES}&粗\n末\n段。"
    assert (source.title, source.headings) == ("題", (Heading(0, 1, 2),))
    assert source.inventory.notes == (Note("nested_deeply", ""),)


NESTED: dict[str, Callable[[int], str]] = {
    ".html": lambda depth: "".join(f"<ul><li>第{n}項" for n in range(depth)),
    ".htm": lambda depth: "".join(f"<blockquote>第{n}項" for n in range(depth)),
    ".md": lambda depth: "\n".join("> " * (n + 1) + f"第{n}項" for n in range(depth)),
    ".markdown": lambda depth: "\n".join("  " * n + f"- 第{n}項" for n in range(depth)),
}


@pytest.mark.parametrize("depth", [9, 10, 19, 20, 30, 127, 300, 1000])
@pytest.mark.parametrize("suffix", NESTED)
def test_no_item_of_a_nested_list_is_lost(tmp_path: Path, suffix: str, depth: int) -> None:
    text = _read(tmp_path, f"a{suffix}", NESTED[suffix](depth).encode()).text
    assert re.findall(r"第(\d+)項", text) == [str(n) for n in range(depth)]


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_recursion_is_limited_as_before(tmp_path: Path, suffix: str) -> None:
    usual = sys.getrecursionlimit()
    _read(tmp_path, f"a{suffix}", NESTED[suffix](300).encode())
    assert sys.getrecursionlimit() == usual


@pytest.mark.parametrize("depth", [100, 900, 5000, 100_000])
def test_a_line_nested_to_the_limit_costs_no_other(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "a.jsonl"
    deep = f'{{"x": {"[" * depth}1{"]" * depth}, "title": "深"}}'
    path.write_text(f'{{"text": "{RULES}"}}\n{deep}\n{{"text": "末段。"}}\n', encoding="utf-8")
    reading = read(path)
    assert [s.text for s in reading.sources if s.title != "深"] == [RULES, "末段。"]
    assert len(reading.sources) + len(reading.problems) == 3
    assert all(said.startswith("a.jsonl#2 ") for said in reading.problems)


def test_list_numbers_beyond_reason_are_counted_from_one(tmp_path: Path) -> None:
    page = f"<ol start={'9' * 5000}><li>{RULES}</li><li value={'8' * 5000}>乙</li></ol>"
    assert _read(tmp_path, "a.html", page.encode()).text == f"1. {RULES}\n2. 乙"


def test_a_word_style_based_on_itself_ends(tmp_path: Path) -> None:
    import docx

    document, file = docx.Document(), BytesIO()
    style = document.styles["Normal"]
    style.base_style = style
    document.add_paragraph(PROSE)
    document.save(file)
    assert _read(tmp_path, "a.docx", file.getvalue()).text == PROSE


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_whatever_a_parser_raises_becomes_a_sentence(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, name: str, origin: str) -> tuple[list[Source], list[str]]:
        raise KeyError("word/document.xml\nno such part" + "x" * 1000)

    monkeypatch.setitem(reading.READERS, suffix, broken)
    with pytest.raises(ReadError, match=r"is damaged and could not be read") as caught:
        _read(tmp_path, f"a{suffix}", b"x")
    said = str(caught.value)
    assert said.startswith(f"a{suffix} is damaged") and "KeyError" in said and "\n" not in said
    assert said.endswith("save it again.") and len(said) < 400
    assert isinstance(caught.value.__cause__, KeyError)


@cases(100)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(SUFFIXES)))
def test_damaged_files_raise_nothing_but_read_errors(random: Random, suffix: str) -> None:
    data = bytearray(INTACT.get(suffix, MARKDOWN.encode("gb18030")))
    for _ in range(random.randrange(1, 9)):
        at = random.randrange(len(data) - 9)
        data[at : at + random.randrange(3)] = random.randbytes(random.randrange(3))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(bytes(data))
        try:
            sources = read_file(path)
        except ReadError as error:
            assert f"a{suffix}" in str(error)
        else:
            assert all(source.text.strip() for source in sources)


@cases(100)
@given(
    st.text(st.characters(codec="utf-8", categories=["Cc", "Cn", "Co", "Lo", "Zs", "Po"])),
    st.sampled_from(sorted(SUFFIXES - FORCED - {".pdf"})),
)
def test_odd_characters_raise_nothing_but_read_errors(odd: str, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(MAKERS[suffix](odd))
        try:
            (source, *_) = read_file(path)
        except ReadError as error:
            assert f"a{suffix}" in str(error)
        else:
            source.text.encode()
