"""Files that were made to hurt: each is read, or refused in a sentence, within its limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.crafted import crafted, sound
from tests.properties import cases
from wenju.corpus import read as reading
from wenju.corpus.allowance import Allowance
from wenju.corpus.build import build_document
from wenju.corpus.errors import ReadError
from wenju.corpus.formats.ocr.images import SUFFIXES as IMAGES
from wenju.corpus.passages import cut
from wenju.corpus.read import SUFFIXES, read
from wenju.corpus.readers import Reading, read_here
from wenju.corpus.worker.pool import Workers

pytestmark = pytest.mark.slow

MADE = crafted()
# what none of them needs: where one is met, something grows that should not
ENOUGH = Allowance(seconds=60, ocr_seconds=60, megabytes=1024)
OF_LIMITS = re.compile(r"WENJU_\w+|crashed|killed")
SECRET = "root:"  # of /etc/passwd, to which some of them refer


@pytest.fixture(scope="module")
def shared() -> Iterator[Workers]:
    own = Workers()
    yield own
    own.close()


@pytest.fixture
def workers(in_this_process: None, shared: Workers, monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Those of this module, which all files are read by."""
    monkeypatch.setattr(reading, "WORKERS", shared)
    return shared


def told(path: Path) -> Reading | str:
    """What the file gives, or the sentence with which it is refused."""
    try:
        return read(path, allowance=ENOUGH)
    except ReadError as error:
        return str(error)


def is_sentence(said: str, name: str) -> bool:
    """Whether this names the file, on one line, and ends as sentences do."""
    return name in said and "\n" not in said and "Traceback" not in said and said[-1] in ".)"


def test_there_are_some_two_hundred_over_every_format() -> None:
    assert len(MADE) > 200
    assert {Path(name).suffix for name in MADE} == SUFFIXES


@pytest.mark.parametrize("name", MADE)
def test_a_crafted_file_is_read_or_refused(tmp_path: Path, workers: Workers, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MADE[name])
    found = told(path)
    if isinstance(found, str):
        assert is_sentence(found, name) and not OF_LIMITS.search(found), found
        return
    assert found.sources and all(source.text.strip() for source in found.sources)
    assert all(is_sentence(said, name) and not OF_LIMITS.search(said) for said in found.problems)
    for source in found.sources[:50]:
        assert SECRET not in source.text
        document = build_document(source)
        for passage in cut(document):
            assert document.text[passage.start : passage.end] == passage.text


def test_they_cost_no_other(tmp_path: Path, workers: Workers) -> None:
    """One process reads them all."""
    (tmp_path / "note.md").write_text("內文。", encoding="utf-8")
    for name, content in MADE.items():
        (tmp_path / name).write_bytes(content)
    pids = set()
    for path in sorted(tmp_path.iterdir())[::5]:
        told(path)
        pids.update(workers.pids())
    assert isinstance(told(tmp_path / "note.md"), Reading)
    assert len(pids) == 1


def here(path: Path) -> None:
    """Read in this process, where warnings are errors."""
    try:
        found = read_here(path, path.name, "")
    except ReadError as error:
        assert is_sentence(str(error), path.name), str(error)
    else:
        assert all(source.text.strip() for source in found.sources)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES - {*IMAGES}))
@cases(10)
@given(st.data())
def test_any_bytes_are_read_or_refused(suffix: str, data: st.DataObject) -> None:
    """Bytes behind the beginning of a sound file, so that they come past what looks at that alone."""
    whole = sound(suffix)
    kept = data.draw(st.sampled_from([0, 8, 64, len(whole) // 2, len(whole)]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(whole[:kept] + data.draw(st.binary(min_size=1, max_size=200)))
        here(path)
