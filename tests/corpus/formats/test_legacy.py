"""Older office files: converted by LibreOffice, or read as what they really are."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.corpus.formats.office import FILES
from wenju.corpus.errors import ReadError
from wenju.corpus.formats import legacy
from wenju.corpus.read import read, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RULES = "本辦法依據相關法令訂定之，主管機關應於每年三月底前公告補助項目及金額。"

needs_office = pytest.mark.skipif(
    legacy.program() is None, reason="LibreOffice is not installed (soffice)"
)


def letter() -> bytes:
    """A text document with a heading and a table."""
    import docx

    document, file = docx.Document(), BytesIO()
    document.add_heading("測試辦法", 1)
    document.add_paragraph(RULES)
    table = document.add_table(2, 2)
    for cell, text in zip((c for r in table.rows for c in r.cells), "校名 學生 南湖 1785".split(), strict=True):  # fmt: skip
        cell.text = text
    # every document of Word ends with a paragraph, and LibreOffice relies on it
    document.add_paragraph("附註在表後。")
    document.save(file)
    return file.getvalue()


def saved(folder: Path, content: bytes, suffix: str, older: str, kind: str) -> bytes:
    """A file as LibreOffice saves it in an older format."""
    path = folder / f"new{suffix}"
    path.write_bytes(content)
    office = legacy.program()
    assert office is not None
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind]
        + ["--outdir", str(folder), str(path)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    made = (folder / f"new{older}").read_bytes()
    assert made.startswith(OLE)
    return made


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_an_older_text_document_is_read_like_a_newer_one(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "new.docx").write_bytes(letter())
    (newer,) = read_file(tmp_path / "new.docx")
    older = tmp_path / f"old{suffix}"
    older.write_bytes(saved(tmp_path, letter(), ".docx", ".doc", "doc:MS Word 97"))
    (source,) = read_file(older)
    assert source.text == newer.text and RULES in source.text
    assert source.headings == newer.headings and len(source.headings) == 1
    assert source.name == older.name


@pytest.mark.slow
@needs_office
def test_an_older_presentation_is_read_like_a_newer_one(tmp_path: Path) -> None:
    content = FILES[".pptx"]()
    (tmp_path / "new.pptx").write_bytes(content)
    (newer,) = read_file(tmp_path / "new.pptx")
    (tmp_path / "old.ppt").write_bytes(
        saved(tmp_path, content, ".pptx", ".ppt", "ppt:MS PowerPoint 97")
    )
    (source,) = read_file(tmp_path / "old.ppt")
    assert "".join(source.text.split()) == "".join(newer.text.split())


@pytest.mark.slow
@needs_office
def test_a_damaged_one_is_refused_in_a_sentence(tmp_path: Path) -> None:
    made = saved(tmp_path, letter(), ".docx", ".doc", "doc:MS Word 97")
    path = tmp_path / "a.doc"
    path.write_bytes(made[:2000] + bytes(len(made) - 2000))
    with pytest.raises(ReadError, match=r"^a\.doc .*save it"):
        read(path)


@pytest.mark.parametrize("suffix", legacy.SUFFIXES)
def test_without_libreoffice_a_sentence_says_what_to_do(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy, "program", lambda: None)
    monkeypatch.setattr(legacy, "_of_compound", lambda data, name: suffix)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(OLE + bytes(600))
    newer = ".docx" if suffix in (".doc", ".wps") else ".pptx"
    with pytest.raises(ReadError, match=r"install LibreOffice, or save the file as \." + newer[1:]):
        read(path)


@pytest.mark.parametrize(
    ("content", "held"),
    [
        (f"<html><body><p>{RULES}</p></body></html>".encode(), RULES),
        (f"<html><meta charset=gb2312><p>{RULES}".encode("gb18030"), RULES),
        (rb"{\rtf1\ansi Rules of 2024}", "Rules of 2024"),
        (FILES[".mht"](), "辦法"),
        (letter(), RULES),
    ],
    ids=["page", "old page", "rich text", "saved page", "newer file"],
)
def test_what_only_has_the_suffix_is_read_as_what_it_is(
    tmp_path: Path, content: bytes, held: str
) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(content)
    (source,) = read_file(path)
    assert held in source.text and source.name == "a.doc"


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\x00\x01\x02 nothing")
    with pytest.raises(
        ReadError, match=r"^a\.doc is not a readable text document; save it as \.docx"
    ):
        read(path)


def stuck(folder: Path) -> str:
    path = folder / "office"
    path.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    path.chmod(0o755)
    return str(path)


def failing(folder: Path) -> str:
    path = folder / "office"
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for the program")
@pytest.mark.parametrize(
    ("make", "said"), [(stuck, "took more than 1 seconds"), (failing, "damaged or encrypted")]
)
def test_a_program_that_hangs_or_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], str], said: str
) -> None:
    monkeypatch.setattr(legacy, "program", lambda: make(tmp_path))
    monkeypatch.setattr(legacy, "_of_compound", lambda data, name: ".doc")
    monkeypatch.setattr(legacy, "_SECONDS", 1)
    path = tmp_path / "a.doc"
    path.write_bytes(OLE + bytes(600))
    with pytest.raises(ReadError, match=said):
        read(path)
