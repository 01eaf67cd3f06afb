"""Several who write to one library at the same time: each waits for the other, and nothing is half done."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeEncoder
from tests.making import NOTICES, add, source
from wenju.corpus.document import Document
from wenju.index.ingest import Ingest
from wenju.index.library import Library, UnknownDocument

_WRITERS, _ROUNDS = 10, 12
_WRITER = """
import sys
from pathlib import Path
from tests.fakes import FakeEncoder
from tests.making import NOTICES, add
from wenju.index.library import Library, UnknownDocument

path, number, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
library, encoder = Library(path), FakeEncoder()
for n in range(rounds):
    texts = NOTICES if (number + n) % 2 else NOTICES[::-1]
    if number % 2 and number < 8 or not number:
        add(library, encoder, texts)
        continue
    for document in library.documents():
        try:
            library.remove([document.id])
        except UnknownDocument:
            pass  # another was first
library.close()
"""


def meanwhile(library: Library, work: Callable[[Library], object]) -> Callable[[str], Document]:
    """``library.document``, during which another does its work, as far as it is let."""
    reads = library.document

    def at_once() -> None:
        other = Library(library.path)
        work(other)
        other.close()

    def read(document_id: str) -> Document:
        found = reads(document_id)
        thread = threading.Thread(target=at_once)
        thread.start()
        thread.join(0.3)  # if it must wait for us, it goes on when we have finished
        threads.append(thread)
        return found

    threads: list[threading.Thread] = []
    read.threads = threads  # type: ignore[attr-defined]
    return read


def test_a_document_that_is_removed_while_it_is_added_again(
    library: Library, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, encoder, NOTICES[:1])
    (held,) = library.ids()
    patched = meanwhile(library, lambda other: other.remove([held]))
    monkeypatch.setattr(library, "document", patched)
    report = Ingest(library, encoder, None).add_sources([source(NOTICES[0])])
    for thread in patched.threads:  # type: ignore[attr-defined]
        thread.join()
    assert report.added + report.unchanged == 1 and not report.failed
    assert library.rows("PRAGMA foreign_key_check") == []


def test_what_a_file_no_longer_holds_may_be_removed_already(
    library: Library, encoder: FakeEncoder
) -> None:
    add(library, encoder, NOTICES[:1])
    (held,) = library.ids()
    other = Library(library.path)
    other.remove([held])
    other.close()
    library.unlink("/files/gone.txt", held)
    library.link("/files/gone.txt", held)
    assert library.ids() == set() and library.origins() == []


def test_nobody_who_reads_waits_for_who_writes(library: Library, encoder: FakeEncoder) -> None:
    add(library, encoder, NOTICES[:1])
    counted: list[int] = []
    with library.transaction():
        library.remove(sorted(library.ids()))
        assert library.count() == (0, 0)  # what it does itself it sees
        thread = threading.Thread(target=lambda: counted.append(library.count()[0]))
        thread.start()
        thread.join(30)
    assert counted == [1]
    assert library.count() == (0, 0)


def test_what_is_counted_in_a_transaction_that_fails_is_not_remembered(library: Library) -> None:
    with pytest.raises(KeyboardInterrupt), library.transaction():
        add(library, FakeEncoder(), NOTICES[:2])
        assert library.count()[0] == 2
        raise KeyboardInterrupt
    add(library, FakeEncoder(), NOTICES[:1])
    assert library.count()[0] == 1


@pytest.mark.slow
def test_ten_writers(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), str(number), str(_ROUNDS)],
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(_WRITERS)
    ]
    said = [one.communicate()[1] for one in running]
    assert [one.returncode for one in running] == [0] * _WRITERS, said
    library = Library(path)
    assert library.rows("PRAGMA foreign_key_check") == []
    assert library.rows("PRAGMA integrity_check") == [("ok",)]
    add(library, FakeEncoder(), NOTICES)
    assert library.count()[0] == len(NOTICES)
    with pytest.raises(UnknownDocument):
        library.remove(["nowhere"])
    library.close()
