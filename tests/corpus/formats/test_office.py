"""Every format of an office folder: its heading, its paragraph and its table are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.formats.office import FILES, HEADING, PROSE, ROW, archive, mail, slides
from wenju.corpus.errors import ReadError
from wenju.corpus.read import Reading, read

ROWS = {".xml": "檔次：二檔\n金額：8600"}
ANY = ("", HEADING)


def given(folder: Path, suffix: str, data: bytes) -> Reading:
    path = folder / f"a{suffix}"
    path.write_bytes(data)
    return read(path)


@pytest.mark.parametrize("suffix", FILES)
def test_heading_paragraph_and_table(tmp_path: Path, suffix: str) -> None:
    reading = given(tmp_path, suffix, FILES[suffix]())
    text = "\n".join(source.text for source in reading.sources)
    assert HEADING in text or reading.sources[0].title == HEADING
    assert PROSE in text
    assert ROWS.get(suffix, ROW) in text
    assert text.count(PROSE) == 1 + (suffix == ".eml")


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_that_is_cut_off_is_read_in_part_or_refused(tmp_path: Path, suffix: str) -> None:
    data = FILES[suffix]()
    for share in (0.1, 0.5, 0.9):
        try:
            given(tmp_path, suffix, data[: int(share * len(data))])
        except ReadError as error:
            assert str(error).startswith("a")


def test_slides_are_pages_and_notes_are_read(tmp_path: Path) -> None:
    (source,) = given(tmp_path, ".pptx", slides()).sources
    assert source.text.split("\n")[0] == HEADING
    assert source.text.endswith("講者備註。")
    assert [page.number for page in source.pages] == [1]
    assert source.title in ("PowerPoint Presentation", HEADING)


def test_a_message_and_what_is_attached(tmp_path: Path) -> None:
    reading = given(tmp_path, ".eml", mail())
    assert [source.name for source in reading.sources] == ["a.eml", "a.eml/補貼.xlsx"]
    assert (reading.sources[0].title, reading.sources[0].date) == (HEADING, "2024-05-01")


def test_files_of_an_archive_are_named_by_their_places(tmp_path: Path) -> None:
    reading = given(tmp_path, ".zip", archive())
    assert [source.name for source in reading.sources] == ["a.zip/資料/補貼.xlsx"]
    assert reading.problems == ("a.zip/資料/圖.bin was not read: .bin is no text.",)
