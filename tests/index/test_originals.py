"""The files of documents: kept once, whole or not at all, and gone with their documents."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus.test_read import PAGES, pdf
from tests.fakes import FakeEncoder
from wenju.corpus.document import Document
from wenju.corpus.read import read_file
from wenju.index.originals import Originals
from wenju.index.pages import BadPlace, NoOriginal
from wenju.qa.engine import Engine
from wenju.qa.settings import Settings

ONE, OTHER = pdf(PAGES), pdf([["乙市公園開放時間：每日上午六時。"]])
ID, OTHER_ID = "0" * 19 + "a", "0" * 19 + "b"


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "originals")


def opened(home: Path, *, keep: bool = True) -> Engine:
    settings = Settings(home=home, cache=home / "cache", reader="lexical", keep_originals=keep)
    return Engine.open(settings, encoder=FakeEncoder())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with opened(tmp_path / "home") as engine:
        yield engine


def held(engine: Engine) -> dict[str, bytes]:
    """The bytes that are kept, by the name of their document; nothing else may lie there."""
    folder = engine.settings.originals_path
    names = {d.id: d.name for d in engine.library.documents()}
    found = {}
    for document_id in engine.originals.documents():
        path = engine.originals.path(document_id)
        assert path is not None
        found[names[document_id]] = path.read_bytes()
    files = {hashlib.sha256(data).hexdigest() + ".pdf" for data in found.values()}
    links = {f"{document_id}.link" for document_id in engine.originals.documents()}
    assert set(os.listdir(folder) if folder.exists() else ()) == files | links
    return found


def added(engine: Engine, folder: Path, **files: bytes) -> None:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    assert engine.add_paths([folder], sync=True).failed == ()


def test_a_file_is_kept_once_and_leaves_with_its_last_document(originals: Originals) -> None:
    originals.keep(ID, ONE)
    originals.keep(OTHER_ID, ONE)
    first, second = originals.path(ID), originals.path(OTHER_ID)
    assert first is not None and first == second and first.read_bytes() == ONE
    assert originals.size() == len(ONE)
    originals.tidy({OTHER_ID}, {ID})
    assert originals.path(ID) is None and originals.path(OTHER_ID) == first
    originals.tidy(set(), {OTHER_ID})
    assert originals.size() == 0 and originals.documents() == set()


def test_what_another_process_is_adding_is_spared_for_an_hour(originals: Originals) -> None:
    originals.keep(ID, ONE)
    originals.tidy(set())
    assert originals.path(ID) is not None
    _age(originals)
    originals.tidy(set())
    assert originals.documents() == set() and originals.size() == 0


def _age(originals: Originals) -> None:
    hours_ago = time.time() - 7200
    folder = originals._folder
    for name in os.listdir(folder):
        os.utime(folder / name, (hours_ago, hours_ago))


def test_no_name_leads_out_of_the_folder(originals: Originals, tmp_path: Path) -> None:
    originals.keep(ID, ONE)
    (tmp_path / "secret.link").write_text("0.pdf")
    assert originals.path("../secret") is None
    (tmp_path / "originals" / f"{ID}.link").write_text("../../etc/passwd")
    assert originals.path(ID) is None and originals.missing() == [ID]


def test_files_are_added_replaced_and_removed_with_their_documents(
    engine: Engine, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    added(engine, folder, one=ONE, other=OTHER)
    assert held(engine) == {"one.pdf": ONE, "other.pdf": OTHER}
    changed = pdf([*PAGES, ["附記：本規則另有附表。"]])
    added(engine, folder, one=changed)
    assert held(engine) == {"one.pdf": changed, "other.pdf": OTHER}
    (folder / "other.pdf").unlink()
    added(engine, folder)
    assert held(engine) == {"one.pdf": changed}
    engine.remove([d.id for d in engine.library.documents()])
    assert held(engine) == {}


def test_a_library_of_before_gets_its_files_when_they_are_added_again(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    with opened(tmp_path / "home", keep=False) as engine:
        added(engine, folder, one=ONE)
        document = engine.library.documents()[0]
        assert held(engine) == {} and engine.pages.count(document.id) == 0
        with pytest.raises(NoOriginal, match=r"one\.pdf is not kept"):
            engine.pages.picture(document.id, 1, 1)
    with opened(tmp_path / "home") as engine:
        added(engine, folder)
        assert held(engine) == {"one.pdf": ONE} and engine.pages.count(document.id) == len(PAGES)
    with opened(tmp_path / "home", keep=False) as engine:
        engine.remove([document.id])
        assert held(engine) == {}


def test_a_pdf_inside_an_archive_is_kept_too(engine: Engine, tmp_path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inner.pdf", ONE)
        archive.writestr("note.txt", "乙市公園每日上午六時開放。")
    engine.add_paths([tmp_path / "a.zip"])
    assert list(held(engine).values()) == [ONE]


def test_places_are_those_of_the_pages_text(engine: Engine, tmp_path: Path) -> None:
    added(engine, tmp_path / "files", one=ONE)
    document = _only(engine)
    whole = engine.pages.places(document.id, 0, len(document.source_text))
    assert [sheet.page for sheet in whole] == [page.number for page in document.pages]
    start = document.source_text.index("附則")
    (found,) = engine.pages.places(document.id, start, start + 2)
    assert found.page == document.page_at(start) and len(found.boxes) == 1
    for place in ((5, 5), (-1, 3), (0, len(document.source_text) + 1)):
        with pytest.raises(BadPlace, match="are no place in the document"):
            engine.pages.places(document.id, *place)


def _only(engine: Engine) -> Document:
    return engine.library.document(engine.library.documents()[0].id)


def test_a_place_in_a_repaired_text_is_found_too(engine: Engine, tmp_path: Path) -> None:
    lines = ["臺中市圖書館借閱規則", "創(chuàng)新聯(lián)合體評審(shěn)費用為每件2500元。"]
    added(engine, tmp_path / "files", one=pdf([["第一頁說明，沒有別的。"], lines]))
    document = _only(engine)
    assert document.repairs
    start = document.source_text.index("2500")
    (found,) = engine.pages.places(document.id, start, start + 4)
    assert found.page == 2 and len(found.boxes) == 1


_KEEPING = """
import sys
from pathlib import Path
from wenju.index.originals import Originals
originals = Originals(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(10**6):
    originals.keep(f"{number:020x}", str(number).encode() * 200_000)
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_files_whole_or_not_at_all(originals: Originals) -> None:
    chance = random.Random(5)
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", _KEEPING, str(originals._folder)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.3))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert originals.missing() == []
        for document_id in originals.documents():
            path = originals.path(document_id)
            assert (
                path is not None
                and path.read_bytes() == str(int(document_id, 16)).encode() * 200_000
            )
        _age(originals)
        originals.tidy(originals.documents())
        assert not [name for name in os.listdir(originals._folder) if name.endswith(".part")]
    originals.tidy(set(), originals.documents())
    assert os.listdir(originals._folder) == []


def test_the_sample_is_kept_whole(engine: Engine) -> None:
    sample = Path(__file__).parents[2] / "corpus" / "samples" / "housing.pdf"
    engine.add_sources(read_file(sample))
    assert held(engine) == {"housing.pdf": sample.read_bytes()}
