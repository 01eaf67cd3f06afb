"""The library: what goes in comes out, what goes out is gone, and nothing is half done."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.making import NOTICES, made, state
from wenju.corpus.build import build_document
from wenju.corpus.document import Heading, Page, Source
from wenju.corpus.passages import cut
from wenju.index.library import Library, LibraryError, UnknownDocument

TABLES = ("documents", "origins", "passages", "vectors")


def counts(library: Library) -> list[int]:
    return [library.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES]


def fill(library: Library, *texts: str) -> list[str]:
    """Add texts with a vector to each passage; returns the documents' ids."""
    ids = []
    for text in texts:
        document, passages = made(text)
        numbers = library.add(document, passages)
        library.add_vectors("e", numbers, np.eye(len(numbers), 4, dtype=np.float32))
        ids.append(document.id)
    return ids


@hypothesis_settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.text(), st.text(max_size=9), st.text(max_size=9), st.text(max_size=9))
def test_any_document_comes_back_as_it_was(
    library: Library, text: str, name: str, title: str, origin: str
) -> None:
    comes_back(library, text, name, title, origin)


def comes_back(library: Library, text: str, name: str, title: str, origin: str) -> None:
    marks = (Heading(0, min(3, len(text)), 1),)
    source = Source(name, origin, text, title=title, headings=marks, pages=(Page(0, 1),))
    document = build_document(source)
    library.add(document, cut(document))
    try:
        assert library.document(document.id) == document
        assert library.passages_of(document.id) == cut(document)
        summary = library.summary(document.id)
        assert (summary.characters, summary.repairs) == (len(document.text), document.repair_counts)
    finally:
        library.remove([document.id])


def test_it_is_all_there_after_reopening(tmp_path: Path) -> None:
    library = Library(tmp_path / "deep" / "library.sqlite")
    fill(library, *NOTICES)
    before, identity, revision = state(library), library.identity, library.revision
    library.close()
    again = Library(tmp_path / "deep" / "library.sqlite")
    assert (state(again), again.identity, again.revision) == (before, identity, revision)
    again.close()


def test_documents_are_listed_by_name(library: Library) -> None:
    for name in ("丙.txt", "甲.txt", "乙.txt"):
        library.add(*made(f"{name}的內容。", name))
    names = [d.name for d in library.documents()]
    assert names == sorted(names)
    assert library.count() == (3, 3)


def test_adding_a_document_again_replaces_it(library: Library) -> None:
    document, passages = made(NOTICES[0])
    first = library.add(document, passages)
    second = library.add(document, passages)
    assert set(first).isdisjoint(second)
    assert library.passages(first) == {}
    assert list(library.passages(second).values()) == library.passages_of(document.id) == passages
    assert counts(library) == [1, 1, len(passages), 0]


def test_removal_is_complete(library: Library) -> None:
    ids = fill(library, *NOTICES)
    removed = library.remove([ids[1], ids[1], ids[0]])
    assert [d.id for d in removed] == [ids[1], ids[0]]
    assert [d.id for d in library.documents()] == sorted(
        ids[2:], key=lambda i: library.summary(i).name
    )
    library.remove(ids[2:])
    assert counts(library) == [0, 0, 0, 0]
    assert len(library.numbers()) == 0


def test_an_unknown_id_removes_nothing(library: Library) -> None:
    ids = fill(library, *NOTICES)
    before = state(library)
    with pytest.raises(UnknownDocument, match="nowhere"):
        library.remove([ids[0], "nowhere"])
    assert state(library) == before
    for ask in (library.document, library.summary):
        with pytest.raises(UnknownDocument, match="'nowhere'"):
            ask("nowhere")
    assert library.passages_of("nowhere") == []


def test_a_document_lives_as_long_as_one_file_holds_it(library: Library) -> None:
    document, passages = made(NOTICES[0], origin="/a")
    library.add(document, passages)
    library.link("/b", document.id)
    library.link("/b", document.id)
    assert library.origins_of(document.id) == ["/a", "/b"]
    assert library.from_origin("/b") == {document.id: document.name}
    library.unlink("/a", document.id)
    assert library.document(document.id).origin == "/b"
    library.unlink("/b", document.id)
    assert counts(library) == [0, 0, 0, 0]


def test_the_numbers_of_some_documents(library: Library) -> None:
    one, two, three = (made(text) for text in NOTICES[:3])
    given = {d.id: library.add(d, passages) for d, passages in (one, two, three)}
    wanted = sorted(given[one[0].id] + given[three[0].id])
    assert library.numbers_of([three[0].id, one[0].id, "unknown"]) == wanted
    assert library.numbers_of([]) == []
    many = [f"unknown {i}" for i in range(1200)]
    assert library.numbers_of([*many, two[0].id]) == given[two[0].id]


def test_numbers_are_never_given_twice(library: Library) -> None:
    document, passages = made(NOTICES[0])
    seen: list[int] = []
    for _ in range(5):
        seen += library.add(document, passages)
        library.remove([document.id])
    assert seen == sorted(set(seen))


def test_numbers_are_not_given_again_by_an_older_copy_of_the_file(tmp_path: Path) -> None:
    path, copy = tmp_path / "library.sqlite", tmp_path / "copy.sqlite"
    library = Library(path)
    fill(library, NOTICES[0])
    library.close()
    shutil.copy(path, copy)
    numbers = []
    for file, text in ((path, NOTICES[1]), (copy, NOTICES[2])):
        opened = Library(file)
        numbers += opened.add(*made(text))
        opened.close()
    assert len(set(numbers)) == len(numbers)


def test_vectors_come_back_bit_by_bit(library: Library) -> None:
    fill(library, *NOTICES)
    numbers = library.numbers().tolist()
    wanted = np.random.default_rng(1).standard_normal((len(numbers), 5)).astype(np.float32)
    library.add_vectors("other", numbers, wanted)
    found = dict(library.vectors("other", numbers[::-1]))
    assert list(found) == numbers
    assert np.array_equal(np.stack(list(found.values())), wanted)
    assert library.without_vector("other") == []
    assert library.without_vector("third") == numbers
    assert list(library.vectors("third", numbers)) == []


def test_a_vector_for_a_passage_that_is_gone_is_passed_over(library: Library) -> None:
    numbers = library.add(*made(NOTICES[0]))
    library.remove([made(NOTICES[0])[0].id])
    library.add_vectors("e", numbers, np.ones((len(numbers), 4), dtype=np.float32))
    assert counts(library)[3] == 0


def test_many_passages_at_once(library: Library) -> None:
    text = "\n".join(f"第{n}條 " + f"第{n}號車輛應停放於第{n}區。" * 5 for n in range(1300))
    document, passages = made(text)
    numbers = library.add(document, passages)
    assert len(numbers) > 1200
    assert list(library.passages(numbers).values()) == passages


def test_the_revision_grows_with_every_change_of_passages(library: Library) -> None:
    seen = [library.revision]
    (document_id,) = fill(library, NOTICES[0])
    seen.append(library.revision)
    library.remember("a fact", "1")
    assert library.revision == seen[-1]
    library.remove([document_id])
    seen.append(library.revision)
    assert seen == sorted(set(seen))


def test_facts_are_remembered(library: Library) -> None:
    assert library.remembered("baseline") is None
    library.remember("baseline", "0.7")
    library.remember("baseline", "0.8")
    assert library.remembered("baseline") == "0.8"


def test_a_transaction_is_all_or_nothing(library: Library) -> None:
    fill(library, NOTICES[0])
    before, revision = state(library), library.revision
    with pytest.raises(KeyboardInterrupt), library.transaction():
        fill(library, *NOTICES[1:])
        with library.transaction():
            library.remove([d.id for d in library.documents()])
        raise KeyboardInterrupt
    assert (state(library), library.revision) == (before, revision)
    fill(library, NOTICES[1])  # and it goes on working
    assert library.count()[0] == 2


def test_a_failed_commit_leaves_no_transaction_open(library: Library) -> None:
    fill(library, NOTICES[0])
    with pytest.raises(LibraryError, match="FOREIGN KEY"), library.transaction():
        library.rows("PRAGMA defer_foreign_keys = ON")
        library.insert("origins", ("/a", "no document"))
        library.link("/a", "no document")
    fill(library, NOTICES[1])
    other = Library(library.path)
    assert other.count()[0] == 2
    other.close()


def test_another_library_on_the_same_file_sees_only_what_is_committed(library: Library) -> None:
    other = Library(library.path)
    with library.transaction():
        fill(library, NOTICES[0])
        assert (other.count(), other.revision) == ((0, 0), 0)
    assert other.count()[0] == 1
    assert other.revision == library.revision
    other.close()


def test_threads_may_share_it(library: Library) -> None:
    def work(worker: int) -> None:
        for n in range(8):
            (document_id,) = fill(library, f"第{worker}組第{n}號通知。\n內容是{worker}和{n}。")
            assert library.document(document_id).text.startswith(f"第{worker}組")
            if n % 2:
                library.remove([document_id])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert library.count()[0] == 6 * 4


def test_processes_may_open_a_new_file_at_the_same_time(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from index.library import Library; "
        "from tests.making import made; library = Library(Path(sys.argv[1])); "
        "library.add(*made('第' + sys.argv[2] + '號通知。')); print(library.identity)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "l.sqlite"), str(n)],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    said = [process.communicate() for process in started]
    assert [error for _, error in said] == [""] * 4
    assert len({identity for identity, _ in said}) == 1
    library = Library(tmp_path / "l.sqlite")
    assert library.count() == (4, 4)
    library.close()


def test_a_file_that_is_no_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_text("這不是資料庫。" * 100, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"library\.sqlite cannot be used"):
        Library(path)
    assert path.read_text(encoding="utf-8").startswith("這不是")


@pytest.mark.parametrize("table", ["notes (a)", "meta (a)", "documents (id)"])
def test_another_programs_database_is_left_alone(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE {table}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program's"):
        Library(path)
    assert path.read_bytes() == before


def test_a_library_of_another_version(library: Library) -> None:
    library.remember("version", "99")
    with pytest.raises(LibraryError, match="version 99"):
        Library(library.path)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="cannot be used"):
        Library(tmp_path / "file" / "library.sqlite")


def test_damage_that_shows_late_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    library = Library(path)
    fill(library, *(f"第{n}號通知。" + "內容" * 500 for n in range(50)))
    library.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 4 :] = b"\xff" * (len(content) - len(content) // 4)
    path.write_bytes(content)
    damaged = Library(path)
    with pytest.raises(LibraryError, match="cannot be used"):
        state(damaged)
    damaged.close()


def test_passages_read_together_are_those_read_one_by_one(library: Library) -> None:
    for notice in NOTICES:
        library.add(*made(notice))
    numbers = [*library.numbers().tolist(), 1]
    assert library._many(numbers) == library._few(numbers) == library.passages(numbers)
    assert len(library.passages(numbers)) == len(numbers) - 1
